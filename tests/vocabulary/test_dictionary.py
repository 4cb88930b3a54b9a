"""The data dictionary is what the ontology declares, all of it."""

import re
from collections.abc import Iterable

import pytest
from rdflib import OWL, RDF, SKOS, Graph, URIRef

from kg.vocabulary.constraints import read_constraints, short_name
from kg.vocabulary.dictionary import write_dictionary
from tests.conftest import ROOT

_SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


def test_the_one_in_the_repository_is_fresh() -> None:
    kept = (ROOT / "ontology" / "DICTIONARY.md").read_text(encoding="utf-8")
    assert kept == write_dictionary(), "run python -m kg.vocabulary.dictionary > ontology/DICTIONARY.md"


def test_every_class_property_concept_and_scheme_is_in_it(ontology: Graph) -> None:
    told = write_dictionary()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for iri in _of(ontology, *kinds):
        name = short_name(str(iri))
        assert f"### {name}\n" in told or f"| `{name}` |" in told, name
    for iri in _of(ontology, SKOS.ConceptScheme):
        assert f"### {str(iri).rpartition('/')[2]}\n" in told
    for iri in _of(ontology, SKOS.Concept):
        assert f"| `{str(iri).partition('#')[2]}` |" in told


def test_every_message_of_the_shapes_is_in_it_with_what_must_be(ontology: Graph) -> None:
    told = write_dictionary()
    for message in ontology.objects(None, URIRef(_SH + "message")):
        assert str(message) in told
    assert all(each.demand for shape in read_constraints() for each in shape.constraints)


def test_its_tables_are_tables() -> None:
    for table in re.findall(r"(?:^\|.*\n)+", write_dictionary(), re.MULTILINE):
        widths = {line.count("|") for line in table.splitlines()}
        assert len(widths) == 1, table


@pytest.mark.parametrize(
    ("shape", "path", "demand"),
    [
        ("OfficialShape", ("foaf:name",), "at least one, at least 2 characters"),
        ("PostShape", ("org:postIn",), "at most one, a `kg:Unit`"),
        ("UnitShape", ("org:classification", "skos:inScheme"), "`organizations`"),
        ("TenureShape", ("kg:standing",), "exactly one, one of `held`, `former`, `entered`, `left`"),
        ("AwardShape", ("kg:recipient",), "a `kg:Official` or a `kg:Unit`"),
    ],
)
def test_what_a_shape_asks_is_said_in_words(shape: str, path: tuple[str, ...], demand: str) -> None:
    found = next(each for each in read_constraints() if each.name.endswith(f"#{shape}"))
    assert (path, demand) in [(each.path, each.demand) for each in found.constraints]


def _of(graph: Graph, *kinds: URIRef) -> Iterable[URIRef]:
    return (each for kind in kinds for each in graph.subjects(RDF.type, kind) if isinstance(each, URIRef))

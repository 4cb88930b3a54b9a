"""The ontology is complete: labelled in both languages, shaped, with all that Python uses declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.vocabulary import namespaces as ns

ONTOLOGY = Path(__file__).parents[2] / "ontology"
QUERIES = ONTOLOGY.parent / "kg" / "query" / "sparql"
KG = "https://yte-kg.org/ontology"
DATATYPES = "http://www.w3.org/2001/XMLSchema#"
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def load(*names: str) -> Graph:
    graph = Graph()
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        if not names or path.stem in names:
            graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def terms() -> Graph:
    graph = Graph()
    for path in ONTOLOGY.glob("*.ttl"):
        if path.stem != "shapes":
            graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return load("shapes")


def languages(graph: Graph, term: Node, predicate: URIRef) -> set[str | None]:
    return {getattr(text, "language", None) for text in graph.objects(term, predicate)}


def constants() -> dict[str, str]:
    return {
        name: value
        for name, value in vars(ns).items()
        if name.isupper() and isinstance(value, str) and not value.endswith(("#", "/"))
    }


@pytest.mark.parametrize("name", sorted(constants()))
def test_an_iri_that_python_uses_is_declared(name: str, terms: Graph) -> None:
    iri = URIRef(constants()[name])
    if not iri.startswith(DATATYPES):
        assert (iri, RDF.type, None) in terms


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.rq")), ids=lambda path: path.stem)
def test_a_query_asks_only_for_what_is_declared(path: Path, terms: Graph) -> None:
    text = path.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"PREFIX\s+(\w+):\s*<([^>]+)>", text))
    names = re.findall(
        r"(?<![\w<?:/])([a-z]+):([A-Za-z_][\w-]*)", re.sub(r"<[^>]*>|#.*|\"[^\"]*\"", "", text)
    )
    used = {prefixes[prefix] + local for prefix, local in names if not prefixes[prefix].startswith(DATATYPES)}
    assert {iri for iri in used if (URIRef(iri), RDF.type, None) not in terms} == set()


def test_classes_and_properties_have_labels_and_definitions_in_both_languages(terms: Graph) -> None:
    kinds = (OWL.Class, OWL.NamedIndividual, *PROPERTY_TYPES)
    declared = {term for kind in kinds for term in terms.subjects(RDF.type, kind)}
    lacking = [
        str(term)
        for term in declared
        for predicate in (RDFS.label, SKOS.definition)
        if languages(terms, term, predicate) != {"vi", "en"}
    ]
    assert lacking == []
    assert len(declared) > 100


def test_concepts_have_labels_in_both_languages_and_one_notation(terms: Graph) -> None:
    concepts = set(terms.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 250
    assert [str(it) for it in concepts if languages(terms, it, SKOS.prefLabel) != {"vi", "en"}] == []
    assert [str(it) for it in concepts if len(set(terms.objects(it, SKOS.notation))) != 1] == []
    assert [str(it) for it in concepts if len(set(terms.objects(it, SKOS.inScheme))) != 1] == []


def test_a_notation_names_one_concept_of_a_scheme(terms: Graph) -> None:
    keys = [
        (terms.value(it, SKOS.inScheme), terms.value(it, SKOS.notation))
        for it in terms.subjects(SKOS.notation)
    ]
    assert len(keys) == len(set(keys))


def test_every_class_has_a_shape_and_every_shape_a_class(terms: Graph, shapes: Graph) -> None:
    classes = {it for it in terms.subjects(RDF.type, OWL.Class) if str(it).startswith(f"{KG}#")}
    shaped = {
        target
        for shape in shapes.subjects(RDF.type, SH.NodeShape)
        if str(shape) != f"{KG}#LabelledShape"
        for target in shapes.objects(shape, SH.targetClass)
    }
    assert {str(it) for it in classes - shaped} == set()
    assert {str(it) for it in shaped - classes} == set()


def test_every_property_in_the_shapes_is_declared(terms: Graph, shapes: Graph) -> None:
    named = {path for path in shapes.objects(None, SH.path) if isinstance(path, URIRef)}
    assert {str(path) for path in named if (path, RDF.type, None) not in terms} == set()


def test_shapes_speak_to_people(shapes: Graph) -> None:
    silent = [
        shape
        for path in shapes.subjects(SH.path)
        for shape in [path]
        if shapes.value(shape, SH.message) is None
        # the branches of a choice are silent: the choice itself speaks
        and not any((None, RDF.first, choice) in shapes for choice in shapes.subjects(SH.property, shape))
    ]
    assert silent == []


def test_claim_classes_say_which_property_is_which_end(terms: Graph) -> None:
    claims = set(terms.subjects(RDFS.subClassOf, URIRef(ns.CLAIM)))
    assert len(claims) == 9
    for end in (ns.SOURCE_END, ns.TARGET_END, ns.LABEL_PROPERTY):
        assert {str(it) for it in claims if terms.value(it, URIRef(end)) is None} == set()


def test_conditions_and_values_point_at_declared_things(terms: Graph) -> None:
    for predicate in (ns.CONDITION_VALUE, ns.STANDS_IN, ns.SKOS_BROADER, ns.INSTANCE_CLASS, ns.SOURCE_END):
        targets = {it for it in terms.objects(None, URIRef(predicate)) if isinstance(it, URIRef)}
        assert {str(it) for it in targets if (it, RDF.type, None) not in terms} == set()

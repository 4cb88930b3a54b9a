"""The ontology for who reads it: classes, properties and the concepts of each scheme, and their Turtle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.graph import build_ontology_graph
from kg.graph.serialization import serialize
from kg.query.names import local_name
from kg.vocabulary import namespaces as ns
from kg.vocabulary.turtle import objects, texts

_ONTOLOGY = ns.KG.rstrip("#")
_CLASSES = (ns.OWL + "Class",)
_PROPERTIES = tuple(
    ns.OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
)
_RELATED = (
    ns.RDFS + "subClassOf",
    ns.RDFS + "subPropertyOf",
    ns.RDFS + "domain",
    ns.RDFS + "range",
    ns.SKOS_BROADER,
    ns.STANDS_IN,
    ns.SKOS + "closeMatch",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class, a property or a concept.

    Attributes:
        name: the last part of its IRI, under which it stands on its page.
        label_vi: what people read, in Vietnamese; `label_en` in English.
        definition: in the reader's language; empty where there is none.
        alternatives: other Vietnamese wordings.
        related: by local name of the property, the IRIs that it leads to.
    """

    iri: str
    name: str
    label_vi: str
    label_en: str
    definition: str
    alternatives: tuple[str, ...]
    related: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one sort: "classes", "properties", or the name of a scheme."""

    name: str
    terms: tuple[Term, ...]


def schemes() -> tuple[str, ...]:
    """Return the short names of all schemes of concepts, sorted."""
    return tuple(
        sorted(
            {
                scheme.removeprefix(ns.SCHEMES)
                for found in objects(ns.SKOS_IN_SCHEME).values()
                for scheme in found
            }
        )
    )


def read_sections(scheme: str | None, language: str) -> tuple[Section, ...]:
    """Return the classes and properties, or the concepts of a scheme.

    Raises:
        NotFoundError: there is no such scheme.
    """
    if scheme is None:
        return (
            Section("classes", _terms(_of_type(_CLASSES), language)),
            Section("properties", _terms(_of_type(_PROPERTIES), language)),
        )
    members = [it for it, found in objects(ns.SKOS_IN_SCHEME).items() if ns.SCHEMES + scheme in found]
    if not members:
        raise NotFoundError(f"the ontology has no scheme {scheme!r}, but {', '.join(schemes())}")
    return (Section(scheme, _terms(members, language)),)


def ontology_data(scheme: str | None, format_name: str) -> bytes:
    """Return the ontology, or one scheme of it, in a format for graphs.

    Args:
        scheme: its short name; None for the whole ontology.
        format_name: of `kg.graph.FORMATS`.

    Raises:
        NotFoundError: there is no such scheme.
    """
    quads = build_ontology_graph(base=ns.SCHEMES)
    if scheme is not None:
        if scheme not in schemes():
            raise NotFoundError(f"the ontology has no scheme {scheme!r}, but {', '.join(schemes())}")
        iri = ns.SCHEMES + scheme
        quads = tuple(it for it in quads if str(it.subject).strip("<>").partition("#")[0] == iri)
    return serialize(quads, format_name)


def _of_type(kinds: tuple[str, ...]) -> list[str]:
    typed = objects(ns.RDF_TYPE)
    return [
        it for it, found in typed.items() if it.partition("#")[0] == _ONTOLOGY and it != _ONTOLOGY
        and any(kind in kinds for kind in found)
    ]  # fmt: skip


def _terms(iris: Iterable[str], language: str) -> tuple[Term, ...]:
    return tuple(_term(iri, language) for iri in iris)


def _term(iri: str, language: str) -> Term:
    def words(language: str) -> str:
        for way in (ns.RDFS_LABEL, ns.SKOS_PREF_LABEL):
            if found := texts(way, language).get(iri):
                return found[0]
        return ""

    definitions = texts(ns.SKOS + "definition", language).get(iri, ("",))
    related = ((local_name(way), objects(way).get(iri, ())) for way in _RELATED)
    return Term(
        iri=iri,
        name=iri.partition("#")[2],
        label_vi=words("vi"),
        label_en=words("en"),
        definition=definitions[0],
        alternatives=texts(ns.SKOS_ALT_LABEL, "vi").get(iri, ()),
        related=tuple((label, found) for label, found in related if found),
    )

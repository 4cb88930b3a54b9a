"""Checking a graph against the shapes, with a report that people can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import label_of
from kg.vocabulary.turtle import SHAPES_FILE, ontology_text, read_statements

_VALUE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as it must be.

    Attributes:
        focus: IRI of the thing; `label` is what people call it.
        path: IRI of the property, where one is at fault.
        message: what is wrong, in a sentence.
        value: the value that is at fault, if there is one.
        warning: it is worth a look, but does not keep the graph out of the store.
    """

    focus: str
    label: str
    path: str | None
    message: str
    value: str | None
    warning: bool = False

    def __str__(self) -> str:
        where = f" [{label_of(self.path, 'en')}]" if self.path else ""
        value = f" Found: {_shortened(self.value)}." if self.value is not None else ""
        return f"{self.label} <{self.focus}>{where}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a graph came to; `violations` are sorted, and hold the warnings too."""

    conforms: bool
    violations: tuple[Violation, ...]

    @property
    def text(self) -> str:
        """The report for people, one line a finding."""
        if not self.violations:
            return "The graph conforms to the shapes."
        faults = sum(not violation.warning for violation in self.violations)
        head = f"The graph does not conform to the shapes: {faults} fault{'s' if faults != 1 else ''}."
        if self.conforms:
            head = "The graph conforms to the shapes, with warnings."
        return "\n".join([head, *(f"- {violation}" for violation in self.violations)])


def validate_graph(quads: Iterable[ox.Quad]) -> Report:
    """Check the statements of one named graph against ``ontology/shapes.ttl``."""
    data = _to_rdflib(quads)
    for concept, scheme in _schemes():
        data.add((concept, URIRef(ns.SKOS_IN_SCHEME), scheme))
    conforms, results, _ = pyshacl.validate(
        data,
        shacl_graph=_shapes(),
        inference="none",
        inplace=True,
        advanced=False,
        meta_shacl=False,
        allow_warnings=True,
    )
    if not isinstance(results, Graph):
        raise TypeError(f"the checker failed: {results!r}")
    found = {_violation(results, node, data) for node in results.subjects(RDF.type, SH.ValidationResult)}
    ordered = sorted(found, key=lambda it: (it.warning, it.focus, it.path or "", it.message, it.value or ""))
    return Report(bool(conforms), tuple(ordered))


@cache
def _shapes() -> Graph:
    return Graph().parse(data=ontology_text(SHAPES_FILE), format="turtle")


@cache
def _schemes() -> tuple[tuple[URIRef, URIRef], ...]:
    return tuple(
        (URIRef(statement.subject), URIRef(statement.object))
        for statement in read_statements()
        if statement.predicate == ns.SKOS_IN_SCHEME
    )


def _violation(results: Graph, node: Node, data: Graph) -> Violation:
    focus, path = results.value(node, SH.focusNode), results.value(node, SH.resultPath)
    if isinstance(path, BNode):  # a path of several steps: the first is what people know
        path = results.value(path, RDF.first)
    value, message = results.value(node, SH.value), results.value(node, SH.resultMessage)
    labels = sorted(str(label) for label in data.objects(focus, URIRef(ns.RDFS_LABEL)))
    return Violation(
        focus=str(focus),
        label=labels[0] if labels else "something without a name",
        path=None if path is None else str(path),
        message=str(message),
        value=None if value is None or value == focus else str(value),
        warning=results.value(node, SH.resultSeverity) == SH.Warning,
    )


def _to_rdflib(quads: Iterable[ox.Quad]) -> Graph:
    graph = Graph()
    for quad in quads:
        graph.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
    return graph


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    raise TypeError(f"statements about statements have no place here: {term}")


def _shortened(value: str) -> str:
    return value if len(value) <= _VALUE_LENGTH else f"{value[: _VALUE_LENGTH - 1]}…"

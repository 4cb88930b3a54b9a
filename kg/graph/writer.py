"""Statements of one named graph, gathered in any order and given out sorted."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import class_closure

_PRECISIONS = (
    (re.compile(r"\d{4}-\d\d-\d\d"), ns.XSD_DATE),
    (re.compile(r"\d{4}-\d\d"), ns.XSD_YEAR_MONTH),
    (re.compile(r"\d{4}"), ns.XSD_YEAR),
)


class GraphWriter:
    """Gathers statements; what is None is not said."""

    def __init__(self, graph: str) -> None:
        """Start the graph of that name, empty."""
        self._graph = ox.NamedNode(graph)
        self._quads: set[ox.Quad] = set()

    def quads(self) -> tuple[ox.Quad, ...]:
        """Return the statements, each once, in an order that depends on nothing but themselves."""
        return tuple(sorted(self._quads, key=str))

    def instance(self, iri: str, of: str, label: str) -> str:
        """Say what a thing is, with every wider class, and what people call it; return its IRI."""
        for wider in class_closure(of):
            self.link(iri, ns.RDF_TYPE, wider)
        self.text(iri, ns.RDFS_LABEL, label)
        return iri

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Say that two things are joined."""
        if target is not None:
            self._add(subject, predicate, ox.NamedNode(target))

    def text(self, subject: str, predicate: str, words: str | None, language: str | None = "vi") -> None:
        """Say something in words, in a language, or as a bare string where `language` is None."""
        if words:
            self._add(subject, predicate, ox.Literal(words, language=language))

    def typed(self, subject: str, predicate: str, lexical: str | None, datatype: str) -> None:
        """Say something in the lexical form of a datatype."""
        if lexical is not None:
            self._add(subject, predicate, ox.Literal(lexical, datatype=ox.NamedNode(datatype)))

    def number(self, subject: str, predicate: str, value: float | Decimal | None) -> None:
        """Say a decimal number in its shortest form; what is not finite is no number."""
        if value is not None and math.isfinite(value):
            self.typed(subject, predicate, decimal_form(value), ns.XSD_DECIMAL)

    def count(self, subject: str, predicate: str, value: int) -> None:
        """Say a whole number."""
        self.typed(subject, predicate, str(value), ns.XSD_INTEGER)

    def flag(self, subject: str, predicate: str, value: bool) -> None:
        """Say true or false."""
        self.typed(subject, predicate, "true" if value else "false", ns.XSD_BOOLEAN)

    def day(self, subject: str, predicate: str, value: date | None) -> None:
        """Say a day."""
        self.typed(subject, predicate, None if value is None else value.isoformat(), ns.XSD_DATE)

    def moment(self, subject: str, predicate: str, iso: str | None) -> None:
        """Say a day, a month or a year, as precise as the text is."""
        for pattern, datatype in _PRECISIONS:
            if iso is not None and pattern.fullmatch(iso):
                self.typed(subject, predicate, iso, datatype)

    def _add(self, subject: str, predicate: str, target: ox.NamedNode | ox.Literal) -> None:
        self._quads.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), target, self._graph))


def decimal_form(value: float | Decimal) -> str:
    """Return a number without exponent, point or zeros that say nothing: 81770.0 is "81770"."""
    plain = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

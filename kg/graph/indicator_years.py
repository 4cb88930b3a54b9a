"""Indicators by year: which figures of an article count in which sum, and the sums as statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext
from itertools import product

import pyoxigraph as ox

from kg.graph.iris import mint
from kg.graph.writer import GraphWriter
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import label_of

_YEAR = re.compile(r"\d{4}(?=-|$)")
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,18})?")
_NUMBERS = (ns.XSD_DECIMAL, ns.XSD_INTEGER)
_DIGITS = 100
"""More than the sum of any figures has: the engine's decimals have 39 digits."""
_LAST_DIGIT = Decimal(1).scaleb(-18)
_Said = dict[str, list[ox.NamedNode | ox.Literal]]


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """An indicator in a year, in one unit of measure.

    Attributes:
        iri: its name, the same whatever article leads to it.
        indicator: IRI of the concept.
        year: in four digits.
        measure: the unit of measure as written; None where none is.
        language: of the unit's words.
    """

    iri: str
    indicator: str
    year: str
    measure: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a claim that counts in the sum of an indicator and year, by its IRI."""

    claim: str
    counted_in: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """What the figures of an indicator and year come to, exactly."""

    figures: int
    total: Decimal
    least: Decimal
    greatest: Decimal

    @property
    def mean(self) -> Decimal:
        """The mean, to as many digits as the engine's AVG gives, cut off as there."""
        with localcontext(prec=_DIGITS):
            return (self.total / self.figures).quantize(_LAST_DIGIT, ROUND_DOWN)


def sum_up(values: Iterable[Decimal]) -> Sum | None:
    """Return what some values come to; None if there are none."""
    every = tuple(values)
    if not every:
        return None
    with localcontext(prec=_DIGITS):
        return Sum(len(every), sum(every, Decimal()), min(every), max(every))


def adjusted(known: Sum, gone: Iterable[Decimal], come: Iterable[Decimal]) -> Sum | None:
    """Return a sum without some of its values and with others; None where it must be reckoned anew."""
    less, more = tuple(gone), tuple(come)
    if any(value in (known.least, known.greatest) for value in less):
        return None
    with localcontext(prec=_DIGITS):
        return Sum(
            known.figures - len(less) + len(more),
            known.total - sum(less) + sum(more),
            min((known.least, *more)),
            max((known.greatest, *more)),
        )


def find_figures(quads: Iterable[ox.Quad], *, base: str) -> Iterator[tuple[Counted, IndicatorYear]]:
    """Yield each reported figure of an article that has a known indicator and a year, with what it counts in.

    The year is that of the last day of its period, or else of the article's publication; plans do not count.
    """
    said: defaultdict[str, _Said] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[quad.subject.value].setdefault(quad.predicate.value, []).append(quad.object)
    for claim, of in said.items():
        if ns.OBSERVATION not in _texts(of, ns.RDF_TYPE) or "false" not in _texts(of, ns.PLANNED):
            continue
        articles = _texts(of, ns.PROV_WAS_DERIVED_FROM)
        published = (day for it in articles for day in _texts(said.get(it, {}), ns.SCHEMA_DATE_PUBLISHED))
        days = _texts(of, ns.PERIOD_END) or tuple(published)
        years = {found.group() for day in days if (found := _YEAR.match(day))}
        measures = {
            (it.value, it.language) for it in of.get(ns.UNIT_OF_MEASURE, ()) if isinstance(it, ox.Literal)
        }
        for indicator, year, measure in product(
            _texts(of, ns.INDICATOR), sorted(years), sorted(measures, key=str) or [("", None)]
        ):
            counted_in = _indicator_year(indicator, year, measure, base)
            for value in _numbers(of):
                yield Counted(claim, counted_in.iri, value), counted_in


def write_counted(writer: GraphWriter, quads: Iterable[ox.Quad], *, base: str) -> None:
    """Write which figures of an article count in which sums, with what value.

    The value stands beside so that a sum can be set right when the article says something else.
    """
    for counted, _ in find_figures(quads, base=base):
        writer.link(counted.claim, ns.COUNTED_IN, counted.counted_in)
        writer.number(counted.claim, ns.VALUE, counted.value)


def read_counted(quads: Iterable[ox.Quad]) -> frozenset[Counted]:
    """Return what `write_counted` wrote."""
    sums: defaultdict[str, list[str]] = defaultdict(list)
    values: defaultdict[str, _Said] = defaultdict(dict)
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        if quad.predicate.value == ns.COUNTED_IN and isinstance(quad.object, ox.NamedNode):
            sums[quad.subject.value].append(quad.object.value)
        elif quad.predicate.value == ns.VALUE and isinstance(quad.object, ox.Literal):
            values[quad.subject.value].setdefault(ns.VALUE, []).append(quad.object)
    return frozenset(
        Counted(claim, counted_in, value)
        for claim, of in values.items()
        for counted_in, value in product(sums[claim], _numbers(of))
    )


def sum_graph_iri(indicator_year: str, *, base: str) -> str:
    """Return the name of the graph of the sum of an indicator and year."""
    return f"{base}graph/{indicator_year.removeprefix(base)}"


def build_sum(of: IndicatorYear, known: Sum, *, base: str) -> tuple[ox.Quad, ...]:
    """Return the graph of the sum of an indicator and year."""
    writer = GraphWriter(sum_graph_iri(of.iri, base=base))
    writer.instance(of.iri, ns.INDICATOR_YEAR, _label(of.indicator, of.year, of.measure))
    writer.link(of.iri, ns.OF_INDICATOR, of.indicator)
    writer.typed(of.iri, ns.IN_YEAR, of.year, ns.XSD_YEAR)
    writer.text(of.iri, ns.UNIT_OF_MEASURE, of.measure, of.language)
    writer.count(of.iri, ns.FIGURES, known.figures)
    for predicate, value in (
        (ns.SUM, known.total),
        (ns.MEAN, known.mean),
        (ns.LEAST, known.least),
        (ns.GREATEST, known.greatest),
    ):
        writer.number(of.iri, predicate, value)
    return writer.quads()


def read_sum(quads: Iterable[ox.Quad]) -> tuple[IndicatorYear, Sum] | None:
    """Return what `build_sum` wrote; None if there is nothing."""
    said = {quad.predicate.value: quad for quad in quads}
    if not said:
        return None
    of = {
        way: quad.object for way, quad in said.items() if isinstance(quad.object, ox.NamedNode | ox.Literal)
    }
    subject, measure = said[ns.FIGURES].subject, of.get(ns.UNIT_OF_MEASURE)
    indicator_year = IndicatorYear(
        iri=str(subject).strip("<>"),
        indicator=of[ns.OF_INDICATOR].value,
        year=of[ns.IN_YEAR].value,
        measure=None if measure is None else measure.value,
        language=measure.language if isinstance(measure, ox.Literal) else None,
    )
    total, least, greatest = (Decimal(of[way].value) for way in (ns.SUM, ns.LEAST, ns.GREATEST))
    return indicator_year, Sum(int(of[ns.FIGURES].value), total, least, greatest)


def number_of(lexical: str, datatype: str | None) -> Decimal | None:
    """Return a number that the engine can add exactly; None of anything else."""
    fits = datatype in _NUMBERS and _NUMBER.fullmatch(lexical)
    return Decimal(lexical) if fits else None


def _indicator_year(indicator: str, year: str, measure: tuple[str, str | None], base: str) -> IndicatorYear:
    words, language = measure
    name = _label(indicator, year, words)
    iri = mint(base, "indicator-year", name, indicator, year, words, language or "")
    return IndicatorYear(iri, indicator, year, words or None, language)


def _label(indicator: str, year: str, measure: str | None) -> str:
    return f"{label_of(indicator)} năm {year}" + (f" ({measure})" if measure else "")


def _texts(of: _Said, way: str) -> tuple[str, ...]:
    return tuple(it.value for it in of.get(way, ()))


def _numbers(of: _Said) -> set[Decimal]:
    literals = (it for it in of.get(ns.VALUE, ()) if isinstance(it, ox.Literal))
    numbers = (number_of(it.value, it.datatype.value) for it in literals)
    return {it for it in numbers if it is not None}

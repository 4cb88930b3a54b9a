"""One indicator across places and years, with what changed about the places in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kg.query.connections import Numbers
from kg.query.knowledge import Knowledge
from kg.query.records import Value
from kg.query.resource_columns import Facets, Table
from kg.query.resource_lists import select_items
from kg.query.resources import BY_NAME
from kg.query.views import View, to_value
from kg.store import iri
from kg.vocabulary import namespaces as ns

MOST_FIGURES = 1000
"""How many figures are compared, the latest first."""

UNDATED = "undated"
"""The year of figures of which no day is known; it stands behind all years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure in the table; numbers are as the graph writes them, None where the article gives none.

    Attributes:
        words: what is counted, as the article calls it.
        planned: it is a plan and no result.
        day: the last day of its period, or the day of its article; None where neither is known.
    """

    id: str
    words: str
    value: str | None
    measure: str | None
    percent: str | None
    planned: bool
    day: str | None

    @property
    def year(self) -> str:
        """The year that it is shown under."""
        return UNDATED if self.day is None else self.day[:4]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures about one body or place, by year; `places` are where a body is."""

    about: Value
    places: tuple[Value, ...]
    figures: Mapping[str, tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class AreaChange:
    """A change of areas between the figures, after which a name may mean another area."""

    day: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures by what they are about and by year.

    Attributes:
        rows: by name of what they are about.
        years: all for which there is a figure, in order.
        changes: of areas between the first and the last figure.
        count: how many figures there are; more than are compared where a limit was met.
    """

    rows: tuple[Row, ...]
    years: tuple[str, ...]
    changes: tuple[AreaChange, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more figures than are compared."""
        return self.count > MOST_FIGURES


def compare(knowledge: Knowledge, filters: Mapping[str, str], *, language: str = "vi") -> Comparison:
    """Return the figures that pass the filters of the list of metrics, as a table.

    Raises:
        QueryError: a filter is wrong.
        NotFoundError: nothing goes by what a filter names.
    """
    view, table = knowledge.view(language), knowledge.tables.table("metrics")
    told = _latest_first(table, select_items(knowledge, BY_NAME["metrics"], filters))
    grouped: defaultdict[str, defaultdict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for item in told[:MOST_FIGURES].tolist():
        said = table.said(item, table.columns)
        figure = _figure(table.ids[item], said)
        for about in said["about"]:
            grouped[about][figure.year].append(figure)
    rows = [_row(knowledge, view, about, years) for about, years in grouped.items()]
    rows.sort(key=lambda row: (row.about.name, row.about.text))
    shown = [figure for row in rows for figures in row.figures.values() for figure in figures]
    days = [figure.day for figure in shown if figure.day is not None]
    return Comparison(
        rows=tuple(rows),
        years=tuple(sorted({figure.year for figure in shown})),
        changes=_changes(view, rows, (min(days), max(days))) if days else (),
        count=len(told),
    )


def _latest_first(table: Table, items: Numbers) -> Numbers:
    """Return the figures among some that say what they are about, by day, those without one at the end."""
    if "about" not in table.columns:
        return items[:0]
    told = items[table.columns["about"].said[items]]
    days = table.columns["date"].firsts[told] if "date" in table.columns else np.zeros(len(told))
    # Numbers of items and values are in the order of their texts.
    return told[np.lexsort((told, days))][::-1]


def _figure(identifier: str, said: Facets) -> Figure:
    def first(facet: str) -> str | None:
        return next(iter(said.get(facet, ())), None)

    return Figure(
        id=identifier,
        words=first("words") or "",
        value=first("value"),
        measure=first("measure"),
        percent=first("percent"),
        planned=first("planned") == "true",
        day=first("date"),
    )


def _row(knowledge: Knowledge, view: View, about: str, years: Mapping[str, list[Figure]]) -> Row:
    places = sorted(knowledge.tables.places_of(about) - {about})
    return Row(
        to_value(view, iri(about)),
        tuple(to_value(view, iri(place)) for place in places),
        {year: tuple(sorted(years[year], key=lambda it: (it.day or "", it.id))) for year in sorted(years)},
    )


def _changes(view: View, rows: Iterable[Row], span: tuple[str, str]) -> tuple[AreaChange, ...]:
    """Return the changes of the rows' places that lie between the first and the last figure."""
    places = {it.text for row in rows for it in (row.about, *row.places)}
    links = (link for place in sorted(places) for link in view.store.statements_to(place))
    ends = (ns.ORG_ORIGINAL_ORGANIZATION, ns.ORG_RESULTING_ORGANIZATION)
    merged: defaultdict[tuple[str, tuple[Value, ...]], set[Value]] = defaultdict(set)
    for change in dict.fromkeys(subject for subject, way in links if way in ends):
        said = view.store.statements_about(change)
        day = next((term.value for way, term in said if way == ns.SCHEMA_START_DATE), "")
        if span[0] < day <= span[1]:
            before, after = ([to_value(view, term) for way, term in said if way == end] for end in ends)
            merged[day, tuple(after)].update(before)
    found = [
        AreaChange(day, tuple(sorted(before, key=_by_name)), after) for (day, after), before in merged.items()
    ]
    return tuple(sorted(found, key=lambda it: (it.day, [body.name for body in it.after])))


def _by_name(value: Value) -> tuple[str, str]:
    return value.name, value.text

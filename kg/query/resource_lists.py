"""Lists: part of the items of a kind, filtered and sorted, with where to go on.

Where to go on is told by what the last item is sorted by, and not by how many were shown: items that come in
between are neither skipped nor shown twice, and the item itself may be gone meanwhile.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from kg.errors import NotFoundError, QueryError
from kg.query.catalog import ParameterType
from kg.query.concept_names import identify_concepts
from kg.query.connections import Numbers
from kg.query.days import first_day, last_day
from kg.query.knowledge import Knowledge
from kg.query.records import Page
from kg.query.resource_columns import Table
from kg.query.resource_reading import Entry, make_entry
from kg.query.resources import Filter, FilterType, Resource
from kg.query.views import read_thing
from kg.query.words import has_words

_FLAGS = ("true", "false")
_TIMES = (FilterType.FROM, FilterType.TO, FilterType.PERIOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of a list is wanted.

    Attributes:
        filters: what is given for filters, and for "name", by name.
        sort: the order; None for the list's own.
        after: the mark that the page before ended with.
        limit: how many items at most.
        quotations: how many places that name an item are told; a ministry is named in every other article.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str | None = None
    after: str | None = None
    limit: int = 100
    quotations: int = 5


def list_resource(knowledge: Knowledge, resource: Resource, wanted: Wanted, *, language: str = "vi") -> Page:
    """Return part of a list, its items with their claims.

    Raises:
        QueryError: a filter, the order or the mark is wrong; the message names the parameter.
        NotFoundError: nothing goes by what a filter names.
    """
    identifiers, count, following = find_items(knowledge, resource, wanted)
    view, told = knowledge.view(language), knowledge.told_things
    items = []
    for each in identifiers:
        key = (each, language, str(wanted.quotations))
        if (thing := told.get(key)) is None:
            try:
                thing = read_thing(
                    view,
                    each,
                    claims=resource.claims,
                    most_claims=resource.most_claims,
                    quotations=wanted.quotations,
                )
            except NotFoundError:
                continue  # it has gone with a write that the table has yet to follow
            told.keep(key, thing)
        items.append(thing)
    return Page(tuple(items), count, following)


def find_items(
    knowledge: Knowledge, resource: Resource, wanted: Wanted
) -> tuple[tuple[str, ...], int, str | None]:
    """Return the ids of part of a list, how many there are in all, and the mark to go on after.

    Raises:
        QueryError: a filter, the order or the mark is wrong; the message names the parameter.
        NotFoundError: nothing goes by what a filter names.
    """
    tables = knowledge.tables
    table = tables.table(resource.name)
    order = resource.order if wanted.sort is None else wanted.sort
    if order not in table.orders:
        raise QueryError(f"sort is {order!r}, but takes {', '.join(table.orders)}")
    found = table.orders[order]
    allowed = _allowed(knowledge, resource, wanted.filters)
    if allowed is not None:
        found = found[allowed[found]]

    def entry(place: int) -> Entry:
        facet, item = resource.sorts[order.removeprefix("-")], int(found[place])
        return make_entry(table.ids[item], table.said(item, {"name", "article", facet}), facet)

    start = 0
    if wanted.after is not None:
        is_behind = _behind(wanted.after, order)
        start = bisect_left(range(len(found)), True, key=lambda place: is_behind(entry(place)))
    end = min(start + wanted.limit, len(found))
    shown = tuple(table.ids[item] for item in found[start:end].tolist())
    return shown, len(found), _mark(entry(end - 1), order) if start < end < len(found) else None


def identify_item(knowledge: Knowledge, resource: Resource, typed: str) -> tuple[str, ...]:
    """Return the IRIs that a person means by an IRI, a path, its last part, or the name of an item.

    Raises:
        NotFoundError: nothing goes by that.
    """
    if not resource.has_names:
        table = knowledge.tables.table(resource.name)
        every = (table.ids[item] for item in range(len(table)))
        if found := tuple(it for it in every if it == typed or it.endswith(f"/{typed}")):
            return found
    return knowledge.identify(typed, kind=resource.kind, role="id")


def select_items(knowledge: Knowledge, resource: Resource, filters: Mapping[str, str]) -> Numbers:
    """Return all items that pass some filters, by their numbers in the table of the list.

    Raises:
        QueryError: a filter is wrong; the message names the parameter.
        NotFoundError: nothing goes by what a filter names.
    """
    allowed = _allowed(knowledge, resource, filters)
    if allowed is None:
        return np.arange(len(knowledge.tables.table(resource.name)))
    return np.flatnonzero(allowed)


def _allowed(knowledge: Knowledge, resource: Resource, filters: Mapping[str, str]) -> Numbers | None:
    """Return for every item whether it passes all filters; None where there is no filter."""
    table = knowledge.tables.table(resource.name)
    known = {each.name: each for each in resource.filters}
    passed: list[Numbers] = []
    times: list[tuple[Filter, str]] = []
    for name, value in filters.items():
        if name == "name":
            passed.append(_named(knowledge, resource, table, value))
        elif name not in known:
            raise QueryError(f"{resource.name} have no filter {name!r}; they take name, {', '.join(known)}")
        elif known[name].type in _TIMES:
            times.append((known[name], value))
        else:
            passed.append(_passing(knowledge, table, known[name], value))
    if times:
        passed.append(_in_time(table, times))
    return np.logical_and.reduce(passed) if passed else None


def _named(knowledge: Knowledge, resource: Resource, table: Table, typed: str) -> Numbers:
    if resource.has_names:
        return table.mask(table.ids.find_all(knowledge.names.matching(typed, kind=resource.kind)))
    return _saying(table, "name", typed)


def _passing(knowledge: Knowledge, table: Table, given: Filter, value: str) -> Numbers:
    match given.type:
        case FilterType.THING:
            return table.having(given.facet, _things(knowledge, given, value))
        case FilterType.WITHIN:
            things = _things(knowledge, given, value)
            lists = "places" if given.of == "AdministrativeUnit" else "units"
            return table.having(given.facet, knowledge.tables.within(things, name=lists))
        case FilterType.CONCEPT:
            return _of_concept(table, given, value)
        case FilterType.WORDS:
            return _saying(table, given.facet, value)
        case FilterType.ON:
            return _in_force(table, first_day(given.name, value))
        case _:
            choices = given.choices or _FLAGS
            if value not in choices:
                raise QueryError(f"{given.name} is {value!r}, but takes {' or '.join(choices)}")
            return table.having(given.facet, (value,))


def _things(knowledge: Knowledge, given: Filter, value: str) -> tuple[str, ...]:
    things = knowledge.identify(value, kind=given.of or None, role=given.name)
    for each in things:
        ParameterType.THING.to_term(given.name, each)  # an IRI is taken at its word: it has to be one
    return things


def _in_force(table: Table, day: str) -> Numbers:
    found = np.ones(len(table), np.bool_)
    for facet in ("from", "through"):
        if (column := table.columns.get(facet)) is not None:
            over = [said > day if facet == "from" else said < day for said in column.every()]
            # At the end, where what says nothing looks, nothing is over.
            found &= ~np.array([*over, False])[column.firsts]
    return found


def _of_concept(table: Table, given: Filter, value: str) -> Numbers:
    found = identify_concepts(given.of, value)
    if found:
        return table.having(given.facet, found)
    if given.of == "indicators":  # most of what is counted has no concept, but always its own words
        return _saying(table, "words", value)
    raise QueryError(f"{given.name} is {value!r}, but no concept of {given.of} goes by that")


def _saying(table: Table, facet: str, typed: str) -> Numbers:
    return _with_value(table, facet, lambda said: has_words(said, typed))


def _with_value(table: Table, facet: str, is_wanted: Callable[[str], bool]) -> Numbers:
    """Return for every item whether it says a value of a facet that counts."""
    column = table.columns.get(facet)
    if column is None:
        return np.zeros(len(table), np.bool_)
    return column.passing(np.fromiter(map(is_wanted, column.every()), np.bool_, len(column.values)))


def _in_time(table: Table, given: Iterable[tuple[Filter, str]]) -> Numbers:
    """Return the items of some time; a day that is known to the month or year is compared as far as that."""
    since, until = "", "9999-12-31"
    for each, value in given:
        first, last = first_day(each.name, value), last_day(each.name, value)
        if each.type is not FilterType.TO:
            since = max(since, first)
        if each.type is not FilterType.FROM:
            until = min(until, last)

    def overlaps(begins: str, ends: str) -> bool:
        return ends >= since[: len(ends)] and begins <= until[: len(begins)]

    found = _with_value(table, "date", lambda day: overlaps(day, day))
    if "end" in table.columns:
        for item in table.columns["end"].said.nonzero()[0].tolist():
            said = table.said(item, ("date", "end"))
            found[item] = any(overlaps(day, max(day, *said["end"])) for day in said.get("date", ()))
    return found


def _mark(entry: Entry, order: str) -> str:
    told = [order, entry.missing, entry.key, *entry.tie, entry.id]
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def _behind(mark: str, order: str) -> Callable[[Entry], bool]:
    """Return what tells whether an entry comes after a mark in an order.

    Raises:
        QueryError: it is no mark, or one of another order.
    """
    last = _read_mark(mark, order)
    backwards = order.startswith("-")

    def is_behind(entry: Entry) -> bool:
        if entry.missing != last.missing:
            return entry.missing
        if entry.key != last.key:
            return (entry.comparable < last.comparable) == backwards
        return (entry.tie, entry.id) > (last.tie, last.id)

    return is_behind


def _read_mark(mark: str, order: str) -> Entry:
    try:
        told = json.loads(base64.urlsafe_b64decode(mark.encode() + b"=" * (-len(mark) % 4)))
        told_order, missing, key, bare, name, identifier = told
        entry = Entry(bool(missing), key, (bare, name), identifier)
        fits = all(isinstance(it, str) for it in (told_order, bare, name, identifier))
        fits = fits and isinstance(key, str | float)
    except (ValueError, TypeError):
        fits = False
    if not fits or told_order != order:
        raise QueryError(
            f"after is {mark!r}, which is not in this list: take `next` of the page before it in the same "
            "order, or start again without it"
        )
    return entry

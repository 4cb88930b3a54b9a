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
from functools import partial
from operator import attrgetter

from kg.errors import QueryError
from kg.query.catalog import ParameterType
from kg.query.concept_names import identify_concepts
from kg.query.days import first_day, last_day
from kg.query.knowledge import Knowledge
from kg.query.records import Page, Thing
from kg.query.resource_tables import Entry, Table
from kg.query.resources import Filter, FilterType, Resource
from kg.query.views import read_thing
from kg.query.words import has_words

_FLAGS = ("true", "false")
_TIMES = (FilterType.FROM, FilterType.TO, FilterType.PERIOD)
_id = attrgetter("id")


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
    view, tables = knowledge.view(language), knowledge.tables

    def read(identifier: str) -> Thing:
        return read_thing(
            view,
            identifier,
            claims=resource.claims,
            most_claims=resource.most_claims,
            quotations=wanted.quotations,
        )

    items = tuple(
        tables.things.get((each, language, str(wanted.quotations)), partial(read, each))
        for each in identifiers
    )
    return Page(items, count, following)


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
    entries: Iterable[Entry] = table.orders[order]
    allowed = _allowed(knowledge, resource, wanted.filters)
    if allowed is not None:
        entries = [entry for entry in entries if entry.id in allowed]
    found = tuple(entries)
    start = 0
    if wanted.after is not None:
        is_behind = _behind(wanted.after, order)
        start = bisect_left(found, True, key=is_behind)
    shown = found[start : start + wanted.limit]
    more = bool(shown) and start + wanted.limit < len(found)
    return tuple(map(_id, shown)), len(found), _mark(shown[-1], order) if more else None


def identify_item(knowledge: Knowledge, resource: Resource, typed: str) -> tuple[str, ...]:
    """Return the IRIs that a person means by an IRI, a path, its last part, or the name of an item.

    Raises:
        NotFoundError: nothing goes by that.
    """
    if not resource.has_names:
        table = knowledge.tables.table(resource.name)
        if found := tuple(it for it in table.facets if it == typed or it.endswith(f"/{typed}")):
            return found
    return knowledge.identify(typed, kind=resource.kind, role="id")


def select_items(knowledge: Knowledge, resource: Resource, filters: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of all items that pass some filters.

    Raises:
        QueryError: a filter is wrong; the message names the parameter.
        NotFoundError: nothing goes by what a filter names.
    """
    allowed = _allowed(knowledge, resource, filters)
    return frozenset(knowledge.tables.table(resource.name).facets) if allowed is None else allowed


def _allowed(knowledge: Knowledge, resource: Resource, filters: Mapping[str, str]) -> frozenset[str] | None:
    """Return the items that pass all filters; None where there is no filter."""
    table = knowledge.tables.table(resource.name)
    known = {each.name: each for each in resource.filters}
    passed: list[frozenset[str]] = []
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
    return frozenset.intersection(*passed) if passed else None


def _named(knowledge: Knowledge, resource: Resource, table: Table, typed: str) -> frozenset[str]:
    if resource.has_names:
        return knowledge.names.matching(typed, kind=resource.kind)
    return _saying(table, "name", typed)


def _passing(knowledge: Knowledge, table: Table, given: Filter, value: str) -> frozenset[str]:
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


def _in_force(table: Table, day: str) -> frozenset[str]:
    return frozenset(
        thing
        for thing, said in table.facets.items()
        if said.get("from", ("",))[0] <= day <= said.get("through", ("9999",))[0]
    )


def _of_concept(table: Table, given: Filter, value: str) -> frozenset[str]:
    found = identify_concepts(given.of, value)
    if found:
        return table.having(given.facet, found)
    if given.of == "indicators":  # most of what is counted has no concept, but always its own words
        return _saying(table, "words", value)
    raise QueryError(f"{given.name} is {value!r}, but no concept of {given.of} goes by that")


def _saying(table: Table, facet: str, typed: str) -> frozenset[str]:
    return frozenset(
        thing
        for thing, said in table.facets.items()
        if any(has_words(each, typed) for each in said.get(facet, ()))
    )


def _in_time(table: Table, given: Iterable[tuple[Filter, str]]) -> frozenset[str]:
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

    return frozenset(
        thing
        for thing, said in table.facets.items()
        if any(overlaps(day, max((day, *said.get("end", ())))) for day in said.get("date", ()))
    )


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
            return (_comparable(entry) < _comparable(last)) == backwards
        return (entry.tie, entry.id) > (last.tie, last.id)

    return is_behind


def _comparable(entry: Entry) -> tuple[str, float]:
    return ("", entry.key) if isinstance(entry.key, float) else (entry.key, 0.0)


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

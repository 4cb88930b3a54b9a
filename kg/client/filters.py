"""What the lists can be filtered by, and how values from Python become what the filters take.

A thing is given by name, path or IRI, as an entity or as a row of a frame; a day as text ("2024-07-03",
"2024-07", "2024"), `date` or timestamp. `since` and `until` are the filters that REST calls `from` and `to`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias, TypedDict

import pandas as pd

from kg.client.entity import Entity
from kg.errors import QueryError
from kg.query.resources import BY_NAME

Thing: TypeAlias = "str | Entity | Mapping[str, Any] | pd.Series[Any]"
"""One thing: a name, path or IRI, an entity, a row of a frame or anything else with an `id`."""

Day = str | int | date
"""A day, month or year: text, a year as a number, a `date`, `datetime` or timestamp."""

_RENAMED: Mapping[str, str] = MappingProxyType({"since": "from", "until": "to"})


class DatedFilters(TypedDict, total=False):
    """What every list of dated things takes."""

    name: str
    since: Day
    until: Day


class OfficialFilters(DatedFilters, total=False):
    """What officials are filtered by: bodies, places with all inside, roles, kinds of body, articles."""

    unit: Thing
    place: Thing
    role: str
    kind: str
    article: Thing


class UnitFilters(DatedFilters, total=False):
    """What bodies are filtered by: their kind, place, a body above them, an article."""

    kind: str
    place: Thing
    unit: Thing
    article: Thing


class PostFilters(DatedFilters, total=False):
    """What posts are filtered by."""

    unit: Thing
    place: Thing
    role: str
    official: Thing


class MeetingFilters(DatedFilters, total=False):
    """What meetings are filtered by: who chaired, which official or body took part, place, kind, article."""

    chair: Thing
    official: Thing
    unit: Thing
    place: Thing
    kind: str
    article: Thing


class AppointmentFilters(DatedFilters, total=False):
    """What appointments are filtered by; `by` is the body that decided."""

    official: Thing
    unit: Thing
    post: Thing
    by: Thing
    place: Thing
    role: str
    kind: str
    article: Thing


class MetricFilters(DatedFilters, total=False):
    """What figures are filtered by; `target` is "reached" or "missed", `period` a day, month or year."""

    indicator: str
    unit: Thing
    place: Thing
    period: Day
    target: str
    planned: bool
    check: str
    article: Thing


class PlaceFilters(TypedDict, total=False):
    """What places are filtered by; `on` keeps those in force on a day."""

    place: Thing
    kind: str
    on: Day
    article: Thing


class DocumentFilters(DatedFilters, total=False):
    """What official documents are filtered by; `unit` is the body that issued them."""

    unit: Thing
    kind: str
    article: Thing


class AwardFilters(DatedFilters, total=False):
    """What awards are filtered by; `unit` is the body that gave them."""

    unit: Thing
    recipient: Thing
    place: Thing
    proposed: bool
    article: Thing


class ArticleFilters(DatedFilters, total=False):
    """What articles are filtered by: what they name, places, words of their source."""

    about: Thing
    place: Thing
    source: str


def written_filters(resource: str, filters: Mapping[str, Any]) -> dict[str, str]:
    """Return filters as a list takes them; those that are None are left out.

    Raises:
        QueryError: the list has no such filter; the message names those that it has.
    """
    known = {each.name for each in BY_NAME[resource].filters} | ({"name"} if resource != "places" else set())
    written: dict[str, str] = {}
    for name, value in filters.items():
        called = _RENAMED.get(name, name)
        if called not in known or name in _RENAMED.values():
            shown = {taken: python for python, taken in _RENAMED.items()}
            taken = ", ".join(sorted(shown.get(each, each) for each in known))
            raise QueryError(
                f"{resource} cannot be filtered by {name!r}, but by {taken}{_HINTS.get(resource, '')}"
            )
        if value is not None:
            written[called] = written_value(value)
    return written


_HINTS: Mapping[str, str] = MappingProxyType(
    {"places": "; what the name of a place means on a day, place(name, on=…) tells"}
)


def written_value(value: Any) -> str:
    """Return a value as a parameter takes it: a thing by its IRI, a day in figures, yes or no as a word.

    Raises:
        QueryError: it is nothing that a parameter takes.
    """
    match value:
        case bool():
            return str(value).lower()
        case str() | int():
            return str(value)
        case date():
            return value.isoformat()[: len("2024-07-03")]
        case _:
            return thing_of(value)


def thing_of(thing: Thing) -> str:
    """Return the name, path or IRI by which a thing is given.

    Raises:
        QueryError: it is given by nothing of the kind.
    """
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Entity):
        return thing.id
    if isinstance(thing, Mapping | pd.Series) and isinstance(found := thing.get("id"), str):
        return found
    raise QueryError(
        f"a thing is given by name, path or IRI, as an entity, or as a row that has an id, but not by "
        f"{type(thing).__name__}"
    )


def written_day(on: Day | None) -> str | None:
    """Return a day as a parameter takes it."""
    return None if on is None else written_value(on)

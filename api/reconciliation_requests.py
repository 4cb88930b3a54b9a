"""What clients of the reconciliation protocol send: batches of queries, and ids with wanted properties."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError, QueryError
from kg.query.knowledge import Knowledge
from kg.query.names import local_name
from kg.query.reconciliation import Wanted, identifier_of
from kg.query.reconciliation_values import PROPERTIES, Given, Property, kinds_offered

BATCH = 50
"""How many queries one request may hold."""
MOST_IDS, MOST_PROPERTIES, MOST_VALUES = 200, 30, 100
"""What one request for data may ask for, and how many values of one property are told."""

_DEFAULT_LIMIT, _MOST_CANDIDATES = 10, 100
_FIELDS = ("query", "type", "type_strict", "limit", "properties")
_STRICTNESS = ("any", "all", "should")


class BatchTooLargeError(KgError):
    """A request that asks for more at once than is answered."""


@dataclass(frozen=True, slots=True)
class WantedColumn:
    """A property to fetch.

    Attributes:
        limit: how many values of it at most.
        language: "vi" or "en" for kinds and classes; None as the request says.
    """

    property: Property
    limit: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties are wanted of which things, given by their ids."""

    ids: tuple[str, ...]
    columns: tuple[WantedColumn, ...]


def read_queries(knowledge: Knowledge, text: str) -> Mapping[str, Wanted]:
    """Return the queries of a batch by their keys.

    Raises:
        QueryError: it is no batch; the message names the query and the field.
        BatchTooLargeError: it holds more than `BATCH`.
    """
    batch = _object(_parsed(text, "queries"), "queries")
    if len(batch) > BATCH:
        raise BatchTooLargeError(
            f"queries holds {len(batch)} queries, but {BATCH} are answered at once: send fewer"
        )
    return {key: _wanted(knowledge, _object(said, key), key) for key, said in batch.items()}


def read_extension(text: str) -> Extension:
    """Return what a request for data asks for.

    Raises:
        QueryError: it is none; the message names the field.
        BatchTooLargeError: it asks for too much at once.
    """
    said = _object(_parsed(text, "extend"), "extend")
    ids = _list(said.get("ids"), "extend.ids")
    columns = _list(said.get("properties"), "extend.properties")
    for name, found, most in (("ids", ids, MOST_IDS), ("properties", columns, MOST_PROPERTIES)):
        if len(found) > most:
            raise BatchTooLargeError(f"extend.{name} has {len(found)}, but {most} are answered at once")
    return Extension(
        tuple(_text(each, "extend.ids") for each in ids),
        tuple(_column(_object(each, "extend.properties")) for each in columns),
    )


def known_kind(named: str, where: str) -> str:
    """Return the local name of a class that is given by it or by its IRI.

    Raises:
        QueryError: it is none of those that can be reconciled.
    """
    kind, offered = local_name(named) if named else "", kinds_offered()
    if kind not in offered:
        raise QueryError(f"{where} is {named!r}, but takes {', '.join(offered)}")
    return kind


def _wanted(knowledge: Knowledge, said: Mapping[str, Any], key: str) -> Wanted:
    if unknown := [name for name in said if name not in _FIELDS]:
        raise QueryError(f"{key} has a field {unknown[0]!r}; allowed are {', '.join(_FIELDS)}")
    name = _text(said.get("query", ""), f"{key}.query").strip()
    properties = tuple(
        _constraint(knowledge, _object(each, f"{key}.properties"), f"{key}.properties")
        for each in _list(said.get("properties", []), f"{key}.properties")
    )
    if not name and not properties:
        raise QueryError(f"{key} has neither query nor properties: give one of them")
    kinds = said.get("type", [])
    strictness = said.get("type_strict", "any")
    if strictness not in _STRICTNESS:
        raise QueryError(f"{key}.type_strict is {strictness!r}, but takes {', '.join(_STRICTNESS)}")
    return Wanted(
        name=name,
        kinds=tuple(
            known_kind(_text(kind, f"{key}.type"), f"{key}.type")
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ),
        strictness=strictness,
        properties=properties,
        limit=_number(said.get("limit", _DEFAULT_LIMIT), f"{key}.limit", _MOST_CANDIDATES),
    )


def _constraint(knowledge: Knowledge, said: Mapping[str, Any], where: str) -> tuple[str, tuple[Given, ...]]:
    name = _property(said.get("pid"), f"{where}.pid", lambda each: True).name
    value = said.get("v")
    values = value if isinstance(value, list) else [value]
    given = tuple(_given(knowledge, each, f"{where}.v") for each in values if each not in ("", None))
    if value is None:
        raise QueryError(f"{where} has no v: give the value of {name}")
    return name, given


def _given(knowledge: Knowledge, value: Any, where: str) -> Given:
    if isinstance(value, bool):
        return Given("true" if value else "false")
    if isinstance(value, int | float):
        return Given(f"{value:g}" if isinstance(value, float) else str(value))
    if isinstance(value, str):
        return Given(value.strip())
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        known = identifier_of(knowledge, value["id"])
        return Given(known or value["id"], is_thing=True)
    raise QueryError(f"{where} takes a text, a number, true or false, or a thing with its id")


def _column(said: Mapping[str, Any]) -> WantedColumn:
    where = "extend.properties"
    found = _property(said.get("id"), f"{where}.id", lambda each: each.extends)
    settings = _object(said.get("settings") or {}, f"{where}.settings")
    limit, language = settings.get("limit") or MOST_VALUES, settings.get("language") or None
    if isinstance(limit, str) and limit.isascii() and limit.isdigit():
        limit = int(limit)
    if language not in (None, "vi", "en"):
        raise QueryError(f"{where}.settings.language is {language!r}, but takes vi or en")
    return WantedColumn(found, _number(limit, f"{where}.settings.limit", MOST_VALUES), language)


def _property(named: Any, where: str, allowed: Callable[[Property], bool]) -> Property:
    found = PROPERTIES.get(local_name(named)) if isinstance(named, str) and named else None
    if found is None or not allowed(found):
        names = ", ".join(each.name for each in PROPERTIES.values() if allowed(each))
        raise QueryError(f"{where} is {named!r}, but takes {names}")
    return found


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"{name} is not JSON: {str(error)[:100]}") from None


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise QueryError(f"{where} takes a JSON object")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise QueryError(f"{where} takes a list")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise QueryError(f"{where} takes a text")
    return value


def _number(value: Any, where: str, most: int) -> int:
    if isinstance(value, float) and value.is_integer():  # 5.0 is a number of things in JSON
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise QueryError(f"{where} is {value!r}, but takes a number from 1 to {most}")
    return min(value, most)

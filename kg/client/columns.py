"""Columns of frames: how each is read from the JSON of an item, and which type it has.

Columns go by the local names of the ontology's properties, as in JSON and CSV. Their
types are always the same, also where a frame is empty:

- days are ``datetime64``; of what is known to the month or year only, the first day, with the text as stated
  in a column ``…_text`` beside;
- numbers are ``float64``, whole numbers ``Int64``, yes or no ``boolean``, both of which may be missing;
- what takes few values (kinds, standings, states) is ``category``;
- a thing is its name, and in a column ``…_id`` beside its IRI; several things are their names, set apart by
  "; ", and a tuple of their IRIs, so that ``frame.explode("holds_id")`` gives a row each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from kg.client.evidence import Evidence, evidence_of
from kg.client.source import Json

APART = "; "
"""What stands between several values in one cell."""

_MONTH, _YEAR = len("2024-07"), len("2024")


class ColumnType(StrEnum):
    """The types of columns, named as pandas names them."""

    TEXT = "str"
    CATEGORY = "category"
    NUMBER = "float64"
    WHOLE = "Int64"
    FLAG = "boolean"
    DAY = "datetime64[us]"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, and what an item has in it."""

    name: str
    type: ColumnType
    read: Callable[[Json], Any]


def make_frame(columns: Sequence[Column], items: Iterable[Json], language: str = "vi") -> pd.DataFrame:
    """Return items as a frame with these columns, of the same types however many items there are."""
    rows = list(items)
    cells = {column.name: [column.read(row) for row in rows] for column in columns}
    if "evidence" in cells:
        cells["evidence"] = [replace(each, language=language) for each in cells["evidence"]]
    return as_frame({column.name: make_series(cells[column.name], column.type) for column in columns})


def as_frame(cells: Mapping[str, pd.Series[Any]]) -> pd.DataFrame:
    """Return columns as a frame: what people read first, then texts of days, and IRIs last."""
    return pd.DataFrame({name: cells[name] for name in sorted(cells, key=_rank)})


def _rank(name: str) -> int:
    if name == "id" or name.endswith("_id"):
        return 2
    return int(name.endswith("_text"))


def make_series(values: Sequence[Any], kind: ColumnType) -> pd.Series[Any]:
    """Return values, None where there is none, as a series of a type; days as "2024-07-03" or part of it."""
    dtype: Any = kind.value
    if kind is ColumnType.DAY:
        days = [None if value is None else first_day_of(str(value)) for value in values]
        read = pd.to_datetime(pd.Series(days, dtype="object"), format="ISO8601", errors="coerce")
        return read.astype(dtype)
    if kind is ColumnType.CATEGORY:
        return pd.Series(values, dtype="str").astype("category")
    if kind is ColumnType.OBJECT:
        return pd.Series(np.fromiter(values, dtype=object, count=len(values)), dtype="object")
    if kind in (ColumnType.NUMBER, ColumnType.WHOLE):
        values = pd.to_numeric(pd.Series(values, dtype="object"), errors="coerce").tolist()
    series: pd.Series[Any] = pd.Series(values, dtype=dtype)
    return series


def first_day_of(stated: str) -> str:
    """Return the first day of a year or month; of a day itself."""
    return {_YEAR: f"{stated}-01-01", _MONTH: f"{stated}-01"}.get(len(stated), stated)


def values_of(item: Json, name: str) -> list[Any]:
    """Return the values that an item has under the local name of a property."""
    value = item.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(name: str, property_name: str = "", kind: ColumnType = ColumnType.TEXT) -> tuple[Column, ...]:
    """Return the column of what is stated under a property; several values are set apart."""
    source = property_name or name

    def read(item: Json) -> Any:
        found = [each["name"] if isinstance(each, dict) else str(each) for each in values_of(item, source)]
        return APART.join(found) or None

    return (Column(name, kind, read),)


def category(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the column of something that takes few values, by its name."""
    return text(name, property_name, ColumnType.CATEGORY)


def concept(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the columns of a concept: its name, and its IRI."""
    return (*category(name, property_name), *_identifier(name, property_name))


def number(name: str, property_name: str = "", kind: ColumnType = ColumnType.NUMBER) -> tuple[Column, ...]:
    """Return the column of a number, the first that is stated."""
    source = property_name or name
    return (Column(name, kind, lambda item: next(iter(values_of(item, source)), None)),)


def whole(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the column of a whole number."""
    return number(name, property_name, ColumnType.WHOLE)


def flag(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the column of what is so or not."""
    return number(name, property_name, ColumnType.FLAG)


def day(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the column of a day that is known as such."""
    return number(name, property_name, ColumnType.DAY)


def partial_day(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the columns of what may be a day, a month or a year: its first day, and the text as stated."""
    return (*day(name, property_name), *number(f"{name}_text", property_name or name, ColumnType.TEXT))


def thing(name: str, property_name: str = "") -> tuple[Column, ...]:
    """Return the columns of a thing: its name, and its IRI; of several the first."""
    source = property_name or name

    def read(item: Json) -> Any:
        return next((each["name"] for each in values_of(item, source) if isinstance(each, dict)), None)

    return (Column(name, ColumnType.TEXT, read), *_identifier(name, property_name))


def things(name: str, property_name: str) -> tuple[Column, ...]:
    """Return the columns of several things: their names, set apart, and a tuple of their IRIs."""
    return several(name, lambda item: values_of(item, property_name))


def several(name: str, find: Callable[[Json], Iterable[Json]]) -> tuple[Column, ...]:
    """Return the columns of several things that are found in an item, each once.

    What has no name, such as a figure, is told by the end of its IRI; that is left out of the names.
    """

    def found(item: Json) -> dict[str, str]:
        told = (each for each in find(item) if isinstance(each, dict))
        return {each["id"]: "" if _is_nameless(each) else each["name"] for each in told}

    return (
        Column(name, ColumnType.TEXT, lambda item: APART.join(filter(None, found(item).values())) or None),
        Column(f"{name}_id", ColumnType.OBJECT, lambda item: tuple(found(item))),
    )


def _is_nameless(thing: Json) -> bool:
    return bool(thing["id"].endswith(f"/{thing['name']}"))


def evidence() -> tuple[Column, ...]:
    """Return the columns of the words that support an item, and of the article that they stand in first."""

    def first(item: Json) -> Json:
        return next(iter(item["evidence"]), {"article": {}})

    def quoted(item: Json) -> Evidence:
        return evidence_of(item)

    return (
        Column("article", ColumnType.TEXT, lambda item: first(item)["article"].get("name")),
        Column("article_id", ColumnType.TEXT, lambda item: first(item)["article"].get("id")),
        Column("published", ColumnType.DAY, lambda item: first(item).get("published")),
        Column("evidence", ColumnType.OBJECT, quoted),
    )


def trust() -> tuple[Column, ...]:
    """Return the columns that say how far a claim is to be trusted, and why."""
    return (*category("status"), *number("confidence"), *category("rule"), *evidence())


def _identifier(name: str, property_name: str) -> tuple[Column, ...]:
    source = property_name or name

    def read(item: Json) -> Any:
        return next((each["id"] for each in values_of(item, source) if isinstance(each, dict)), None)

    return (Column(f"{name}_id", ColumnType.TEXT, read),)

"""The parameters of a request: which there may be, and what they take."""

from __future__ import annotations

import re
from datetime import date

from flask import request

from api.context import knowledge
from kg.errors import QueryError

_LIST = ("name", "limit", "after")
_ALWAYS = ("lang", "format")
_LIMIT = 1000
_PARTIAL_DATE = re.compile(r"\d{4}(-\d\d)?")


def check_names(*allowed: str) -> None:
    """Refuse a request with parameters that nobody reads.

    Raises:
        QueryError: there is one; the message names those that are allowed.
    """
    known = (*allowed, *_ALWAYS)
    for name, values in request.args.lists():
        if name not in known:
            raise QueryError(f"there is no parameter {name!r} here; allowed are {', '.join(known)}")
        if len(values) > 1:
            raise QueryError(f"the parameter {name!r} is given {len(values)} times, but counts once")


def check_list_names(*allowed: str) -> None:
    """Refuse a request for a list with parameters that nobody reads."""
    check_names(*allowed, *_LIST)


def given(name: str) -> str | None:
    """Return a parameter without white space around it; None where it is empty or missing."""
    return (request.args.get(name) or "").strip() or None


def required(name: str, takes: str) -> str:
    """Return a parameter that must be there.

    Raises:
        QueryError: it is not.
    """
    value = given(name)
    if value is None:
        raise QueryError(f"the parameter {name!r} is missing; it takes {takes}")
    return value


def day(name: str, *, last: bool = False) -> str | None:
    """Return a parameter as a day; of a year or month, its first or last day.

    Raises:
        QueryError: it is none of these.
    """
    value = given(name)
    if value is None:
        return None
    try:
        if _PARTIAL_DATE.fullmatch(value):
            return _edge(value, last=last).isoformat()
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise QueryError(f"{name} is {value!r}, but takes a day, month or year such as 2024-07-03") from None


def _edge(value: str, *, last: bool) -> date:
    year, _, month = value.partition("-")
    if not last:
        return date(int(year), int(month or 1), 1)
    number = int(month or 12)
    following = date(int(year) + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def limit() -> int:
    """Return how many items a list is to hold.

    Raises:
        QueryError: `limit` is no number from 1 to 1000.
    """
    value = given("limit")
    if value is None:
        return knowledge().settings.page_size
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _LIMIT:
        raise QueryError(f"limit is {value!r}, but takes a number from 1 to {_LIMIT}")
    return int(value)


def things(name: str, kind: str) -> tuple[str, ...] | None:
    """Return the IRIs that a parameter means, by IRI, path or name; None where it is not given.

    Raises:
        NotFoundError: nothing goes by what is given.
    """
    value = given(name)
    return None if value is None else knowledge().identify(value, kind=kind, role=name)

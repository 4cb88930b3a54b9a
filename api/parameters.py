"""The parameters of a request: which there may be, and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import request

from api.context import knowledge
from kg.errors import QueryError
from kg.query.days import first_day, last_day

_LIST = ("name", "sort", "limit", "after", "bom")
_ALWAYS = ("lang", "format")
_LIMIT = 1000
_FLAGS: Mapping[str, bool] = MappingProxyType({"1": True, "true": True, "0": False, "false": False})


def check_names(*allowed: str, several: tuple[str, ...] = ()) -> None:
    """Refuse a request with parameters that nobody reads, or that come twice and are none of `several`.

    Raises:
        QueryError: there is one; the message names those that are allowed.
    """
    known = (*allowed, *_ALWAYS)
    for name, values in request.args.lists():
        if name not in known:
            raise QueryError(f"there is no parameter {name!r} here; allowed are {', '.join(known)}")
        if len(values) > 1 and name not in several:
            raise QueryError(f"the parameter {name!r} is given {len(values)} times, but counts once")


def check_list_names(*allowed: str) -> None:
    """Refuse a request for a list with parameters that nobody reads."""
    check_names(*allowed, *_LIST)


def given(name: str) -> str | None:
    """Return a parameter without white space around it; None where it is empty or missing."""
    return (request.args.get(name) or "").strip() or None


def all_given(name: str) -> tuple[str, ...]:
    """Return every value of a parameter that may come several times, without those that are empty."""
    return tuple(value.strip() for value in request.args.getlist(name) if value.strip())


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
    return last_day(name, value) if last else first_day(name, value)


def flag(name: str) -> bool:
    """Return whether a parameter is set, to 1 or true; not where it is missing.

    Raises:
        QueryError: it is anything else.
    """
    value = given(name) or "0"
    if value not in _FLAGS:
        raise QueryError(f"{name} is {value!r}, but takes {' or '.join(_FLAGS)}")
    return _FLAGS[value]


def whole(name: str, *, default: int, most: int) -> int:
    """Return a parameter that takes a number from 1 to the most.

    Raises:
        QueryError: it is none.
    """
    value = given(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= most:
        raise QueryError(f"{name} is {value!r}, but takes a number from 1 to {most}")
    return int(value)


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

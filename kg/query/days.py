"""Days as people give them: a day, a month or a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.errors import QueryError

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?")


def first_day(name: str, value: str) -> str:
    """Return a day, or the first day of a month or year, as "2024-07-03".

    Raises:
        QueryError: it is none of these; the message names the parameter.
    """
    return _read(name, value)[0].isoformat()


def last_day(name: str, value: str) -> str:
    """Return a day, or the last day of a month or year, likewise."""
    return _read(name, value)[1].isoformat()


def _read(name: str, value: str) -> tuple[date, date]:
    try:
        if (found := _PARTIAL.fullmatch(value)) is None:
            day = date.fromisoformat(value)
            return day, day
        year, month = int(found[1]), found[2]
        following = date(year + 1, 1, 1) if month in (None, "12") else date(year, int(month) + 1, 1)
        return date(year, int(month or 1), 1), following - timedelta(days=1)
    except (ValueError, OverflowError):
        raise QueryError(f"{name} is {value!r}, but takes a day, month or year such as 2024-07-03") from None

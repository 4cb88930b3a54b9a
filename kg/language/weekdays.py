"""Days of the week as Vietnamese writes them, held against the date beside them."""

from __future__ import annotations

import re
from datetime import date

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space
from kg.model.check import CONSISTENT, INCONSISTENT, UNCHECKED, Check

_DATES = load_resource("dates")
_NUMBERS: dict[str, int] = {**_DATES["short_weekdays"], **_DATES["weekdays"]}
_NAMES = {number: name for name, number in reversed(_DATES["weekdays"].items())}
WEEKDAY = phrase_pattern(_DATES["weekdays"])
"""A pattern for a weekday in running text, where "thứ hai" may also count something: see `is_weekday`."""

WEEKDAY_ON_DATELINE = phrase_pattern(_NUMBERS)
"""A pattern for a weekday on a line that holds nothing but a date; there "T4" and "Monday" are some too."""

_BEFORE = 12  # characters before a weekday that show whether it counts something
_OPENS = re.compile(rf"(?:^|[^\w\s]\s*|\n\s*|{phrase_pattern(_DATES['before_weekday'])}\s+)$")


def number_of(words: str) -> int:
    """Return the number of a weekday in matching form, from Monday, 1, to Sunday, 7."""
    return _NUMBERS[fold_space(words)]


def is_weekday(key: str, start: int, offset: int) -> bool:
    """Tell whether the words at an offset, in a sentence from `start`, name a day and no place in a row.

    "Lần thứ hai, ngày 6/10" speaks of no Monday; no more does "lớp thứ 2".
    """
    before = key[max(start, offset - _BEFORE) : offset]
    return not key.startswith("thứ", offset) or _OPENS.search(before) is not None


def check_weekday(stated: int | None, day: date | None) -> Check:
    """Return whether a date falls on the weekday that the text gives with it; the sum says where it does."""
    if stated is None or day is None:
        return UNCHECKED
    sum_ = tell_weekday(day)
    if day.isoweekday() == stated:
        return Check(CONSISTENT, sum_)
    note = f"{sum_}, không phải {_NAMES[stated]}"
    other = other_order(day)
    if other is not None and other.isoweekday() == stated:
        note += f" ({tell_weekday(other)})"
    return Check(INCONSISTENT, note)


def tell_weekday(day: date) -> str:
    """Return "3/7/2024 là thứ tư"."""
    return f"{day.day}/{day.month}/{day.year} là {_NAMES[day.isoweekday()]}"


def other_order(day: date) -> date | None:
    """Return the date that the same numbers give with the month first; None where they give no other."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)

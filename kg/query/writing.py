"""How days and numbers are written for people, in both languages."""

from __future__ import annotations

import re
from calendar import month_name

LANGUAGES = ("vi", "en")
"""The languages in which people are told things."""

_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def written_day(iso: str, language: str) -> str:
    """Return a day, month or year as people write it: 3/7/2024, or 3 July 2024; other text as it is."""
    found = _DAY.fullmatch(iso)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return iso
    year, month, day = found.groups()
    if language == "vi":
        return "/".join(str(int(part)) for part in (day, month, year) if part)
    return " ".join(part for part in (day and str(int(day)), month and month_name[int(month)], year) if part)


def written_number(value: float | str, language: str) -> str:
    """Return a number with its thousands set off: 81.770,5 in Vietnamese, 81,770.5 in English."""
    found = _NUMBER.fullmatch(f"{value:.12g}" if isinstance(value, float) else str(value))
    if found is None:
        return str(value)
    sign, whole, fraction = found.groups()
    shown = f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")
    return shown if language == "en" else shown.translate(str.maketrans(",.", ".,"))

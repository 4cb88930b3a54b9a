"""The words that the displays are written in, and how they write days and numbers."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import yaml

from kg.errors import QueryError

Language = Literal["vi", "en"]

LANGUAGES = ("vi", "en")
_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def say(key: str, language: str) -> str:
    """Return the words for a key.

    Raises:
        QueryError: the language is neither Vietnamese nor English.
        KeyError: there are no such words.
    """
    check_language(language)
    return _words()[key][language]


def has_words(key: str) -> bool:
    """Tell whether there are words for a key."""
    return key in _words()


def check_language(language: str) -> None:
    """Make sure that a language is one of those that the displays are written in.

    Raises:
        QueryError: it is not.
    """
    if language not in LANGUAGES:
        raise QueryError(f"nothing is written in the language {language!r}: use {' or '.join(LANGUAGES)}")


def written_day(iso: str, language: str) -> str:
    """Return a day, month or year as people write it: 3/7/2024, or 3 July 2024; other text as it is."""
    found = _DAY.fullmatch(iso)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return iso
    year, month, day = found.groups()
    if language == "vi":
        return "/".join(str(int(part)) for part in (day, month, year) if part)
    return " ".join(part for part in (day and str(int(day)), month and month_name[int(month)], year) if part)


def written_number(value: float, language: str) -> str:
    """Return a number with its thousands set off: 81.770,5 in Vietnamese, 81,770.5 in English."""
    found = _NUMBER.fullmatch(f"{value:.12g}" if isinstance(value, float) else str(value))
    if found is None:
        return str(value)
    sign, whole, fraction = found.groups()
    shown = f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")
    return shown if language == "en" else shown.translate(str.maketrans(",.", ".,"))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return MappingProxyType({key: MappingProxyType(said) for key, said in yaml.safe_load(text).items()})

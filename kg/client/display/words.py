"""The words that the displays are written in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.errors import QueryError
from kg.query.texts import read_texts
from kg.query.writing import LANGUAGES


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


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return read_texts(__package__, "words.yaml")

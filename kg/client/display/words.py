"""The words that the displays are written in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from kg.errors import QueryError

LANGUAGES = ("vi", "en")


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
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return MappingProxyType({key: MappingProxyType(said) for key, said in yaml.safe_load(text).items()})

"""The words of cards and lists in both languages, read from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.query.texts import read_texts


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words by key and language."""
    return read_texts("kg.cli", "words.yaml")


def word(key: str, language: str, **values: object) -> str:
    """Return the words for a key, with values in their places."""
    return load_words()[key][language].format(**values)

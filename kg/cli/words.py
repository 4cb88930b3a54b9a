"""The words of cards and lists in both languages, read from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words by key and language."""
    text = files("kg.cli").joinpath("words.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return words


def word(key: str, language: str, **values: object) -> str:
    """Return the words for a key, with values in their places."""
    return load_words()[key][language].format(**values)

"""The words of the pages in both languages, read from ``web/texts.yaml``."""

from __future__ import annotations

from kg.query.texts import read_texts

TEXTS = read_texts("api", "web/texts.yaml")


def text_of(key: str, language: str, *, default: str | None = None) -> str:
    """Return the words for a key.

    Raises:
        KeyError: there are none, and no default.
    """
    if key not in TEXTS and default is not None:
        return default
    return TEXTS[key][language]

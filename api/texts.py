"""The words of the pages in both languages, read from ``web/texts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml


def _read() -> Mapping[str, Mapping[str, str]]:
    loaded = yaml.safe_load(files("api").joinpath("web/texts.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({key: MappingProxyType(words) for key, words in loaded.items()})


TEXTS = _read()


def text_of(key: str, language: str, *, default: str | None = None) -> str:
    """Return the words for a key.

    Raises:
        KeyError: there are none, and no default.
    """
    if key not in TEXTS and default is not None:
        return default
    return TEXTS[key][language]

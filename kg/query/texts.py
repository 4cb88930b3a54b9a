"""Words for people that stand in files of their own, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml


def read_texts(package: str, path: str) -> Mapping[str, Mapping[str, str]]:
    """Return words by key and language.

    Args:
        package: of ours.
        path: of the YAML file in it.
    """
    loaded = yaml.safe_load(files(package).joinpath(path).read_text(encoding="utf-8"))
    return MappingProxyType({key: MappingProxyType(words) for key, words in loaded.items()})

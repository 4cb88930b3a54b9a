"""Reading language data, and turning lists of phrases into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.language.normalization import matching_key

_Trie = dict[str, "_Trie"]
_LEAF = ""


@cache
def load_resource(name: str) -> Mapping[str, Any]:
    """Return the data of ``kg/language/resources/<name>.yaml``."""
    text = files("kg.language").joinpath("resources", f"{name}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    return data


def phrase_pattern(phrases: Iterable[str], *, whole_words: bool = True) -> str:
    r"""Return a regular expression for any of the phrases, to be matched on `matching_key` of a text.

    The longest phrase wins; any white space, a line break too, stands between words. The expression is a
    trie, so its cost does not grow with the number of phrases, and it has no groups of its own.
    """
    trie: _Trie = {}
    for phrase in phrases:
        node = trie
        for letter in matching_key(phrase.strip()):
            node = node.setdefault(letter, {})
        node[_LEAF] = {}
    body = _expression(trie)
    return rf"(?<![^\W_])(?:{body})(?![^\W_])" if whole_words else f"(?:{body})"


def _expression(node: _Trie) -> str:
    branches = [
        (r"\s+" if letter == " " else re.escape(letter)) + _expression(child)
        for letter, child in sorted(node.items())
        if letter != _LEAF
    ]
    if not branches:
        return ""
    if len(branches) == 1 and _LEAF not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if _LEAF in node else "")

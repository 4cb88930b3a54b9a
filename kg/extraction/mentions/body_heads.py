"""The words that begin the names of bodies, and what each lets follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key


@dataclass(frozen=True, slots=True)
class BodyHead:
    """A head and its grammar, as told in ``resources/organizations.yaml``."""

    phrase: str
    kind: str
    takes: frozenset[str]
    lacks: str
    bare: bool
    needs_party: bool


@cache
def body_heads() -> dict[str, BodyHead]:
    """Return the heads by their phrase in matching form."""
    heads = {}
    for entry in load_resource("organizations")["heads"]:
        for phrase in entry["phrases"]:
            key = matching_key(phrase)
            heads[key] = BodyHead(
                phrase=key,
                kind=entry["kind"],
                takes=frozenset(entry["takes"]) | frozenset(entry.get("then", ())),
                lacks=entry["lacks"],
                bare=entry.get("bare", False),
                needs_party=entry.get("needs") == "party",
            )
    return heads


@cache
def head_pattern() -> re.Pattern[str]:
    """Return the pattern that finds any head in a text's matching key."""
    return re.compile(phrase_pattern(body_heads()))


def head_of(matched: str) -> BodyHead:
    """Return the head for what `head_pattern` matched."""
    return body_heads()[fold_space(matched)]

"""The words that begin the names of bodies, what each lets follow, and the words of their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    hosts: frozenset[str]


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
                hosts=frozenset(entry.get("hosts", ())),
            )
    return heads


@cache
def head_pattern() -> re.Pattern[str]:
    """Return the pattern that finds any head in a text's matching key."""
    return re.compile(phrase_pattern(phrase for head in body_heads() for phrase in spellings(head)))


def head_of(matched: str) -> BodyHead:
    """Return the head for what `head_pattern` matched."""
    return _by_spelling()[fold_space(matched)]


@cache
def sector_pattern() -> re.Pattern[str]:
    """Return the pattern that finds the words of any field ("dân số - kế hoạch hóa gia đình")."""
    sectors = load_resource("organizations")["sectors"]
    return re.compile(phrase_pattern(spelling for sector in sectors for spelling in spellings(sector)))


@cache
def _by_spelling() -> dict[str, BodyHead]:
    return {spelling: head for phrase, head in body_heads().items() for spelling in spellings(phrase)}


def spellings(phrase: str) -> Iterator[str]:
    """Yield a phrase with the signs that stand for the dash between its parts."""
    yield phrase
    if " - " in phrase:
        for sign in ("-", "- ", " -", ", ", " và ", " & "):
            yield phrase.replace(" - ", sign)

"""What a person's name is made of."""

from __future__ import annotations

import re
from functools import cache

from kg.language.lexicon import load_resource
from kg.language.normalization import matching_key

_DATA = load_resource("people")
_SURNAMES = frozenset(matching_key(name) for name in _DATA["surnames"])
# Onset, up to three vowel letters, coda: what a Vietnamese syllable can be. Names of other peoples are freer.
_SYLLABLE = re.compile(r"[^\W\d_]{1,7}(?:'[^\W\d_]{1,8})?")


def is_surname(key: str) -> bool:
    """Tell whether a syllable, in matching form, is a surname."""
    return key in _SURNAMES or key.startswith(("h'", "k'"))


def is_name_syllable(key: str) -> bool:
    """Tell whether a word, in matching form, can be a syllable of a personal name."""
    return _SYLLABLE.fullmatch(key) is not None


@cache
def historical_names() -> frozenset[str]:
    """Return the names, in matching form, that belong to history and to no official."""
    return frozenset(matching_key(name) for name in _DATA["historical"])

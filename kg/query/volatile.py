"""Queries whose answer differs from one moment to the next although the content is the same."""

from __future__ import annotations

import re

_COMMENT = r"\#[^\n\r]*+[\n\r]"
_WORDS = ("now", "rand", "uuid")
# The engine needs no space before a call ("FILTERNOW()"), so the words may end longer ones, STRUUID too.
_CALL = re.compile(rf"(?:{'|'.join(_WORDS)})(?:\s|{_COMMENT})*+\(", re.IGNORECASE)


def is_volatile(query: str) -> bool:
    """Tell whether a query asks for the time, chance or new names, or at least speaks of them."""
    folded = query.lower()
    return any(word in folded for word in _WORDS) and _CALL.search(query) is not None

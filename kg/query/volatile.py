"""Queries whose answer differs from one moment to the next although the content is the same."""

from __future__ import annotations

import re

_COMMENT = r"\#[^\n\r]*+[\n\r]"
# The engine needs no space before a call ("FILTERNOW()"), so the words may end longer ones, STRUUID too.
_CALL = re.compile(rf"(?:now|rand|uuid)(?:\s|{_COMMENT})*+\(", re.IGNORECASE)


def is_volatile(query: str) -> bool:
    """Tell whether a query asks for the time, chance or new names, or at least speaks of them."""
    return _CALL.search(query) is not None

"""What holding the parts of a statement against each other came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONSISTENT: Final = "consistent"
INCONSISTENT: Final = "inconsistent"
NOT_CHECKABLE: Final = "not-checkable"


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict, a notation of the scheme of checks, and the sum that led to it where there was one."""

    verdict: str = NOT_CHECKABLE
    note: str | None = None


UNCHECKED: Final = Check()
"""What there is to say where nothing stands to be held against."""

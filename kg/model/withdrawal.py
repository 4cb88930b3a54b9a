"""What was taken out of the graph for good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That nothing is to be said of a thing any more.

    Attributes:
        thing: its IRI.
        made: when it was decided, in ISO 8601 with a zone.
        note: why, in the words of who decided.
        by: who decided.
    """

    thing: str
    made: str = ""
    note: str = ""
    by: str = ""

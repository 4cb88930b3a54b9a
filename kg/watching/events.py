"""What a look at a folder led to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one file.

    Attributes:
        path: in the folder.
        article: the IRI of its article; of a file that is gone, the one that it was.
        title: the headline.
        statements: how many its graph has.
        before: the path that it had.
        fault: why it was rejected.
    """

    kind: Kind
    path: str
    article: str | None = None
    title: str = ""
    statements: int = 0
    before: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """One look as a whole.

    Attributes:
        events: in the order in which they happened.
        waiting: how many files are still being written or have only just gone.
        files: how many of the folder stand in the store now.
    """

    events: tuple[Event, ...]
    waiting: int
    files: int

    @property
    def changed(self) -> bool:
        """Whether the store may hold something else now."""
        return any(it.kind not in (Kind.REJECTED, Kind.RENAMED) for it in self.events)

    def counts(self) -> dict[str, int]:
        """Return how many events of each kind there were."""
        return count(self.events)


def count(events: Iterable[Event]) -> dict[str, int]:
    """Return how many events of each kind there are; none of a kind is 0."""
    found = Counter(it.kind for it in events)
    return {kind.value: found[kind] for kind in Kind}

"""What was taken out of the graph for good, in a form that recognises it and does not tell its name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

_DOMAIN = "yte-kg withdrawal"
_SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """That nothing is to be said of a thing any more.

    Attributes:
        kind: "article", "person" or "thing".
        marks: digests of its IRIs; of an article also of its id, source, address and text; sorted.
        names: digests of the names of a person.
        places: codes of the provinces, of today, that the person was known in.
        spared: digests of the IRIs of others of that name, who were known when it was decided.
        made: when it was decided, in ISO 8601 with a zone.
        note: why, in the words of who decided.
        by: who decided.
        done: whether the graph has followed.
    """

    kind: str
    marks: tuple[str, ...]
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    made: str = ""
    note: str = ""
    by: str = ""
    done: bool = False

    @property
    def id(self) -> str:
        """What it is called in lists: the beginning of a digest over its marks."""
        return mark("withdrawal", *self.marks)[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """All that was withdrawn, to be asked what is among it; false where nothing was."""

    withdrawals: tuple[Withdrawal, ...] = ()
    _marks: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the marks together, so that many IRIs are looked up fast."""
        object.__setattr__(self, "_marks", frozenset(each for it in self.withdrawals for each in it.marks))

    def __bool__(self) -> bool:
        return bool(self.withdrawals)

    def has(self, *iris: str) -> bool:
        """Tell whether one of some IRIs was withdrawn."""
        return bool(self._marks) and any(mark("iri", iri) in self._marks for iri in iris)

    def has_mark(self, kind: str, value: str) -> bool:
        """Tell whether something was withdrawn that has this mark."""
        return bool(self._marks) and mark(kind, value) in self._marks

    def named(self, name: str) -> tuple[Withdrawal, ...]:
        """Return the withdrawals of people of a name, in matching form."""
        wanted = mark("name", name)
        return tuple(it for it in self.withdrawals if wanted in it.names)


def mark(kind: str, *values: str) -> str:
    """Return what something is recognised by: a SHA-256, from which it cannot be read."""
    encoded = json.dumps((_DOMAIN, kind, *values), ensure_ascii=True).encode()
    return hashlib.sha256(encoded).hexdigest()


def marks(kind: str, values: Iterable[str]) -> frozenset[str]:
    """Return the marks of some values of one kind."""
    return frozenset(mark(kind, value) for value in values if value)

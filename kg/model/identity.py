"""Who is who across articles: profiles, what tells two of them alike or apart, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How somebody stands to a post, as an article says."""

    HELD = "held"
    FORMER = "former"
    ENTERED = "entered"
    LEFT = "left"


class Verdict(StrEnum):
    """Whether two profiles are of one person."""

    SAME = "same"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Seat:
    """The administrative unit that a body is in, with what held it and what became of it.

    Attributes:
        chain: codes of the unit and of what it lay in, narrowest first; the last is the province.
        today: code of the province that the unit lies in today.
        era: "old" where the province ended in a reform, "new" where it began with one, "" where it did
            neither: a code may stand for a smaller province before and a larger one after.
    """

    chain: tuple[str, ...]
    today: str
    era: str

    @property
    def province(self) -> str:
        """Code of the province as it was."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """A post that articles give somebody.

    Attributes:
        post: the kind of post; a title in matching form where the kind is not known.
        body: what identifies the body, the same for all versions of its place; None where none is named.
        kin: what remains of the body's name through a reform: its kind and the last words of its name.
        first: first day on which an article says so; `last` is the last one.
    """

    post: str
    body: str | None
    kin: str | None
    standing: Standing
    first: date | None
    last: date | None
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All that articles say of one IRI of a person.

    Attributes:
        iri: the IRI that its name and place give it.
        name: the full name in matching form, tones kept.
        near: provinces that its articles are about, where no post of it has a place.
        beside: IRIs of others of that name that one article names beside it.
    """

    iri: str
    name: str
    degrees: frozenset[str] = frozenset()
    holdings: tuple[Holding, ...] = ()
    near: frozenset[Seat] = frozenset()
    beside: frozenset[str] = frozenset()

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Where its bodies are."""
        return tuple(holding.seat for holding in self.holdings if holding.seat is not None)

    @property
    def provinces(self) -> frozenset[str]:
        """Codes, of today, of the provinces that it is known in."""
        return frozenset(seat.today for seat in (*self.near, *self.seats))


@dataclass(frozen=True, slots=True, order=True)
class FeatureScore:
    """What one feature of a pair came to: `value` is from 0, absent, to 1, and counts `weight` times."""

    name: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return round(self.value * self.weight, 4)


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Whether two profiles are one person, and why.

    Attributes:
        one: the smaller of the two IRIs.
        features: those that say something, in a fixed order.
        veto: the features make it impossible that both are one person.
        by_person: a person said so, whatever the features say.
    """

    one: str
    other: str
    features: tuple[FeatureScore, ...]
    score: float
    verdict: Verdict
    veto: bool = False
    by_person: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """What a person decided: two IRIs are one or not, or (`other` is None) one stands alone.

    Attributes:
        made: when, as an ISO 8601 moment.
        note: why.
        by: who.
        articles: IRIs of articles in which what `one` names is somebody or something else: `other`.
    """

    one: str
    other: str | None
    same: bool
    made: str = ""
    note: str = ""
    by: str = ""
    articles: tuple[str, ...] = ()

    @property
    def things(self) -> tuple[str, ...]:
        """The one or two IRIs that it is about; there is one judgement on them, the last."""
        return (self.one,) if self.other is None else (self.one, self.other)


@dataclass(frozen=True, slots=True)
class Linked:
    """What was decided on the profiles that share a name.

    Attributes:
        decisions: on every pair that something speaks for or against, sorted.
        canonical: the IRI that stands for each profile, its own if it is alone; sorted.
    """

    decisions: tuple[Decision, ...]
    canonical: tuple[tuple[str, str], ...]

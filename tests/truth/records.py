"""The records of the known world and of the articles written from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.vocabulary.administrative_units import AdministrativeUnit

REFORM = date(2025, 7, 1)
FIRST_DAY = date(2018, 1, 8)
LAST_DAY = date(2026, 9, 30)


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the world.

    Attributes:
        id: names it in the truth, and nowhere else.
        kind: a key of ``data/bodies.yaml``.
        unit: what its name says it is for; of a khu vực centre, the former district it is named after.
        province: the province, as it was while the body lived.
        first: its first day.
        last: its last day.
        host: the body it belongs to by name.
        replaced: the body that it came from in the reform.
    """

    id: str
    kind: str
    unit: AdministrativeUnit
    province: AdministrativeUnit
    first: date
    last: date
    host: str | None = None
    replaced: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A title at a body."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in a post, from the first day to the last; `beside` is the post held along with it."""

    person: str
    post: Post
    first: date
    last: date
    beside: Post | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the post was held on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Person:
    """An official; `female` and `degree` say how articles address them."""

    id: str
    name: str
    female: bool
    degree: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of an article's text means.

    Attributes:
        start: offset in code points of the text in NFC.
        end: the offset behind.
        kind: person, body or place.
        id: of the person or body; of a place, its code and the first day of its version.
        form: how it is spelled, a key of the spellings.
        weak: it alone does not name the thing: a given name, or a body or place inside another body's name.
    """

    start: int
    end: int
    kind: str
    id: str
    form: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StatedPost:
    """A post that an article gives a person; `former` where it says that it is over."""

    person: str
    title: str
    body: str
    former: bool


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """What an article reports: its sort, its day, who held it, who is at it."""

    sort: str
    day: date
    organizer: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """An article of our own and all that it says, in terms of the world.

    Attributes:
        name: of its file.
        text: in NFC; offsets of `marks` count in it.
        decomposed: its file is written in NFD.
        day: of publication.
        dated: the text states that day.
        strangers: names of people in lists of other news, who are nobody here.
    """

    name: str
    text: str
    decomposed: bool
    day: date
    dated: bool
    event: ToldEvent
    marks: tuple[Mark, ...]
    posts: tuple[StatedPost, ...]
    strangers: tuple[str, ...]


def place_id(unit: AdministrativeUnit) -> str:
    """Return what names one version of a unit in the truth."""
    return f"{unit.code}/{unit.valid_from.isoformat() if unit.valid_from else ''}"

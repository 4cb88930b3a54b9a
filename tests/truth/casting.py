"""Who appears in an article, and how articles address people and state their posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.truth.draft import Piece, Tag
from tests.truth.naming import given_name
from tests.truth.records import Person, Post, StatedPost, Tenure
from tests.truth.spelling import Speller
from tests.truth.world import World

_DASHES = (" - ", " – ", ", ")


@dataclass(slots=True)
class Caster:
    """Writes the people of one article, each with at least one post at first mention.

    Attributes:
        manner: how the site addresses people: as comrades, by degree, or as ông and bà.
        dash: what stands between name and posts.
    """

    world: World
    speller: Speller
    chance: Random
    manner: str
    dash: str
    stated: list[StatedPost] = field(default_factory=list)

    @classmethod
    def of_site(cls, world: World, speller: Speller, chance: Random) -> Caster:
        """Return one with a manner of its own."""
        manner = chance.choices(("comrade", "degree", "plain"), (5, 3, 4))[0]
        return cls(world, speller, chance, manner, chance.choice(_DASHES))

    def introduce(self, tenure: Tenure, *, name_first: bool = False) -> tuple[Piece, ...]:
        """Return a person with the post: "đồng chí N, T B", or "T B, ông N", or "T B N"."""
        person = self.world.people[tenure.person]
        posts = self._posts(tenure)
        order = self.chance.random()
        if name_first or order < 0.75 or len(posts) > 1:
            return (*self._addressed(person), self.dash, *self._listed(person, posts))
        if order < 0.9:
            return (*self._listed(person, posts), ", ", *self._addressed(person, plain=True))
        return (*self._listed(person, posts), " ", self._name(person))

    def introduce_with_former(self, old: Tenure, new: Tenure | None) -> tuple[Piece, ...]:
        """Return a person with a post that is over, and the one held since."""
        person = self.world.people[old.person]
        past = ("nguyên ", *self._post(person, old.post, named=True, former=True))
        if new is None:
            return (*self._addressed(person), self.dash, *past)
        present = self._post(person, new.post)
        both = (past, present) if self.chance.random() < 0.5 else (present, past)
        return (*self._addressed(person), self.dash, *both[0], ", ", *both[1])

    def introduce_to_appoint(self, old: Tenure) -> tuple[Piece, ...]:
        """Return a person with the post that is about to be left, its body named in full."""
        person = self.world.people[old.person]
        return (*self._addressed(person), ", ", *self._post(person, old.post, named=True))

    def introduce_bare(self, tenure: Tenure) -> tuple[Piece, ...]:
        """Return a person without a post."""
        return self._addressed(self.world.people[tenure.person])

    def taken(self, tenure: Tenure) -> tuple[Piece, ...]:
        """Return the post that is taken up, its body named in full."""
        return self._post(self.world.people[tenure.person], tenure.post, named=True)

    def listed(self, tenures: list[Tenure]) -> tuple[Piece, ...]:
        """Return several people, one behind the other; between commas all of them name first."""
        if not tenures:
            return ("đại diện các ban, ngành, đoàn thể",)
        separator = "; " if self.dash == ", " or self.chance.random() < 0.8 else ", "
        pieces: list[Piece] = []
        for tenure in tenures:
            pieces.extend([separator] if pieces else [])
            pieces.extend(self.introduce(tenure, name_first=separator == ", "))
        return tuple(pieces)

    def again(self, person: Person) -> tuple[Piece, ...]:
        """Return somebody who was introduced before: by full name or by given name."""
        if self.chance.random() < 0.5:
            return self._addressed(person)
        given = Tag("person", person.id, "given name", (given_name(person.name),), weak=True)
        return (self._honorific(person, plain=self.manner != "comrade"), " ", given)

    def _posts(self, tenure: Tenure) -> tuple[Post, ...]:
        if tenure.beside is None or self.chance.random() < 0.6:
            return (tenure.post,)
        return (tenure.beside, tenure.post) if self.chance.random() < 0.85 else (tenure.beside,)

    def _listed(self, person: Person, posts: tuple[Post, ...]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for post in posts:
            pieces.extend([", "] if pieces else [])
            pieces.extend(self._post(person, post))
        return tuple(pieces)

    def _post(
        self, person: Person, post: Post, *, named: bool = False, former: bool = False
    ) -> tuple[Piece, ...]:
        self.stated.append(StatedPost(person.id, post.title, post.body, former))
        body = self.world.bodies[post.body]
        spelled = self.speller.named(body) if named else self.speller.body(body)
        return (f"{post.title} ", *spelled)

    def _addressed(self, person: Person, *, plain: bool = False) -> tuple[Piece, ...]:
        return (self._honorific(person, plain=plain), " ", self._name(person))

    def _honorific(self, person: Person, *, plain: bool = False) -> str:
        if self.manner == "comrade" and not plain:
            return self.chance.choices(("đồng chí", "đ/c", "Đ/c"), (6, 1, 1))[0]
        if self.manner == "degree" and person.degree and not plain:
            return person.degree
        return "bà" if person.female else "ông"

    @staticmethod
    def _name(person: Person) -> Tag:
        return Tag("person", person.id, "full name", (person.name,))


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an article: who leads it, who else is there, and who speaks for the host."""

    lead: Tenure
    guests: tuple[Tenure, ...]
    speaker: Tenure | None


def gather(world: World, lead: Tenure, day: date, bodies: list[str], chance: Random) -> Cast:
    """Return a cast of that day: nobody twice, and no two of one name."""
    names, found = {world.people[lead.person].name}, list[Tenure]()
    tenures = [tenure for body in bodies for tenure in world.holding(body, day)]
    for tenure in chance.sample(tenures, len(tenures)):
        name = world.people[tenure.person].name
        if name not in names:
            names.add(name)
            found.append(tenure)
    count = chance.choices((0, 1, 2, 3, 4), (1, 4, 5, 3, 1))[0]
    return Cast(lead, tuple(found[:count]), found[count] if len(found) > count else None)

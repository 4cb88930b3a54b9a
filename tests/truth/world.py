"""The known world: who held which post of which body when, with namesakes and careers, from a seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from tests.truth.careers import Move, Slot, join_careers, open_slots
from tests.truth.landscape import Province, people_bodies, shared_names, survey
from tests.truth.lexis import load
from tests.truth.naming import Names
from tests.truth.records import Body, Person, Post, Tenure

# Near namesakes hold their posts at one time for so long: one after the other they might be one who moved.
_TOGETHER = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is.

    Attributes:
        provinces: how many of the list; None for all.
        movers: people who go from body to body.
        far_namesakes: people who bear the name of somebody in another province.
        near_namesakes: people who bear the name of somebody in another district of their province.
    """

    provinces: int | None
    movers: int
    far_namesakes: int
    near_namesakes: int


FULL = Size(provinces=11, movers=64, far_namesakes=64, near_namesakes=20)
SMALL = Size(provinces=3, movers=12, far_namesakes=12, near_namesakes=4)


@dataclass(frozen=True)
class World:
    """Everything that is true.

    Attributes:
        provinces: with their districts and communes.
        bodies: by id.
        people: by id.
        tenures: all, in order of their first days.
        moves: the changes of body, each with its kind.
        shared: names of units that do not say which without their province.
    """

    provinces: tuple[Province, ...]
    bodies: Mapping[str, Body]
    people: Mapping[str, Person]
    tenures: tuple[Tenure, ...]
    moves: tuple[Move, ...]
    shared: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_body(self) -> Mapping[str, tuple[Tenure, ...]]:
        """The tenures at each body."""
        found: defaultdict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            found[tenure.post.body].append(tenure)
        return {body: tuple(tenures) for body, tenures in found.items()}

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        """The career of each person, first post first."""
        found: defaultdict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            found[tenure.person].append(tenure)
        return {person: tuple(tenures) for person, tenures in found.items()}

    def holding(self, body: str, day: date) -> tuple[Tenure, ...]:
        """Return who held a post of the body on that day."""
        return tuple(tenure for tenure in self.by_body.get(body, ()) if tenure.holds_on(day))

    @cached_property
    def provinces_of(self) -> Mapping[str, frozenset[str]]:
        """The names of the provinces that each person has worked in."""
        return {
            person: frozenset(self.bodies[tenure.post.body].province.name for tenure in tenures)
            for person, tenures in self.by_person.items()
        }

    @cached_property
    def namesakes(self) -> tuple[tuple[str, str], ...]:
        """The pairs of people of one name, by id."""
        named: defaultdict[str, list[str]] = defaultdict(list)
        for person in self.people.values():
            named[person.name].append(person.id)
        return tuple(
            (one, other)
            for ids in named.values()
            for number, one in enumerate(ids)
            for other in ids[number + 1 :]
        )


def make_world(seed: int, size: Size = FULL) -> World:
    """Return the world of a seed; the same one each time."""
    chance = Random(seed)  # noqa: S311 - to be the same each time is the point
    provinces = survey(size.provinces)
    bodies = people_bodies(provinces)
    slots = open_slots(bodies, chance)
    careers, moves = join_careers(slots, bodies, size.movers, chance)
    people = _people(careers, bodies, chance)
    people = _alike(people, careers, bodies, chance)
    people = _namesakes(people, careers, bodies, size, chance)
    tenures = sorted(
        (
            Tenure(person, Post(slot.title, slot.body), slot.first, slot.last, slot.beside)
            for person, career in careers.items()
            for slot in career
        ),
        key=lambda tenure: (tenure.first, tenure.person),
    )
    return World(provinces, bodies, people, tuple(tenures), moves, shared_names(provinces))


def _people(
    careers: Mapping[str, tuple[Slot, ...]], bodies: Mapping[str, Body], chance: Random
) -> dict[str, Person]:
    alike = frozenset(name for pair in load("names")["alike"] for name in pair)
    names, people = Names(chance, alike), {}
    for id_, career in careers.items():
        female = chance.random() < 0.4
        name = names.draw(bodies[career[0].body].province.name, female=female)
        medical = "committee" not in bodies[career[0].body].kind
        degree = chance.choice(load("names")["degrees"]) if medical and chance.random() < 0.8 else None
        people[id_] = Person(id_, name, female, degree)
    return people


def _alike(
    people: dict[str, Person],
    careers: Mapping[str, tuple[Slot, ...]],
    bodies: Mapping[str, Body],
    chance: Random,
) -> dict[str, Person]:
    """Give pairs of names that differ in a tone to pairs of people of one province."""
    settled = {id_: bodies[career[0].body].province.code for id_, career in careers.items()}
    renamed = dict(people)
    for pair in load("names")["alike"]:
        female = " Thị " in pair[0]
        free = [it.id for it in renamed.values() if it.female == female and it.name == people[it.id].name]
        one = chance.choice(free)
        near = [id_ for id_ in free if id_ != one and settled[id_] == settled[one]]
        if near:
            other = chance.choice(near)
            renamed[one] = replace(renamed[one], name=pair[0])
            renamed[other] = replace(renamed[other], name=pair[1])
    return renamed


def _namesakes(
    people: dict[str, Person],
    careers: Mapping[str, tuple[Slot, ...]],
    bodies: Mapping[str, Body],
    size: Size,
    chance: Random,
) -> dict[str, Person]:
    """Give people the names of others, by preference of others with the same post at the same sort of body.

    Nobody who moves within the province shares a name there: nothing would tell the career from the namesake.
    """
    renamed, borrowed = dict(people), set[str]()
    for number in range(size.far_namesakes + size.near_namesakes):
        far = number < size.far_namesakes
        others: list[str] = []
        while not others:
            one = chance.choice([id_ for id_ in people if id_ not in borrowed])
            others = [
                other
                for other in people
                if other != one
                and other not in borrowed
                and people[one].female == people[other].female
                and _apart(careers[one], careers[other], bodies, far=far)
            ]
        alike = [other for other in others if _same_post(careers[one], careers[other], bodies)]
        other = chance.choice(alike if alike and number % 2 else others)
        renamed[other] = replace(renamed[other], name=renamed[one].name)
        borrowed |= {one, other}
    return renamed


def _apart(one: tuple[Slot, ...], other: tuple[Slot, ...], bodies: Mapping[str, Body], *, far: bool) -> bool:
    here, there = ({bodies[slot.body].province.name for slot in career} for career in (one, other))
    if far:
        return not here & there
    if len(one) + len(other) > 2 or here != there:
        return False
    mine, others = bodies[one[0].body], bodies[other[0].body]
    together = min(one[0].last, other[0].last) - max(one[0].first, other[0].first)
    if together < _TOGETHER:
        return False
    return mine.unit.tier == others.unit.tier == 2 and mine.unit != others.unit


def _same_post(one: tuple[Slot, ...], other: tuple[Slot, ...], bodies: Mapping[str, Body]) -> bool:
    return one[0].title == other[0].title and bodies[one[0].body].kind == bodies[other[0].body].kind

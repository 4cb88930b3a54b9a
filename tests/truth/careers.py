"""Posts over time, and the people who go from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.truth.lexis import load
from tests.truth.records import REFORM, Body, Post

_SHORTEST = 400  # days in a post


@dataclass(frozen=True, slots=True)
class Slot:
    """A post of a body over the days that one person holds it."""

    body: str
    title: str
    first: date
    last: date
    beside: Post | None


@dataclass(frozen=True, slots=True)
class Move:
    """One who goes from a body to another.

    Attributes:
        person: who.
        sort: within a district, to another district, to the province, through the reform.
        before: what was left.
        after: what was taken up.
    """

    person: str
    sort: str
    before: Slot
    after: Slot


def open_slots(bodies: Mapping[str, Body], chance: Random) -> list[Slot]:
    """Return the posts of all bodies, each cut into the times of its holders."""
    return [slot for body in bodies.values() for slot in _slots(body, bodies, chance)]


def join_careers(
    slots: list[Slot], bodies: Mapping[str, Body], movers: int, chance: Random
) -> tuple[dict[str, tuple[Slot, ...]], tuple[Move, ...]]:
    """Give every slot a holder, some of whom come from another slot.

    A quarter of the movers each stays in the district, changes it, rises to the province, and goes through
    the reform to a body of the new order.
    """
    order = list(range(len(slots)))
    chance.shuffle(order)
    sorts, used = ("district", "sideways", "upwards", "reform"), set[int]()
    chosen: list[tuple[int, int, str]] = []
    for number in range(movers):
        sort = sorts[number % len(sorts)]
        pair = next(
            (
                (one, other)
                for one in order
                for other in order
                if not {one, other} & used and _leads(slots[one], slots[other], bodies, sort)
            ),
            None,
        )
        if pair is not None:
            used.update(pair)
            chosen.append((*pair, sort))
    followed = {one: (other, sort) for one, other, sort in chosen}
    eve = timedelta(days=1)
    ended = {one: replace(slots[one], last=slots[other].first - eve) for one, other, _ in chosen}
    later = {other for _, other, _ in chosen}
    careers, moves = dict[str, tuple[Slot, ...]](), list[Move]()
    for number, slot in enumerate(slots):
        if number in later:
            continue
        id_ = f"person-{len(careers) + 1}"
        careers[id_] = (slot,)
        if number in followed:
            other, sort = followed[number]
            careers[id_] = (ended[number], slots[other])
            moves.append(Move(id_, sort, ended[number], slots[other]))
    return careers, tuple(moves)


def _slots(body: Body, bodies: Mapping[str, Body], chance: Random) -> Iterator[Slot]:
    for post in load("bodies")["kinds"][body.kind]["posts"]:
        beside = None
        if "beside" in post:
            kind = post["beside"]["kind"]
            id_ = f"{kind}:{body.id.partition(':')[2]}"
            beside = Post(post["beside"]["title"], id_) if id_ in bodies else None
        first = body.first
        while first < body.last:
            last = first + timedelta(days=chance.randint(3 * _SHORTEST, 12 * _SHORTEST))
            if last + timedelta(days=_SHORTEST) > body.last:
                last = body.last
            yield Slot(body.id, post["title"], first, last, beside)
            first = last + timedelta(days=1)


def _leads(one: Slot, other: Slot, bodies: Mapping[str, Body], sort: str) -> bool:
    """Tell whether the holder of one slot may go on to the other, in the way of that sort."""
    left, taken = bodies[one.body], bodies[other.body]
    lasting = timedelta(days=_SHORTEST)
    if left.id == taken.id or not one.first + lasting <= other.first <= one.last + timedelta(days=1):
        return False
    if sort == "reform":
        replaces = taken.replaced == left.id
        rises = left.unit.tier == 2 and taken.replaced is not None and taken.unit.tier == 1
        return other.first == REFORM and (replaces or (rises and _came_from(left, taken, bodies)))
    if left.province != taken.province or other.first >= REFORM:
        return False
    tiers = left.unit.tier, taken.unit.tier
    if sort == "district":
        return tiers == (2, 2) and left.unit == taken.unit
    if sort == "sideways":
        return tiers == (2, 2) and left.unit != taken.unit
    return tiers == (2, 1)


def _came_from(left: Body, taken: Body, bodies: Mapping[str, Body]) -> bool:
    """Tell whether a province's body of the new order came from the province of the body that is left."""
    return bodies[taken.replaced].province == left.province if taken.replaced else False

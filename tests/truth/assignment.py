"""What the articles are about: which body, on which day, led by whom, so that the whole world is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from tests.truth.careers import Move
from tests.truth.lexis import load
from tests.truth.records import LAST_DAY, Body, Tenure
from tests.truth.world import World

_TIES_A_MOVE = 2
_LONG = timedelta(days=30)  # after which one who has left is a former holder


@dataclass(frozen=True, slots=True)
class Assignment:
    """One article to write.

    Attributes:
        sort: a key of ``data/articles.yaml``.
        host: the body that it is about.
        day: of what it reports.
        lead: who leads it, or whose post it is about.
        old: the post that the lead held before, where the article is to say so.
    """

    sort: str
    host: str
    day: date
    lead: Tenure
    old: Tenure | None = None


def assign(world: World, count: int, chance: Random) -> tuple[Assignment, ...]:
    """Return what to write about: every change of body first, then every post, then what comes."""
    planned = [*_ties(world, chance), *_successions(world, chance)]
    posts = list(world.tenures)
    chance.shuffle(posts)
    assignments = list(islice(_all(world, planned, posts, chance), count))
    chance.shuffle(assignments)
    return tuple(assignments)


def neighbours(world: World, host: Body, day: date) -> list[Body]:
    """Return the bodies whose people one meets at a body's: those of its place and those of its province."""
    alive = [body for body in world.bodies.values() if body.first <= day <= body.last]
    here, district = host.unit, host.unit.tier == 2
    near = [
        body
        for body in alive
        if (body.unit == here and body.province == host.province)
        or body.unit == host.province
        or (here.tier == 1 and body.province == here and body.unit.tier == 2)
        or (district and body.kind == "health_station" and body.unit.parent == here.code)
    ]
    return list(dict.fromkeys((host, *near)))


def _all(
    world: World, planned: list[Assignment], posts: list[Tenure], chance: Random
) -> Iterator[Assignment]:
    yield from planned
    for tenure in posts:
        yield _regular(world, tenure, chance)
    while True:
        yield _regular(world, chance.choice(posts), chance)


def _ties(world: World, chance: Random) -> Iterator[Assignment]:
    """Yield the articles that join the two posts of those who move: each move is told at least once."""
    for move in world.moves:
        old, new = _tenures(world, move)
        for sort in chance.sample(("appointment", "former"), chance.randint(1, _TIES_A_MOVE)):
            late = (new.last - new.first).days
            days = chance.randint(0, 5) if sort == "appointment" else chance.randint(6, max(7, late - 7))
            yield Assignment(sort, new.post.body, new.first + timedelta(days=days), new, old)


def _successions(world: World, chance: Random) -> Iterator[Assignment]:
    for body in world.bodies.values():
        if body.kind == "area_centre":
            day = body.first + timedelta(days=chance.randint(0, 20))
            lead = next(it for it in world.holding(body.id, day) if it.post.title == "Giám đốc")
            yield Assignment("succession", body.id, day, lead)


def _regular(world: World, tenure: Tenure, chance: Random) -> Assignment:
    body, rules = world.bodies[tenure.post.body], load("articles")["sorts"]
    sorts = [sort for sort, it in rules.items() if body.kind in it["hosts"] and sort != "succession"]
    usual = [sort for sort in sorts if sort not in {"appointment", "former"}]
    sort = chance.choice(usual * 4 + sorts)
    first, last = tenure.first, tenure.last
    if sort == "former" and world.by_person[tenure.person][-1] == tenure and last + _LONG <= body.last:
        # One who has left without another post comes back as a guest.
        first, last = last + _LONG, min(body.last, LAST_DAY)
    elif sort == "appointment" and first > body.first:
        last = first + timedelta(days=6)
    elif sort not in usual:
        sort = chance.choice(usual)
    day = first + timedelta(days=chance.randint(0, max(0, (last - first).days)))
    return Assignment(sort, tenure.post.body, day, tenure)


def _tenures(world: World, move: Move) -> tuple[Tenure, Tenure]:
    career = world.by_person[move.person]
    return career[0], career[1]

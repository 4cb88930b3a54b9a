"""Several ways between two things: short, different from each other, through and around what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from kg.query.connections import Connections, Numbers
from kg.query.paths_search import Budget, Terrain, cheapest, costs_from
from kg.query.paths_through import cheapest_through, layers_of

Way = tuple[int, ...]

# What a thing costs more once a way leads through it, so that the next one looks elsewhere.
_USED = 3
_USED_AGAIN = 8
_HIGHEST = 40
_MOST = 60
_HALFWAY = 24
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which ways are wanted, in numbers of things.

    Attributes:
        count: how many at most.
        max_length: steps of the longest.
        through: sets of things; every way passes through one of each, between its ends.
        closed: things that no way passes through; None for none.
        days: first and last of the days on one of which each edge must hold; None for any.
        hubs: things that very much is joined to are passed through like others.
    """

    count: int = 1
    max_length: int = 8
    through: tuple[Numbers, ...] = ()
    closed: Numbers | None = None
    days: tuple[int, int] | None = None
    hubs: bool = False


_Search = Callable[[Terrain, tuple[int, int], Wish, Budget], Way | None]


def find_ways(
    connections: Connections, source: int, target: int, wish: Wish, *, budget: Budget
) -> tuple[Way, ...]:
    """Return the ways that were found, the cheapest first; none where there is none within the wish."""
    if source == target:
        return ((source,),)
    detours = connections.article_detours if wish.hubs else connections.detours
    terrain = Terrain(connections, detours, wish.closed, wish.days)
    found = _all(terrain, source, target, wish, budget)
    if not found and not budget.spent:
        # The cheapest may be too long where a plainer one, through a hub, is not.
        found = _all(replace(terrain, detours=np.zeros_like(detours)), source, target, wish, budget)
    return tuple(sorted(found, key=lambda way: (cost_of(terrain, way), way))[: wish.count])


def cost_of(terrain: Terrain, way: Way) -> int:
    """Return the steps of a way and the detours of what it passes through."""
    return len(way) - 1 + sum(int(terrain.detours[thing]) for thing in way[1:-1])


def _all(terrain: Terrain, source: int, target: int, wish: Wish, budget: Budget) -> list[Way]:
    if not wish.through:
        return _different(terrain, (source, target), wish, budget, _plainly)
    found: dict[Way, None] = {}
    # The cheapest of all may pass through what is wanted anyway; to look for that is much less work.
    plain = cheapest(terrain, source, target, budget=budget, most=_MOST)
    if plain is not None and all(each[list(plain[1:-1])].any() for each in wish.through):
        found |= {plain: None} if len(plain) - 1 <= wish.max_length else {}
    if len(found) < wish.count and len(wish.through) == 1:
        found |= dict.fromkeys(_different(terrain, (source, target), wish, budget, _through))
    elif len(found) < wish.count:
        for way in _via(terrain, (source, target), wish.through, budget):
            if len(way) - 1 <= wish.max_length:
                found[way] = None
            if len(found) >= 3 * wish.count:
                break
    return list(found)


def _plainly(terrain: Terrain, ends: tuple[int, int], wish: Wish, budget: Budget) -> Way | None:
    return cheapest(terrain, *ends, budget=budget, most=_MOST)


def _through(terrain: Terrain, ends: tuple[int, int], wish: Wish, budget: Budget) -> Way | None:
    """Find the cheapest through the one set that is wished for."""
    layers = layers_of(terrain, ends, wish.through[0])
    way, is_sure = cheapest_through(layers, ends, budget=budget, most=_MOST)
    if is_sure or budget.spent:
        return way
    others = islice(_via(terrain, ends, wish.through, budget), _FEW)
    return min(others, key=lambda each: (cost_of(terrain, each), each), default=way)


def _different(
    terrain: Terrain, ends: tuple[int, int], wish: Wish, budget: Budget, search: _Search
) -> list[Way]:
    """Find the cheapest, make what it passes through dearer, and look again."""
    found: dict[Way, None] = {}
    for _ in range(1 if wish.count == 1 else 3 * wish.count + 3):
        way = search(terrain, ends, wish, budget)
        if way is None or budget.spent:
            if way is not None and len(way) - 1 <= wish.max_length:
                found[way] = None
            break
        if len(way) == 2 or way in found:
            terrain = _barring(terrain, way[-2], way[-1])
        if len(way) > 2:
            dearer = terrain.detours.copy()
            inner = list(way[1:-1])
            dearer[inner] = np.minimum(dearer[inner] + (_USED_AGAIN if way in found else _USED), _HIGHEST)
            terrain = replace(terrain, detours=dearer)
        if len(way) - 1 <= wish.max_length:
            found[way] = None
        if len(found) == wish.count:
            break
    return list(found)


def _barring(terrain: Terrain, one: int, other: int) -> Terrain:
    """Return the terrain without the edges between two things."""
    graph = terrain.connections
    barred = [] if terrain.barred is None else [terrain.barred]
    for end, neighbour in ((one, other), (other, one)):
        places = np.arange(int(graph.starts[end]), int(graph.starts[end + 1]))
        barred.append(places[graph.neighbours[places] == neighbour])
    return replace(terrain, barred=np.concatenate(barred))


def _via(
    terrain: Terrain, ends: tuple[int, int], through: tuple[Numbers, ...], budget: Budget
) -> Iterator[Way]:
    """Yield ways that pass through one of each set, none of them twice through anything."""
    source, target = ends
    if not through:
        way = cheapest(terrain, source, target, budget=budget)
        if way is not None:
            yield way
        return
    for number, wanted in enumerate(through):
        for halfway in _halfway(terrain, ends, wanted, budget):
            if budget.spent:
                return
            before = cheapest(_closing(terrain, (target,)), source, halfway, budget=budget)
            if before is None:
                continue
            rest = tuple(
                each
                for place, each in enumerate(through)
                if place != number and not any(each[thing] for thing in before[1:-1])
            )
            for after in _via(_closing(terrain, before[:-1]), (halfway, target), rest, budget):
                yield before + after[1:]


def _halfway(terrain: Terrain, ends: tuple[int, int], wanted: Numbers, budget: Budget) -> list[int]:
    """Return the things of a set that lie nearest to both ends."""
    costs = sum(costs_from(terrain, end, budget=budget, most=_MOST // 2).astype(np.int64) for end in ends)
    costs = costs + np.where(wanted, terrain.detours.astype(np.int64), 1000)
    costs[list(ends)] = 1000
    if terrain.closed is not None:
        costs[terrain.closed] = 1000
    nearest = np.argsort(costs, kind="stable")[:_HALFWAY]
    return [int(thing) for thing in nearest if costs[thing] < 255]


def _closing(terrain: Terrain, things: Iterable[int]) -> Terrain:
    closed = np.zeros(terrain.connections.size, np.bool_) if terrain.closed is None else terrain.closed.copy()
    closed[list(things)] = True
    return replace(terrain, closed=closed)

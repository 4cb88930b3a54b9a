"""The neighbourhood of a thing: what is joined to it, level by level, and what joins these to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.query.connections import Numbers
from kg.query.paths import Limit, Step, Telling, reached
from kg.query.paths_search import Budget, Terrain
from kg.query.records import Value

# From this detour on, a thing counts as a hub: more than a hundred edges.
_HUB = 3
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing near another.

    Attributes:
        kinds: local names of its classes.
        distance: in steps.
        edges: how many edges it has in the whole graph.
    """

    thing: Value
    kinds: tuple[str, ...]
    distance: int
    edges: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, what is near it, and every edge between these.

    Attributes:
        things: nearest first; the thing itself is the first.
        steps: pairs of these with what joins them.
        limits: those that were reached.
    """

    thing: Value
    things: tuple[Neighbour, ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]


def find_neighbourhood(
    telling: Telling, middle: int, depth: int, *, limit: int, hubs: bool = False
) -> Neighbourhood:
    """Return what stands around a thing.

    Args:
        telling: how it is told.
        middle: the thing's number.
        depth: steps to the farthest.
        limit: how many things at most, the thing itself included.
        hubs: look beyond things that very much is joined to as well.
    """
    graph = telling.connections
    budget, limits = Budget(), list[Limit]()
    terrain = Terrain(graph, graph.detours, days=telling.days)
    distances = {middle: 0}
    front = np.array([middle])
    for distance in range(1, depth + 1):
        beyond = front if hubs or distance == 1 else front[graph.detours[front] < _HUB]
        if len(beyond) < len(front) and not any(each.name == "hubs" for each in limits):
            limits.append(Limit("hubs", int((graph.detours[front] >= _HUB).sum())))
        if not len(beyond):
            break
        found = terrain.open(beyond)[1]
        budget.spend(len(found))
        front = _nearest(np.unique(found), distances, graph.detours)
        room = limit - len(distances)
        if len(front) > room:
            limits.append(Limit("things", limit))
            front = front[:room]
        distances |= dict.fromkeys(front.tolist(), distance)
        if not len(front) or budget.spent:
            break
    pairs = _pairs(telling, distances)
    if len(pairs) > _STEPS:
        limits.append(Limit("steps", _STEPS))
    steps = tuple(telling.step(*pair) for pair in pairs[:_STEPS])
    things = tuple(
        Neighbour(telling.value(thing), graph.kinds_of(thing), distance, graph.degree(thing))
        for thing, distance in distances.items()
    )
    return Neighbourhood(
        telling.value(middle), things, steps, (*dict.fromkeys(limits), *reached(budget, steps, telling))
    )


def _nearest(found: Numbers, known: dict[int, int], detours: Numbers) -> Numbers:
    """Return what is not known yet, what tells most first: hubs last."""
    new = found[~np.isin(found, np.fromiter(known, np.int64))]
    return new[np.argsort(detours[new], kind="stable")]


def _pairs(telling: Telling, distances: dict[int, int]) -> list[tuple[int, int]]:
    """Return the pairs of these things that an edge joins, in the order of the things."""
    graph = telling.connections
    terrain = Terrain(graph, graph.detours, days=telling.days)
    among = np.fromiter(distances, np.int64)
    found: dict[tuple[int, int], None] = {}
    place = {thing: number for number, thing in enumerate(distances)}
    for thing in distances:
        neighbours = terrain.open(np.array([thing]))[1]
        for other in np.unique(neighbours[np.isin(neighbours, among)]).tolist():
            pair = (thing, other) if place[thing] < place[other] else (other, thing)
            found[pair] = None
    return sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))

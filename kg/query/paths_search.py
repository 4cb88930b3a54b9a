"""The search for the cheapest way between two things, from both ends at once.

Every step costs one, and passing through a thing costs its detour more. The search goes by levels of cost: a
thing with a detour is opened that many levels later, so that hubs are left closed wherever a plainer way is
found first. Each level is a handful of operations on whole arrays.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np

from kg.query.connections import Connections, Numbers


@dataclass(slots=True)
class Budget:
    """What one answer may spend; shared by all searches for it.

    Attributes:
        allowed: how many entries of the arrays may be looked at.
        seconds: how long it may go on.
        hit: the names of the limits that were reached.
    """

    allowed: int = 20_000_000
    seconds: float = 2.0
    hit: dict[str, None] = field(default_factory=dict)
    _looked: int = 0
    _began: float = field(default_factory=time.monotonic)

    def spend(self, entries: int) -> bool:
        """Take from the budget; False once it is used up, which is noted."""
        self._looked += entries
        if self._looked > self.allowed:
            self.hit["visited"] = None
        if time.monotonic() - self._began > self.seconds:
            self.hit["seconds"] = None
        return not self.spent

    @property
    def spent(self) -> bool:
        """Whether nothing more may be done."""
        return "visited" in self.hit or "seconds" in self.hit


@dataclass(frozen=True, slots=True)
class Terrain:
    """What a search goes over.

    Attributes:
        connections: all edges.
        detours: the cost of passing through each thing.
        closed: things that may not be entered; None where all may.
        days: first and last of the days on one of which every edge must hold; None for any.
        barred: the places of entries that do not count; None for none.
    """

    connections: Connections
    detours: Numbers
    closed: Numbers | None = None
    days: tuple[int, int] | None = None
    barred: Numbers | None = None

    def open(self, things: Numbers) -> tuple[Numbers, Numbers]:
        """Return what the things are joined to: the entries' places, and the neighbours."""
        graph = self.connections
        if len(things) == 1:
            start, end = int(graph.starts[things[0]]), int(graph.starts[things[0] + 1])
            places, found = np.arange(start, end), graph.neighbours[start:end]
        else:
            starts = graph.starts[things]
            counts = graph.starts[things + 1] - starts
            ends = np.cumsum(counts)
            places = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)
            found = graph.neighbours[places]
        if self.barred is not None:
            kept = ~np.isin(places, self.barred)
            places, found = places[kept], found[kept]
        if self.days is not None:
            edges = graph.edges[places]
            kept = (graph.opens[edges] <= self.days[1]) & (graph.closes[edges] >= self.days[0])
            places, found = places[kept], found[kept]
        if self.closed is not None:
            kept = ~self.closed[found]
            places, found = places[kept], found[kept]
        return places, found


class Side:
    """One end's half of the search.

    Attributes:
        reached: of each thing, the entry by which it was reached, and one more; 0 for none, -1 for the end,
            anything else below 0 where it was reached otherwise.
        costs: of each thing that was reached, what it cost.
        levels: by cost, the things that are still to be opened.
    """

    __slots__ = ("costs", "levels", "reached")

    def __init__(self, size: int, end: int | None) -> None:
        self.reached = np.zeros(size, np.int32)
        self.costs = np.zeros(size, np.uint8)
        self.levels: defaultdict[int, list[Numbers]] = defaultdict(list)
        if end is not None:
            self.reached[end] = -1
            self.levels[0].append(np.array([end]))

    def next(self) -> tuple[int, int]:
        """Return the lowest level that is left, and how many things stand on it."""
        cost = min(self.levels)
        return cost, sum(len(each) for each in self.levels[cost])

    def advance(self, terrain: Terrain, cost: int) -> tuple[Numbers, int]:
        """Open a level; return what was reached by that, and how many entries were looked at."""
        found = self.levels.pop(cost)
        places, things = terrain.open(found[0] if len(found) == 1 else np.concatenate(found))
        looked = len(things)
        fresh = self.reached[things] == 0
        places, things = places[fresh] + 1, things[fresh]
        # Backwards, so that of two entries that lead to one thing the first is kept.
        self.reached[things[::-1]] = places[::-1]
        new = things[self.reached[things] == places]
        self.place(new, cost + 1, terrain.detours)
        return new, looked

    def place(self, things: Numbers, cost: int, detours: Numbers) -> None:
        """Note what it cost to reach some things, and when they are to be opened."""
        if not len(things):
            return
        self.costs[things] = cost
        delays = detours[things]
        if not delays.any():
            self.levels[cost].append(things)
        else:
            for delay in set(delays.tolist()):
                self.levels[cost + delay].append(things[delays == delay])


def cheapest(
    terrain: Terrain, source: int, target: int, *, budget: Budget, most: int = 60
) -> tuple[int, ...] | None:
    """Return the things of the cheapest way, both ends with it; None where there is none.

    Args:
        terrain: what to go over; the two ends may be closed.
        source: where it begins.
        target: where it ends.
        budget: what it may spend; when that is used up, the best that was found is returned.
        most: the highest cost.
    """
    if source == target:
        return (source,)
    size = terrain.connections.size
    near, far = Side(size, source), Side(size, target)
    if terrain.closed is not None and (terrain.closed[source] or terrain.closed[target]):
        closed = terrain.closed.copy()
        closed[[source, target]] = False
        terrain = replace(terrain, closed=closed)
    best, middle = most + 1, -1
    while near.levels and far.levels:
        (cost, width), (other_cost, other_width) = near.next(), far.next()
        if best <= cost + other_cost + 1:
            break
        side, other = (near, far) if width <= other_width else (far, near)
        new, looked = side.advance(terrain, cost if side is near else other_cost)
        met = new[other.reached[new] != 0]
        if len(met):
            totals = side.costs[met].astype(np.int64) + other.costs[met] + terrain.detours[met]
            # The ends themselves are not passed through.
            totals -= np.where((met == source) | (met == target), terrain.detours[met], 0)
            least = int(totals.argmin())
            if totals[least] < best:
                best, middle = int(totals[least]), int(met[least])
        if not budget.spend(looked):
            break
    if middle < 0:
        return None
    back, on = trace(terrain.connections, near, middle), trace(terrain.connections, far, middle)
    return (*reversed(back), middle, *on)


def costs_from(terrain: Terrain, start: int, *, budget: Budget, most: int) -> Numbers:
    """Return what it costs to reach each thing, without its own detour; 255 beyond `most`."""
    side = Side(terrain.connections.size, start)
    while side.levels and (cost := side.next()[0]) < most:
        if not budget.spend(side.advance(terrain, cost)[1]):
            break
    return np.where(side.reached != 0, side.costs, 255)


def trace(connections: Connections, side: Side, thing: int) -> list[int]:
    """Return the things from one that was reached, without it, to the end that its side began at."""
    found: list[int] = []
    while (entry := int(side.reached[thing])) > 0:
        thing = int(np.searchsorted(connections.starts, entry - 1, side="right")) - 1
        found.append(thing)
    return found

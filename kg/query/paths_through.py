"""The cheapest way that passes through one of some things, searched from both ends over two layers.

A way begins in the layer of those that have passed through none, changes layers at a thing that is wanted,
and ends in the other. What the layers find may pass through a thing in both; the best way that does not is
found by closing such a thing in the one and in the other, the most promising first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count

import numpy as np

from kg.query.connections import Numbers
from kg.query.paths_search import Budget, Side, Terrain, trace

_TRIES = 24
_CHANGED = -2  # what `Side.reached` says of a thing that was reached by a change of layers

Way = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """What a search goes over.

    Attributes:
        before: for ways that have passed through none of the things that are wanted; both ends are closed.
        after: for ways that have.
        wanted: for every thing, whether it is wanted.
    """

    before: Terrain
    after: Terrain
    wanted: Numbers

    def closing(self, thing: int) -> Iterator[Layers]:
        """Yield the layers with a thing closed in the one, and in the other."""
        wanted = self.wanted.copy()
        wanted[thing] = False
        yield Layers(_closing(self.before, thing), self.after, wanted)
        yield Layers(self.before, _closing(self.after, thing), wanted)


class _Half:
    """One end's half of the search: what was reached in the layer of the end, and in the one beyond."""

    def __init__(self, end: int, own: Terrain, beyond: Terrain, wanted: Numbers) -> None:
        size = own.connections.size
        self.own, self.beyond = Side(size, end), Side(size, None)
        self._terrains = own, beyond
        self._wanted = wanted

    @property
    def cost(self) -> int:
        """The lowest level that is left, in either layer; a high one where none is."""
        return min((cost for side in (self.own, self.beyond) for cost in side.levels), default=255)

    @property
    def width(self) -> int:
        """How many things stand on that level."""
        cost = self.cost
        return sum(len(each) for side in (self.own, self.beyond) for each in side.levels.get(cost, ()))

    def advance(self) -> tuple[Numbers, Numbers, int]:
        """Open the lowest level; return what was reached in each layer, and how much was looked at."""
        cost, looked = self.cost, 0
        found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        if cost in self.beyond.levels:
            new, looked = self.beyond.advance(self._terrains[1], cost)
            found[1].append(new)
        if cost in self.own.levels:
            new, more = self.own.advance(self._terrains[0], cost)
            found[0].append(new)
            found[1].append(self._change(new, cost + 1))
            looked += more
        return np.concatenate(found[0]), np.concatenate(found[1]), looked

    def way(self, thing: int, *, beyond: bool) -> list[int]:
        """Return the things from one that was reached, without it, to the end."""
        connections = self._terrains[0].connections
        back = trace(connections, self.beyond, thing) if beyond else []
        change = back[-1] if back else thing
        return [*back, *trace(connections, self.own, change)]

    def _change(self, things: Numbers, cost: int) -> Numbers:
        """Let those things that are wanted be reached in the layer beyond as well."""
        changing: Numbers = things[self._wanted[things] & (self.beyond.reached[things] == 0)]
        self.beyond.reached[changing] = _CHANGED
        self.beyond.place(changing, cost, self._terrains[1].detours)
        return changing


def layers_of(terrain: Terrain, ends: tuple[int, int], wanted: Numbers) -> Layers:
    """Return the layers for ways between two things over a terrain."""
    closed = np.zeros(len(wanted), np.bool_) if terrain.closed is None else terrain.closed.copy()
    closed[list(ends)] = True
    inner = replace(terrain, closed=closed)
    return Layers(inner, inner, wanted & ~closed)


def cheapest_through(
    layers: Layers, ends: tuple[int, int], *, budget: Budget, most: int
) -> tuple[Way | None, bool]:
    """Return the cheapest way that passes through a wanted thing and twice through none.

    Returns:
        The way, None where none was found; and whether there surely is no cheaper one.
    """
    order = count()
    open_ends: list[tuple[int, int, Way, Layers]] = []

    def look(over: Layers) -> None:
        found = _search(over, ends, budget, most)
        if found is not None:
            heappush(open_ends, (found[0], next(order), found[1], over))

    look(layers)
    for _ in range(_TRIES):
        if not open_ends:
            return None, not budget.spent
        _, _, way, over = heappop(open_ends)
        again = next((thing for place, thing in enumerate(way) if thing in way[:place]), None)
        if again is None:
            return way, not budget.spent
        for each in over.closing(again):
            look(each)
    return None, False


def _search(layers: Layers, ends: tuple[int, int], budget: Budget, most: int) -> tuple[int, Way] | None:
    """Return the cheapest way over the layers with its cost; it may pass through a thing once in each."""
    near = _Half(ends[0], layers.before, layers.after, layers.wanted)
    far = _Half(ends[1], layers.after, layers.before, layers.wanted)
    detours = layers.before.detours
    best, middle, beyond = most + 1, -1, False
    while best > near.cost + far.cost + 1 and max(near.cost, far.cost) <= most:
        half, other = (near, far) if near.width <= far.width else (far, near)
        own, further, looked = half.advance()
        for new, side, met_side, is_beyond in (
            (own, half.own, other.beyond, False),
            (further, half.beyond, other.own, True),
        ):
            met = new[met_side.reached[new] != 0]
            if len(met):
                totals = side.costs[met].astype(np.int64) + met_side.costs[met] + detours[met]
                least = int(totals.argmin())
                if totals[least] < best:
                    best, middle = int(totals[least]), int(met[least])
                    # Of the two, one has changed layers: that of the near end, or that of the far one.
                    beyond = is_beyond == (half is near)
        if not budget.spend(looked):
            break
    if middle < 0:
        return None
    back, on = near.way(middle, beyond=beyond), far.way(middle, beyond=not beyond)
    return best, (*reversed(back), middle, *on)


def _closing(terrain: Terrain, thing: int) -> Terrain:
    closed = np.zeros(terrain.connections.size, np.bool_) if terrain.closed is None else terrain.closed.copy()
    closed[thing] = True
    return replace(terrain, closed=closed)

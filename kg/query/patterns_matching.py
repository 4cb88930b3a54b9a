"""Finding what fits a pattern along the edges.

First every node's things are narrowed, from one end of the chain to the other and back, to those that a whole
match goes through; each pass looks at an edge once. Then matches are told one by one, and none of them is
begun in vain but for things that may not stand in it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.query.connections import Connections, Numbers
from kg.query.paths_search import Budget, Terrain
from kg.query.patterns import PatternStep

_BACK: dict[str, str] = {"forward": "backward", "backward": "forward", "either": "either"}


@dataclass(frozen=True, slots=True)
class Chain:
    """A pattern in numbers.

    Attributes:
        terrain: the edges that count.
        things: for each node, whether each thing may stand there.
        steps: between them.
    """

    terrain: Terrain
    things: tuple[Numbers, ...]
    steps: tuple[PatternStep, ...]


def find_matches(chain: Chain, *, budget: Budget) -> Iterator[tuple[int, ...]]:
    """Yield the things of each match, in the order of their numbers, for as long as the caller wants."""
    graph = chain.terrain.connections
    along = [_ways(graph, step.properties, step.direction) for step in chain.steps]
    against = [_ways(graph, step.properties, _BACK[step.direction]) for step in chain.steps]
    things = [each.copy() for each in chain.things]
    if things[-1].sum() < things[0].sum():
        _narrow(chain.terrain, things[::-1], against[::-1], budget)
        _narrow(chain.terrain, things, along, budget)
    else:
        _narrow(chain.terrain, things, along, budget)
        _narrow(chain.terrain, things[::-1], against[::-1], budget)
    for first in np.flatnonzero(things[0]).tolist():
        yield from _continue(chain.terrain, (first,), things, along, budget)


def _ways(graph: Connections, properties: Sequence[str], direction: str) -> Numbers:
    """Return for each way, as entries have it at the node before a step, whether it fits the step."""
    fits = np.zeros(256, np.bool_)
    codes = graph.property_codes(properties) if properties else tuple(range(len(graph.properties)))
    for code in codes:
        fits[2 * code + 1] |= direction != "backward"
        fits[2 * code] |= direction != "forward"
    return fits


def _narrow(terrain: Terrain, things: list[Numbers], ways: list[Numbers], budget: Budget) -> None:
    """Leave at each node what a step leads to from the node before it."""
    for (before, behind), fits in zip(pairwise(things), ways, strict=True):
        places, found = terrain.open(np.flatnonzero(before))
        reached = np.zeros(len(behind), np.bool_)
        reached[found[fits[terrain.connections.ways[places]]]] = True
        np.logical_and(behind, reached, out=behind)
        if not budget.spend(len(found)):
            return


def _continue(
    terrain: Terrain, begun: tuple[int, ...], things: list[Numbers], ways: list[Numbers], budget: Budget
) -> Iterator[tuple[int, ...]]:
    if len(begun) == len(things):
        yield begun
        return
    places, found = terrain.open(np.array(begun[-1:]))
    if not budget.spend(len(found)):
        return
    fits = ways[len(begun) - 1][terrain.connections.ways[places]] & things[len(begun)][found]
    for thing in np.unique(found[fits]).tolist():
        if thing not in begun:
            yield from _continue(terrain, (*begun, thing), things, ways, budget)
        if budget.spent:
            return

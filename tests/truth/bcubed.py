"""B-cubed: how well the nodes of the graph are the things of the world, seen from each item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.truth.alignment import Item


@dataclass(frozen=True, slots=True)
class Score:
    """How well items of one kind are put together.

    Attributes:
        items: how many there are.
        found: how many have a node.
        precision: of an item with a node, how much of its node is the same thing, on the mean.
        recall: of an item, how much of the thing has its node, on the mean; without a node, nothing.
        recall_of_found: the same over the items that have a node, within those.
    """

    items: int
    found: int
    precision: float
    recall: float
    recall_of_found: float

    @property
    def coverage(self) -> float:
        """The share of items that have a node."""
        return self.found / self.items if self.items else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)

    @property
    def linking_f1(self) -> float:
        """The same over what was found: what identity alone is to answer for."""
        return _harmonic(self.precision, self.recall_of_found)


def score(items: Iterable[Item]) -> Score:
    """Return the score of items of one kind."""
    every = tuple(items)
    pairs = Counter((item.id, item.node) for item in every)
    things = Counter(item.id for item in every)
    placed = [item for item in every if item.node is not None]
    nodes, found = Counter(item.node for item in placed), Counter(item.id for item in placed)
    precision = [pairs[item.id, item.node] / nodes[item.node] for item in placed]
    recall = [pairs[item.id, item.node] / things[item.id] for item in placed]
    of_found = [pairs[item.id, item.node] / found[item.id] for item in placed]
    return Score(
        items=len(every),
        found=len(placed),
        precision=_mean(precision, len(placed)),
        recall=_mean(recall, len(every)),
        recall_of_found=_mean(of_found, len(placed)),
    )


def homes(items: Iterable[Item]) -> Mapping[str, str]:
    """Return for every thing the node that most of its items have."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        if item.node is not None:
            counted[item.id][item.node] += 1
    return {id_: min(nodes, key=lambda node: (-nodes[node], node)) for id_, nodes in counted.items()}


def clusters(items: Iterable[Item]) -> Mapping[str, Counter[str]]:
    """Return for every node the things it stands for, with the number of items of each."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        if item.node is not None:
            counted[item.node][item.id] += 1
    return counted


def _mean(values: list[float], count: int) -> float:
    return sum(values) / count if count else 1.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0

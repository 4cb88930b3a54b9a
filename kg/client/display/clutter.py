"""How cluttered a placement is: lines that cross, and lines that run over names."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

Point = tuple[float, float]
# How far what stands at a point reaches to the left, up, right and down.
Reach = tuple[float, float, float, float]

# A name that is crossed out reads worse than two lines that cross.
_NAME_WEIGHT = 2


def clutter(links: nx.Graph[Any], placed: Mapping[Hashable, Point], reaches: Mapping[Hashable, Reach]) -> int:
    """Return how much of a placement is hard to read; 0 where every line runs free."""
    lines = [(source, target, placed[source], placed[target]) for source, target in links.edges()]
    crossings = sum(
        _do_cross(a, b, c, d)
        for (one, two, a, b), (three, four, c, d) in combinations(lines, 2)
        if not {one, two} & {three, four}
    )
    boxes = {
        node: (x - reaches[node][0], y - reaches[node][1], x + reaches[node][2], y + reaches[node][3])
        for node, (x, y) in placed.items()
    }
    run_over = sum(
        _does_enter(a, b, box)
        for source, target, a, b in lines
        for node, box in boxes.items()
        if node not in (source, target)
    )
    return crossings + _NAME_WEIGHT * run_over


def _do_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _does_enter(a: Point, b: Point, box: Reach) -> bool:
    """Tell whether a line enters a box: neither axis keeps the two apart, nor does the line itself."""
    left, top, right, bottom = box
    if max(a[0], b[0]) < left or min(a[0], b[0]) > right or max(a[1], b[1]) < top or min(a[1], b[1]) > bottom:
        return False
    sides = [_side(a, b, corner) for corner in ((left, top), (right, top), (left, bottom), (right, bottom))]
    return min(sides) < 0 < max(sides)

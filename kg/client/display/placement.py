"""Where the things of a network stand: a path on a line, neighbours around their centre, else by springs."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from itertools import permutations
from typing import Any, TypeAlias

import networkx as nx

from kg.client.display.clutter import Point, Reach, clutter

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Node = Hashable

_TRIES = 10
_MOST_SWAPPED = 5
_ROOM = 195.0
_STEP = 205.0
_FIRST_RING, _NEXT_RING, _FLATNESS = 205.0, 180.0, 0.62
_GAP = 20.0
_MOST_ROUNDS = 400


def place(graph: Graph, reaches: Mapping[Node, Reach]) -> dict[Node, Point]:
    """Return where each thing stands, nothing over anything else; the same for the same graph."""
    links: nx.Graph[Any] = nx.Graph()
    links.add_nodes_from(graph)
    links.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    ends = path_ends(graph, links)
    if ends is not None:
        return _along(links, ends, reaches)
    centre = centre_of(graph)
    tries = (
        (_apart(_sprung(links, seed), reaches) for seed in range(_TRIES))
        if centre is None
        else (
            _apart(_around(links, centre, math.tau * turn / _TRIES), reaches, fixed=centre)
            for turn in range(_TRIES)
        )
    )
    return min(tries, key=lambda placed: clutter(links, placed, reaches))


def path_ends(graph: Graph, links: nx.Graph[Any]) -> tuple[Node, Node] | None:
    """Return the two things that the graph says it joins, or the ends of a graph that is one line."""
    source, target = graph.graph.get("source"), graph.graph.get("target")
    if source in links and target in links and source != target and nx.has_path(links, source, target):
        return source, target
    degrees = [degree for _, degree in links.degree()]
    if (
        len(degrees) < 2
        or max(degrees) > 2
        or len(links.edges) != len(degrees) - 1
        or not nx.is_connected(links)
    ):
        return None
    if centre_of(graph) is not None and len(degrees) > 2:
        return None
    first, last = (node for node in links if links.degree(node) == 1)
    return first, last


def centre_of(graph: Graph) -> Node | None:
    """Return the one thing that the others are told around; None where there is none or several."""
    centres: list[Node] = [node for node, said in graph.nodes(data=True) if said.get("distance") == 0]
    return centres[0] if len(centres) == 1 else None


def _along(links: nx.Graph[Any], ends: tuple[Node, Node], reaches: Mapping[Node, Reach]) -> dict[Node, Point]:
    """Place each way from one end to the other in a lane of its own, in the order that reads best."""
    lanes = _lanes(links, ends)
    longest = max(len(lane) for lane in lanes) + 1
    pitch = max(up + down for _, up, _, down in reaches.values()) + 2 * _GAP
    rows = sorted(range(len(lanes)), key=lambda row: abs(row - (len(lanes) - 1) / 2))
    orders = permutations(rows) if len(rows) <= _MOST_SWAPPED else (rows,)

    def placed_by(order: Sequence[int]) -> dict[Node, Point]:
        middle = (len(lanes) - 1) / 2
        placed = {ends[0]: (0.0, 0.0), ends[1]: (longest * _STEP, 0.0)}
        for row, lane in zip(order, lanes, strict=True):
            for number, node in enumerate(lane, start=1):
                placed[node] = (number * longest * _STEP / (len(lane) + 1), (row - middle) * pitch)
        return {node: placed[node] for node in links}

    return min(map(placed_by, orders), key=lambda placed: clutter(links, placed, reaches))


def _lanes(links: nx.Graph[Any], ends: tuple[Node, Node]) -> list[list[Node]]:
    """Return the things between the ends way by way, the shortest first; what is left comes last."""
    left = links.copy()
    lanes: list[list[Node]] = []
    if left.has_edge(*ends):
        left.remove_edge(*ends)
        lanes.append([])
    while nx.has_path(left, *ends):
        lane = nx.shortest_path(left, *ends)[1:-1]
        left.remove_nodes_from(lane)
        lanes.append(lane)
    since = nx.single_source_shortest_path_length(links, ends[0])
    rest = sorted((node for node in left if node not in ends), key=lambda node: since.get(node, len(since)))
    return [*lanes, rest] if rest else lanes


def _around(links: nx.Graph[Any], centre: Node, start: float) -> dict[Node, Point]:
    """Place things on flat rings around the centre, from an angle on, each near the one that it hangs on."""
    children: dict[Node, list[Node]] = {node: [] for node in links}
    depths: dict[Node, int] = {centre: 0}
    for parent, child in nx.bfs_edges(links, centre):
        children[parent].append(child)
        depths[child] = depths[parent] + 1
    strays = [node for node in links if node not in depths]
    depths.update(dict.fromkeys(strays, max(depths.values()) + 1))
    children[centre].extend(strays)
    leaves: dict[Node, int] = {}
    for node in sorted(depths, key=lambda node: -depths[node]):
        leaves[node] = max(1, sum(leaves[child] for child in children[node]))
    radii = _radii([depths[node] for node in links])
    placed: dict[Node, Point] = {centre: (0.0, 0.0)}
    wedges: list[tuple[Node, float, float]] = [(centre, start, math.tau)]
    for node, begin, span in wedges:
        since = begin
        for child in children[node]:
            share = span * leaves[child] / leaves[node]
            angle, radius = since + share / 2, radii[depths[child]]
            placed[child] = (radius * math.cos(angle), radius * _FLATNESS * math.sin(angle))
            wedges.append((child, since, share))
            since += share
    return {node: placed[node] for node in links}


def _radii(depths: Sequence[int]) -> tuple[float, ...]:
    """Return how far out each ring lies, so that its things have room on it."""
    radii = [0.0]
    for depth in range(1, max(depths) + 1):
        room = depths.count(depth) * 128 / (math.tau * math.sqrt((1 + _FLATNESS**2) / 2))
        radii.append(max(room, radii[-1] + (_NEXT_RING if depth > 1 else _FIRST_RING)))
    return tuple(radii)


def _sprung(links: nx.Graph[Any], seed: int) -> dict[Node, Point]:
    """Place things by springs along the lines, spread over a flat picture with room for each."""
    found = nx.spring_layout(links, seed=seed, iterations=200, k=1 / math.sqrt(max(1, len(links))))
    side = _ROOM * math.sqrt(len(links))
    spread = [_spread([float(point[axis]) for point in found.values()]) for axis in (0, 1)]
    return {
        node: (float(x) * side / spread[0], float(y) * side * _FLATNESS / spread[1])
        for node, (x, y) in found.items()
    }


def _spread(values: Sequence[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0) or 1.0


def _apart(
    placed: dict[Node, Point], reaches: Mapping[Node, Reach], *, fixed: Node | None = None
) -> dict[Node, Point]:
    """Push apart what lies over each other, along the shorter way, until nothing does."""
    nodes = list(placed)
    for _ in range(_MOST_ROUNDS):
        calm = True
        for index, one in enumerate(nodes):
            for other in nodes[index + 1 :]:
                push = _push(placed[one], reaches[one], placed[other], reaches[other])
                if push is None:
                    continue
                calm = False
                share = 0.0 if one == fixed else 1.0 if other == fixed else 0.5
                (x, y), (u, v), (dx, dy) = placed[one], placed[other], push
                placed[one] = (x - dx * share, y - dy * share)
                placed[other] = (u + dx * (1 - share), v + dy * (1 - share))
        if calm:
            break
    return placed


def _push(one: Point, its: Reach, other: Point, others: Reach) -> Point | None:
    """Return how far the other must move away so that the two do not overlap; None where they do not."""
    (x, y), (u, v) = one, other
    rightwards, leftwards = x + its[2] + others[0] - u + _GAP, u + others[2] + its[0] - x + _GAP
    downwards, upwards = y + its[3] + others[1] - v + _GAP, v + others[3] + its[1] - y + _GAP
    if min(rightwards, leftwards, downwards, upwards) <= 0.01:
        return None
    dx = rightwards if u >= x else -leftwards
    dy = downwards if v >= y else -upwards
    return (dx, 0.0) if abs(dx) <= abs(dy) else (0.0, dy)

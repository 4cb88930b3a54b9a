"""Ways over bare edges: the cheapest, different ones, through and around, on a day, within limits."""

import random
from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest

from kg.query.connections import Connections
from kg.query.connections_arrays import hub_detours
from kg.query.paths_search import Budget, Terrain, cheapest
from kg.query.paths_through import cheapest_through, layers_of
from kg.query.paths_ways import Wish, cost_of, find_ways
from tests.query.edges import edge, graph, names, number


def _ways(connections: Connections, source: str, target: str, wish: Wish) -> list[str]:
    ends = number(connections, source), number(connections, target)
    return names(connections, find_ways(connections, *ends, wish, budget=Budget()))


def _kind(connections: Connections, kind: str) -> np.ndarray:
    return connections.of_kind(kind)


@pytest.mark.parametrize("seed", range(6))
def test_no_way_is_cheaper_than_the_one_that_is_found(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    kinds = "pppmmuaw"
    things = [f"{chance.choice(kinds)}{n}" for n in range(120)]
    connections = graph(
        edge(things[int(120 * chance.random() ** 2)], "met", chance.choice(things))
        for _ in range(170 + 40 * seed)
    )
    detours = np.array([chance.choice((0, 0, 0, 1, 4, 8)) for _ in range(connections.size)], np.uint8)
    terrain = Terrain(connections, detours)
    peer: nx.DiGraph[int] = nx.DiGraph()
    for one in range(connections.size):
        for other in connections.neighbours[connections.starts[one] : connections.starts[one + 1]].tolist():
            peer.add_edge(one, other, weight=1 + int(detours[other]))
    for _ in range(150):
        source, target = chance.sample(range(connections.size), 2)
        way = cheapest(terrain, source, target, budget=Budget())
        if not nx.has_path(peer, source, target):
            assert way is None
            continue
        assert way is not None
        assert (way[0], way[-1]) == (source, target)
        assert len(set(way)) == len(way)
        assert all(peer.has_edge(*pair) for pair in pairwise(way))
        least = nx.dijkstra_path_length(peer, source, target) - int(detours[target])
        assert cost_of(terrain, way) == least


def _town() -> Connections:
    """Two people who share a meeting, a body, an article, a province, and a longer way by a third person."""
    crowd = [edge(f"p{n}", "inPlace", "w1") for n in range(100, 400)]
    return graph(
        [
            edge("p1", "chaired", "m1", days=("2020-05-01", "2020-05-01")),
            edge("p2", "attended", "m1", days=("2020-05-01", "2020-05-01")),
            edge("p1", "holdsPostIn", "u1", days=("2018-01-01", "2022-12-31")),
            edge("p2", "holdsPostIn", "u1", days=("2021-01-01", "2021-12-31")),
            edge("a1", "cites", "p1"),
            edge("a1", "cites", "p2"),
            edge("p1", "attended", "m2"),
            edge("p3", "attended", "m2"),
            edge("p3", "chaired", "m3"),
            edge("p2", "attended", "m3"),
            edge("p1", "inPlace", "w1"),
            edge("p2", "inPlace", "w1"),
            *crowd,
        ]
    )


def test_different_ways_come_the_most_telling_first() -> None:
    town = _town()
    assert _ways(town, "p1", "p2", Wish(count=2)) == ["p1 m1 p2", "p1 u1 p2"]
    found = _ways(town, "p1", "p2", Wish(count=10))
    assert found[:3] == ["p1 m1 p2", "p1 u1 p2", "p1 m2 p3 m3 p2"]
    assert set(found[3:]) == {"p1 a1 p2", "p1 w1 p2"}


def test_what_very_much_is_joined_to_is_passed_through_only_if_asked_for() -> None:
    town = _town()
    closed = _kind(town, "Meeting") | _kind(town, "Unit") | _kind(town, "Article")
    assert _ways(town, "p1", "p2", Wish(closed=closed)) == ["p1 w1 p2"]  # the only one that is left
    closed = _kind(town, "Unit") | _kind(town, "Article")
    closed[number(town, "m1")] = True
    assert _ways(town, "p1", "p2", Wish(closed=closed)) == ["p1 m2 p3 m3 p2"]
    assert _ways(town, "p1", "p2", Wish(closed=closed, hubs=True)) == ["p1 w1 p2"]
    # Too long by the plain way, so the hub it is.
    assert _ways(town, "p1", "p2", Wish(closed=closed, max_length=2)) == ["p1 w1 p2"]


def test_ways_pass_through_what_is_asked_for_and_nothing_twice() -> None:
    town = _town()
    assert _ways(town, "p1", "p2", Wish(through=(_kind(town, "Unit"),))) == ["p1 u1 p2"]
    assert _ways(town, "p1", "p2", Wish(through=(_kind(town, "Article"),))) == ["p1 a1 p2"]
    third = np.zeros(town.size, np.bool_)
    third[number(town, "p3")] = True
    assert _ways(town, "p1", "p2", Wish(through=(third,))) == ["p1 m2 p3 m3 p2"]
    assert _ways(town, "p1", "p2", Wish(through=(third, _kind(town, "Meeting")))) == ["p1 m2 p3 m3 p2"]
    # Whoever is in the province only would have to be left by the way one came.
    alone = np.zeros(town.size, np.bool_)
    alone[number(town, "p100")] = True
    assert _ways(town, "p1", "p2", Wish(through=(alone,))) == []


def test_on_a_day_only_what_holds_then_counts() -> None:
    town = _town()

    def on(day: str) -> list[str]:
        span = edge("x", "y", "z", days=(day, day)).days
        return _ways(town, "p1", "p2", Wish(days=span))

    assert on("2020-05-01") == ["p1 m1 p2"]
    assert on("2021-06-30") == ["p1 u1 p2"]
    assert on("2022-06-30") == []  # one of the two had left


def test_ends_that_are_joined_directly_have_other_ways_too() -> None:
    connections = graph(
        [edge("p1", "knows", "p2"), edge("p1", "met", "p2"), edge("p1", "a", "u1"), edge("p2", "a", "u1")]
    )
    assert _ways(connections, "p1", "p2", Wish(count=5)) == ["p1 p2", "p1 u1 p2"]
    assert _ways(connections, "p1", "p1", Wish(count=5)) == ["p1"]


def test_ways_that_share_what_they_pass_through_are_found_once_the_others_are_used_up() -> None:
    connections = graph(
        [
            edge("p1", "chaired", "m1"),
            edge("p2", "attended", "m1"),
            edge("u1", "organised", "m1"),
            edge("p2", "holdsPostIn", "u1"),
        ]
    )
    assert _ways(connections, "p1", "p2", Wish(count=3)) == ["p1 m1 p2", "p1 m1 u1 p2"]


def test_a_search_ends_at_its_limits_and_says_so() -> None:
    chance = random.Random(3)  # noqa: S311 (the same each time)
    connections = graph(
        edge(f"p{chance.randrange(3000)}", "met", f"p{chance.randrange(3000)}") for _ in range(9000)
    )
    budget = Budget(allowed=50)
    find_ways(connections, 1, 2900, Wish(count=10), budget=budget)
    assert list(budget.hit) == ["visited"]
    late = Budget(seconds=-1.0)
    find_ways(connections, 1, 2900, Wish(count=10), budget=late)
    assert "seconds" in late.hit


def test_a_hub_costs_one_step_more_each_time_it_is_joined_twice_as_well() -> None:
    assert hub_detours(np.array([1, 16, 31, 32, 64, 1024, 100_000])).tolist() == [0, 0, 0, 1, 2, 6, 8]


@pytest.mark.parametrize("seed", range(6))
def test_no_way_through_a_kind_is_cheaper_than_the_one_that_is_found(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    things = [f"{chance.choice('pppmua')}{n}" for n in range(14)]
    pairs = (chance.sample(things, 2) for _ in range(20 + 2 * seed))
    connections = graph(edge(one, "met", other) for one, other in pairs)
    detours = np.array([chance.choice((0, 0, 1, 3)) for _ in range(connections.size)], np.uint8)
    terrain = Terrain(connections, detours)
    wanted = _kind(connections, "Meeting")
    peer: nx.Graph[int] = nx.Graph()
    for one in range(connections.size):
        for other in connections.neighbours[connections.starts[one] : connections.starts[one + 1]].tolist():
            peer.add_edge(one, other)
    for source, target in combinations(range(connections.size), 2):
        every = nx.all_simple_paths(peer, source, target)
        costs = [cost_of(terrain, tuple(way)) for way in every if wanted[list(way[1:-1])].any()]
        layers = layers_of(terrain, (source, target), wanted)
        way, is_sure = cheapest_through(layers, (source, target), budget=Budget(), most=60)
        assert is_sure
        assert (way is None) == (not costs)
        if way is not None:
            assert len(set(way)) == len(way)
            assert (way[0], way[-1]) == (source, target)
            assert all(peer.has_edge(*pair) for pair in pairwise(way))
            assert wanted[list(way[1:-1])].any()
            assert cost_of(terrain, way) == min(costs)

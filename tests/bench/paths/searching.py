"""The search alone, and its memory, beside networkx's bidirectional search over the same bare edges."""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import networkx as nx
import numpy as np

from kg.query.connections import Connections
from kg.query.connections_arrays import arrange
from kg.query.connections_file import load_connections, save_connections
from kg.query.paths_search import Budget, Terrain, cheapest
from tests.bench.paths.world import World

_VERSION = "bench"
Pairs = Sequence[tuple[int, int]]
_Search = Callable[[int, int], object]


def compare(world: World, pairs: int) -> None:
    """Print milliseconds and megabytes of each; every structure has a process of its own."""
    with tempfile.TemporaryDirectory() as directory:
        began = time.perf_counter()
        connections = arrange(_VERSION, world.edges(), world.classes())
        save_connections(connections, Path(directory))
        size = connections.size
        say(f"{size} things, {len(connections)} edges, arranged and kept in {_since(began):.1f} s")
        random = Random(5)  # noqa: S311 (the same each time)
        chosen = [(random.randrange(size), random.randrange(size)) for _ in range(pairs)]
        del connections
        context = multiprocessing.get_context("spawn")
        for measure in (_networkx, _ours):
            process = context.Process(target=measure, args=(directory, chosen))
            process.start()
            process.join()


def _ours(directory: str, pairs: Pairs) -> None:
    before, began = _megabytes(), time.perf_counter()
    connections = _load(directory)
    say(f"ours: loaded in {1000 * _since(began):.1f} ms")
    plain = Terrain(connections, np.zeros_like(connections.detours))
    weighed = Terrain(connections, connections.detours)
    _report("ours, every step alike", pairs, lambda *ends: cheapest(plain, *ends, budget=Budget()))
    _report("ours, hubs last", pairs, lambda *ends: cheapest(weighed, *ends, budget=Budget()))
    say(f"ours: {_megabytes() - before:.0f} MB, mapped pages of the file included")


def _networkx(directory: str, pairs: Pairs) -> None:
    connections, before = _load(directory), _megabytes()
    graph: nx.Graph[int] = nx.Graph()
    for thing in range(connections.size):
        stretch = connections.neighbours[connections.starts[thing] : connections.starts[thing + 1]]
        graph.add_edges_from((thing, other) for other in stretch.tolist())

    def search(source: int, target: int) -> object:
        try:
            return nx.bidirectional_shortest_path(graph, source, target)
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return None

    _report("networkx, bidirectional search", pairs, search)
    say(f"networkx: {_megabytes() - before:.0f} MB, without any claim")


def _report(name: str, pairs: Pairs, search: _Search) -> None:
    for ends in pairs[:20]:
        search(*ends)
    took = []
    for ends in pairs:
        began = time.perf_counter()
        search(*ends)
        took.append(1000 * _since(began))
    middle, high = np.percentile(took, (50, 95))
    say(f"{name}: median {middle:.2f} ms, p95 {high:.2f} ms")


def _load(directory: str) -> Connections:
    found = load_connections(Path(directory), _VERSION)
    assert found is not None
    return found


def _megabytes() -> float:
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * 4096 / 1e6


def _since(began: float) -> float:
    return time.perf_counter() - began


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

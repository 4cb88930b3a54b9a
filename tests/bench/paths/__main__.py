"""Paths over a graph of a million edges: the search beside networkx, and the whole service."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.paths.filling import fill_store
from tests.bench.paths.searching import compare
from tests.bench.paths.serving import measure
from tests.bench.paths.world import World


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench.paths", description=__doc__)
    parser.add_argument("part", choices=("search", "service"))
    parser.add_argument("--things", type=int, default=200_000)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=400, help="random pairs of things")
    parser.add_argument("--store", type=Path, help="of the service: made if it is not there")
    arguments = parser.parse_args()
    world = World(arguments.things, arguments.edges)
    if arguments.part == "search":
        compare(world, arguments.pairs)
        return
    if arguments.store is None:
        parser.error("give --store DIR")
    if not arguments.store.exists():
        sys.stderr.write("the store is made: some minutes\n")
        fill_store(arguments.store, world)
    measure(arguments.store, world, arguments.pairs)


if __name__ == "__main__":
    main()

"""``python -m tests.truth``: build articles of a known world, print how well the graph knows who is who."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.truth.report import lines, measure
from tests.truth.trial import build, read, save
from tests.truth.world import FULL, SMALL, make_world
from tests.truth.writer import write_articles


def run() -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000, metavar="N", help="how many to write")
    parser.add_argument("--seed", type=int, default=1, help="of the world and of what is written")
    parser.add_argument("--small", action="store_true", help="the small world of the tests")
    parser.add_argument("--worst", type=int, default=5, metavar="N", help="clusters to show of each sort")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep texts and store there, and use them again"
    )
    arguments = parser.parse_args()
    world = make_world(arguments.seed, SMALL if arguments.small else FULL)
    articles = write_articles(world, arguments.articles, arguments.seed)
    with tempfile.TemporaryDirectory() as temporary:
        directory = arguments.keep or Path(temporary)
        store = directory / "store"
        if not store.exists():
            save(articles, directory / "texts")
            started = time.perf_counter()
            code = build([directory / "texts"], store)
            took = time.perf_counter() - started
            say(f"{len(articles)} articles in {took:.0f} s, {len(articles) / took:.1f} a second, exit {code}")
        measured = measure(world, articles, read(store))
    say(f"{len(world.people)} officials, {len(world.bodies)} bodies")
    say(f"{len(world.namesakes)} namesakes, {len(world.moves)} movers")
    for line in lines(measured, worst=arguments.worst):
        say(line)
    return 0 if measured.meets_targets else 1


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run())

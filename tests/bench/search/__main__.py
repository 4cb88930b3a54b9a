"""Search as people type, letter by letter, beside SQLite's FTS5 as it comes and tantivy.

python -m tests.bench.search DIRECTORY                 the store is made once; tantivy is asked if installed
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

from kg.language.normalization import without_marks
from kg.query.names import Names, read_names
from kg.store import open_store
from tests.bench.measure import peak
from tests.bench.search.peers import Ask, fts5, tantivy
from tests.bench.search.world import prepare

_THINGS = 200_000
_WARM = 200


def main() -> None:
    """Make the world and the indexes, type, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search")
    parser.add_argument("directory", type=Path, help="of the store, which is made if it is not there")
    parser.add_argument("--things", type=int, default=_THINGS)
    parser.add_argument("--names", type=int, default=100, help="how many names are typed")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    prepare(arguments.directory, arguments.things)
    with closing(open_store(arguments.directory)) as store, tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        names = read_names(store)
        ready = time.perf_counter() - began
        assert store.derived is not None  # it is on disk
        size = (store.derived / "search.sqlite").stat().st_size
        say(f"{len(names.kinds):,} things, ready in {ready:.3f} s, {size / 1e6:.0f} MB on disk,")
        say(f"{peak()} MB of memory at most; load {os.getloadavg()[0]:.1f}\n")
        typed = keystrokes(names, arguments.names, Random(arguments.seed))  # noqa: S311 (the same each time)
        labelled = [
            (match.label, match.prominence) for match in names.index.rows('"k" *', limit=arguments.things)
        ]
        ours: Ask = lambda text: len(names.search(text, limit=10, unfinished=True))  # noqa: E731
        peers = {
            "yte-kg": ours,
            "SQLite FTS5 as it comes": fts5(labelled, Path(folder) / "fts5"),
            "tantivy": tantivy(labelled, Path(folder) / "tantivy"),
        }
        say("| milliseconds | median | 95 % | 99 % | slowest | found something |")
        say("|---|---:|---:|---:|---:|---:|")
        for name, ask in peers.items():
            say(f"| {name} | {' | '.join(measure(ask, typed))} |" if ask else f"| {name} | not installed |")
        names.index.close()


def keystrokes(names: Names, count: int, chance: Random) -> list[str]:
    """Return what is typed, every second letter, to reach some things: with marks, and without."""
    chosen = chance.sample(sorted(names.kinds), count)
    labels = [names.labels[each] for each in chosen]
    texts = [text for label in labels for text in (label, without_marks(label))]
    return [text[:length] for text in texts for length in range(1, len(text) + 1, 2)]


def measure(ask: Ask, typed: list[str]) -> list[str]:
    """Return quantiles of the time to answer, and the share of answers that are not empty."""
    for text in typed[:_WARM]:
        ask(text)
    times, found = [], 0
    for text in typed:
        began = time.perf_counter()
        found += bool(ask(text))
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    shares = (0.5, 0.95, 0.99, 1.0)
    quantiles = [f"{times[min(int(len(times) * share), len(times) - 1)]:.2f}" for share in shares]
    return [*quantiles, f"{100 * found / len(typed):.0f} %"]


def say(words: str) -> None:
    """Print a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Killers against the live service, together with a steady stream of good queries.

python -m tests.bench.killers                        all of them, on a store of about 100,000 statements
python -m tests.bench.killers --graphs 2000 --seconds 15
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.bench.killers.attacks import ATTACKS, ask
from tests.bench.killers.queries import GOOD, KILLERS
from tests.bench.killers.stream import Stream
from tests.bench.killers.world import fill, resident, service

_AT_ONCE = 3
_SETTLE_SECONDS = 5.0
_GROWTH = 1.2


def main(graphs: int, seconds: float, only: str) -> int:
    """Run them all and print the table; return 0 if all is as it should be."""
    with tempfile.TemporaryDirectory() as directory:
        store, log = Path(directory) / "store", Path(directory) / "log"
        say(f"{fill(store, graphs=graphs)} statements")
        with service(store, log, query_seconds=seconds, slow_seconds=5) as (address, pid):
            good = Stream(address)
            running = good.start()
            time.sleep(_SETTLE_SECONDS)
            before = resident(pid)
            jobs: dict[str, Callable[[], str]] = {
                **{name: partial(ask, address, query) for name, query in KILLERS.items()},
                **{name: partial(attack, address) for name, attack in ATTACKS.items()},
            }
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                chosen = {name: job for name, job in jobs.items() if only in name}
                outcomes = tuple(threads.map(_told, chosen, chosen.values()))
            time.sleep(_SETTLE_SECONDS)
            after = resident(pid)
            good.end()
            running.join()
        slowest, mean = max(good.seconds), sum(good.seconds) / len(good.seconds)
        by_query = [good.seconds[start :: len(GOOD)] for start in range(len(GOOD))]
        say(f"\nslowest of each good query: {' '.join(f'{max(each):.2f}' for each in by_query)}")
        say(f"\ngood queries: {good.sent} sent, {len(good.seconds) - len(good.lost)} answered")
        say(f"lost: {len(good.lost)} {good.lost[:3]}; mean {mean * 1000:.0f} ms, slowest {slowest:.2f} s")
        say(f"memory of all processes: {before >> 20} MB, then {after >> 20} MB ({after / before:.0%})")
        escaped = any(outcome.startswith(("FAILED", "never")) for outcome in outcomes)
        return int(bool(good.lost) or escaped or after > _GROWTH * before)


def _told(name: str, job: Callable[[], str]) -> str:
    began = time.monotonic()
    try:
        outcome = job()
    except Exception as error:  # whatever it is, it belongs into the table
        outcome = f"FAILED {error!r}"
    say(f"{name:38} {time.monotonic() - began:6.1f} s   {outcome}")
    return outcome


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--graphs", type=int, default=650)
    parser.add_argument("--seconds", type=float, default=5.0, help="the limit of one query")
    parser.add_argument("--only", default="", help="those whose name holds this")
    given = parser.parse_args()
    sys.exit(main(given.graphs, given.seconds, given.only))

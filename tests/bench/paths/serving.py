"""Whole answers over HTTP, with evidence, from `kg serve` over a large store, and how soon they come."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import numpy as np

from tests.bench.paths.searching import say
from tests.bench.paths.world import World

_KINDS = ("person", "organization", "meeting", "post")
_FIRST_SECONDS = 1800


def measure(store: Path, world: World, pairs: int) -> None:
    """Print when the service is ready, the first time and once more, and what its answers take.

    After the first start the lists are still being read, which must not keep anybody waiting.
    """
    _serve(store, "first start, everything is read", world, pairs)
    _serve(store, "start from what is kept", world, pairs)


def _serve(store: Path, name: str, world: World, pairs: int) -> None:
    began = time.perf_counter()
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            address = line.rpartition("//")[2].split()[0]
            connection = http.client.HTTPConnection(address, timeout=_FIRST_SECONDS)
            paths_at, all_at = _wait(connection, began)
            say(f"{name}: paths after {paths_at:.1f} s, everything after {all_at:.1f} s")
            _say_memory(process.pid)
            for by_name in (False, True):
                _ask(connection, world, pairs, by_name=by_name)
            _say_memory(process.pid)
        finally:
            process.terminate()


def _wait(connection: http.client.HTTPConnection, began: float) -> tuple[float, float]:
    """Return when the paths, and when everything stood on the store's version."""
    paths_at = 0.0
    while time.perf_counter() - began < _FIRST_SECONDS:
        connection.request("GET", "/ready")
        answer = connection.getresponse()
        told = json.loads(answer.read())
        versions = told.get("versions", {})
        if not paths_at and versions.get("paths") and versions["paths"] == versions["store"]:
            paths_at = time.perf_counter() - began
        if answer.status == 200:
            return paths_at, time.perf_counter() - began
        time.sleep(0.05)
    raise TimeoutError("the service did not get ready")


def _say_memory(process: int) -> None:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    total, own = (
        int(next(line for line in status if line.startswith(part)).split()[1]) / 1000
        for part in ("VmRSS", "RssAnon")
    )
    say(f"the service: {total:.0f} MB resident, {own:.0f} MB of them not mapped from files")


def _ask(connection: http.client.HTTPConnection, world: World, pairs: int, *, by_name: bool) -> None:
    random = Random(11)  # noqa: S311 (the same each time)

    def thing() -> str:
        kind = random.choice(_KINDS)
        number = random.randrange(world.counts[kind])
        return f"{kind} {number}" if by_name else world.name(kind, number)

    ends = [(thing(), thing()) for _ in range(pairs)]
    for name, options in (
        ("/api/path", {}),
        ("/api/paths", {"k": "3"}),
        ("/api/paths", {"through": "Meeting"}),
        ("/api/paths", {"on": "2020"}),
    ):
        took, lengths, missing = [], [], 0
        for source, target in ends:
            address = f"{name}?{urlencode({'source': source, 'target': target, **options})}"
            began = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
            took.append(1000 * (time.perf_counter() - began))
            if answer.status == 200:
                lengths.append(json.loads(body)["length"])
            else:
                missing += 1
        middle, high = np.percentile(took, (50, 95))
        said = " ".join([name, *(f"{key}={value}" for key, value in options.items())])
        said += " by name" if by_name else " by IRI"
        say(
            f"{said}: median {middle:.1f} ms, p95 {high:.1f} ms, {np.mean(lengths):.1f} steps on average, "
            f"{missing} without an answer"
        )

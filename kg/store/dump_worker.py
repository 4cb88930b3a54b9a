"""The process that writes a dump of a snapshot, so that the service has its hands free.

It is started as ``python -m kg.store.dump_worker SNAPSHOT DIRECTORY SANDBOX`` and answers one request.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.store.dump import engine_graphs, write_dump
from kg.store.worker_loop import Answering, Means, work


def main(snapshot: str, directory: str, sandbox: str) -> None:
    """Write the dump that is asked for."""
    os.nice(10)

    def opening() -> Answering:
        engine = ox.Store.read_only(snapshot)
        return lambda request, _: (_answer(engine, request, Path(directory)), b"")

    work(Means(sandbox, readable=(Path(snapshot),), writable=(Path(directory),)), opening)


def _answer(engine: ox.Store, request: dict[str, Any], directory: Path) -> dict[str, Any]:
    try:
        graphs = engine_graphs(engine, default_graph=request["default_graph"])
        dump = write_dump(graphs, directory / request["name"])
    except (OSError, RuntimeError) as error:
        return {"status": "failed", "message": f"{error}"}
    return {
        "status": "answered",
        "digest": dump.digest,
        "size": dump.size,
        "statements": dump.statements,
    }


if __name__ == "__main__":
    main(*sys.argv[1:4])

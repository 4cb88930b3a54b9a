"""The process that writes a dump of a snapshot, so that the service has its hands free.

It is started as ``python -m kg.store.dump_worker SNAPSHOT DIRECTORY SANDBOX`` and answers one request.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.store.dump import engine_graphs, write_dump
from kg.store.messages import requests, send
from kg.store.sandbox import confine


def main(snapshot: str, directory: str, sandbox: str) -> None:
    """Write the dump that is asked for."""
    os.nice(10)
    try:
        unconfined = confine(readable=[Path(snapshot)], writable=[Path(directory)])
        if unconfined and sandbox == "require":
            send({"status": "failed", "message": f"the sandbox is required, but {'; '.join(unconfined)}"})
            return
        engine = ox.Store.read_only(snapshot)
    except (OSError, RuntimeError, ValueError) as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready", "unconfined": unconfined})
    for request, _ in requests():
        try:
            graphs = engine_graphs(engine, default_graph=request["default_graph"])
            dump = write_dump(graphs, Path(directory) / request["name"])
            send({
                "status": "answered",
                "digest": dump.digest,
                "size": dump.size,
                "statements": dump.statements,
            })  # fmt: skip
        except (OSError, RuntimeError) as error:
            send({"status": "failed", "message": f"{error}"})


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""The process that reads the connections of a large store, so that the service has its hands free.

It is started as ``python -m kg.query.connections_worker SNAPSHOT`` and answers requests that say under which
version and in which directory it is to keep them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from kg.errors import StoreError
from kg.query.connections_file import save_connections
from kg.query.connections_reading import read_connections
from kg.store import open_snapshot
from kg.store.messages import requests, send


def main(snapshot: str) -> None:
    """Read and keep the connections whenever that is asked for."""
    os.nice(10)
    try:
        store = open_snapshot(Path(snapshot))
    except StoreError as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready"})
    for request, _ in requests():
        try:
            found = replace(read_connections(store), version=request["version"])
            save_connections(found, Path(request["directory"]))
            send({"status": "answered"})
        except (OSError, RuntimeError, StoreError) as error:
            send({"status": "failed", "message": f"{error}"})


if __name__ == "__main__":
    main(sys.argv[1])

"""The process that indexes the names of a large store, so that the service has its hands free.

It is started as ``python -m kg.query.search_worker SNAPSHOT`` and answers requests that say of which version
the index is to be and into which file it is to be written.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from kg.errors import StoreError
from kg.query.search_file import make_index
from kg.store import open_snapshot
from kg.store.messages import requests, send


def main(snapshot: str) -> None:
    """Write an index whenever that is asked for."""
    os.nice(10)
    try:
        store = open_snapshot(Path(snapshot))
    except StoreError as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready"})
    for request, _ in requests():
        try:
            make_index(store, Path(request["path"]), request["version"])
            send({"status": "answered"})
        except (sqlite3.Error, OSError, RuntimeError, StoreError) as error:
            send({"status": "failed", "message": f"{error}"})


if __name__ == "__main__":
    main(sys.argv[1])

"""The life of a process that reads something whole from a snapshot, so that the service need not wait."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.store import Store, open_snapshot
from kg.store.messages import requests, send

_FAILURES = (OSError, RuntimeError, StoreError, sqlite3.Error)


def read_whenever_asked(snapshot: str, keep: Callable[[Store, Mapping[str, Any]], None]) -> None:
    """Read and keep, behind all who are waited for, until the pipe is closed.

    Args:
        snapshot: the directory of the snapshot.
        keep: reads what a request asks for and writes it where the request says.
    """
    os.nice(10)
    try:
        store = open_snapshot(Path(snapshot))
    except StoreError as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready"})
    for request, _ in requests():
        try:
            keep(store, request)
            send({"status": "answered"})
        except _FAILURES as error:
            send({"status": "failed", "message": f"{error}"})

"""Having a process read a snapshot of a large store: that takes long, and would hold up everybody here."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.query.worker_process import WorkerProcess
from kg.store import Store

_LOG = logging.getLogger(__name__)
_SECONDS = 900.0


def read_in_process(
    store: Store, module: str, request: Mapping[str, Any], *, directory: Path, least: int = 0
) -> str | None:
    """Have a module of ours read a snapshot of the store and keep what it makes of it.

    Returns the version under which that is kept; None if the snapshot is too small, or if it failed.

    Args:
        store: of the snapshot, whose version is told to the module unless the request says another.
        module: is started with the path of the snapshot, and answers one request.
        request: what it is to do.
        directory: where it keeps what it makes; must be writable.
        least: bytes of a snapshot that is worth a process.
    """
    snapshot = store.snapshot()
    process: WorkerProcess | None = None
    try:
        if least and sum(file.stat().st_size for file in snapshot.path.iterdir()) < least:
            return None
        directory.mkdir(parents=True, exist_ok=True)
        process = WorkerProcess(module, [str(snapshot.path.absolute())])
        wanted = {"version": snapshot.version, **request}
        answer, _ = process.ask(wanted, deadline=time.monotonic() + _SECONDS)
        if answer["status"] == "answered":
            return str(wanted["version"])
        _LOG.warning("%s could not read the store, which is read here: %s", module, answer["message"])
    except (OSError, EOFError, StoreError) as error:  # among these is the end of the time
        _LOG.warning("%s could not read the store, which is read here: %s", module, error)
    finally:
        if process is not None:
            process.end()
        snapshot.remove()
    return None

"""The access log: one line of JSON a request."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from api.observation import Seen, Watcher
from kg.errors import StoreError

# What requests are noted with; a query's text is told apart, by its digest unless the operator wants it all.
_NOTED = ("query_id", "rows", "limit", "problem", "cached", "version")
_STANDARD_ERROR = "-"


def open_access_log(file: str, *, with_queries: bool) -> Watcher | None:
    """Return what writes the access log; None where there is to be none.

    Args:
        file: where to; "-" for standard error, empty for nowhere. A file is added to, and found again by its
            name at each line, so that it can be moved away while the service runs.
        with_queries: whether the text of queries is written too.

    Raises:
        StoreError: the file cannot be written.
    """
    if not file:
        return None
    if file != _STANDARD_ERROR:
        _open(file).close()
    writing = threading.Lock()

    def write(seen: Seen) -> None:
        line = json.dumps(_entry(seen, with_queries=with_queries), ensure_ascii=False) + "\n"
        with writing:
            if file == _STANDARD_ERROR:
                sys.stderr.write(line)
                sys.stderr.flush()
            else:
                with _open(file) as log:
                    log.write(line)

    return write


def _open(file: str) -> IO[str]:
    try:
        return Path(file).open("a", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{file}: the access log cannot be written ({error.strerror}); choose another with --access-log"
        ) from None


def _entry(seen: Seen, *, with_queries: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": seen.client,
        "method": seen.method,
        "path": seen.path,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 1),
        "bytes": seen.size,
    }
    entry |= {name: seen.notes[name] for name in _NOTED if seen.notes.get(name) is not None}
    if (query := seen.notes.get("query")) is not None:
        entry["query_sha256"] = hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()
        if with_queries:
            entry["query"] = query
    return entry

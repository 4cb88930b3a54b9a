"""The process that answers strangers' queries: it reads one snapshot and can be ended at any moment.

It is started as ``python -m kg.store.worker SNAPSHOT MEMORY`` and speaks over its pipes. A request is one
line of JSON; the reply is one line of JSON, which gives the number of bytes that follow it. The first line
says that the snapshot is open, or why it is not.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engine import Dataset, evaluate, write_answer


class ResultTooLargeError(Exception):
    """The answer has outgrown the bytes that it was given."""


class _Spool(io.BytesIO):
    """Bytes in memory up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._limit:
            raise ResultTooLargeError
        return super().write(data)


def main(snapshot: str, memory: str) -> None:
    """Answer requests until the pipe is closed."""
    try:
        engine = ox.Store.read_only(snapshot)
        # After opening, since what the engine maps for itself is not the query's doing.
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, RuntimeError, ValueError) as error:
        _send({"status": "failed", "message": f"{error}"}, b"")
        return
    _send({"status": "ready"}, b"")
    for line in sys.stdin.buffer:
        _send(*_answer(engine, json.loads(line)))


def _send(head: dict[str, Any], body: bytes) -> None:
    line = json.dumps({**head, "length": len(body)}).encode("utf-8")
    sys.stdout.buffer.write(line + b"\n" + body)
    sys.stdout.buffer.flush()


def _answer(engine: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    spool = _Spool(request["max_bytes"])
    graphs = {name: None if given is None else tuple(given) for name, given in request["dataset"].items()}
    try:
        result = evaluate(engine, request["query"], dataset=Dataset(**graphs))
        write_answer(result, spool, request["media_type"])
    except QueryError as error:
        return {"status": "refused", "message": str(error)}, b""
    except ResultTooLargeError:
        return {"status": "too-large"}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (OSError, RuntimeError) as error:
        return {"status": "refused", "message": f"the query cannot be answered: {error}"}, b""
    return {"status": "answered"}, spool.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""The process that answers strangers' queries: it reads one snapshot and can be ended at any moment.

It is started as ``python -m kg.store.worker SNAPSHOT MEMORY SANDBOX``; where SNAPSHOT is ``-``, it is read
from the input, so that the process can be started before there is a snapshot. Before it opens the snapshot it
takes from itself all other files, the network and the right to start programs; after that, all memory but a
part.
"""

from __future__ import annotations

import io
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engine import Dataset, evaluate, write_answer
from kg.store.messages import requests, send
from kg.store.rows import count_rows
from kg.store.sandbox import confine

# The parent ends the process at the deadline; should the parent be gone, the system does it a little later.
_GRACE_SECONDS = 1.0
LATER = "-"


class TooManyBytesError(Exception):
    """The answer has outgrown the bytes that it was given."""


class TooManyRowsError(Exception):
    """The answer has more rows than it may have."""


class _Spool(io.BytesIO):
    """Bytes in memory up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._limit:
            raise TooManyBytesError
        return super().write(data)


class _Counted:
    """Triples that are counted as they pass, up to a limit."""

    def __init__(self, triples: Iterable[ox.Triple], limit: int) -> None:
        self._triples = triples
        self._limit = limit
        self.count = 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            self.count += 1
            if self.count > self._limit:
                raise TooManyRowsError
            yield triple


def main(snapshot: str, memory: str, sandbox: str) -> None:
    """Answer requests until the pipe is closed."""
    _offer_to_the_system()
    if snapshot == LATER:
        snapshot = sys.stdin.buffer.readline().decode("utf-8").removesuffix("\n")
        if not snapshot:
            return
    try:
        unconfined = confine(readable=[Path(snapshot)])
        if unconfined and sandbox == "require":
            send({"status": "failed", "message": f"the sandbox is required, but {'; '.join(unconfined)}"})
            return
        engine = ox.Store.read_only(snapshot)
        # After opening, since what the engine maps for itself is not the query's doing.
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, RuntimeError, ValueError) as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready", "unconfined": unconfined})
    for request, _ in requests():
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE_SECONDS)
        answer = _answer(engine, request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(*answer)


def _offer_to_the_system() -> None:
    """Let the system, should it run short of memory, take this process before all others."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _answer(engine: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    spool = _Spool(request["max_bytes"])
    graphs = {name: None if given is None else tuple(given) for name, given in request["dataset"].items()}
    try:
        result = evaluate(engine, request["query"], dataset=Dataset(**graphs), base=request["base"])
        rows = _write(result, spool, request)
    except QueryError as error:
        return {"status": "refused", "message": str(error)}, b""
    except TooManyBytesError:
        return {"status": "too-large"}, b""
    except TooManyRowsError:
        return {"status": "too-long"}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (OSError, RuntimeError) as error:
        return {"status": "refused", "message": f"the query cannot be answered: {error}"}, b""
    return {"status": "answered", "rows": rows}, spool.getvalue()


def _write(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, spool: _Spool, request: dict[str, Any]
) -> int | None:
    """Write the answer; return how many rows or triples it has, None for yes or no."""
    media_type, limit = request["media_type"], request["max_rows"]
    if isinstance(result, ox.QueryTriples):
        counted = _Counted(result, limit)
        write_answer(result, spool, media_type, triples=counted)
        return counted.count
    write_answer(result, spool, media_type)
    if isinstance(result, ox.QueryBoolean):
        return None
    if (rows := count_rows(spool.getvalue(), media_type)) > limit:
        raise TooManyRowsError
    return rows


if __name__ == "__main__":
    main(*sys.argv[1:4])

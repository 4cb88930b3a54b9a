"""Running strangers' queries: worker processes on a snapshot, each ended when a limit is reached.

The engine cannot stop a query that it has begun, and a thread cannot be stopped either; a process can.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import QueryError, StoreError
from kg.query.guard import check_query
from kg.settings import Settings
from kg.store import Dataset, Snapshot, Store

_ROOT = Path(__file__).parents[2]
_ANY_DATASET = Dataset()
_START_SECONDS = 30
# How a process ends whose engine is refused memory: the engine aborts, or touches what it did not get.
_OUT_OF_MEMORY = frozenset({-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS})


class QueryTimeoutError(QueryError):
    """A query ran longer than it may."""


class QueryMemoryError(QueryError):
    """A query needed more memory than it may use."""


class ResultTooLargeError(QueryError):
    """A query's answer has more bytes than it may have."""


class BusyError(QueryError):
    """All workers are busy, and stayed so."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer in the format that was asked for, and the version of the content that gave it."""

    body: bytes
    media_type: str
    version: str


class _Worker:
    """One process that reads one snapshot."""

    def __init__(self, snapshot: Snapshot, memory: int) -> None:
        self.version = snapshot.version
        self._closed = False
        self._process = subprocess.Popen(  # noqa: S603 (our own module, arguments from our own settings)
            [sys.executable, "-m", "kg.store.worker", str(snapshot.path.absolute()), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)
        # The first line says that the snapshot is open: a failure up to here is not the query's doing.
        try:
            head = self._read_head(bytearray(), time.monotonic() + _START_SECONDS)
        except TimeoutError:
            self.end()
            raise StoreError(f"{_NOT_STARTED} within {_START_SECONDS} seconds: try again") from None
        except EOFError:
            raise StoreError(f"{_NOT_STARTED}: it ended at once, with {_told(self.end())}") from None
        if head["status"] != "ready":
            self.end()
            raise StoreError(f"{_NOT_STARTED}: {head['message']}")

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def _output(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 (it was asked for)
        return self._process.stdout.fileno()

    def ask(self, request: dict[str, Any], deadline: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for the reply.

        Raises:
            TimeoutError: the deadline passed.
            EOFError: the process ended.
        """
        assert self._process.stdin is not None  # noqa: S101 (it was asked for)
        try:
            self._process.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._closed = True
            raise EOFError from None
        received = bytearray()
        head = self._read_head(received, deadline)
        while len(received) < head["length"]:
            received += self._receive(deadline)
        return head, bytes(received)

    def end(self) -> int:
        """End the process at once; return how it ended, by itself or so."""
        try:
            ended = self._process.wait(_GRACE_SECONDS if self._closed else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            ended = self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        return ended

    def _read_head(self, received: bytearray, deadline: float) -> dict[str, Any]:
        """Read the first line; what has come behind it is left in `received`."""
        while (line_end := received.find(b"\n")) < 0:
            received += self._receive(deadline)
        head: dict[str, Any] = json.loads(received[:line_end])
        del received[: line_end + 1]
        return head

    def _receive(self, deadline: float) -> bytes:
        if not self._selector.select(max(0.0, deadline - time.monotonic())):
            raise TimeoutError
        data = os.read(self._output, 1 << 20)
        if not data:
            self._closed = True
            raise EOFError
        return data


class QueryWorkers:
    """A few worker processes over one store, started when first needed; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._turns = threading.BoundedSemaphore(settings.query_workers)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._snapshot: Snapshot | None = None

    def run(self, query: str, media_type: str, *, dataset: Dataset = _ANY_DATASET) -> QueryResult:
        """Answer a stranger's query in one of the standard formats.

        Raises:
            QueryError: the query is refused or malformed, or one of its subclasses: a limit was reached.
        """
        settings = self._settings
        check_query(query, max_characters=settings.query_characters)
        if not self._turns.acquire(timeout=settings.queue_seconds):
            raise BusyError("the service is busy with other queries: try again in a few seconds")
        try:
            worker = self._take()
            request = {
                "query": query,
                "media_type": media_type,
                "max_bytes": settings.result_bytes,
                "dataset": {"default_graphs": dataset.default_graphs, "named_graphs": dataset.named_graphs},
            }
            try:
                head, body = worker.ask(request, time.monotonic() + settings.query_seconds)
            except TimeoutError:
                worker.end()
                raise QueryTimeoutError(
                    f"the query ran longer than {settings.query_seconds:g} seconds and was stopped: "
                    "make its patterns more specific, or add a LIMIT inside a subquery"
                ) from None
            except EOFError:
                raise _failure(worker.end()) from None
            self._give_back(worker)
        finally:
            self._turns.release()
        return QueryResult(_body(head, body, settings), media_type, worker.version)

    def close(self) -> None:
        """End all idle workers and remove the snapshot."""
        with self._lock:
            self._forget()

    def _take(self) -> _Worker:
        with self._lock:
            if self._snapshot is None or self._snapshot.version != self._store.version:
                self._forget()
                self._snapshot = self._store.snapshot()
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.end()  # the system, or a person, ended it while it had nothing to do
            return _Worker(self._snapshot, self._settings.query_memory)

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if self._snapshot is not None and worker.version == self._snapshot.version:
                self._idle.append(worker)
                return
        worker.end()

    def _forget(self) -> None:
        """Drop what belongs to an older version; a worker that still runs keeps the files it has open."""
        for worker in self._idle:
            worker.end()
        self._idle.clear()
        if self._snapshot is not None:
            self._snapshot.remove()
        self._snapshot = None


_NOT_STARTED = "a query process could not be started on the store"
_GRACE_SECONDS = 5  # for a process to be gone that has closed its pipe
_MEMORY = (
    "the query needed more memory than one query may use and was stopped: "
    "make its patterns more specific, or sort and group less"
)


def _failure(ended: int) -> QueryError | StoreError:
    """Return what to say of a process that ended before it answered."""
    if ended in _OUT_OF_MEMORY:
        return QueryMemoryError(_MEMORY)
    return StoreError(
        f"the process that worked on the query ended before it answered, with {_told(ended)}: try again, and "
        "if it happens again, look at the free memory of the machine and ask for less"
    )


def _told(ended: int) -> str:
    """Return how a process ended: "exit code 1", or "signal SIGKILL"."""
    if ended >= 0:
        return f"exit code {ended}"
    known = {each.value: each.name for each in signal.Signals}
    return f"signal {known.get(-ended, -ended)}"


def _body(head: dict[str, Any], body: bytes, settings: Settings) -> bytes:
    match head["status"]:
        case "answered":
            return body
        case "too-large":
            raise ResultTooLargeError(
                f"the answer has more than {settings.result_bytes} bytes: add a LIMIT, or ask for less"
            )
        case "memory":
            raise QueryMemoryError(_MEMORY)
        case _:
            raise QueryError(head["message"])


def run_query(store: Store, query: str, media_type: str, *, settings: Settings | None = None) -> bytes:
    """Answer one query under the same guard and limits as the service, for programs that ask once."""
    workers = QueryWorkers(store, settings or Settings())
    try:
        return workers.run(query, media_type).body
    finally:
        workers.close()

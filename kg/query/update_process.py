"""Asking the processes that work out and check changes, under the limits of the settings."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError, StoreError
from kg.query.limits import QueryMemoryError, QueryTimeoutError, ResultTooLargeError
from kg.query.worker_process import WorkerProcess, how_it_ended
from kg.settings import Settings
from kg.store import Snapshot

_OUT_OF_MEMORY = frozenset({-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS})
_UNCHANGED = "nothing was changed"


class WriteRefusedError(QueryError):
    """A write that would leave the store as it must not be."""


class WriteTimeoutError(QueryTimeoutError):
    """The work on a write took longer than it may."""


class WriteTooLargeError(ResultTooLargeError):
    """A write changes more statements than it may."""


class UpdateProcess:
    """One kind of process, kept between requests while it is well.

    One thread may ask it at a time, any thread may `stop` it.
    """

    def __init__(self, module: str, settings: Settings, *, arguments: tuple[str, ...] = ()) -> None:
        self._module = module
        self._arguments = arguments
        self._settings = settings
        self._kept: WorkerProcess | None = None
        self._at_work: WorkerProcess | None = None

    def ask(self, request: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Return the reply of a process that is kept for the next request.

        Raises:
            QueryError: it refuses, or a limit was reached.
            StoreError: no process could be started, or it was ended from outside.
        """
        if self._kept is None or not self._kept.alive:
            self.close()
            self._kept = self._start(self._arguments)
        return self._exchange(self._kept, request, body)

    def ask_with_copy(
        self, copy: Snapshot, request: Mapping[str, Any], body: bytes
    ) -> tuple[dict[str, Any], bytes]:
        """Return the reply of a process of its own that has a copy of the store, which is removed.

        Raises:
            QueryError: it refuses, or a limit was reached.
            StoreError: no process could be started, or it was ended from outside.
        """
        try:
            process = self._start((str(copy.path.absolute()),))
            try:
                return self._exchange(process, request, body)
            finally:
                process.end()
        finally:
            copy.remove()

    def stop(self) -> None:
        """End what is at work at the moment; who waits for it gets a `StoreError`."""
        if (at_work := self._at_work) is not None:
            at_work.kill()

    def close(self) -> None:
        """End the process that is kept."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.end()

    def _start(self, arguments: tuple[str, ...]) -> WorkerProcess:
        settings = self._settings
        return WorkerProcess(self._module, [*arguments, str(settings.query_memory), settings.sandbox])

    def _exchange(
        self, process: WorkerProcess, request: Mapping[str, Any], body: bytes
    ) -> tuple[dict[str, Any], bytes]:
        """Ask a process; it is ended unless it answers."""
        seconds = self._settings.write_seconds
        self._at_work = process
        try:
            head, data = process.ask(
                {**request, "seconds": seconds}, body, deadline=time.monotonic() + seconds
            )
        except TimeoutError:
            process.end()
            raise WriteTimeoutError(
                f"the write took longer than {seconds:g} seconds (KG_WRITE_SECONDS) and was stopped, "
                f"{_UNCHANGED}: make its patterns more specific, or send it in parts"
            ) from None
        except EOFError:
            raise self._failure(process.end()) from None
        finally:
            self._at_work = None
        if head["status"] == "memory":
            process.end()
            raise self._out_of_memory()
        if head["status"] == "refused":
            raise QueryError(head["message"])
        if head["status"] == "too-large":
            raise WriteTooLargeError(
                f"the write changes {head['statements']} statements, at most "
                f"{self._settings.write_statements} (KG_WRITE_STATEMENTS) are allowed at once, "
                f"{_UNCHANGED}: send it in parts"
            )
        return head, data

    def _failure(self, ended: int) -> QueryError | StoreError:
        if ended in _OUT_OF_MEMORY:
            return self._out_of_memory()
        return StoreError(
            f"the process that worked on the write ended before it answered, with {how_it_ended(ended)}, "
            f"{_UNCHANGED}: try again, and if it happens again, send it in parts"
        )

    def _out_of_memory(self) -> QueryMemoryError:
        return QueryMemoryError(
            f"the write needed more than {self._settings.query_memory} bytes of memory (KG_QUERY_MEMORY) "
            f"and was stopped, {_UNCHANGED}: make its patterns more specific, or send it in parts"
        )

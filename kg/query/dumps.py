"""The dump of the present content, written when somebody wants it and kept until the content changes."""

from __future__ import annotations

import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.query.limits import BusyError
from kg.query.worker_process import WorkerProcess
from kg.settings import Settings
from kg.store import Store

_SECONDS = 600.0  # for a store of some ten million statements
_NAME = "dump.nq.gz"


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A dump on disk.

    Attributes:
        path: the file.
        version: of the content.
        digest: SHA-256 of the file, in hexadecimal digits.
        statements: how many it holds.
    """

    path: Path
    version: str
    digest: str
    statements: int


class Dumps:
    """The latest dump of a store; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._writing = threading.Lock()
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._latest: DumpFile | None = None
        self._at_work: WorkerProcess | None = None

    def present(self) -> DumpFile:
        """Return the dump of the present content; the first who asks for it waits until it is written.

        Raises:
            BusyError: somebody else waits for it already.
            StoreError: it cannot be written.
        """
        latest = self._latest
        if latest is not None and latest.version == self._store.version:
            return latest
        if not self._writing.acquire(timeout=self._settings.queue_seconds):
            raise BusyError("the dump of the present content is being written: try again in a minute")
        try:
            if self._latest is None or self._latest.version != self._store.version:
                self._latest = self._write()
            return self._latest
        finally:
            self._writing.release()

    def close(self) -> None:
        """End a dump that is being written and remove the file."""
        if (at_work := self._at_work) is not None:
            at_work.kill()
        with self._writing:
            self._latest = None
            if self._directory is not None:
                self._directory.cleanup()
                self._directory = None

    def _write(self) -> DumpFile:
        if self._directory is None:
            self._directory = tempfile.TemporaryDirectory(prefix="yte-kg-dump-")
        folder = self._directory.name
        snapshot = self._store.snapshot()
        try:
            process = WorkerProcess(
                "kg.store.dump_worker", [str(snapshot.path.absolute()), folder, self._settings.sandbox]
            )
            self._at_work = process
            try:
                request = {"name": _NAME, "default_graph": self._store.default_graph}
                head, _ = process.ask(request, deadline=time.monotonic() + _SECONDS)
            except (TimeoutError, EOFError):
                raise StoreError("the dump could not be written: try again later") from None
            finally:
                self._at_work = None
                process.end()
        finally:
            snapshot.remove()
        if head["status"] != "answered":
            raise StoreError(f"the dump could not be written: {head['message']}")
        return DumpFile(Path(folder) / _NAME, snapshot.version, head["digest"], head["statements"])

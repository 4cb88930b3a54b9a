"""The worker processes of a store: started ahead on its present content, replaced as they end."""

from __future__ import annotations

import logging
import math
import os
import threading
from collections import deque
from dataclasses import dataclass, field

from kg.errors import StoreError
from kg.query.worker_process import WorkerProcess
from kg.settings import Settings
from kg.store import Snapshot, Store

_LOG = logging.getLogger(__name__)
# A worker that holds this much is replaced: what the engine keeps is of no use to the next query.
_WORN = 256 * 1024**2
_SPARE = 1
# Processes that stand ready for the content that the next write leaves.
_BLANKS = 2
# Nobody takes that much memory in so short a time; to look costs as much as a quick query.
_QUICK_SECONDS = 0.02
_LOOK_EVERY = 50


@dataclass(slots=True, eq=False)
class _Generation:
    """A snapshot and its workers; the files go when the last one has ended."""

    snapshot: Snapshot
    idle: list[QueryWorker] = field(default_factory=list)
    out: int = 0


class QueryWorker(WorkerProcess):
    """A process that reads one snapshot, and waits to be told which."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("kg.store.worker", ["-", str(settings.query_memory), settings.sandbox], greets=False)
        self.answered = 0

    def open(self, generation: _Generation) -> None:
        """Open the snapshot of a generation.

        Raises:
            StoreError: it cannot be opened.
        """
        self.generation = generation
        self.version = generation.snapshot.version
        self.tell(str(generation.snapshot.path.absolute()))

    @property
    def worn(self) -> bool:
        """Whether it holds so much memory that a new one is better."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:  # noqa: PTH123 (a path object costs more than the reading)
                return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") > _WORN
        except (OSError, IndexError):
            return False


class WorkerPool:
    """Workers on the store's present version, once prepared with one to spare; threads share it.

    Running queries are never disturbed by a write: they end on the snapshot on which they began.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._lock = threading.Lock()  # never held for long
        self._renewing = threading.Lock()
        self._useless: deque[QueryWorker] = deque()
        self._generation: _Generation | None = None
        self._blanks: list[QueryWorker] = []
        self._wanted = threading.Event()
        self._keeper: threading.Thread | None = None
        self._refused: tuple[str, ...] | None = None

    @property
    def unconfined(self) -> tuple[str, ...] | None:
        """What the system did not take from the workers, in words; None before the first has started."""
        return self._refused

    def take(self) -> QueryWorker:
        """Return a worker on the present content, to be given back or dropped.

        Raises:
            StoreError: none could be started.
        """
        generation = self._renew()
        with self._lock:
            found = self._idle(generation)
            if found is not None:
                generation.out -= 1
                return found
        self._clear_away()
        try:
            worker = self._start(generation)
        except StoreError:
            self._out(generation)
            raise
        self._wanted.set()
        return worker

    def take_idle(self) -> QueryWorker | None:
        """Return a worker that stands ready for the present content; None where one would have to be started.

        Never waits.
        """
        with self._lock:
            generation = self._generation
            return None if generation is None or self._is_old(generation) else self._idle(generation)

    def give_back(self, worker: QueryWorker, *, seconds: float = math.inf) -> None:
        """Keep a worker that has answered, if it is still of use; never waits.

        Args:
            worker: of this pool.
            seconds: how long it worked; what one holds is looked up after long work, and now and then.
        """
        worker.answered += 1
        of_use = (seconds < _QUICK_SECONDS and worker.answered % _LOOK_EVERY) or not worker.worn
        with self._lock:
            if of_use and worker.generation is self._generation:
                worker.generation.out -= 1
                worker.generation.idle.append(worker)
                return
            self._useless.append(worker)
        self._clear_away()

    def drop(self, worker: QueryWorker) -> int:
        """End a worker, and see to it that another takes its place; returns how it ended."""
        ended = worker.end()
        self._out(worker.generation)
        self._wanted.set()
        return ended

    def prepare(self) -> None:
        """Make the present content ready for queries, with workers that are started behind the scenes.

        Raises:
            StoreError: the store is closed, or its snapshot cannot be written.
        """
        self._out(self._renew())
        with self._lock:
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
                self._keeper.start()
        self._wanted.set()

    def close(self) -> None:
        """End all idle workers and remove the snapshots that nobody reads."""
        with self._renewing, self._lock:
            keeper, self._keeper = self._keeper, None
            self._retire()
            self._end_blanks()
        self._wanted.set()
        if keeper is not None:
            keeper.join()
        self._clear_away()

    def _renew(self) -> _Generation:
        """Return the generation of the present version, begun if need be, with one more worker out."""
        # A lock of its own: a snapshot takes its time, in which workers can be given back.
        with self._renewing:
            generation = self._generation
            if generation is None or self._is_old(generation):
                generation = _Generation(self._store.snapshot())
                with self._lock:
                    self._retire()
                    self._generation = generation
                self._clear_away()
            with self._lock:
                generation.out += 1
            return generation

    def _is_old(self, generation: _Generation) -> bool:
        return generation.snapshot.version != self._store.version

    def _idle(self, generation: _Generation) -> QueryWorker | None:
        """Take out a worker that has nothing to do, if there is one; the lock is held."""
        while generation.idle:
            worker = generation.idle.pop()
            generation.out += 1
            if worker.alive:
                return worker
            self._useless.append(worker)  # the system, or a person, ended it while it had nothing to do
            self._wanted.set()
        return None

    def _retire(self) -> None:
        """Put the present generation off; its running workers go on; the lock is held."""
        generation, self._generation = self._generation, None
        if generation is None:
            return
        generation.out += len(generation.idle)
        self._useless += generation.idle
        generation.idle.clear()
        if not generation.out:
            generation.snapshot.remove()

    def _clear_away(self) -> None:
        """End what is of no use any more: that takes a while, so the keeper does it if there is one."""
        if self._keeper is not None:
            self._wanted.set()
            return
        while self._useless:
            self.drop(self._useless.popleft())

    def _out(self, generation: _Generation) -> None:
        with self._lock:
            generation.out -= 1
            unread = generation is not self._generation and not generation.out
        if unread:
            generation.snapshot.remove()

    def _start(self, generation: _Generation) -> QueryWorker:
        worker = self._blank() or QueryWorker(self._settings)
        worker.open(generation)
        refused = tuple(worker.greeting["unconfined"])
        if refused and self._refused is None:
            _LOG.warning("the query workers run without a full sandbox: %s", "; ".join(refused))
        self._refused = refused
        return worker

    def _blank(self) -> QueryWorker | None:
        """Return a process that has opened nothing yet, if one stands ready."""
        with self._lock:
            while self._blanks:
                worker = self._blanks.pop()
                if worker.alive:
                    return worker
                worker.end()
        return None

    def _keep(self) -> None:
        """Start workers ahead whenever one has been taken or has ended."""
        while True:
            self._wanted.wait()
            self._wanted.clear()
            while self._useless:
                self.drop(self._useless.popleft())
            try:
                while self._add_one() or self._add_blank():
                    pass
            except StoreError as error:
                # The next query tries again and tells its client.
                _LOG.warning("%s", error)
            with self._lock:
                if self._keeper is not threading.current_thread():
                    return

    def _add_one(self) -> bool:
        """Start one worker if one is missing; returns whether it was."""
        with self._lock:
            generation = self._generation
            if generation is None or self._keeper is not threading.current_thread():
                return False
            if len(generation.idle) + generation.out >= self._settings.query_workers + _SPARE:
                return False
            generation.out += 1
        try:
            worker = self._start(generation)
        except StoreError:
            self._out(generation)
            raise
        self.give_back(worker)
        return True

    def _add_blank(self) -> bool:
        """Start one process that waits for the next content if one is missing; returns whether it was.

        What takes long in a start is the program, not the snapshot: the first queries after a write get
        these.
        """
        with self._lock:
            if self._keeper is not threading.current_thread() or len(self._blanks) >= _BLANKS:
                return False
        worker = QueryWorker(self._settings)
        with self._lock:
            self._blanks.append(worker)
            if self._keeper is not threading.current_thread():
                self._end_blanks()
                return False
        return True

    def _end_blanks(self) -> None:
        """End the processes that have opened nothing; the lock is held."""
        while self._blanks:
            self._blanks.pop().end()

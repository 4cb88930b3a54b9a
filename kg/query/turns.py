"""Whose turn it is: a queue of bounded length in which no client can keep the others waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.query.limits import Asker, BusyError, QueryCancelledError, QueryIdInUseError
from kg.query.worker_process import WorkerProcess

_LOOK_SECONDS = 0.1  # between two looks at whether the client still waits


def nobody() -> None:
    """Be called where nobody waits yet."""


@dataclass(slots=True, eq=False)
class Turn:
    """One query on its way: it waits, then it runs in a worker, until it is cancelled or done.

    Attributes:
        asker: who asks it.
        call: tells who waits that it may run, or was cancelled; from any thread, while all turns stand still.
        running: whether it may run.
        cancelled: whether it is not wanted any more.
    """

    asker: Asker
    call: Callable[[], None]
    running: bool = False
    cancelled: bool = False
    _worker: WorkerProcess | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, worker: WorkerProcess) -> None:
        """Note the worker that is to be killed when the query is cancelled.

        Raises:
            QueryCancelledError: it has been.
        """
        with self._lock:
            self.check()
            self._worker = worker

    def leave(self) -> bool:
        """Forget the worker; returns whether it was left alone."""
        with self._lock:
            self._worker = None
            return not self.cancelled

    def cancel(self) -> None:
        """Kill the worker, or see to it that none begins."""
        with self._lock:
            self.cancelled = True
            if self._worker is not None:
                self._worker.kill()

    def check(self) -> None:
        """Raise if the query is not wanted any more.

        Raises:
            QueryCancelledError: it was cancelled, or its client has gone.
        """
        if self.cancelled:
            raise QueryCancelledError("the query was cancelled")
        if self.asker.gone():
            raise QueryCancelledError("the client has gone, and its query was stopped")


class Turns:
    """So many queries run at once, so many more wait; threads share it.

    One client never has the last free worker, nor more than half of the places to wait in; of those who
    wait, the one comes first whose client has the fewest queries running, and among these the first come.
    """

    def __init__(self, count: int, places: int) -> None:
        self._count = count
        self._places = places
        self._lock = threading.RLock()
        self._waiting: list[Turn] = []
        self._running: list[Turn] = []

    def take(self, asker: Asker, seconds: float) -> Turn:
        """Wait for a turn, which must be given back.

        Raises:
            BusyError: too many wait already, or it took too long.
            QueryCancelledError: the query was cancelled meanwhile, or its client has gone.
            QueryIdInUseError: the id is that of another query.
        """
        turn = self.queue(asker)
        self.wait(turn, time.monotonic() + seconds)
        return turn

    def queue(self, asker: Asker, call: Callable[[], None] = nobody) -> Turn:
        """Return a turn that may run already or will be called; it must be waited for or given back.

        Raises:
            BusyError: too many wait already.
            QueryIdInUseError: the id is that of another query.
        """
        with self._lock:
            return self._queue(asker, call)

    def wait(self, turn: Turn, deadline: float) -> None:
        """Wait until a turn may run; after an error it has been given back.

        Raises:
            BusyError: it took too long.
            QueryCancelledError: the query was cancelled meanwhile, or its client has gone.
        """
        with self._lock:
            if turn.running:
                return
            # Each is called by itself: to wake all who wait takes longer than a quick query.
            called = threading.Condition(self._lock)
            turn.call = called.notify
            try:
                while not turn.running:
                    turn.check()
                    if (left := deadline - time.monotonic()) <= 0:
                        raise BusyError("the service is busy with other queries: try again in a few seconds")
                    called.wait(min(left, _LOOK_SECONDS))
            except BaseException:
                self._waiting.remove(turn)
                raise

    def give_back(self, turn: Turn) -> None:
        """Let the next one run; a turn that still waits is withdrawn."""
        with self._lock:
            (self._running if turn.running else self._waiting).remove(turn)
            turn.call = nobody  # who is called holds the turn: without this, a circle would be left
            self._call_up()

    def cancel(self, query_id: str) -> bool:
        """Cancel the query of this id; returns whether there was one."""
        with self._lock:
            found = self._find(query_id)
            if found is None:
                return False
            found.cancel()
            found.call()
            return True

    def cancel_all(self) -> None:
        """Cancel every query."""
        with self._lock:
            for turn in (*self._running, *self._waiting):
                turn.cancel()
                turn.call()

    def counts(self) -> tuple[int, int]:
        """Return how many queries run and how many wait."""
        with self._lock:
            return len(self._running), len(self._waiting)

    def _queue(self, asker: Asker, call: Callable[[], None]) -> Turn:
        if asker.query_id and self._find(asker.query_id) is not None:
            raise QueryIdInUseError(f"a query of the id {asker.query_id!r} is on its way: choose another id")
        turn = Turn(asker, call)
        self._waiting.append(turn)
        if len(self._waiting) == 1 and self._may_run(turn):
            self._run(turn)  # as a rule nobody waits, and there is nobody to choose from
            return turn
        self._call_up()
        waiting = sum(other.asker.client == asker.client for other in self._waiting)
        theirs = self._places if not asker.client else max(1, self._places // 2)
        if not turn.running and (len(self._waiting) > self._places or waiting > theirs):
            self._waiting.remove(turn)
            raise BusyError("too many queries wait already: try again in a few seconds")
        return turn

    def _find(self, query_id: str) -> Turn | None:
        return next(
            (turn for turn in (*self._running, *self._waiting) if turn.asker.query_id == query_id), None
        )

    def _call_up(self) -> None:
        """Let as many run as may."""
        while able := [turn for turn in self._waiting if self._may_run(turn)]:
            self._run(min(able, key=self._held))

    def _may_run(self, turn: Turn) -> bool:
        if len(self._running) >= self._count:
            return False
        return not turn.asker.client or self._held(turn) < max(1, self._count - 1)

    def _held(self, turn: Turn) -> int:
        """Return how many queries of the same client run."""
        return [other.asker.client for other in self._running].count(turn.asker.client)

    def _run(self, turn: Turn) -> None:
        self._waiting.remove(turn)
        self._running.append(turn)
        turn.running = True
        turn.call()

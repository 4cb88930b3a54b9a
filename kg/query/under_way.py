"""A query on its way: it waits for its turn, a worker has it, it is answered or stopped at a limit.

A thread waits for it. Or a loop that has other things to do moves it on, which takes no thread as long as
nothing takes long, and leaves to a thread what does: every limit is looked after in one place, `wait`.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError, StoreError
from kg.query.limits import QueryMemoryError, QueryTimeoutError, ResultTooLargeError, TooManyRowsError
from kg.query.turns import Turn, Turns
from kg.query.worker_pool import QueryWorker, WorkerPool
from kg.query.worker_process import AbandonedError, Reply, how_it_ended
from kg.settings import Settings

# How a process ends whose engine is refused memory: the engine aborts, or touches what it did not get.
_OUT_OF_MEMORY = frozenset({-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS})
# After so long a query steps back behind the quick ones.
_LONG_SECONDS = 0.5
# Not the lowest: a process at its end needs time to give its memory back.
_LONG_NICENESS = 10
MUCH = 1 << 18
"""Bytes of an answer; to read or send more would keep a loop from its other work."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer in the format that was asked for.

    Attributes:
        body: the answer.
        media_type: its format.
        version: of the content that gave it.
        rows: how many rows or triples it has; None for yes or no.
        cached: whether it was kept from an earlier question.
    """

    body: bytes
    media_type: str
    version: str
    rows: int | None = None
    cached: bool = False


class QueryUnderWay:
    """A query with a turn, waiting or running; whoever began it brings it to its end, by `wait` or `close`.

    Attributes:
        stuck: only `wait` goes on: an error is to be told, or something takes too long for a loop.
    """

    def __init__(
        self, request: dict[str, Any], turn: Turn, *, turns: Turns, pool: WorkerPool, settings: Settings
    ) -> None:
        self._request, self._turn = request, turn
        self._turns, self._pool, self._settings = turns, pool, settings
        self._turn_until = time.monotonic() + settings.queue_seconds
        self._worker: QueryWorker | None = None
        self._begun = 0.0
        self._reply: Reply | None = None
        self._over = False
        self.stuck = False

    def start(self) -> int | None:
        """Give the query to a worker, if it may run and one stands ready; never waits.

        Returns:
            The pipe from which its answer is to be read, by `receive`, as soon as there is something in it.
        """
        if self._worker is not None or self._over:
            return None
        if self._turn.running and not self._turn.cancelled:
            self._worker = self._pool.take_idle()
        if self._worker is None:
            self.stuck = self._turn.running or self._turn.cancelled
            return None
        try:
            # Its pipe is empty and takes more than any request that a loop reads at once.
            self._send(self._worker, seconds=0)
        except (QueryError, EOFError, OSError):
            self._worker.kill()  # which `wait` finds, with the reason
            self.stuck = True
            return None
        return self._worker.fileno()

    def receive(self) -> QueryResult | None:
        """Read what has come of the answer; return it when it is whole and there is nothing else to tell."""
        worker = self._worker
        assert worker is not None  # noqa: S101 (it was started)
        try:
            self._reply = worker.receive()
        except EOFError:
            self.stuck = True
            return None
        if self._reply is None:
            self.stuck = worker.replies_with > MUCH
            return None
        if self._reply[0]["status"] != "answered" or not self._turn.leave():
            self.stuck = True
            return None
        return self._end(worker, self._reply, unharmed=True)

    def wait(self) -> QueryResult:
        """Wait for the answer, from wherever the query is.

        Raises:
            QueryError: the query is refused or malformed, or one of its subclasses: a limit was reached, or
                the query was cancelled.
        """
        try:
            self._turns.wait(self._turn, self._turn_until)
        except BaseException:
            self._over = True  # the turn is given back
            raise
        try:
            if self._worker is None:
                self._worker = self._pool.take()
        except BaseException:
            self.close()
            raise
        return self._finish(self._worker)

    def close(self) -> None:
        """Stop the query, if it is not over."""
        if self._over:
            return
        self._over = True
        self._turn.leave()
        if self._worker is not None:
            self._pool.drop(self._worker)
        self._turns.give_back(self._turn)

    def _send(self, worker: QueryWorker, *, seconds: float, watch: _Watch | None = None) -> None:
        self._begun = time.monotonic()
        self._turn.enter(worker)
        worker.begin(self._request, deadline=self._begun + seconds, abandoned=watch)

    def _finish(self, worker: QueryWorker) -> QueryResult:
        settings = self._settings
        watch = _Watch(worker, self._turn, (self._begun or time.monotonic()) + _LONG_SECONDS)
        try:
            if not self._begun:
                self._send(worker, seconds=settings.query_seconds, watch=watch)
            if self._reply is None:
                self._reply = worker.finish(deadline=self._begun + settings.query_seconds, abandoned=watch)
            return self._end(worker, self._reply, unharmed=self._turn.leave() and not watch.stepped_back)
        except TimeoutError:
            raise QueryTimeoutError(
                f"the query ran longer than {settings.query_seconds:g} seconds and was stopped: "
                "make its patterns more specific, or add a LIMIT inside a subquery"
            ) from None
        except (AbandonedError, EOFError):
            self._turn.leave()
            ended = worker.end()
            self._turn.check()
            raise _failure(ended, settings) from None
        finally:
            self.close()

    def _end(self, worker: QueryWorker, reply: Reply, *, unharmed: bool) -> QueryResult:
        self._over = True
        if unharmed:
            self._pool.give_back(worker, seconds=time.monotonic() - self._begun)
        else:
            self._pool.drop(worker)
        self._turns.give_back(self._turn)
        head, body = reply
        _check_head(head, self._settings)
        return QueryResult(body, self._request["media_type"], worker.version, head["rows"])


class _Watch:
    """Looks after a running query: whether it is still wanted, and whether it has become a long one."""

    def __init__(self, worker: QueryWorker, turn: Turn, long_from: float) -> None:
        self._worker = worker
        self._turn = turn
        self._long_from = long_from
        self.stepped_back = False

    def __call__(self) -> bool:
        if not self.stepped_back and time.monotonic() > self._long_from:
            self.stepped_back = True
            _step_back(self._worker.pid)
        return self._turn.asker.gone()


def _step_back(pid: int) -> None:
    """Let the system prefer every other process to this one, all of its threads included."""
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 (names are all that is needed)
            os.setpriority(os.PRIO_PROCESS, int(thread), _LONG_NICENESS)
    except OSError:
        return  # it has just ended, or the system has no such directory


def _failure(ended: int, settings: Settings) -> QueryError | StoreError:
    """Return what to say of a process that ended before it answered."""
    if ended in _OUT_OF_MEMORY:
        return _out_of_memory(settings)
    return StoreError(
        f"the process that worked on the query ended before it answered, with {how_it_ended(ended)}: "
        "try again, and if it happens again, look at the free memory of the machine and ask for less"
    )


def _out_of_memory(settings: Settings) -> QueryMemoryError:
    return QueryMemoryError(
        f"the query needed more memory than one query may use ({settings.query_memory // 1024**2} MB) and "
        "was stopped: make its patterns more specific, or sort and group less"
    )


def _check_head(head: dict[str, Any], settings: Settings) -> None:
    match head["status"]:
        case "answered":
            return
        case "too-large":
            raise ResultTooLargeError(
                f"the answer has more than {settings.result_bytes} bytes: add a LIMIT, or ask for less"
            )
        case "too-long":
            raise TooManyRowsError(
                f"the answer has more than {settings.result_rows} rows: add a LIMIT, and read it in parts "
                "with ORDER BY and OFFSET"
            )
        case "memory":
            raise _out_of_memory(settings)
        case _:
            raise QueryError(head["message"])

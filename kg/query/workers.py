"""Running strangers' queries: worker processes on a snapshot, each ended when a limit is reached.

The engine cannot stop a query that it has begun, and a thread cannot be stopped either; a process can.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError, StoreError
from kg.query.guard import check_graph_names, check_query
from kg.query.limits import (
    Asker,
    BusyError,
    QueryCancelledError,
    QueryIdInUseError,
    QueryMemoryError,
    QueryTimeoutError,
    ResultTooLargeError,
    TooManyRowsError,
)
from kg.query.turns import Turn, Turns
from kg.query.worker_pool import QueryWorker, WorkerPool
from kg.query.worker_process import AbandonedError, how_it_ended
from kg.settings import Settings
from kg.store import Dataset, Store

__all__ = [
    "Asker",
    "BusyError",
    "QueryCancelledError",
    "QueryIdInUseError",
    "QueryMemoryError",
    "QueryResult",
    "QueryTimeoutError",
    "QueryWorkers",
    "ResultTooLargeError",
    "TooManyRowsError",
    "run_query",
]

_ANY_DATASET = Dataset()
_THIS_PROGRAM = Asker()
# How a process ends whose engine is refused memory: the engine aborts, or touches what it did not get.
_OUT_OF_MEMORY = frozenset({-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS})
# After so long a query steps back behind the quick ones.
_LONG_SECONDS = 0.5
# Not the lowest: a process at its end needs time to give its memory back.
_LONG_NICENESS = 10


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


class QueryWorkers:
    """A few worker processes over one store, started when first needed; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings
        self._turns = Turns(settings.query_workers, settings.query_places)
        self._pool = WorkerPool(store, settings)

    @property
    def unconfined(self) -> tuple[str, ...] | None:
        """What the system did not take from the workers, in words; None before the first has started."""
        return self._pool.unconfined

    def run(
        self, query: str, media_type: str, *, dataset: Dataset = _ANY_DATASET, asker: Asker = _THIS_PROGRAM
    ) -> QueryResult:
        """Answer a stranger's query in one of the standard formats.

        Raises:
            QueryError: the query is refused or malformed, or one of its subclasses: a limit was reached, or
                the query was cancelled.
        """
        settings = self._settings
        check_query(query, max_characters=settings.query_characters)
        check_graph_names((*(dataset.default_graphs or ()), *(dataset.named_graphs or ())))
        request = {
            "query": query,
            "base": settings.base_iri,
            "media_type": media_type,
            "seconds": settings.query_seconds,
            "max_bytes": settings.result_bytes,
            "max_rows": settings.result_rows,
            "dataset": {"default_graphs": dataset.default_graphs, "named_graphs": dataset.named_graphs},
        }
        turn = self._turns.take(asker, settings.queue_seconds)
        try:
            worker = self._pool.take()
            head, body = self._ask(worker, turn, request)
        finally:
            self._turns.give_back(turn)
        _check_head(head, settings)
        return QueryResult(body, media_type, worker.version, head["rows"])

    def cancel(self, query_id: str) -> bool:
        """End a query by its id, whether it waits or runs; returns whether there was one."""
        return bool(query_id) and self._turns.cancel(query_id)

    def counts(self) -> tuple[int, int]:
        """Return how many queries run and how many wait for their turn."""
        return self._turns.counts()

    def prepare(self) -> None:
        """Make the store's present content ready for queries: see `WorkerPool.prepare`."""
        self._pool.prepare()

    def close(self) -> None:
        """End all queries and workers and remove the snapshot."""
        self._turns.cancel_all()
        self._pool.close()

    def _ask(self, worker: QueryWorker, turn: Turn, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        begun = time.monotonic()
        watch = _Watch(worker, turn, begun + _LONG_SECONDS)
        unharmed = False
        try:
            turn.enter(worker)
            answer = worker.ask(request, deadline=begun + self._settings.query_seconds, abandoned=watch)
            unharmed = turn.leave() and not watch.stepped_back
        except TimeoutError:
            raise QueryTimeoutError(
                f"the query ran longer than {self._settings.query_seconds:g} seconds and was stopped: "
                "make its patterns more specific, or add a LIMIT inside a subquery"
            ) from None
        except (AbandonedError, EOFError):
            turn.leave()
            ended = worker.end()
            turn.check()
            raise _failure(ended, self._settings) from None
        finally:
            turn.leave()
            if unharmed:
                self._pool.give_back(worker, seconds=time.monotonic() - begun)
            else:
                self._pool.drop(worker)
        return answer


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


def run_query(store: Store, query: str, media_type: str, *, settings: Settings | None = None) -> bytes:
    """Answer one query under the same guard and limits as the service, for programs that ask once."""
    workers = QueryWorkers(store, settings or Settings())
    try:
        return workers.run(query, media_type).body
    finally:
        workers.close()

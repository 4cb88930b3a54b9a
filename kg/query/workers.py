"""Running strangers' queries: worker processes on a snapshot, each ended when a limit is reached.

The engine cannot stop a query that it has begun, and a thread cannot be stopped either; a process can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
from kg.query.turns import Turn, Turns, nobody
from kg.query.under_way import QueryResult, QueryUnderWay
from kg.query.worker_pool import WorkerPool
from kg.settings import Settings
from kg.store import Dataset, Solutions, Store, Term
from kg.store.term_codec import decode_solutions, encode_terms

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
        return self.begin(query, media_type, dataset=dataset, asker=asker).wait()

    def begin(
        self,
        query: str,
        media_type: str,
        *,
        dataset: Dataset = _ANY_DATASET,
        asker: Asker = _THIS_PROGRAM,
        call: Callable[[], None] = nobody,
    ) -> QueryUnderWay:
        """Take up a stranger's query: see `run`; it is on its way then, and whoever began it has to go on.

        Args:
            query: in SPARQL.
            media_type: the format of the answer.
            dataset: the graphs that the query is to see.
            asker: who asks.
            call: is told, perhaps by another thread, when a query that has to wait for its turn may run.

        Raises:
            QueryError: the query is refused, or too many wait already.
        """
        check_query(query, max_characters=self._settings.query_characters)
        check_graph_names((*(dataset.default_graphs or ()), *(dataset.named_graphs or ())))
        return self._begin(self._request(query, media_type, dataset), self._turns.queue(asker, call))

    def select(
        self, query: str, bindings: Mapping[str, Term], *, most: int, asker: Asker = _THIS_PROGRAM
    ) -> Solutions:
        """Answer a query that this program wrote with a table, under a stranger's limits.

        Args:
            query: in SPARQL.
            bindings: terms for variables, which it names in its projection.
            most: how many rows at most; the others are not read.
            asker: who asks.

        Raises:
            QueryError: a limit was reached, or the query was cancelled.
        """
        request = self._request(query, "", _ANY_DATASET)
        request |= {"bindings": encode_terms(bindings), "most": most}
        result = self._begin(request, self._turns.queue(asker, nobody)).wait()
        return decode_solutions(result.body)

    def _request(self, query: str, media_type: str, dataset: Dataset) -> dict[str, Any]:
        settings = self._settings
        return {
            "query": query,
            "base": settings.base_iri,
            "media_type": media_type,
            "seconds": settings.query_seconds,
            "max_bytes": settings.result_bytes,
            "max_rows": settings.result_rows,
            "dataset": {"default_graphs": dataset.default_graphs, "named_graphs": dataset.named_graphs},
        }

    def _begin(self, request: dict[str, Any], turn: Turn) -> QueryUnderWay:
        return QueryUnderWay(request, turn, turns=self._turns, pool=self._pool, settings=self._settings)

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


def run_query(store: Store, query: str, media_type: str, *, settings: Settings | None = None) -> bytes:
    """Answer one query under the same guard and limits as the service, for programs that ask once."""
    workers = QueryWorkers(store, settings or Settings())
    try:
        return workers.run(query, media_type).body
    finally:
        workers.close()

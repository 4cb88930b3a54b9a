"""The limits of strangers' work: who asks, and the errors that say which limit was reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import QueryError


class QueryTimeoutError(QueryError):
    """A query ran longer than it may."""


class QueryMemoryError(QueryError):
    """A query needed more memory than it may use."""


class ResultTooLargeError(QueryError):
    """A query's answer has more bytes than it may have."""


class TooManyRowsError(QueryError):
    """A query's answer has more rows or triples than it may have."""


class BusyError(QueryError):
    """All workers are busy, and stayed so."""


class QueryCancelledError(QueryError):
    """A query was cancelled by its id, or the one who asked it has gone."""


class QueryIdInUseError(QueryError):
    """Another query of the same id is on its way."""


def _stays() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks a query.

    Attributes:
        client: what tells one client from another, such as an address; empty for this program itself,
            which may use all workers.
        query_id: what the query can be cancelled by; empty for one that nobody will cancel.
        gone: tells whether the client has gone and the answer is of no use; it is asked often.
    """

    client: str = ""
    query_id: str = ""
    gone: Callable[[], bool] = _stays

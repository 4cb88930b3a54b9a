"""The process that answers strangers' queries: it reads one snapshot and can be ended at any moment.

It is started as ``python -m kg.store.worker SNAPSHOT MEMORY SANDBOX``; where SNAPSHOT is ``-``, it is read
from the input, so that the process can be started before there is a snapshot. Before it opens the snapshot it
takes from itself all other files, the network and the right to start programs; after that, all memory but a
part.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engine import Dataset, evaluate, to_solutions, write_answer
from kg.store.rows import count_rows
from kg.store.term_codec import decode_terms, encode_solutions
from kg.store.worker_loop import Answering, Means, offer_to_the_system, work

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
    offer_to_the_system()
    if snapshot == LATER:
        snapshot = sys.stdin.buffer.readline().decode("utf-8").removesuffix("\n")
        if not snapshot:
            return

    def opening() -> Answering:
        engine = ox.Store.read_only(snapshot)
        return lambda request, _: _answer(engine, request)

    work(Means(sandbox, readable=(Path(snapshot),), memory=int(memory)), opening)


def _answer(engine: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    spool = _Spool(request["max_bytes"])
    graphs = {name: None if given is None else tuple(given) for name, given in request["dataset"].items()}
    try:
        result = evaluate(
            engine,
            request["query"],
            dataset=Dataset(**graphs),
            base=request["base"],
            substitutions=decode_terms(request.get("bindings", {})),
        )
        rows = (
            _write_first(result, spool, request) if "bindings" in request else _write(result, spool, request)
        )
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


def _write_first(result: Any, spool: _Spool, request: dict[str, Any]) -> int:
    """Write the first rows of a table as our own records, and read no others; return how many there are."""
    if not isinstance(result, ox.QuerySolutions):
        raise QueryError("the question does not answer with a table")
    found = to_solutions(result, most=request["most"])
    spool.write(encode_solutions(found))
    return len(found.rows)


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

"""The process that works out what an update or an uploaded graph would change; it can be ended at any moment.

It is started as ``python -m kg.store.update_worker COPY MEMORY SANDBOX``. COPY is a copy of the store that
this process alone uses and may change, or nothing: then it says of an update that depends on what the store
holds that a copy is needed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.change_codec import encode_change
from kg.store.changes import Change, graph_named
from kg.store.update_syntax import Operation, read_operations
from kg.store.updating import check_syntax, data_change, update_change, with_using
from kg.store.uploads import parse_upload
from kg.store.worker_loop import Answering, Means, offer_to_the_system, work


def main(copy: str, memory: str, sandbox: str) -> None:
    """Answer requests until the pipe is closed."""
    offer_to_the_system()
    with suppress(OSError):
        os.nice(5)

    def opening() -> Answering:
        engine = ox.Store(copy) if copy else None
        return lambda request, body: _answer(engine, request, body)

    work(Means(sandbox, writable=(Path(copy),) if copy else (), memory=int(memory)), opening)


def _answer(engine: ox.Store | None, request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if request["task"] == "upload":
            name = graph_named(request["graph"])
            found = parse_upload(body, request["media_type"], name, base=request["base"])
            change: Change | None = Change(added=found)
        else:
            change = _update(engine, request, body.decode("utf-8"))
        if change is None:
            return {"status": "needs-copy"}, b""
        count = len(change.added) + len(change.removed)
        if count > request["max_statements"]:
            return {"status": "too-large", "statements": count}, b""
        head, data = encode_change(change)
    except QueryError as error:
        return {"status": "refused", "message": str(error)}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (OSError, RuntimeError) as error:
        return {"status": "refused", "message": f"the update cannot be carried out: {error}"}, b""
    return {"status": "answered", **head}, data


def _update(engine: ox.Store | None, request: dict[str, Any], text: str) -> Change | None:
    operations = _operations(text, request["base"])
    if request["using"] or request["using_named"]:
        operations = tuple(with_using(operations, request["using"], request["using_named"]))
    default_graph = request["default_graph"]
    if all(each.names_only_data for each in operations):
        return data_change(operations, default_graph=default_graph)
    return None if engine is None else update_change(engine, operations, default_graph=default_graph)


def _operations(text: str, base: str) -> tuple[Operation, ...]:
    try:
        operations = read_operations(text, base=base)
    except QueryError:
        if "load" not in text.lower():
            check_syntax(text, base=base)  # which tells better what is wrong, if something is
        raise
    check_syntax(text, operations, base=base)
    return operations


if __name__ == "__main__":
    main(*sys.argv[1:4])

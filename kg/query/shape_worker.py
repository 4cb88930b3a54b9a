"""The process that checks graphs before they are written: a large one takes long, and the service must go on.

It is started as ``python -m kg.query.shape_worker MEMORY SANDBOX``, is sent one graph a request, as N-Quads,
and answers with what is wrong in it, one sentence a fault.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from kg.graph import derive_article, validate_graph
from kg.store import Quad
from kg.store.change_codec import decode_quads
from kg.store.worker_loop import Means, work

# Shapes, word lists and code that is loaded late.
_ROOT = Path(__file__).parents[2]
_PROGRAM = (_ROOT / "kg", _ROOT / "ontology", Path(sys.prefix), Path(sys.base_prefix))
_AT_MOST = 10


def main(memory: str, sandbox: str) -> None:
    """Answer requests until the pipe is closed."""
    validate_graph(())  # loads what the first check would have to wait for
    readable = tuple(path for path in _PROGRAM if path.exists())
    work(Means(sandbox, readable=readable, memory=int(memory)), lambda: _answer)


def _answer(request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        faults = _faults(request, decode_quads(body))
    except MemoryError:
        return {"status": "memory"}, b""
    return {"status": "answered", "count": len(faults), "faults": faults[:_AT_MOST]}, b""


def _faults(request: dict[str, Any], quads: frozenset[Quad]) -> list[str]:
    try:
        if request["shapes"]:
            faults = [str(each) for each in validate_graph(quads).violations if not each.warning]
            if faults:
                return faults
        if request["article"] and quads:
            derive_article(quads, {}, graph=request["graph"], base=request["base"])
    except (LookupError, TypeError, ValueError) as error:
        return [f"nothing can be derived from it: {type(error).__name__} {error}"]
    return []


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""A change as bytes, on its way from the process that worked it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.store.changes import DEFAULT, Change, GraphName


def encode_change(change: Change) -> tuple[dict[str, Any], bytes]:
    """Return a change as a record for JSON and the bytes that belong to it."""
    added, removed = encode_quads(change.added), encode_quads(change.removed)
    head = {
        "emptied": [None if isinstance(it, ox.DefaultGraph) else it.value for it in change.emptied],
        "dropped": [it.value for it in change.dropped],
        "created": [it.value for it in change.created],
        "added": len(added),
    }
    return head, added + removed


def decode_change(head: dict[str, Any], body: bytes) -> Change:
    """Return the change of a record and its bytes."""
    return Change(
        emptied=frozenset(_graph(name) for name in head["emptied"]),
        dropped=frozenset(ox.NamedNode(name) for name in head["dropped"]),
        created=frozenset(ox.NamedNode(name) for name in head["created"]),
        added=decode_quads(body[: head["added"]]),
        removed=decode_quads(body[head["added"] :]),
    )


def encode_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Return statements as N-Quads, in which blank nodes keep their names."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def decode_quads(data: bytes) -> frozenset[ox.Quad]:
    """Return the statements of N-Quads that `encode_quads` gave."""
    return frozenset(ox.parse(data, format=ox.RdfFormat.N_QUADS, lenient=True))


def _graph(name: str | None) -> GraphName:
    return DEFAULT if name is None else ox.NamedNode(name)

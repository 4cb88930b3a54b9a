"""Things as graphs: what is said of them, every claim that touches them, and the evidence of each."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from kg.graph.serialization import parse_quads, serialize
from kg.query.catalog import QUESTIONS
from kg.query.limits import TooManyRowsError
from kg.store import Store

_LINES = "application/n-triples"
_FORMATS = MappingProxyType(
    {
        "text/turtle": "turtle",
        _LINES: "ntriples",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdfxml",
        "application/trig": "trig",
        "application/n-quads": "nquads",
    }
)


def describe_things(store: Store, things: Iterable[str], media_type: str, *, most: int) -> bytes:
    """Return a graph that tells of some things, each statement once, in sorted order.

    Args:
        store: where they are.
        things: their IRIs.
        media_type: of a format for graphs.
        most: how many statements the graph may have.

    Raises:
        TooManyRowsError: it has more.
    """
    lines: set[str] = set()
    for thing in things:
        for question in ("describe", "describe_evidence"):
            lines.update(QUESTIONS[question].construct(store, _LINES, thing=thing).decode().splitlines())
        if len(lines) > most:
            raise TooManyRowsError(
                f"the graph of this answer has more than {most} statements: ask for fewer things, or for a "
                "part of it by a query"
            )
    text = "".join(f"{line}\n" for line in sorted(lines))
    if media_type == _LINES:
        return text.encode()
    return serialize(parse_quads(text, "ntriples"), _FORMATS[media_type])

"""Graphs of bare edges for tests, written as one writes them down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.query.connections import Connections
from kg.query.connections_arrays import NEVER, Edge, arrange
from kg.vocabulary import namespaces as ns

CLASSES = {
    "p": ns.OFFICIAL,
    "m": ns.MEETING,
    "u": ns.UNIT,
    "a": ns.ARTICLE,
    "w": ns.ADMINISTRATIVE_UNIT,
}


def edge(
    source: str, name: str, target: str, *, days: tuple[str, str] | None = None, claim: str = ""
) -> Edge:
    """Return an edge; the first letter of a thing says what it is."""
    span = (
        NEVER
        if days is None
        else (date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[1]).toordinal())
    )
    said = claim or f"urn:claim:{source}-{name}-{target}"
    return Edge(f"urn:{source}", ns.KG + name, f"urn:{target}", said, span)


def graph(edges: Iterable[Edge]) -> Connections:
    """Return the arrays for edges, with a class for every thing that has one by its letter."""
    found = tuple(edges)
    things = {end for each in found for end in (each.source, each.target)}
    return arrange(
        "v1",
        found,
        {
            iri: [each for each in things if each.startswith(f"urn:{letter}")]
            for letter, iri in CLASSES.items()
        },
    )


def number(connections: Connections, name: str) -> int:
    """Return the number of a thing."""
    found = connections.things.find(f"urn:{name}")
    assert found is not None
    return found


def names(connections: Connections, ways: Iterable[tuple[int, ...]]) -> list[str]:
    """Return ways as their things, joined by blanks."""
    return [" ".join(connections.things[thing].removeprefix("urn:") for thing in way) for way in ways]

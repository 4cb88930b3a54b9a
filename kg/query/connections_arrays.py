"""Putting bare edges, one by one, into the arrays of `Connections`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kg.query.connections import Connections, Numbers, pack
from kg.query.names import local_name
from kg.vocabulary import namespaces as ns

NEVER = (np.iinfo(np.int32).max, 0)
"""The days of an edge that has no date."""

# Nearly everything in an article is one step from it: to pass through it counts as six steps more.
_ARTICLE_DETOUR = 6
_FEW = 16
_FARTHEST = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """One bare edge by one claim; `days` are ordinals, first and last; `lasting` what holds between them."""

    source: str
    property: str
    target: str
    claim: str
    days: tuple[int, int] = NEVER
    lasting: bool = False


def arrange(version: str, edges: Iterable[Edge], classes: Mapping[str, Iterable[str]]) -> Connections:
    """Return the arrays for edges.

    Args:
        version: of the store that they are read from.
        edges: in any order; one that joins a thing with itself is left out.
        classes: the things of each class, by its IRI; things that nothing joins are passed over.
    """
    found = [edge for edge in set(edges) if edge.source != edge.target]
    things = sorted({end for edge in found for end in (edge.source, edge.target)}, key=str.encode)
    claims = sorted({edge.claim for edge in found}, key=str.encode)
    properties = sorted({edge.property for edge in found})
    number = {thing: place for place, thing in enumerate(things)}
    claim_number = {claim: place for place, claim in enumerate(claims)}
    code = {name: place for place, name in enumerate(properties)}
    rows = np.array(
        [
            (number[e.source], code[e.property], number[e.target], claim_number[e.claim], *e.days, e.lasting)
            for e in found
        ],
        np.int64,
    ).reshape(len(found), 7)
    rows = rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]
    opens, closes = _spans(rows)
    kinds = sorted(classes)
    bits = np.zeros(len(things), np.uint64)
    for place, kind in enumerate(kinds):
        members = [number[thing] for thing in classes[kind] if thing in number]
        bits[members] |= np.uint64(1 << place)
    stretches = _stretches(rows, len(things))
    degrees = np.diff(stretches["starts"])
    is_article = (bits & np.uint64(1 << kinds.index(ns.ARTICLE) if ns.ARTICLE in kinds else 0)) != 0
    article_detours = np.where(is_article, _ARTICLE_DETOUR, 0).astype(np.uint8)
    return Connections(
        version=version,
        kinds=tuple(local_name(kind) for kind in kinds),
        properties=tuple(properties),
        things=pack(things),
        claims=pack(claims),
        kind_bits=bits,
        detours=np.maximum(article_detours, hub_detours(degrees)),
        article_detours=article_detours,
        edge_claims=rows[:, 3].astype(np.int32),
        opens=opens,
        closes=closes,
        **stretches,
    )


def hub_detours(degrees: Numbers) -> Numbers:
    """Return how many steps more it costs to pass through: one each time a thing is joined twice as well."""
    over = np.floor(np.log2(np.maximum(degrees, _FEW) / _FEW))
    return np.minimum(over, _FARTHEST).astype(np.uint8)


def _stretches(rows: Numbers, size: int) -> dict[str, Numbers]:
    """Return what joins each thing: every edge at both its ends, sorted by thing, neighbour and way."""
    numbers = np.arange(len(rows))
    one = np.concatenate((rows[:, 0], rows[:, 2]))
    other = np.concatenate((rows[:, 2], rows[:, 0]))
    way = np.concatenate((rows[:, 1] * 2 + 1, rows[:, 1] * 2))
    edge = np.concatenate((numbers, numbers))
    order = np.lexsort((edge, way, other, one))
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=size), out=starts[1:])
    return {
        "starts": starts,
        "neighbours": other[order].astype(np.int32),
        "ways": way[order].astype(np.uint8),
        "edges": edge[order].astype(np.int32),
    }


def _spans(rows: Numbers) -> tuple[Numbers, Numbers]:
    """Return the days of every edge; one that lasts holds from the first claim of it to the last."""
    opens, closes = rows[:, 4].copy(), rows[:, 5].copy()
    if len(rows):
        changes = (np.diff(rows[:, :3], axis=0) != 0).any(axis=1)
        begins = np.concatenate(([0], np.flatnonzero(changes) + 1))
        lengths = np.diff(np.concatenate((begins, [len(rows)])))
        lasting = rows[:, 6] != 0
        opens = np.where(lasting, np.repeat(np.minimum.reduceat(opens, begins), lengths), opens)
        closes = np.where(lasting, np.repeat(np.maximum.reduceat(closes, begins), lengths), closes)
    return opens.astype(np.int32), closes.astype(np.int32)

"""Connections: the bare edges of the graph as arrays, in memory or mapped from a file.

Things are numbers, in the order of their IRIs. What joins a thing stands in one stretch of the arrays, sorted
by neighbour; an edge stands there twice, once at each end. Claims are named and not held: who shows an edge
reads them from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.query.names import local_name

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Texts:
    """Many short texts in one array of bytes (UTF-8)."""

    content: Numbers
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes(number).decode("utf-8")

    def find(self, text: str) -> int | None:
        """Return the number of a text, where they are sorted by their bytes."""
        wanted, low, high = text.encode("utf-8"), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == wanted else None

    def _bytes(self, number: int) -> bytes:
        return bytes(self.content[int(self.starts[number]) : int(self.starts[number + 1])].tobytes())


def pack(texts: Iterable[str]) -> Texts:
    """Put texts into one array, in the order in which they come."""
    encoded = [text.encode("utf-8") for text in texts]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(each) for each in encoded], out=starts[1:])
    return Texts(np.frombuffer(b"".join(encoded), np.uint8), starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """The bare edges of one version of the graph.

    Attributes:
        version: of the store.
        kinds: local names of classes; the place in this tuple is the bit in `kind_bits`.
        properties: IRIs of the edges; the place in this tuple is half of `way`.
        things: the IRIs, sorted.
        claims: the IRIs of the claims that edges are derived from.
        kind_bits: of each thing.
        detours: what it costs more to pass through each thing, in steps: the better it is joined, the less
            it says that two things share it. `article_detours` is the same for articles alone.
        starts: where the stretch of each thing begins in the next three.
        neighbours: the thing at the other end.
        ways: twice the property, and 1 more where the edge starts at this thing.
        edges: the edge's place in the next three.
        edge_claims: the claim.
        opens: the first day (proleptic ordinal) on which the edge holds; `closes`, the last.
    """

    version: str
    kinds: tuple[str, ...]
    properties: tuple[str, ...]
    things: Texts
    claims: Texts
    kind_bits: Numbers
    detours: Numbers
    article_detours: Numbers
    starts: Numbers
    neighbours: Numbers
    ways: Numbers
    edges: Numbers
    edge_claims: Numbers
    opens: Numbers
    closes: Numbers

    def __len__(self) -> int:
        return len(self.edge_claims)

    @property
    def size(self) -> int:
        """How many things are joined."""
        return len(self.things)

    def degree(self, thing: int) -> int:
        """Return how many edges a thing has."""
        return int(self.starts[thing + 1]) - int(self.starts[thing])

    def of_kind(self, kind: str) -> Numbers:
        """Return for every thing whether it is of a kind, given by local name; none is of an unknown one."""
        if kind not in self.kinds:
            return np.zeros(self.size, np.bool_)
        bit = np.uint64(1 << self.kinds.index(kind))
        return np.asarray((self.kind_bits & bit) != 0)

    def kinds_of(self, thing: int) -> tuple[str, ...]:
        """Return the local names of the classes of a thing."""
        bits = int(self.kind_bits[thing])
        return tuple(kind for place, kind in enumerate(self.kinds) if bits >> place & 1)

    def property_codes(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the places of properties, given by local name; those that join nothing have none."""
        wanted = set(names)
        return tuple(code for code, iri in enumerate(self.properties) if local_name(iri) in wanted)

    def between(self, one: int, other: int) -> Iterator[tuple[str, bool, int]]:
        """Yield property, whether it starts at the first, and edge, of all that joins two things."""
        if self.degree(other) < self.degree(one):
            for name, along, edge in self.between(other, one):
                yield name, not along, edge
            return
        start, end = int(self.starts[one]), int(self.starts[one + 1])
        stretch = self.neighbours[start:end]
        low, high = np.searchsorted(stretch, (other, other + 1))
        for place in range(start + int(low), start + int(high)):
            way = int(self.ways[place])
            yield self.properties[way >> 1], bool(way & 1), int(self.edges[place])

    def holds(self, edge: int, days: tuple[int, int] | None) -> bool:
        """Tell whether an edge holds on one of some days, first and last of which are given; None for any."""
        return days is None or (int(self.opens[edge]) <= days[1] and int(self.closes[edge]) >= days[0])

"""A graph of the shape of ours at any size: people, posts, bodies, places, meetings, articles, figures.

How often a thing is joined follows a power law: a province or a department of health in every other article,
most people in one or two.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date

from kg.query.connections_arrays import Edge
from kg.vocabulary import namespaces as ns

BASE = "https://yte-kg.org/id/"
_FIRST = date(2018, 1, 1).toordinal()
_SHARES = {
    "person": 30,
    "post": 14,
    "organization": 12,
    "meeting": 20,
    "article": 18,
    "document": 5,
    "place": 1,
}
CLASSES = {
    "person": ns.OFFICIAL,
    "post": ns.POST,
    "organization": ns.UNIT,
    "meeting": ns.MEETING,
    "article": ns.ARTICLE,
    "document": ns.LEGAL_DOCUMENT,
    "place": ns.ADMINISTRATIVE_UNIT,
}
_ROLES = ("chaired", "attended", "attended", "attended", "spokeAt", "directed")


class World:
    """Things and edges, the same for the same size and seed."""

    def __init__(self, things: int, edges: int, seed: int = 7) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a bench)
        self._edges = edges
        total = sum(_SHARES.values())
        self.counts = {kind: max(1, things * share // total) for kind, share in _SHARES.items()}

    def name(self, kind: str, number: int) -> str:
        return f"{BASE}{kind}/t{number}"

    def classes(self) -> dict[str, list[str]]:
        return {
            CLASSES[kind]: [self.name(kind, number) for number in range(count)]
            for kind, count in self.counts.items()
        }

    def edges(self) -> Iterator[Edge]:
        made = 0
        for meeting in range(self.counts["meeting"]):
            for edge in self._meeting(meeting):
                made += 1
                yield edge
        for edge in self._standing():
            made += 1
            yield edge
        while made < self._edges:
            made += 1
            yield self._more(made)

    def _any(self, kind: str, skew: float = 3.0) -> str:
        """Return a thing; with a higher skew the first ones come ever more often."""
        return self.name(kind, int(self.counts[kind] * self._random.random() ** skew))

    def _meeting(self, number: int) -> Iterator[Edge]:
        meeting, day = self.name("meeting", number), _FIRST + self._random.randrange(2500)
        article = self.name("article", self._random.randrange(self.counts["article"]))
        yield Edge(article, ns.REPORTS, meeting, meeting, (day, day))
        yield self._claim("organised", self._any("organization"), meeting, day)
        yield self._claim("inPlace", meeting, self._any("place", 2.0), day)
        for _ in range(self._random.randrange(3, 12)):
            yield self._claim(self._random.choice(_ROLES), self._any("person", 2.0), meeting, day)

    def _standing(self) -> Iterator[Edge]:
        for number in range(self.counts["person"]):
            person, day = self.name("person", number), _FIRST + self._random.randrange(2500)
            yield self._claim("holdsPostIn", person, self._any("organization"), day)
            yield self._claim("holds", person, self._any("post", 1.0), day)
        for number in range(self.counts["organization"]):
            body, day = self.name("organization", number), _FIRST + self._random.randrange(2500)
            yield self._claim("inPlace", body, self._any("place", 2.0), day)
            yield self._claim("isPartOf", body, self._any("organization", 6.0), day)

    def _more(self, number: int) -> Edge:
        day = _FIRST + self._random.randrange(2500)
        makers: tuple[Callable[[], Edge], ...] = (
            lambda: self._claim("holdsPostIn", self._any("person", 2.0), self._any("organization"), day),
            lambda: self._claim("attended", self._any("person", 2.0), self._any("meeting", 1.2), day),
            lambda: self._claim("cites", self._any("article", 1.0), self._any("document"), day),
            lambda: self._claim("honoured", self._any("organization"), self._any("person", 1.5), day),
        )
        return makers[number % len(makers)]()

    def _claim(self, name: str, source: str, target: str, day: int) -> Edge:
        space = ns.ORG if name == "holds" else ns.DCT if name == "isPartOf" else ns.KG
        claim = f"{BASE}claim/{self._random.getrandbits(64):016x}"
        return Edge(source, space + name, target, claim, (day, day))

"""Paths: how things connect, each step with the claims and the characters that support it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import NotFoundError
from kg.query.connections import Connections
from kg.query.names import local_name
from kg.query.paths_search import Budget
from kg.query.paths_ways import Way, Wish, find_ways
from kg.query.records import Claim, Value
from kg.query.views import View, read_claim
from kg.store import iri
from kg.vocabulary.relation_types import label_of

CLAIMS = 20
"""How many claims of one link are told."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that an answer has reached: there may be more than it tells."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Link:
    """One bare edge between two neighbours on a path.

    Attributes:
        property: local name ("chaired").
        label: in the reader's language.
        forward: it leads along the path, from its source's side.
        claims: what it is derived from, with evidence; a meeting that an article reports stands here itself.
        count: how many claims there are; more than are told where that limit is reached.
    """

    property: str
    label: str
    forward: bool
    claims: tuple[Claim, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Two neighbours on a path and everything that joins them."""

    source: Value
    target: Value
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one thing to another; no steps when they are one."""

    source: Value
    target: Value
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways between two things, the best first, and the limits that were reached."""

    paths: tuple[Path, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How edges are told.

    Attributes:
        view: where the claims are read, and in which language.
        days: first and last of the days on one of which an edge must hold to be told; None for any.
        claims: how many claims of one link are told.
        properties: codes of the properties that are told; None for all.
    """

    view: View
    connections: Connections
    days: tuple[int, int] | None = None
    claims: int = CLAIMS
    properties: frozenset[str] | None = None

    def value(self, thing: int) -> Value:
        """Return a thing as people read it."""
        identifier = self.connections.things[thing]
        return Value(identifier, self.view.names.label(identifier, self.view.language), is_thing=True)

    def step(self, one: int, other: int) -> Step:
        """Return everything that joins two things."""
        grouped: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
        for name, forward, edge in self.connections.between(one, other):
            if self.connections.holds(edge, self.days) and (
                self.properties is None or name in self.properties
            ):
                grouped[name, forward].append(int(self.connections.edge_claims[edge]))
        links = tuple(self._link(name, forward, claims) for (name, forward), claims in grouped.items())
        return Step(self.value(one), self.value(other), links)

    def path(self, way: Way) -> Path:
        """Return a way with all its steps."""
        steps = tuple(self.step(one, other) for one, other in pairwise(way))
        return Path(self.value(way[0]), self.value(way[-1]), steps)

    def _link(self, name: str, forward: bool, claims: list[int]) -> Link:
        told, gone = [], 0
        for claim in claims[: self.claims]:
            try:
                told.append(read_claim(self.view, self.connections.claims[claim]))
            except NotFoundError:
                gone += 1  # with a write that the arrays have yet to follow
        label = label_of(name, self.view.language)
        return Link(local_name(name), label, forward, tuple(told), len(claims) - gone)


def tell_paths(telling: Telling, ways: Iterable[Way], *, budget: Budget) -> Paths:
    """Return ways with the claims of their steps, and the limits that finding and telling them reached."""
    paths = tuple(telling.path(way) for way in ways)
    return Paths(paths, reached(budget, (step for path in paths for step in path.steps), telling))


def find_path(view: View, connections: Connections, source: str, target: str) -> Path:
    """Return the shortest path between two things; a step through an article counts as several.

    Raises:
        NotFoundError: one of them joins nothing, or nothing joins the two.
    """
    ends = place_of(view, connections, source), place_of(view, connections, target)
    ways = find_ways(connections, *ends, Wish(max_length=60), budget=(budget := Budget()))
    if not ways:
        names = (view.names.label(end, view.language) for end in (source, target))
        raise NotFoundError("nothing joins {} and {}".format(*names))
    return tell_paths(Telling(view, connections), ways, budget=budget).paths[0]


def place_of(view: View, connections: Connections, identifier: str) -> int:
    """Return the number of a thing.

    Raises:
        NotFoundError: it joins nothing.
    """
    found = connections.things.find(iri(identifier).value)
    if found is None:
        label = view.names.label(identifier, view.language)
        raise NotFoundError(f"nothing is joined to {label} ({identifier})")
    return found


def reached(budget: Budget, steps: Iterable[Step], telling: Telling) -> tuple[Limit, ...]:
    """Return the limits that a search has reached, and that of the claims if some are not told."""
    values = {"visited": budget.allowed, "seconds": budget.seconds}
    limits = [Limit(name, values[name]) for name in budget.hit]
    if any(link.count > len(link.claims) for step in steps for link in step.links):
        limits.append(Limit("claims", telling.claims))
    return tuple(limits)

"""Paths: how two things connect, each step with the claims and the characters that support it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import networkx as nx

from kg.errors import NotFoundError
from kg.query.catalog import QUESTIONS
from kg.query.names import local_name
from kg.query.records import Claim, Value
from kg.query.views import View, read_claim
from kg.store import Store, iri
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import DerivedEdge, label_of, load_derived_edges

# Nearly everything in an article is one step from it: such a step says less than one between its things.
_FAR = 4
_NOTHING: Mapping[str, str] = MappingProxyType({})
_THROUGH_ARTICLES = frozenset({ns.REPORTS, ns.CITES})


@dataclass(frozen=True, slots=True)
class Connections:
    """The bare edges of one version of the graph, each with the claims that it is derived from."""

    version: str
    graph: nx.Graph[str]


@dataclass(frozen=True, slots=True)
class Link:
    """One bare edge between two neighbours on a path.

    Attributes:
        property: local name ("chaired").
        label: in the reader's language.
        forward: it leads along the path, from its source's side.
        claims: what it is derived from, with evidence; a meeting that an article reports stands here itself.
    """

    property: str
    label: str
    forward: bool
    claims: tuple[Claim, ...]


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


def read_connections(store: Store, canonical: Mapping[str, str] = _NOTHING) -> Connections:
    """Derive the bare edges from the claims, as the ontology declares them.

    Args:
        store: where the claims are.
        canonical: the IRI that stands for each that is not its own.
    """
    version = store.version
    graph: nx.Graph[str] = nx.Graph()
    joined: defaultdict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for edge in load_derived_edges():
        for *found, claim in _instances(store, edge):
            source, target = (canonical.get(end, end) for end in found)
            ends = (source, target) if source < target else (target, source)
            joined[ends].add((edge.property, source, claim))
    for (one, other), edges in joined.items():
        near = any(name not in _THROUGH_ARTICLES for name, _, _ in edges)
        graph.add_edge(one, other, weight=1 if near else _FAR, edges=tuple(sorted(edges)))
    return Connections(version, graph)


def find_path(view: View, connections: Connections, source: str, target: str) -> Path:
    """Return the shortest path between two things; a step through an article counts as several.

    Raises:
        NotFoundError: one of them joins nothing, or nothing joins the two.
    """
    for end in (source, target):
        if end not in connections.graph:
            raise NotFoundError(f"nothing is joined to {view.names.label(end, view.language)} ({end})")
    try:
        # Ties are broken by the order of insertion, which the sorted claims fix.
        nodes: list[str] = nx.bidirectional_dijkstra(connections.graph, source, target)[1]
    except nx.NetworkXNoPath:
        names = (view.names.label(end, view.language) for end in (source, target))
        raise NotFoundError("nothing joins {} and {}".format(*names)) from None
    steps = tuple(
        Step(_named(view, one), _named(view, other), _links(view, connections, one, other))
        for one, other in pairwise(nodes)
    )
    return Path(_named(view, source), _named(view, target), steps)


def _links(view: View, connections: Connections, one: str, other: str) -> tuple[Link, ...]:
    grouped: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for name, source, claim in connections.graph.edges[one, other]["edges"]:
        grouped[name, source == one].append(claim)
    return tuple(
        Link(
            local_name(name),
            label_of(name, view.language),
            forward,
            tuple(read_claim(view, claim) for claim in claims),
        )
        for (name, forward), claims in grouped.items()
    )


def _instances(store: Store, edge: DerivedEdge) -> list[tuple[str, str, str]]:
    """Return source, target and claim of every instance that gives the edge."""
    ends = {"source": _end(edge.source), "target": _end(edge.target)}
    rows = QUESTIONS["edges"].select(store, **{"class": edge.instance_class}, **ends).rows
    allowed = _allowed(store, edge)
    found = []
    for row in rows:
        claim, source, target = row[3:6]
        if claim is None or source is None or target is None:
            continue
        if allowed is None or claim.value in allowed:
            start = claim.value if edge.source == ns.SELF else source.value
            finish = claim.value if edge.target == ns.SELF else target.value
            found.append((start, finish, claim.value))
    return found


def _end(property_: str) -> str:
    """Return the property to ask for; an instance that is an end itself has at least its class."""
    return ns.RDF_TYPE if property_ == ns.SELF else property_


def _allowed(store: Store, edge: DerivedEdge) -> set[str] | None:
    """Return the instances that meet the edge's conditions; None where it has none."""
    if not edge.conditions:
        return None
    allowed: set[str] | None = None
    for condition in edge.conditions:
        rows = (
            QUESTIONS["edges"]
            .select(store, **{"class": edge.instance_class}, source=condition, target=condition)
            .rows
        )
        met = {row[3].value for row in rows if row[3] and row[4] and row[4].value in edge.values}
        allowed = met if allowed is None else allowed & met
    return allowed


def _named(view: View, identifier: str) -> Value:
    return Value(iri(identifier).value, view.names.label(identifier, view.language), is_thing=True)

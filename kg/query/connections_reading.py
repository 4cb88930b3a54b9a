"""Reading the bare edges from a store, each property of the claims once, as the ontology declares them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from kg.query.connections import Connections
from kg.query.connections_arrays import NEVER, Edge, arrange
from kg.store import Store
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import DerivedEdge, class_closure, load_derived_edges
from kg.vocabulary.turtle import objects

# Parts of the evidence; they are many and join nothing.
_NO_THINGS = frozenset({ns.EVIDENCE, ns.POSITION_SELECTOR, ns.QUOTE_SELECTOR})
# What these say goes on until something else is said.
_LASTING = frozenset({ns.MEMBERSHIP, ns.LOCATION, ns.AFFILIATION})

_CONCEPT = ns.SKOS + "Concept"

_Values = Mapping[str, tuple[str, ...]]


class _Reader:
    """Reads each property and each class once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._values: dict[str, _Values] = {}
        self._instances: dict[str, frozenset[str]] = {}

    def values(self, property_: str) -> _Values:
        if property_ not in self._values:
            found: dict[str, tuple[str, ...]] = {}
            for thing, value in self._store.pairs(property_):
                found[thing] = (value,) if thing not in found else tuple(sorted((*found[thing], value)))
            self._values[property_] = found
        return self._values[property_]

    def instances(self, class_: str) -> frozenset[str]:
        if class_ not in self._instances:
            self._instances[class_] = frozenset(one for one, _ in self._store.pairs(ns.RDF_TYPE, class_))
        return self._instances[class_]


def read_connections(store: Store) -> Connections:
    """Derive the bare edges from the claims; they join the IRIs that stand for all others of a thing."""
    version = store.version
    reader = _Reader(store)
    canonical = {thing: found[0] for thing, found in reader.values(ns.CANONICAL).items()}
    edges = (
        Edge(
            canonical.get(source, source),
            edge.property,
            canonical.get(target, target),
            claim,
            days,
            edge.instance_class in _LASTING,
        )
        for edge in load_derived_edges()
        for claim, days in _claims(reader, edge)
        for source in _ends(reader, edge.source, claim)
        for target in _ends(reader, edge.target, claim)
    )
    return arrange(version, edges, dict(_classes(reader, canonical)))


def _claims(reader: _Reader, edge: DerivedEdge) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the instances that give an edge, with their days."""
    for claim in sorted(reader.instances(edge.instance_class)):
        if all(
            not edge.values.isdisjoint(reader.values(condition).get(claim, ()))
            for condition in edge.conditions
        ):
            yield claim, _days(reader, edge.instance_class, claim)


def _ends(reader: _Reader, property_: str, claim: str) -> Iterable[str]:
    return (claim,) if property_ == ns.SELF else reader.values(property_).get(claim, ())


def _days(reader: _Reader, class_: str, claim: str) -> tuple[int, int]:
    """Return from when to when a claim holds: by its own dates or its meeting's, else its article's day."""
    start, end = _own_days(reader, class_, claim)
    if not start and not end:
        for meeting in reader.values(ns.IN_MEETING).get(claim, ()):
            start, end = _own_days(reader, ns.MEETING, meeting)
    if start and end:
        return min(start), max(end)
    seen = _ordinals(reader.values(ns.AS_OF).get(claim, ()))
    if not seen:
        published = reader.values(ns.SCHEMA_DATE_PUBLISHED)
        articles = reader.values(ns.PROV_WAS_DERIVED_FROM).get(claim, ())
        seen = [day for article in articles for day in _ordinals(published.get(article, ()))]
    if class_ == ns.MEETING and start:
        seen = []
    opens, closes = (start or seen or end), (end or [*start, *seen])
    return (min(opens), max(closes)) if opens else NEVER


def _own_days(reader: _Reader, class_: str, thing: str) -> tuple[list[int], list[int]]:
    first, last = _extents().get(class_, (None, None))
    return (
        [] if first is None else _ordinals(reader.values(first).get(thing, ())),
        [] if last is None else _ordinals(reader.values(last).get(thing, ())),
    )


@cache
def _extents() -> Mapping[str, tuple[str | None, str | None]]:
    starts, ends = objects(ns.START_PROPERTY), objects(ns.END_PROPERTY)
    return {each: (starts[each][0], ends.get(each, (None,))[0]) for each in starts}


def _ordinals(days: Iterable[str]) -> list[int]:
    found = []
    for day in days:
        try:
            found.append(date.fromisoformat(day[:10]).toordinal())
        except ValueError:
            continue
    return found


def _classes(reader: _Reader, canonical: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every class of our own, and that of concepts, with its instances and those of narrower ones."""
    known = [each for each in objects(ns.LABEL_PROPERTY) if each.startswith(ns.KG) and each not in _NO_THINGS]
    for wide in known:
        narrow = [each for each in known if wide in class_closure(each)]
        members = {thing for each in narrow for thing in reader.instances(each)}
        yield wide, frozenset(canonical.get(thing, thing) for thing in members)
    yield _CONCEPT, reader.instances(_CONCEPT)


def fingerprint() -> str:
    """Return what the ontology declares of edges and kinds, as a digest: another one gives other arrays."""
    declared = [
        f"{edge.property} {edge.instance_class} {edge.source} {edge.target}" for edge in load_derived_edges()
    ]
    values = [sorted(edge.values) for edge in load_derived_edges()]
    text = repr((sorted(declared), sorted(values), sorted(objects(ns.LABEL_PROPERTY))))
    return hashlib.sha256(text.encode()).hexdigest()

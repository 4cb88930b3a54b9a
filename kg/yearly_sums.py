"""Sums of indicators by year, kept exact while articles come, change and go, without adding up all again.

A sum is that of the values that the derived graphs of articles say are counted in it, each value of a claim
once. An article's derived graph and the sums that it touches change together or not at all, so that whenever
a build is killed the sums are those of what is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kg.graph import (
    Counted,
    IndicatorYear,
    adjusted,
    build_sum,
    number_of,
    read_counted,
    read_sum,
    sum_graph_iri,
    sum_up,
)
from kg.graph.iris import derived_graph_iri
from kg.store import Change, Quad, Solutions, Store, iri
from kg.vocabulary import namespaces as ns

_BySum = Mapping[str, frozenset[Counted]]
_COUNTING = (ns.COUNTED_IN, ns.VALUE)
_COUNTED = """SELECT ?sum ?graph ?claim ?value WHERE {
  GRAPH ?graph { ?claim kg:countedIn ?sum ; kg:value ?value }
}"""
_COUNTING_GRAPHS = "SELECT ?claim ?graph WHERE { GRAPH ?graph { ?claim kg:countedIn ?sum } }"


class YearlySums:
    """The sums of a store, for a run of changes that nothing else comes between.

    What it has written it does not read again: the engine passes over all earlier values of a sum, each time,
    until it next tidies up its files.
    """

    def __init__(self, store: Store, *, base: str) -> None:
        self._store = store
        self._base = base
        self._written: dict[str, frozenset[Quad]] = {}

    def apply(
        self, change: Change, figures: Iterable[tuple[Counted, IndicatorYear]], *, derived: str
    ) -> None:
        """Make the change of an article's derived graph together with that of the sums which follows from it.

        Args:
            change: of the derived graph alone.
            figures: of the article as it is now.
            derived: the name of the derived graph.

        Raises:
            StoreError: the store cannot be written; nothing was changed.
        """
        written: dict[str, frozenset[Quad]] = {}
        removed, added = set(change.removed), set(change.added)
        if any(quad.predicate.value in _COUNTING for quad in removed | added):
            gone, come = self._counting(change, derived)
            described = {each.iri: each for _, each in figures} if come else {}
            for name in gone.keys() | come.keys():
                graph = sum_graph_iri(name, base=self._base)
                present = self._written.get(graph, frozenset())
                present = present or frozenset(self._store.quads(graph))
                less, more = gone.get(name, frozenset()), come.get(name, frozenset())
                written[graph] = self._future(present, less, more, described.get(name))
                removed |= present - written[graph]
                added |= written[graph] - present
        self._store.apply(Change(removed=frozenset(removed), added=frozenset(added)))
        self._written |= written

    def _counting(self, change: Change, derived: str) -> tuple[_BySum, _BySum]:
        """Return what an article counts no more, and what it counts now, where no other counts the same."""
        before = frozenset(self._store.quads(derived))
        old, new = read_counted(before), read_counted(before - change.removed | change.added)
        elsewhere = _counted_elsewhere(self._store, {it.claim for it in old ^ new}, derived, self._base)
        return _by_sum(old - new - elsewhere), _by_sum(new - old - elsewhere)

    def _future(
        self,
        present: frozenset[Quad],
        gone: frozenset[Counted],
        come: frozenset[Counted],
        described: IndicatorYear | None,
    ) -> frozenset[Quad]:
        """Return the graph of a sum without some figures and with others; of none there is nothing left."""
        known = read_sum(present)
        of = known[0] if known else described
        if of is None:
            return present
        total = adjusted(known[1], _values(gone), _values(come)) if known else None
        if total is None:
            total = sum_up(_values(_counted(self._store, of.iri, self._base) - gone | come))
        return frozenset(build_sum(of, total, base=self._base)) if total else frozenset()


def _values(counted: Iterable[Counted]) -> tuple[Decimal, ...]:
    return tuple(it.value for it in counted)


def _by_sum(counted: Iterable[Counted]) -> _BySum:
    found: defaultdict[str, set[Counted]] = defaultdict(set)
    for it in counted:
        found[it.counted_in].add(it)
    return {name: frozenset(members) for name, members in found.items()}


def _counted(store: Store, name: str, base: str) -> frozenset[Counted]:
    """Return all that is counted in a sum, which takes a query that grows with it."""
    answer = store.query(_COUNTED, substitutions={"sum": iri(name)})
    found = set()
    for _, graph, claim, value in answer.rows if isinstance(answer, Solutions) else ():
        if graph and claim and value and graph.value.startswith(derived_graph_iri(base)):
            number = number_of(value.value, value.datatype)
            if number is not None:
                found.add(Counted(claim.value, name, number))
    return frozenset(found)


def _counted_elsewhere(store: Store, claims: Iterable[str], derived: str, base: str) -> frozenset[Counted]:
    """Return what the derived graphs of other articles count of some claims, as copies of an article do."""
    graphs = set()
    for claim in claims:  # one by one: for many at once the engine goes through all that is counted
        answer = store.query(_COUNTING_GRAPHS, substitutions={"claim": iri(claim)})
        for record in answer.records() if isinstance(answer, Solutions) else ():
            graphs.add(record["graph"] or "")
    others = {graph for graph in graphs if graph.startswith(derived_graph_iri(base))} - {derived}
    return frozenset(it for graph in others for it in read_counted(store.quads(graph)))

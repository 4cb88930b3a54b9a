"""Withdrawing: an article or a person leaves the graph for good, and no build brings it back."""

from __future__ import annotations

from collections.abc import Iterable

from kg.completion import complete_articles, read_decided, write_decided
from kg.errors import NotFoundError
from kg.graph.iris import withdrawals_graph_iri
from kg.graph.withdrawals import build_withdrawals, forget, read_withdrawals, withhold
from kg.model.withdrawal import Withdrawal
from kg.store import Solutions, Store, iri

_GRAPHS = """SELECT DISTINCT ?graph ?it WHERE {
  { GRAPH ?graph { ?it ?way ?value } } UNION { GRAPH ?graph { ?subject ?way ?it } }
}"""
_MEMBERS = "SELECT DISTINCT ?member ?it WHERE { ?it kg:canonical ?one . ?member kg:canonical ?one }"


def withdraw(
    store: Store, things: Iterable[str], *, base: str, given: Withdrawal | None = None
) -> frozenset[str]:
    """Take articles, people or other things out of the graph for good; return all IRIs that are withdrawn.

    What is one person under several IRIs is withdrawn under all of them. Of an article its graph goes; of
    anything else every claim that touches it goes from every article. Decisions on identity that name it go
    as well. The decision itself is written first: where this is ended half-way, the same call does the rest.
    A corrected text of a withdrawn article is another article, under an IRI of its own.

    Args:
        store: to be changed.
        things: IRIs.
        base: what all IRIs of things begin with, ending in a slash.
        given: when, why and by whom it was decided; its thing is not looked at.

    Raises:
        NotFoundError: one of them is in no graph and was not withdrawn before.
        StoreError: the store cannot be written.
    """
    before = read_withdrawals(store.quads(withdrawals_graph_iri(base)))
    known = {it.thing for it in before}
    wanted = {member for thing in things for member in _members(store, thing)}
    for thing in sorted(wanted - known):
        if not _graphs(store, thing):
            raise NotFoundError(f"nothing is known of {thing}: there is nothing to withdraw")
    reason = given or Withdrawal("")
    new = [Withdrawal(thing, reason.made, reason.note, reason.by) for thing in sorted(wanted - known)]
    graph = withdrawals_graph_iri(base)
    store.replace_graph(graph, build_withdrawals((*before, *new), base=base))
    _remove(store, frozenset(wanted), base=base)
    return frozenset(wanted)


def withdrawn_things(store: Store) -> frozenset[str]:
    """Return the IRIs of all that was withdrawn."""
    answer = store.query("SELECT DISTINCT ?it WHERE { ?withdrawal kg:withdrew ?it }")
    return (
        frozenset(str(row["it"]) for row in answer.records())
        if isinstance(answer, Solutions)
        else frozenset()
    )


def _remove(store: Store, wanted: frozenset[str], *, base: str) -> None:
    touched = sorted({graph for thing in wanted for graph in _graphs(store, thing)})
    named = {graph for graph in touched if graph.startswith(f"{base}graph/article/")}
    # What follows from an article is found by its name, which nothing tells once its graph has gone.
    articles = tuple(sorted({*named, *store.unfinished()}))
    store.begin(articles)
    decided = read_decided(store, base=base)
    kept = tuple(it for it in decided if wanted.isdisjoint((*it.things, *it.articles)))
    if kept != decided:
        write_decided(store, kept, base=base)
    for graph in articles:
        quads = withhold(store.quads(graph), wanted)
        if quads:
            store.replace_graph(graph, quads)
        else:
            store.remove_graph(graph)
    complete_articles(store, articles, base=base)
    store.finish()
    for graph in touched:
        if graph not in articles and graph != withdrawals_graph_iri(base):
            quads = forget(store.quads(graph), wanted)
            if quads:
                store.replace_graph(graph, quads)
            else:
                store.remove_graph(graph)


def _members(store: Store, thing: str) -> set[str]:
    answer = store.query(_MEMBERS, substitutions={"it": iri(thing)})
    found = {str(row["member"]) for row in answer.records()} if isinstance(answer, Solutions) else set()
    return {thing, *found}


def _graphs(store: Store, thing: str) -> set[str]:
    answer = store.query(_GRAPHS, substitutions={"it": iri(thing)})
    return {str(row["graph"]) for row in answer.records()} if isinstance(answer, Solutions) else set()

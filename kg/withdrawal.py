"""Withdrawing: an article or a person leaves the graph for good, and no build brings it back.

The list of what was withdrawn stands beside the graphs and not in them, so that no query, page or dump tells
it; it holds digests, by which a thing is recognised and from which no name can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg.completion import (
    complete_articles,
    complete_blocks,
    complete_places,
    read_decided,
    write_decided,
)
from kg.errors import InputError, NotFoundError, StoreError
from kg.graph.iris import KINDS, derived_graph_iri
from kg.graph.tenures import gather, things_of, values_of
from kg.graph.withdrawal_file import (
    merge_withdrawals,
    read_withdrawals,
    undone,
    write_withdrawals,
)
from kg.graph.withdrawals import (
    ENTITIES,
    ends_of,
    forget,
    gone_from,
    keys_of,
    names_of,
    names_written,
    provinces_of,
    seated_in,
    withhold,
)
from kg.model.withdrawal import Withdrawal, Withdrawn, mark, marks
from kg.store import Change, Quad, Solutions, Store, iri
from kg.store.directory import WITHDRAWALS
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import wording_key

_GRAPHS = """SELECT DISTINCT ?graph ?it WHERE {
  { GRAPH ?graph { ?it ?way ?value } } UNION { GRAPH ?graph { ?subject ?way ?it } }
}"""
_MEMBERS = "SELECT DISTINCT ?member ?it WHERE { ?it kg:canonical ?one . ?member kg:canonical ?one }"
_BESIDE = """SELECT DISTINCT ?other ?it WHERE { ?it kg:inBlock ?block . ?other kg:inBlock ?block }"""
# What completing needs of a derived graph to set sums and identities right.
_OF_SUMS = frozenset({ns.COUNTED_IN, ns.VALUE})
_OF_IDENTITY = frozenset({ns.IN_BLOCK, ns.CANONICAL})
_NODES = (ns.TENURE, ns.IDENTITY_DECISION, ns.FEATURE_SCORE)
_KEYS: Mapping[str, str] = MappingProxyType(
    {"id": ns.DCT_IDENTIFIER, "source": ns.DOCUMENT_SOURCE, "text": ns.TEXT_HASH, "url": ns.SCHEMA_URL}
)


@dataclass(frozen=True, slots=True)
class Reason:
    """When, why and by whom something was withdrawn."""

    made: str = ""
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """What withdrawing one thing means.

    Attributes:
        thing: its IRI; where it has several, the one that was asked for.
        withdrawal: what is kept of it.
        iris: all IRIs that go with it, sorted.
        articles: IRIs of the articles that speak of it, sorted.
        namesakes: IRIs of others of that name, who stay, sorted.
    """

    thing: str
    withdrawal: Withdrawal
    iris: tuple[str, ...]
    articles: tuple[str, ...]
    namesakes: tuple[str, ...]


def read_withdrawn(store: Store) -> Withdrawn:
    """Return all that was withdrawn."""
    return _withdrawn(store.withdrawals())


@lru_cache(maxsize=4)  # every article that is stored is held against the same list
def _withdrawn(lines: str) -> Withdrawn:
    return Withdrawn(read_withdrawals(lines))


def was_withdrawn(store: Store, typed: str, *, base: str) -> bool:
    """Tell whether an IRI, a path below `base` or the last part of one is of something withdrawn."""
    withdrawn = read_withdrawn(store)
    return withdrawn.has(typed, base + typed, *(f"{base}{kind}/{typed}" for kind in KINDS))


def plan_withdrawal(store: Store, thing: str, *, base: str, reason: Reason | None = None) -> Withdrawing:
    """Return what withdrawing a thing would mean; nothing is changed.

    Args:
        store: where it is told of.
        thing: the IRI of an article, a person or something else that articles tell of.
        base: what all IRIs of things begin with, ending in a slash.
        reason: to be kept with it.

    Raises:
        NotFoundError: nothing is known of it, or it is of a kind that cannot be withdrawn.
    """
    types = {term.value for way, term in store.statements_about(thing) if way == ns.RDF_TYPE}
    if ns.ARTICLE in types:
        plan = _plan_article(store, thing, base)
    elif types.isdisjoint(ENTITIES):
        known = "is neither an article nor anything that articles tell of" if types else "is not in the graph"
        raise NotFoundError(f"{thing} {known}: there is nothing to withdraw")
    else:
        plan = _plan_entity(store, thing, base, kind="person" if ns.OFFICIAL in types else "thing")
    why = reason or Reason()
    return replace(plan, withdrawal=replace(plan.withdrawal, made=why.made, note=why.note, by=why.by))


def _plan_article(store: Store, thing: str, base: str) -> Withdrawing:
    graph = f"{base}graph/{thing.removeprefix(base)}"
    keys = keys_of(thing, gather(store.quads(graph)).get(thing, {}))
    found = {mark(kind, value) for kind, value in (*keys, ("iri", graph))}
    return Withdrawing(thing, Withdrawal("article", tuple(sorted(found))), (thing,), (thing,), ())


def _plan_entity(store: Store, thing: str, base: str, *, kind: str) -> Withdrawing:
    members = tuple(sorted({thing, *_values(store, _MEMBERS, "member", thing)}))
    graphs = sorted({graph for it in members for graph in _graphs(store, it)})
    articles = tuple(it for it in graphs if it.startswith(f"{base}graph/article/"))
    told = tuple(f"{base}{it.removeprefix(f'{base}graph/')}" for it in articles)
    withdrawal, others = Withdrawal(kind, tuple(sorted(marks("iri", members)))), set[str]()
    if kind == "person":
        others = {other for it in members for other in _values(store, _BESIDE, "other", it)} - {*members}
        names, places = _recognised(store, members, articles)
        spared = tuple(sorted(marks("iri", others)))
        withdrawal = replace(withdrawal, names=names, places=places, spared=spared)
    return Withdrawing(thing, withdrawal, members, told, tuple(sorted(others)))


def withdraw(store: Store, plans: Iterable[Withdrawing], *, base: str) -> None:
    """Take what was planned out of the graph for good.

    The list is written first; where this is ended half-way, `carry_out` does the rest.

    Raises:
        StoreError: the store cannot be written.
    """
    take_in(store, (it.withdrawal for it in plans), base=base)


def take_in(store: Store, withdrawals: Iterable[Withdrawal], *, base: str) -> int:
    """Take in withdrawals, as of another store, and have the graph follow; return how many are new.

    Raises:
        StoreError: the store cannot be written.
    """
    known = read_withdrawals(store.withdrawals())
    merged = merge_withdrawals(known, undone(withdrawals))
    if merged != known:
        store.keep_withdrawals(write_withdrawals(merged))
    carry_out(store, base=base)
    return len(merged) - len(known)


def read_list(path: Path) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a file, or of a store or a backup by its directory.

    Raises:
        InputError: it cannot be read, or holds no list of withdrawals.
    """
    file = path / WITHDRAWALS if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if path.is_dir():
            return ()
        raise InputError(f"{path}: no such file; give what `kg withdraw --export` wrote") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error})") from None
    return read_withdrawals(lines, name=str(file))


def check_carried_out(store: Store) -> None:
    """Refuse to read a store that still tells what was withdrawn, since that was ended half-way.

    Raises:
        StoreError: it does.
    """
    if any(not it.done for it in read_withdrawals(store.withdrawals())):
        raise StoreError(
            "something was withdrawn from this store, and that was ended half-way: run the same "
            "`kg withdraw` again, or `kg build` or `kg watch`, which finish it"
        )


def lift(store: Store, withdrawal: Withdrawal) -> None:
    """Take a withdrawal off the list, so that a build of its articles brings back what it was about.

    Raises:
        StoreError: the store cannot be written.
    """
    kept = (it for it in read_withdrawals(store.withdrawals()) if it != withdrawal)
    store.keep_withdrawals(write_withdrawals(kept))


def carry_out(store: Store, *, base: str) -> None:
    """Have the graph follow what was withdrawn, where it has not yet, and what was left half-way follow too.

    What articles say goes in one change, so that whoever asks meanwhile sees all of it or nothing.

    Raises:
        StoreError: the store cannot be written.
    """
    every = read_withdrawals(store.withdrawals())
    pending = Withdrawn(tuple(it for it in every if not it.done))
    touched, blocks = _remove(store, pending, base=base) if pending else ((), ())
    articles = tuple(sorted({*touched, *store.unfinished()}))
    if articles:
        complete_articles(store, articles, base=base)
        complete_blocks(store, blocks, base=base)
        complete_places(store, articles, base=base)
        store.finish()
    if pending:
        store.keep_withdrawals(write_withdrawals(replace(it, done=True) for it in every))


def _remove(store: Store, withdrawn: Withdrawn, *, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove what was withdrawn; return the graphs of articles and the blocks of identity touched by it."""
    _forget_decisions(store, withdrawn, base=base)
    removed, added, gone = set[Quad](), set[Quad](), set[str]()
    articles: dict[str, bool] = {}
    for graph in sorted(_candidates(store, withdrawn, base)):
        old = frozenset(store.quads(graph))
        new = frozenset(withhold(old, withdrawn))
        if old != new:
            articles[graph] = not new
            removed |= old - new
            added |= new - old
            gone |= _gone(old, new, withdrawn)
    bare = {derived_graph_iri(base, graph): whole for graph, whole in articles.items()}
    touched = {*bare, *(graph for it in gone for graph in _graphs(store, it))} - articles.keys()
    blocks: set[str] = set()
    for graph in sorted(touched):
        old = frozenset(store.quads(graph))
        blocks |= values_of(old, ns.IN_BLOCK) if graph in bare else set()
        kept = _following(old, gone, bare=bare[graph]) if graph in bare else _forgetting(old, gone)
        removed |= old - kept
    if articles:
        store.begin(tuple(sorted({*articles, *store.unfinished()})))
    store.apply(Change(removed=frozenset(removed), added=frozenset(added)))
    return tuple(articles), tuple(blocks)


def _forget_decisions(store: Store, withdrawn: Withdrawn, *, base: str) -> None:
    """Undo what people decided on the identity of what goes."""
    decided = read_decided(store, base=base)
    kept = tuple(it for it in decided if not withdrawn.has(*it.things, *it.articles))
    if kept != decided:
        write_decided(store, kept, base=base)


def _gone(old: frozenset[Quad], new: frozenset[Quad], withdrawn: Withdrawn) -> set[str]:
    """Return the IRIs of what left an article: the things that were withdrawn, and claims on them."""
    claims = things_of(old, ns.STATUS) - things_of(new, ns.STATUS)
    articles = frozenset() if new else things_of(old, ns.RDF_TYPE, ns.ARTICLE)
    return {*claims, *articles, *gone_from(gather(old), withdrawn)}


def _following(old: frozenset[Quad], gone: set[str], *, bare: bool) -> frozenset[Quad]:
    """Return what stays of what follows from an article; `bare` if the article has gone as a whole.

    What completing needs stays until then.
    """
    kept = _forgetting(old, gone)
    if bare:
        kept = frozenset(it for it in kept if it.predicate.value in _OF_IDENTITY)
    return kept | frozenset(it for it in old if it.predicate.value in _OF_SUMS)


def _forgetting(old: frozenset[Quad], gone: set[str]) -> frozenset[Quad]:
    """Return what stays of a graph: neither what names something gone, nor what only serves to say that."""
    nodes = frozenset(it for kind in _NODES for it in things_of(old, ns.RDF_TYPE, kind))
    kept, lost = frozenset(forget(old, frozenset(gone))), frozenset(gone)
    while more := nodes & ends_of(old - kept) - lost:
        lost |= more
        kept = frozenset(forget(old, lost))
    return kept


def _candidates(store: Store, withdrawn: Withdrawn, base: str) -> set[str]:
    """Return the graphs of the articles that may speak of what was withdrawn."""
    things = {
        thing
        for kind in (ns.ARTICLE, *ENTITIES)
        for thing, _ in store.pairs(ns.RDF_TYPE, kind)
        if withdrawn.has(thing)
    }
    for kind, way in _KEYS.items():
        things |= {thing for thing, value in store.pairs(way) if withdrawn.has_mark(kind, value)}
    if any(it.names for it in withdrawn.withdrawals):
        things |= {person for person, name in store.pairs(ns.FOAF_NAME) if withdrawn.named(wording_key(name))}
        for article, text in store.pairs(ns.SCHEMA_ARTICLE_BODY):
            if names_written(text, withdrawn):
                things.add(article)
    kept = f"{base}graph/article/"
    return {graph for thing in things for graph in _graphs(store, thing) if graph.startswith(kept)}


def _recognised(
    store: Store, members: Iterable[str], articles: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the digests of a person's names, and the provinces that the person is known in."""
    names, seated, near = set[str](), set[str](), set[str]()
    for graph in articles:
        said = gather(store.quads(graph))
        for member in said.keys() & {*members}:
            names |= names_of(said, member)
            seated |= seated_in(said, member)
            near |= provinces_of(said, member)
    return tuple(sorted(marks("name", names))), tuple(sorted(seated or near))


def _values(store: Store, query: str, name: str, thing: str) -> set[str]:
    answer = store.query(query, substitutions={"it": iri(thing)})
    return {str(row[name]) for row in answer.records()} if isinstance(answer, Solutions) else set()


def _graphs(store: Store, thing: str) -> set[str]:
    return _values(store, _GRAPHS, "graph", thing)

"""What follows from articles: bare edges and careers beside each, decisions on identity name by name.

Each article has a graph of what follows from it alone, each full name a graph of decisions on those who bear
it. One more article is one more graph, and new decisions on the names in it; no other article is read unless
somebody in it is now joined to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.graph import (
    build_administrative_graph,
    build_identity_graph,
    build_judgements,
    derive_article,
    read_judgements,
    things_of,
    values_of,
)
from kg.graph.iris import bodies_block_iri, derived_graph_iri, judgements_graph_iri, places_graph_iri
from kg.model.identity import Judgement, Linked, Profile
from kg.resolution.linking import HOLDING_QUERY, PROFILE_QUERY, build_profiles, link_profiles
from kg.store import Solutions, Store, iri
from kg.vocabulary import namespaces as ns

_AT_ONCE = 500
"""How many IRIs a query names: more would make its text, and the parser's work, long."""


def complete_articles(store: Store, graphs: Iterable[str], *, base: str) -> None:
    """Bring up to date what follows from the graphs of some articles.

    Raises:
        StoreError: the store cannot be written.
    """
    blocks: set[str] = set()
    for name in graphs:
        blocks |= _derive(store, name, base)
    complete_blocks(store, blocks, base=base)


def complete_blocks(store: Store, blocks: Iterable[str], *, base: str) -> None:
    """Decide anew on the people of some names, and on bodies, and let the articles that name them follow.

    Raises:
        StoreError: the store cannot be written.
    """
    judgements = read_decided(store, base=base)
    moved: set[str] = set()
    done: set[str] = set()
    for block in sorted(set(blocks)):
        if block not in done:
            family = _family(store, block, judgements)
            done |= family
            moved |= _link(store, family, judgements, base)
    _derive_all(store, moved, base)


def read_decided(store: Store, *, base: str) -> tuple[Judgement, ...]:
    """Return what people decided, sorted."""
    return read_judgements(store.quads(judgements_graph_iri(base)))


def write_decided(store: Store, judgements: Iterable[Judgement], *, base: str) -> None:
    """Put judgements in place of those before, and let everything that they touch follow.

    Raises:
        StoreError: the store cannot be written.
    """
    new = frozenset(judgements)
    changed = new.symmetric_difference(read_decided(store, base=base))
    store.replace_graph(judgements_graph_iri(base), build_judgements(new, base=base))
    things = {thing for it in changed for thing in (it.one, it.other) if thing is not None}
    bodies = {thing for it in new for thing in (it.one, it.other) if thing and _is_body(thing, base)}
    block = bodies_block_iri(base)
    linked = link_profiles((Profile(body, "") for body in bodies), new)
    store.replace_graph(block, build_identity_graph(linked, block=block, base=base))
    # The blocks of what was joined before and is no longer are among those of the things that changed.
    complete_blocks(store, blocks_of(store, things), base=base)
    _derive_all(store, {it for it in things | bodies if _is_body(it, base)}, base)


def complete_places(store: Store, graphs: Iterable[str], *, base: str) -> None:
    """See to it that every administrative unit that the articles name stands in the graph of units.

    Raises:
        StoreError: the store cannot be written.
    """
    places = places_graph_iri(base)
    named = {code for name in graphs for code in _codes(store, name)}
    if any(not _holds(store, places, code) for code in sorted(named)):
        store.replace_graph(places, build_administrative_graph(named | _codes(store, places), base=base))


def read_profiles(store: Store, block: str) -> tuple[Profile, ...]:
    """Return the profiles of the people of a full name."""
    answers = (
        store.query(query, substitutions={"block": iri(block)}) for query in (PROFILE_QUERY, HOLDING_QUERY)
    )
    said, holdings = (answer.records() if isinstance(answer, Solutions) else [] for answer in answers)
    return build_profiles(said, holdings)


def blocks_of(store: Store, things: Iterable[str]) -> frozenset[str]:
    """Return the blocks that some people are in."""
    return frozenset(_values(store, "?it kg:inBlock ?value", things))


def _derive_all(store: Store, things: Iterable[str], base: str) -> None:
    """Write anew what follows from every article that names one of some people or bodies."""
    for name in _values(store, "GRAPH ?value { ?it a ?kind }", things):
        _derive(store, name, base)


def _is_body(thing: str, base: str) -> bool:
    return thing.startswith(f"{base}organization/")


def _derive(store: Store, name: str, base: str) -> set[str]:
    """Write what follows from an article; return the blocks of its people, before and now."""
    derived = derived_graph_iri(base, name)
    blocks = set(values_of(store.quads(derived), ns.IN_BLOCK))
    quads = tuple(store.quads(name))
    if not quads:
        store.remove_graph(derived)
        return blocks
    things = things_of(quads, ns.RDF_TYPE)
    following = derive_article(quads, _canonical(store, things), graph=name, base=base)
    store.replace_graph(derived, following)
    return blocks | values_of(following, ns.IN_BLOCK)


def _link(store: Store, family: frozenset[str], judgements: tuple[Judgement, ...], base: str) -> set[str]:
    """Decide on the people of one name, and of those joined to it; return who is now another's."""
    members = {block: read_profiles(store, block) for block in sorted(family)}
    before = _canonical(store, {it.iri for profiles in members.values() for it in profiles})
    linked = link_profiles((it for profiles in members.values() for it in profiles), judgements)
    for block, profiles in members.items():
        own = {it.iri for it in profiles}
        part = Linked(
            tuple(it for it in linked.decisions if it.one in own),
            tuple(pair for pair in linked.canonical if pair[0] in own),
        )
        store.replace_graph(block, build_identity_graph(part, block=block, base=base))
    return {one for one, canonical in linked.canonical if before.get(one, one) != canonical}


def _family(store: Store, block: str, judgements: tuple[Judgement, ...]) -> frozenset[str]:
    """Return a block and those that judgements join to it, so that a name misspelt is not a wall."""
    joined = [(it.one, it.other) for it in judgements if it.same and it.other is not None]
    found, open_ends = {block}, {block}
    while open_ends and joined:
        members = set(_values(store, "?value kg:inBlock ?it", open_ends))
        reached = {end for pair in joined if members.intersection(pair) for end in pair} - members
        open_ends = set(blocks_of(store, reached)) - found
        found |= open_ends
    return frozenset(found)


def _canonical(store: Store, things: Iterable[str]) -> Mapping[str, str]:
    """Return what stands for those things that something else stands for."""
    rows = _rows(store, "?it kg:canonical ?value", things)
    return {one: other for one, other in rows if one != other}


def _codes(store: Store, graph: str) -> set[str]:
    answer = store.query(f"SELECT DISTINCT ?code WHERE {{ GRAPH <{graph}> {{ ?place <{ns.CODE}> ?code }} }}")
    return {str(row["code"]) for row in answer.records()} if isinstance(answer, Solutions) else set()


def _holds(store: Store, graph: str, code: str) -> bool:
    return bool(store.query(f'ASK {{ GRAPH <{graph}> {{ ?place <{ns.CODE}> "{code}" }} }}'))


def _values(store: Store, pattern: str, things: Iterable[str]) -> list[str]:
    return sorted({value for _, value in _rows(store, pattern, things)})


def _rows(store: Store, pattern: str, things: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each of some things with what ``?value`` stands for in a pattern about ``?it``."""
    wanted = sorted(set(things))
    for start in range(0, len(wanted), _AT_ONCE):
        named = " ".join(f"<{thing}>" for thing in wanted[start : start + _AT_ONCE])
        answer = store.query(f"SELECT DISTINCT ?it ?value WHERE {{ VALUES ?it {{ {named} }} {pattern} }}")
        for record in answer.records() if isinstance(answer, Solutions) else []:
            yield str(record["it"]), str(record["value"])

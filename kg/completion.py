"""What follows from articles: edges and careers beside each, sums by year, decisions on identity by name.

Each article has a graph of what follows from it alone, each full name a graph of decisions on those who bear
it. One more article is one more graph, and new decisions on the names in it; no other article is read unless
somebody in it is now joined to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from kg.graph import (
    build_administrative_graph,
    build_identity_graph,
    build_judgements,
    cuts_of,
    derive_article,
    find_figures,
    merge,
    read_canonical,
    read_judgements,
    recut,
    things_of,
    unit_graph_iri,
    values_of,
)
from kg.graph.iris import bodies_block_iri, derived_graph_iri, judgements_graph_iri
from kg.graph.post_identity import PlacedPost, join_posts
from kg.graph.withdrawal_file import read_withdrawals
from kg.model.identity import Judgement, Linked, Profile
from kg.model.withdrawal import Withdrawn
from kg.resolution.linking import HOLDING_QUERY, PROFILE_QUERY, build_profiles, link_profiles
from kg.store import Change, Solutions, Store, iri
from kg.vocabulary import namespaces as ns
from kg.yearly_sums import YearlySums

_AT_ONCE = 500
"""How many IRIs a query names: more would make its text, and the parser's work, long."""


def complete_articles(store: Store, graphs: Iterable[str], *, base: str) -> None:
    """Bring up to date what follows from the graphs of some articles.

    Raises:
        StoreError: the store cannot be written.
    """
    _follow(store, graphs, read_decided(store, base=base), base=base)


def complete_blocks(store: Store, blocks: Iterable[str], *, base: str) -> None:
    """Decide anew on the people of some names, and let the articles that name them follow.

    Raises:
        StoreError: the store cannot be written.
    """
    _link_all(store, blocks, read_decided(store, base=base), base=base)


def read_decided(store: Store, *, base: str) -> tuple[Judgement, ...]:
    """Return what people decided, sorted."""
    return read_judgements(store.quads(judgements_graph_iri(base)))


def import_decided(store: Store, judgements: Iterable[Judgement], *, base: str) -> int:
    """Take in judgements beside those that are there; of two on the same, the one made last stays.

    Those on what was withdrawn are left out.

    Returns how many are new or replace another.

    Raises:
        StoreError: the store cannot be written.
    """
    known = read_decided(store, base=base)
    withdrawn = Withdrawn(read_withdrawals(store.withdrawals()))
    merged = merge(known, (it for it in judgements if not withdrawn.has(*it.things, *it.articles)))
    if new := frozenset(merged).difference(known):
        write_decided(store, merged, base=base)
    return len(new)


def write_decided(store: Store, judgements: Iterable[Judgement], *, base: str) -> None:
    """Put judgements in place of those before, and let everything that they touch follow.

    What they are about need not be in the store: it follows when it comes.

    Raises:
        StoreError: the store cannot be written.
    """
    new, old = tuple(sorted(set(judgements), key=lambda it: it.things)), read_decided(store, base=base)
    changed = set(new).symmetric_difference(old)
    cut, uncut = cuts_of(new, base=base), cuts_of(old, base=base)
    graphs = sorted(cuts_of(changed, base=base))
    for name in graphs:
        quads = recut(store.quads(name), cut.get(name, {}), uncut.get(name))
        if quads:
            store.replace_graph(name, quads)
    # The blocks of what was joined before and is no longer are among those of the things that changed.
    blocks = blocks_of(store, {thing for it in changed for thing in it.things})
    _derive_all(store, _link_bodies(store, new, base), base)
    _follow(store, graphs, new, base=base, blocks=blocks)
    # Last, so that the same command does all of it again where this one was ended half-way.
    store.replace_graph(judgements_graph_iri(base), build_judgements(new, base=base))


def _follow(
    store: Store,
    graphs: Iterable[str],
    judgements: tuple[Judgement, ...],
    *,
    base: str,
    blocks: Iterable[str] = (),
) -> None:
    """Bring up to date what follows from the graphs of some articles, and from some blocks."""
    touched, named = set(blocks), set[str]()
    sums = YearlySums(store, base=base)
    for name in graphs:
        of_people, things = _derive(store, name, sums, base=base)
        touched |= of_people
        named |= things
    judged = _judged_bodies(judgements, base)
    if judged and (not named.isdisjoint(judged) or _speaks_of_what_is_gone(store, bodies_block_iri(base))):
        _derive_all(store, _link_bodies(store, judgements, base), base)
    _link_all(store, touched, judgements, base=base)


def _link_all(store: Store, blocks: Iterable[str], judgements: tuple[Judgement, ...], *, base: str) -> None:
    moved: set[str] = set()
    done: set[str] = set()
    for block in sorted(set(blocks)):
        if block not in done:
            family = _family(store, block, judgements)
            done |= family
            moved |= _link(store, family, judgements, base)
    _derive_all(store, moved, base)


def _speaks_of_what_is_gone(store: Store, block: str) -> bool:
    """Tell whether a graph of decisions is about something that no article names any more."""
    pattern = f"GRAPH <{block}> {{ ?it kg:canonical ?one }} FILTER NOT EXISTS {{ ?it a ?kind }}"
    return bool(store.query(f"ASK {{ {pattern} }}"))


def _judged_bodies(judgements: Iterable[Judgement], base: str) -> frozenset[str]:
    things = frozenset(thing for it in judgements for thing in it.things)
    return frozenset(thing for thing in things if thing.startswith(f"{base}organization/"))


def _link_bodies(store: Store, judgements: tuple[Judgement, ...], base: str) -> set[str]:
    """Join the bodies that people joined, as far as articles name them, and with them their posts.

    Returns the bodies and posts that are now another's.
    """
    block = bodies_block_iri(base)
    here = {body for body, _ in _rows(store, "?it a ?value", _judged_bodies(judgements, base))}
    linked = link_profiles((Profile(body, "") for body in here), judgements)
    linked = replace(linked, canonical=(*linked.canonical, *_joined_posts(store, dict(linked.canonical))))
    before = read_canonical(store.quads(block))
    store.replace_graph(block, build_identity_graph(linked, block=block, base=base))
    after = dict(linked.canonical)
    return {it for it in before.keys() | after.keys() if before.get(it, it) != after.get(it, it)}


def _joined_posts(store: Store, bodies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the posts of joined bodies that are one, each with the one that stands for them."""
    joined = {it for pair in bodies.items() if pair[0] != pair[1] for it in pair}
    seats = {post: body for body, post in _rows(store, "?value org:postIn ?it", joined)}
    titles = _rows(store, "?it kg:title ?value", seats)
    return join_posts((PlacedPost(post, seats[post], title) for post, title in titles), bodies)


def complete_places(store: Store, graphs: Iterable[str], *, base: str) -> None:
    """See to it that every administrative unit that the articles name stands in the graph of units.

    Raises:
        StoreError: the store cannot be written.
    """
    named = {code for name in graphs for code in _codes(store, name)}
    missing = [code for code in sorted(named) if not _holds(store, unit_graph_iri(code, base=base), code)]
    quads = build_administrative_graph(missing, base=base) if missing else ()
    for name, units in groupby(quads, key=lambda quad: str(quad.graph_name).strip("<>")):
        # What a unit brings along is the same whoever asks for it, so that the graphs only grow.
        store.replace_graph(name, {*store.quads(name), *units})


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
    sums = YearlySums(store, base=base)
    for name in _values(store, "GRAPH ?value { ?it a ?kind }", things):
        _derive(store, name, sums, base=base)


def _derive(store: Store, name: str, sums: YearlySums, *, base: str) -> tuple[frozenset[str], frozenset[str]]:
    """Write what follows from an article; return the blocks of its people, before and now, and its things."""
    derived = derived_graph_iri(base, name)
    before = frozenset(store.quads(derived))
    quads = tuple(store.quads(name))
    things = things_of(quads, ns.RDF_TYPE)
    following = frozenset(derive_article(quads, _canonical(store, things), graph=name, base=base))
    change = Change(removed=before - following, added=following - before)
    sums.apply(change, find_figures(quads, base=base), derived=derived)
    return values_of(before, ns.IN_BLOCK) | values_of(following, ns.IN_BLOCK), things


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

"""Bringing the search index up to the store's version: all of it, or what a write has touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.query.search_facts import Facts, has_names, read_facts
from kg.query.search_index import SearchIndex
from kg.query.search_reading import make_entries
from kg.store import Store
from kg.vocabulary import namespaces as ns

_MOST_TOUCHED = 20_000
"""With more things to look at one by one, it is quicker to read all."""


def renew_index(index: SearchIndex, store: Store, version: str) -> None:
    """Bring an index up to a version of the store, its present one or one that was a moment ago."""
    if not follow_index(index, store, version):
        canonical = {thing: other for thing, other in store.pairs(ns.CANONICAL) if thing != other}
        index.update(version, make_entries(read_facts(store, canonical)), canonical)


def follow_index(index: SearchIndex, store: Store, version: str) -> bool:
    """Write what has changed since the index was; return False where that is not known, or too much."""
    before = index.version
    touched = None if before is None else store.touched_since(before)
    if touched is None or len(touched) > _MOST_TOUCHED:
        return False
    return _patch(index, store, version, touched)


def _patch(index: SearchIndex, store: Store, version: str, touched: frozenset[str]) -> bool:
    """Write anew what was touched and what says its name; return False where that is too much."""
    known = index.canonical()
    canonical = dict(known)
    for thing in touched:
        canonical.pop(thing, None)
    canonical |= {
        thing: value.value
        for thing in touched
        for way, value in store.statements_about(thing)
        if way == ns.CANONICAL and value.value != thing
    }
    reached = {one.get(thing, thing) for thing in touched for one in (known, canonical)} | touched
    # Not the classes, roles and states that every article touches.
    changed = frozenset(it for it in reached if index.label(it) is not None or has_names(store, it))
    facts = read_facts(store, canonical, among=_members(changed, canonical))
    below = {each for thing in changed if _moved(index, facts, thing) for each in index.below(thing)}
    if not below <= changed:
        changed |= below
        if len(changed) > _MOST_TOUCHED:
            return False
        facts = read_facts(store, canonical, among=_members(changed, canonical))
    # All entries before anything is written: what is behind the facts is the index itself.
    entries = tuple(make_entries(facts, read=changed, behind=index))
    index.update(version, entries, canonical, among=changed | touched)
    return True


def _moved(index: SearchIndex, facts: Facts, thing: str) -> bool:
    """Tell whether a thing has another name than the index says, or lies in something else."""
    if index.label(thing) != facts.labels.get(thing):
        return True
    # What an official belongs to is said in posts, and nothing lies in an official.
    return thing not in facts.posts and set(index.above(thing)) != facts.above.get(thing, {}).keys()


def _members(things: frozenset[str], canonical: Mapping[str, str]) -> list[str]:
    """Return things with all that they stand for."""
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for thing, other in canonical.items():
        if other in things:
            joined[other].append(thing)
    return sorted({each for thing in things for each in (thing, *joined[thing])})

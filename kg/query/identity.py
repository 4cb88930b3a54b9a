"""Identity for people to look at: why two are one or not, and which pairs are worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.completion import blocks_of, read_decided, read_profiles
from kg.errors import NotFoundError
from kg.model.identity import Decision, Profile
from kg.query.catalog import QUESTIONS
from kg.query.names import local_name
from kg.query.records import Value
from kg.query.timelines import Spell, read_career
from kg.query.views import View, to_value
from kg.resolution.linking import DIFFERENT_AT, FEATURES, SAME_AT, link_profiles, score_pair
from kg.store import Store, iri


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two IRIs are one person or not.

    Attributes:
        one: the first, by its own IRI; `other` the second.
        decision: with its features; by a person where one decided.
        joined: both stand under one canonical IRI, be it by way of a third.
        careers: what articles say of the posts of each.
    """

    one: Value
    other: Value
    decision: Decision
    joined: bool
    careers: tuple[tuple[Spell, ...], tuple[Spell, ...]]


def explain_pair(view: View, one: str, other: str, *, base: str) -> Explanation:
    """Return why two people are one or not.

    Args:
        view: where to look.
        one: an IRI, canonical or not.
        other: another one.
        base: what all IRIs of things begin with, ending in a slash.

    Raises:
        NotFoundError: one of them is no person of the graph.
    """
    blocks = blocks_of(view.store, (one, other))
    known = {it.iri: it for block in blocks for it in read_profiles(view.store, block)}
    for each in (one, other):
        if each not in known:
            raise NotFoundError(f"{each} is no person of this graph, so that nothing was decided on it")
    decision = _decision(view, known, (one, other), base)
    names = view.names
    joined = names.stands_for(one) == names.stands_for(other)
    return Explanation(_own(view, one), _own(view, other), decision, joined, _careers(view, one, other))


def open_pairs(view: View, *, base: str, limit: int = 20) -> tuple[Explanation, ...]:
    """Return the pairs of one name that are left open, those first that a look is most likely to settle.

    A pair is left out whose clusters are joined by way of others, were told apart by a person, or are those
    of a pair above it.
    """
    found: list[Explanation] = []
    names = view.names
    apart = (it for it in read_decided(view.store, base=base) if it.other is not None and not it.same)
    seen = {frozenset({names.stands_for(it.one), names.stands_for(str(it.other))}) for it in apart}
    for row in QUESTIONS["open_pairs"].select(view.store).records():
        one, other = str(row["one"]), str(row["other"])
        clusters = frozenset(map(names.stands_for, (one, other)))
        if len(clusters) == 2 and clusters not in seen:
            seen.add(clusters)
            found.append(explain_pair(view, one, other, base=base))
            if len(found) == limit:
                break
    return tuple(found)


def names_in(store: Store, thing: str, articles: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the IRIs by which articles name a person or body that they have, and the articles of each.

    Other IRIs than its own count where they stand for the same, as of one who moved.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        rows = QUESTIONS["names_in_article"].select(store, article=article, thing=thing).records()
        own = sorted((row["named"] != thing, str(row["named"])) for row in rows)
        if own:
            found[own[0][1]].append(article)
    return {iri: tuple(within) for iri, within in sorted(found.items())}


@cache
def reasons() -> MappingProxyType[str, str]:
    """Return what each feature means, by its name."""
    return MappingProxyType({feature.name: feature.reason for feature in FEATURES})


def marks() -> tuple[float, float]:
    """Return the scores at which two are one, and at which they are two."""
    return SAME_AT, DIFFERENT_AT


def _decision(view: View, known: dict[str, Profile], pair: tuple[str, str], base: str) -> Decision:
    linked = link_profiles(known.values(), read_decided(view.store, base=base))
    found = [it for it in linked.decisions if {it.one, it.other} == set(pair)]
    return found[0] if found else score_pair(known[pair[0]], known[pair[1]])


def _careers(view: View, one: str, other: str) -> tuple[tuple[Spell, ...], tuple[Spell, ...]]:
    return read_career(view, one, alone=True), read_career(view, other, alone=True)


def _own(view: View, identifier: str) -> Value:
    """Return a thing under its own IRI, which another may stand for."""
    return Value(identifier, to_value(view, iri(identifier)).name or local_name(identifier), is_thing=True)

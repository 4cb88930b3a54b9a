"""Cuts: what a person set apart by article, as the names that things have in the graphs of those articles.

The IRI of what was cut off is that of the thing with an ending of its own, so that a graph can be put back as
it was from nothing but the judgement. The posts of a body that was cut off are its own as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.graph.iris import digest
from kg.model.identity import Judgement
from kg.vocabulary import namespaces as ns

Cuts = Mapping[str, Mapping[str, str]]
"""Of each graph of an article, what its things are to be called instead."""


def cut_iri(thing: str, articles: Iterable[str]) -> str:
    """Return the IRI of what a thing's name stands for in some articles."""
    return f"{thing}-{digest('cut', thing, *sorted(articles))}"


def cuts_of(judgements: Iterable[Judgement], *, base: str) -> Cuts:
    """Return what judgements cut. Where two cut one thing in one article, the last one made counts."""
    cuts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for judgement in sorted(judgements, key=lambda it: (it.made, it.other or "")):
        for article in judgement.articles:
            if judgement.other is not None:
                graph = f"{base}graph/{article.removeprefix(base)}"
                cuts[graph][judgement.one] = judgement.other
    return cuts


def recut(
    quads: Iterable[ox.Quad], new: Mapping[str, str], old: Mapping[str, str] | None = None
) -> tuple[ox.Quad, ...]:
    """Return an article's statements with its things under the names that cuts give them, sorted.

    Args:
        quads: of one article.
        new: what things are to be called.
        old: what they may have been called before, which is undone.
    """
    said = tuple(quads)
    for one, other in reversed(_chained((*new.items(), *(old or {}).items()))):
        said = _renamed(said, other, one)
    for one, other in _chained(new.items()):
        said = _renamed(said, one, other)
    return tuple(sorted(said, key=str))


def _chained(cuts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return cuts so that what was cut off comes before what was cut off from that."""
    return sorted(set(cuts), key=lambda cut: (len(cut[0]), cut))


def _renamed(quads: tuple[ox.Quad, ...], one: str, other: str) -> tuple[ox.Quad, ...]:
    thing = ox.NamedNode(one)
    posts = {it.subject for it in quads if it.object == thing and it.predicate.value == ns.ORG_POST_IN}
    names = {thing: ox.NamedNode(other)} | {
        post: ox.NamedNode(_with_ending(post.value, one, other))
        for post in posts
        if isinstance(post, ox.NamedNode)
    }
    return tuple(
        ox.Quad(
            names.get(quad.subject, quad.subject) if isinstance(quad.subject, ox.NamedNode) else quad.subject,
            quad.predicate,
            names.get(quad.object, quad.object) if isinstance(quad.object, ox.NamedNode) else quad.object,
            quad.graph_name,
        )
        for quad in quads
    )


def _with_ending(iri: str, one: str, other: str) -> str:
    """Return an IRI with the ending that tells one IRI from the longer other, or without it."""
    if other.startswith(one):
        return iri + other.removeprefix(one)
    return iri.removesuffix(one.removeprefix(other))

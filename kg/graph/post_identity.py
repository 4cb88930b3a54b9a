"""Which posts are one: the same title in bodies that are one body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.vocabulary.concepts import expanded_key, find_concept


@dataclass(frozen=True, slots=True, order=True)
class PlacedPost:
    """A post of a body, by IRIs, with its title."""

    iri: str
    body: str
    title: str


def title_key(title: str) -> str:
    """Return what tells a post from the others of its body, however its title is written or abbreviated."""
    known = find_concept("posts", title)
    return known.notation if known else expanded_key(title)


def join_posts(posts: Iterable[PlacedPost], canonical: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield posts that are one with others, each with the one that stands for them, in order.

    Args:
        posts: in any order.
        canonical: what stands for each of their bodies; the post of that body stands for its like if there
            is one, else the first of them.
    """
    alike: defaultdict[tuple[str, str], set[tuple[bool, str]]] = defaultdict(set)
    for post in posts:
        body = canonical.get(post.body, post.body)
        alike[body, title_key(post.title)].add((post.body != body, post.iri))
    pairs = ((iri, min(members)[1]) for members in alike.values() if len(members) > 1 for _, iri in members)
    yield from sorted(pairs)

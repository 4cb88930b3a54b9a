"""Which node the graph gave to each thing that an article is known to name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.language.normalization import fold_space, matching_key
from tests.truth.findings import Findings, Found
from tests.truth.records import Mark, TrueArticle

KINDS = ("person", "body", "place")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in one article.

    Attributes:
        article: the file's name.
        kind: person, body or place.
        id: what it is in truth.
        node: the canonical IRI that the graph gave it; None where the graph does not have it.
        forms: how the article spells it.
        surfaces: the words themselves.
    """

    article: str
    kind: str
    id: str
    node: str | None
    forms: tuple[str, ...]
    surfaces: tuple[str, ...]


def align(articles: Iterable[TrueArticle], findings: Findings) -> tuple[Item, ...]:
    """Return the items of all articles; what is named in passing inside other names alone is none."""
    return tuple(item for article in articles for item in _items(article, findings))


def _items(article: TrueArticle, findings: Findings) -> Iterator[Item]:
    found = findings.articles.get(article.name, Found())
    marks: dict[tuple[str, str], list[Mark]] = {}
    for mark in article.marks:
        if not mark.weak:
            marks.setdefault((mark.kind, mark.id), []).append(mark)
    for (kind, id_), stretches in marks.items():
        surfaces = tuple(dict.fromkeys(article.text[mark.start : mark.end] for mark in stretches))
        yield Item(
            article.name,
            kind,
            id_,
            _node(kind, stretches, surfaces, found),
            tuple(dict.fromkeys(mark.form for mark in stretches)),
            surfaces,
        )


def _node(kind: str, marks: list[Mark], surfaces: tuple[str, ...], found: Found) -> str | None:
    """Return the node that most of the stretches are evidence of; of a person, one that has the name."""
    votes: Counter[str] = Counter()
    for node in found.nodes.values():
        if node.kind != kind:
            continue
        if kind == "person":
            names = {_key(label) for label in node.labels}
            if not any(_key(surface) in names for surface in surfaces):
                continue
        score = sum(max(_agreement(kind, mark, span) for span in node.spans) for mark in marks)
        if score:
            votes[node.iri] = max(votes[node.iri], score)
    return min(votes, key=lambda iri: (-votes[iri], iri)) if votes else None


def _agreement(kind: str, mark: Mark, span: tuple[int, int]) -> int:
    """Return how far a stretch of the truth and one of the graph are one mention: 2 wholly, 1 in part.

    Of a body's mention the beginning counts, of a place's the end: what a body is for, or the word for a
    place's level, may or may not be part of it.
    """
    start, end = span
    if (start, end) == (mark.start, mark.end):
        return 2
    if kind == "body":
        return int(start == mark.start)
    if kind == "place":
        return int(end == mark.end and start > mark.start)
    return int(start < mark.end and mark.start < end)


def _key(name: str) -> str:
    return matching_key(fold_space(name))

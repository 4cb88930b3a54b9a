"""Readings with mentions made by hand, so that extractors are tried without the recognizers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg.extraction.reading import MentionIndex, Reading
from kg.language.normalization import matching_key, normalize
from kg.language.sentences import split_sentences
from kg.model.article import Article, Paragraph, Quote, Zone
from kg.model.mention import (
    DateKind,
    DateMention,
    Mention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
    PostMention,
)
from kg.model.span import Span


def read(text: str, *, title: str | None = None) -> Reading:
    """Return a reading of body text, a paragraph a line, under a headline where one is given."""
    whole = normalize(text if title is None else f"{title}\n{text}")
    paragraphs, start = [], 0
    for line in whole.split("\n"):
        if line.strip():
            zone = Zone.TITLE if title is not None and start == 0 else Zone.BODY
            paragraphs.append(Paragraph(Span(start, start + len(line)), zone))
        start += len(line) + 1
    headline = None if title is None else Quote(normalize(title), Span(0, len(normalize(title))))
    article = Article("test", "test.txt", whole, "0" * 64, tuple(paragraphs), title=headline)
    return Reading(article, matching_key(whole), split_sentences(article))


def spans_of(reading: Reading, phrase: str) -> list[Span]:
    """Return where a phrase stands as whole words, the letters exactly as given."""
    pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
    return [Span(*match.span()) for match in pattern.finditer(reading.article.text)]


def mentions(
    reading: Reading,
    *,
    persons: Iterable[str] = (),
    partial: Iterable[str] = (),
    posts: Iterable[str] = (),
    organizations: Iterable[str] = (),
    days: Mapping[str, date] | None = None,
    documents: Iterable[str] = (),
) -> MentionIndex:
    """Return mentions wherever the given phrases stand.

    Longer bodies and posts come first: a phrase inside one already taken is no mention of its own. A post's
    body is the one that directly follows it.
    """
    found: list[Mention] = []
    found.extend(_people(reading, persons, partial=False))
    found.extend(_people(reading, partial, partial=True))
    bodies = _bodies(reading, organizations)
    found.extend(bodies)
    found.extend(_posts(reading, posts, bodies))
    for phrase, day in (days or {}).items():
        found.extend(
            DateMention(span=span, text=phrase, rule="test", kind=DateKind.DAY, start=day)
            for span in spans_of(reading, phrase)
        )
    for phrase in documents:
        kind, _, number = phrase.partition(" số ")
        found.extend(
            OfficialDocumentMention(span=span, text=phrase, rule="test", type=kind, number=number or None)
            for span in spans_of(reading, phrase)
        )
    return MentionIndex(found)


def _people(reading: Reading, names: Iterable[str], *, partial: bool) -> list[Mention]:
    return [
        PersonMention(span=span, text=name, rule="test", partial=partial)
        for name in names
        for span in spans_of(reading, name)
    ]


def _bodies(reading: Reading, names: Iterable[str]) -> list[OrganizationMention]:
    return [
        OrganizationMention(span=span, text=name, rule="test", kind="other")
        for name, span in _longest(reading, names)
    ]


def _posts(reading: Reading, titles: Iterable[str], bodies: Sequence[OrganizationMention]) -> list[Mention]:
    starts = {body.span.start: body.span for body in bodies}
    return [
        PostMention(span=span, text=title, rule="test", title=title, organ=starts.get(span.end + 1))
        for title, span in _longest(reading, titles)
    ]


def _longest(reading: Reading, phrases: Iterable[str]) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for phrase in sorted(phrases, key=len, reverse=True):
        for span in spans_of(reading, phrase):
            if not any(span.overlaps(taken) for _, taken in found):
                found.append((phrase, span))
    return found

"""Extractions made by hand, so that resolution is tried without recognizers and extractors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.language.sentences import split_sentences
from kg.model.article import Article, Paragraph, PublishedDate, Quote, Zone
from kg.model.extraction import Extraction, Relations
from kg.model.mention import Mention, OrganizationMention, PersonMention, PlaceMention
from kg.model.relation import Evidence, Membership
from kg.model.span import Span

Body = tuple[str, str, str]  # the name, its kind, what it lacks ("" where it is full)
Post = tuple[str, str, str | None]  # the person, the title, the body as written behind it


def extraction(
    text: str,
    *,
    title: str | None = None,
    places: Iterable[tuple[str, str, str]] = (),
    bodies: Sequence[Body] = (),
    posts: Iterable[Post] = (),
    day: date | None = None,
) -> Extraction:
    """Return an extraction of body text, a paragraph a line, under a headline where one is given.

    A place is (as written, its bare name, its level); a body takes the place that stands inside its name, and
    the longest body inside it as its host.
    """
    whole = text if title is None else f"{title}\n{text}"
    article = _article(whole, title, day)
    found_places = [
        PlaceMention(span=span, text=written, rule="test", name=name, level=level, typed=written != name)
        for written, span in _longest(whole, [written for written, _, _ in places])
        for w, name, level in places
        if w == written
    ]
    organizations = _bodies(whole, bodies, found_places)
    people, memberships = _posts(whole, posts, organizations)
    mentions: list[Mention] = [*found_places, *organizations, *people]
    return Extraction(
        article,
        split_sentences(article),
        tuple(sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))),
        Relations(memberships=tuple(memberships)),
    )


def with_former(found: Extraction, *former: str) -> Extraction:
    """Mark the last mention of some places as the recognizer would in "huyện X cũ"."""
    last = {m.text: m.span for m in found.mentions}
    mentions = (
        replace(m, former=True)
        if isinstance(m, PlaceMention) and m.text in former and last[m.text] == m.span
        else m
        for m in found.mentions
    )
    return replace(found, mentions=tuple(mentions))


def _article(whole: str, title: str | None, day: date | None) -> Article:
    paragraphs, start = [], 0
    for line in whole.split("\n"):
        if line.strip():
            zone = Zone.TITLE if title is not None and start == 0 else Zone.BODY
            paragraphs.append(Paragraph(Span(start, start + len(line)), zone))
        start += len(line) + 1
    headline = None if title is None else Quote(title, Span(0, len(title)))
    published = None if day is None else PublishedDate(day, Span(0, 1))
    return Article(
        "test", "test.txt", whole, "0" * 64, tuple(paragraphs), title=headline, published=published
    )


def _bodies(text: str, bodies: Sequence[Body], places: list[PlaceMention]) -> list[OrganizationMention]:
    known = {name: (kind, lacks) for name, kind, lacks in bodies}
    return [_body(name, span, known, places) for name, span in _longest(text, known)]


def _body(
    name: str, span: Span, known: dict[str, tuple[str, str]], places: list[PlaceMention]
) -> OrganizationMention:
    kind, lacks = known[name]
    inner = max(
        (other for other in known if other != name and name.endswith(" " + other)), key=len, default=None
    )
    host = None
    if inner is not None:
        host = _body(inner, Span(span.end - len(inner), span.end), known, places)
    place = next((place.span for place in places if span.contains(place.span)), None)
    return OrganizationMention(
        span=span,
        text=name,
        rule="test",
        kind=kind,
        host=host,
        place=place if host is None else None,
        short=bool(lacks),
        lacks=lacks or "nothing",
    )


def _posts(
    text: str, posts: Iterable[Post], bodies: list[OrganizationMention]
) -> tuple[list[PersonMention], list[Membership[Span]]]:
    people: dict[Span, PersonMention] = {}
    memberships = []
    for name, title, organ in posts:
        start = text.index(name)
        span = Span(start, start + len(name))
        people[span] = PersonMention(span=span, text=name, rule="test")
        at = text.index(title, span.end)
        end = at + len(title)
        body = _organ(text, organ, end, bodies)
        memberships.append(
            Membership(
                person=span,
                title=title,
                organization=body,
                organization_surface=organ,
                evidence=Evidence((Span(start, body.end if body else end),), "test"),
            )
        )
    return list(people.values()), memberships


def _organ(text: str, organ: str | None, start: int, bodies: list[OrganizationMention]) -> Span | None:
    if organ is None:
        return None
    at = text.index(organ, start)
    return next(body.span for body in bodies if body.span == Span(at, at + len(organ)))


def _longest(text: str, phrases: Iterable[str]) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for phrase in sorted(set(phrases), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            span = Span(*match.span())
            if not any(span.overlaps(taken) for _, taken in found):
                found.append((phrase, span))
    return sorted(found, key=lambda item: item[1].start)

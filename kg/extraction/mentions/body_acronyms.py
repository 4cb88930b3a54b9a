"""Acronyms that an article gives a body in brackets, and hospitals known by their acronym alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.mentions.body_heads import body_heads
from kg.extraction.reading import Reading
from kg.model.mention import OrganizationMention
from kg.model.span import Span

# "Bệnh viện Nhi đồng Thành phố (BVNĐTP)", "Quỹ Nhi đồng (gọi tắt là UNICEF)"
_GIVEN = re.compile(
    r"\s*[(\[]\s*(?:gọi tắt là|viết tắt là|viết tắt|sau đây gọi là|sau đây gọi tắt là)?\s*[:\"“]?\s*"
    r"(?P<short>[A-ZĐ][A-ZĐÀ-Ỹ0-9&.-]{1,11})\s*[\"”]?\s*[)\]]"
)
_HOSPITAL = re.compile(r"(?<![^\W_])BV[A-ZĐ]{2,8}(?![^\W_])")


def known_by_acronym(reading: Reading, found: Iterable[OrganizationMention]) -> Iterator[OrganizationMention]:
    """Yield the mentions of bodies by the acronyms that the article explains, and of hospitals by theirs."""
    bodies = tuple(found)
    taken = sorted((mention.span.start, mention.span.end) for mention in bodies)
    given = _given(reading, bodies)
    for acronym, body in given.items():
        for match in re.finditer(rf"(?<![^\W_-]){re.escape(acronym)}(?![^\W_-])", reading.article.text):
            if not _overlaps(match, taken):
                yield replace(body, span=Span(*match.span()), rule="organizations.acronym", confidence=0.85)
    for match in _HOSPITAL.finditer(reading.article.text):
        if match.group() not in given and match.group().lower() not in body_heads() and not _overlaps(match, taken):
            yield OrganizationMention(
                span=Span(*match.span()),
                text=match.group(),
                rule="organizations.acronym",
                confidence=0.8,
                kind="hospital",
            )


def _given(reading: Reading, bodies: Iterable[OrganizationMention]) -> dict[str, OrganizationMention]:
    given: dict[str, OrganizationMention] = {}
    for body in bodies:
        match = _GIVEN.match(reading.article.text, body.span.end, body.span.end + 48)
        if match is not None and not body.short and match["short"].lower() not in body_heads():
            given.setdefault(match["short"], body)
    return given


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)

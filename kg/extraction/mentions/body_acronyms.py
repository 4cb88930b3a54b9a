"""Acronyms that an article gives a body in brackets, and hospitals known by their acronym alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.mentions.body_heads import body_heads
from kg.extraction.reading import Reading
from kg.model.mention import OrganizationMention
from kg.model.span import Span

# As in: Bệnh viện Nhi đồng Thành phố (BVNĐTP), Quỹ Nhi đồng (gọi tắt là UNICEF).
_GIVEN = re.compile(
    r"\s*[(\[]\s*(?:gọi tắt là|viết tắt là|viết tắt|sau đây gọi là|sau đây gọi tắt là)?\s*[:\"“]?\s*"
    r"(?P<short>[A-ZĐ][A-ZĐÀ-Ỹ0-9&.-]{1,11})\s*[\"”]?\s*[)\]]"
)
_LONGEST = 48  # characters of a bracket
_HOSPITAL = re.compile(r"(?<![^\W_])BV[A-ZĐ]{2,8}(?![^\W_])")


def known_by_acronym(reading: Reading, found: Iterable[OrganizationMention]) -> Iterator[OrganizationMention]:
    """Yield the bodies, then the mentions by acronyms that the article explains, and by hospitals' own."""
    bodies = tuple(found)
    given = _given(reading, bodies)
    for body in bodies:
        explained = given.get(body.text)
        yield (
            replace(explained, span=body.span, rule="organizations.acronym")
            if explained is not None
            else body
        )
    taken = sorted((mention.span.start, mention.span.end) for mention in bodies)
    for acronym, body in given.items():
        for match in re.finditer(rf"(?<![^\W_-]){re.escape(acronym)}(?![^\W_-])", reading.article.text):
            if not _overlaps(match, taken):
                yield replace(body, span=Span(*match.span()), rule="organizations.acronym", confidence=0.85)
    for match in _HOSPITAL.finditer(reading.article.text):
        if (
            match.group() not in given
            and match.group().lower() not in body_heads()
            and not _overlaps(match, taken)
        ):
            yield OrganizationMention(
                span=Span(*match.span()),
                text=match.group(),
                rule="organizations.acronym",
                confidence=0.8,
                kind="hospital",
            )


def _given(reading: Reading, bodies: Iterable[OrganizationMention]) -> dict[str, OrganizationMention]:
    """The acronyms in brackets behind a body; not those that are general words, as UBND."""
    given: dict[str, OrganizationMention] = {}
    for body in bodies:
        match = _GIVEN.match(reading.article.text, body.span.end, body.span.end + _LONGEST)
        if match is None:
            continue
        head = body_heads().get(match["short"].lower())
        if head is None or (head.lacks == "nothing" and not head.takes):
            given.setdefault(match["short"], body)
    return given


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    index = bisect_left(taken, (match.end(), 0))
    return any(match.start() < end for _, end in taken[max(0, index - 2) : index])

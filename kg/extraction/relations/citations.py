"""Extractor of citations: the official documents that an article cites, each once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from kg.extraction.reading import MentionIndex, Reading
from kg.model.extraction import Relations
from kg.model.mention import OfficialDocumentMention, OrganizationMention
from kg.model.relation import Citation, Evidence
from kg.model.span import Span

_ISSUER_DISTANCE = 90  # characters from the number to the body that issued it
_RECENT = 60  # documents that a short form may stand for


def extract_citations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return one citation a document; later mentions add what the first did not say."""
    del relations
    found: dict[str, list[OfficialDocumentMention]] = {}
    for mention in mentions.of(OfficialDocumentMention):
        found.setdefault(_identity(mention, found), []).append(mention)
    return Relations(citations=tuple(_cite(reading, mentions, same) for same in found.values()))


def _identity(mention: OfficialDocumentMention, found: dict[str, list[OfficialDocumentMention]]) -> str:
    """Return what tells the document from others; a bare number or a short name stands for a fuller one."""
    recent = list(islice(reversed(found), _RECENT))
    if mention.number is None:
        words = (mention.name or mention.text).lower()
        return next((name for name in recent if name.startswith(words) or words.startswith(name)), words)
    number = mention.number.lower()
    if not number.isdigit():
        return number
    kind = mention.type.lower()
    return next(
        (name for name in recent if _is_full_number(name, number) and _kind(found[name]) == kind), number
    )


def _is_full_number(name: str, serial: str) -> bool:
    """Tell whether "02/cthđ-ubnd" is what "02" stands for."""
    return name.split("/", maxsplit=1)[0].split("-", maxsplit=1)[0].lstrip("0") == serial.lstrip("0")


def _kind(same: list[OfficialDocumentMention]) -> str:
    return same[0].type.lower()


def _cite(
    reading: Reading, mentions: MentionIndex, same: Sequence[OfficialDocumentMention]
) -> Citation[Span]:
    """Return one citation from all mentions of a document."""
    numbers = [mention.number for mention in same if mention.number is not None]
    names = [mention.name for mention in same if mention.name is not None]
    issuers = [issuer for mention in same if (issuer := _issuer(reading, mentions, mention)) is not None]
    spans = (*(mention.span for mention in same), *issuers[:1])
    first = same[0]
    return Citation(
        type=first.type,
        number=next((number for number in numbers if not number.isdigit()), numbers[0] if numbers else None),
        name=max(names, key=len, default=None),
        day=next((mention.day for mention in same if mention.day is not None), None),
        issuer=issuers[0] if issuers else None,
        evidence=Evidence(
            spans, first.rule.replace("official_documents", "citations"), max(one.confidence for one in same)
        ),
    )


def _issuer(reading: Reading, mentions: MentionIndex, mention: OfficialDocumentMention) -> Span | None:
    if mention.issuer is None:
        return None
    scope = Span(mention.span.end, min(len(reading.key), mention.span.end + _ISSUER_DISTANCE))
    bodies = mentions.within(scope, OrganizationMention)
    return next((body.span for body in bodies if body.text[:6] in mention.issuer), None)

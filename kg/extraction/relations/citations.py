"""Extractor of citations: the official documents that an article cites, each once."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.reading import MentionIndex, Reading
from kg.model.extraction import Relations
from kg.model.mention import OfficialDocumentMention, OrganizationMention
from kg.model.relation import Citation, Evidence
from kg.model.span import Span

_ISSUER_DISTANCE = 90  # characters from the number to the body that issued it


def extract_citations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return one citation a document; later mentions add what the first did not say."""
    del relations
    found: dict[str, Citation[Span]] = {}
    for mention in mentions.of(OfficialDocumentMention):
        name = _identity(mention, found)
        citation = _citation(reading, mentions, mention)
        found[name] = _merge(found[name], citation) if name in found else citation
    return Relations(citations=tuple(found.values()))


def _identity(mention: OfficialDocumentMention, found: dict[str, Citation[Span]]) -> str:
    """Return what tells the document from others; a bare number stands for a full one of its kind."""
    if mention.number is None:
        words = (mention.name or mention.text).lower()
        longer = (name for name in found if name.startswith(words) or words.startswith(name))
        return next(longer, words)
    number = mention.number.lower()
    if number.isdigit():
        serial = number.lstrip("0")
        for name, citation in found.items():
            head = name.split("/")[0].split("-")[0].lstrip("0")
            if head == serial and citation.type.lower().startswith(mention.type.lower()):
                return name
    return number


def _citation(reading: Reading, mentions: MentionIndex, mention: OfficialDocumentMention) -> Citation[Span]:
    issuer: Span | None = None
    if mention.issuer is not None:
        scope = Span(mention.span.end, min(len(reading.key), mention.span.end + _ISSUER_DISTANCE))
        bodies = mentions.within(scope, OrganizationMention)
        issuer = next((body.span for body in bodies if body.text[:6] in mention.issuer), None)
    spans = (mention.span,) if issuer is None else (mention.span, issuer)
    evidence = Evidence(spans, mention.rule.replace("official_documents", "citations"), mention.confidence)
    return Citation(
        type=mention.type,
        number=mention.number,
        name=mention.name,
        day=mention.day,
        issuer=issuer,
        evidence=evidence,
    )


def _merge(first: Citation[Span], second: Citation[Span]) -> Citation[Span]:
    number, name = first.number, first.name
    if number is not None and number.isdigit() and second.number is not None:
        number = second.number
    if name is not None and second.name is not None and len(second.name) > len(name):
        name = second.name
    spans = first.evidence.spans + tuple(
        span for span in second.evidence.spans if span not in first.evidence.spans
    )
    return replace(
        first,
        number=number,
        name=name,
        day=first.day or second.day,
        issuer=first.issuer or second.issuer,
        evidence=replace(first.evidence, spans=spans),
    )

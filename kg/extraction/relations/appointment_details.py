"""The decision behind an appointment: who decided, by which document, from when and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import DateMention, OfficialDocumentMention, OrganizationMention
from kg.model.span import Span

_CUES = load_resource("appointments")
_FROM = re.compile(phrase_pattern(_CUES["from_day"]) + r"\s*$")
_FROM_WITHIN = re.compile(phrase_pattern(_CUES["from_day"]))
_TERM = re.compile(_CUES["term"])
_OF_DECIDER = re.compile(r"\s*(?:ngày\s+[\d/.\s-]{4,14})?,?\s*của\s+[^.;,\n]{0,60}$")
_DECIDES = re.compile(
    r"\s*(?:đã |vừa |chính thức |ban hành |ký |có )*(?:quyết định|quyết định số|trao|công bố|ký)"
)
_PREVIOUS_SENTENCES = 4
_AROUND = 200


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a decision; the fields are those of `Appointment`."""

    decided_by: Span | None
    document: str | None
    start: date | None
    term: str | None


def find_details(reading: Reading, mentions: MentionIndex, sentence_index: int, act: Span) -> Details:
    """Return what the sentence of an act says of the decision; `act` runs to the next person."""
    sentence = _clipped(reading.sentences[sentence_index].span, act)
    document = _document(mentions, sentence, act)
    term = _TERM.search(reading.key, act.start, act.end)
    return Details(
        decided_by=_decider(reading, mentions, sentence_index, act, document),
        document=document.number if document is not None else None,
        start=_start(reading, mentions, act),
        term=_term_text(reading, term),
    )


def _clipped(sentence: Span, act: Span) -> Span:
    """Return the part of a sentence that can bear on an act; sentences of a broken page have no end."""
    return Span(max(sentence.start, act.start - 4 * _AROUND), min(sentence.end, act.end))


def _document(mentions: MentionIndex, sentence: Span, act: Span) -> OfficialDocumentMention | None:
    """Return the last document before the act, or one that follows it before the next person."""
    documents = [
        document
        for document in mentions.within(sentence, OfficialDocumentMention)
        if document.number is not None
    ]
    after = [
        document
        for document in documents
        if act.start <= document.span.start and document.span.end <= act.end
    ]
    before = [document for document in documents if document.span.end <= act.start]
    if before and act.start - before[-1].span.end < _AROUND:
        return before[-1]
    return after[0] if after and after[0].type == "Quyết định" else None


def _start(reading: Reading, mentions: MentionIndex, act: Span) -> date | None:
    for day in mentions.within(act, DateMention):
        before = reading.key[max(0, day.span.start - 14) : day.span.start]
        if day.start is not None and (
            _FROM.search(before) or _FROM_WITHIN.match(reading.key, day.span.start)
        ):
            return day.start
    return None


def _term_text(reading: Reading, match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    group = "years" if match["years"] else "period"
    return reading.surface(Span(*match.span(group)))


def _decider(
    reading: Reading,
    mentions: MentionIndex,
    sentence_index: int,
    act: Span,
    document: OfficialDocumentMention | None,
) -> Span | None:
    sentence = _clipped(reading.sentences[sentence_index].span, act)
    if document is not None and document.span.end <= act.start:
        for body in mentions.within(Span(document.span.end, act.start), OrganizationMention):
            if _OF_DECIDER.fullmatch(reading.key[document.span.end : body.span.start]):
                return body.span
    for body in mentions.within(Span(sentence.start, max(sentence.start, act.start)), OrganizationMention):
        after = reading.key[body.span.end : act.start]
        before = reading.key[max(sentence.start, body.span.start - 40) : body.span.start]
        if re.search(r"được\s+(?:[^.;,\n]{0,30}\s)?$", before) and len(after) < 12:
            return body.span
        if (_DECIDES.match(after) and not re.search(r"(?:đến|tại|ở|về)\s+$", before)) or re.search(
            r"quyết định của\s+[^.;,\n]{0,30}$", before
        ):
            return body.span
    return _announced(reading, mentions, sentence_index)


def _announced(reading: Reading, mentions: MentionIndex, sentence_index: int) -> Span | None:
    """Return the body that "quyết định:" before a list of appointments, in the sentences before."""
    for index in range(sentence_index - 1, max(-1, sentence_index - 1 - _PREVIOUS_SENTENCES), -1):
        whole = reading.sentences[index].span
        sentence = Span(max(whole.start, whole.end - 4 * _AROUND), whole.end)
        for body in mentions.within(sentence, OrganizationMention):
            before = reading.key[max(sentence.start, body.span.start - 60) : body.span.start]
            if _DECIDES.match(reading.key[body.span.end : sentence.end]) or re.search(
                r"quyết định\s+(?:[^.;\n]{0,20}\s)?của\s+[^.;,\n]{0,30}$", before
            ):
                return body.span
    return None

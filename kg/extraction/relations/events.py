"""The events that an article reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_arguments import find_arguments, find_day
from kg.extraction.relations.event_names import EventName, find_event_names
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Zone
from kg.model.extraction import Relations
from kg.model.mention import OrganizationMention, PersonMention
from kg.model.relation import Event, Evidence
from kg.model.sentence import Sentence
from kg.model.span import Span

_CUES = load_resource("events")
_BARE_VERBS = frozenset(matching_key(phrase) for phrase in _CUES["bare_verbs"])
_HELD_BEFORE = re.compile(phrase_pattern(_CUES["held_before"]) + r"[^.;:!?\n]{0,60}$")
_AT_BEFORE = re.compile(phrase_pattern(_CUES["at_before"]) + r"\s+(?:một\s+)?$")
_HELD_AFTER = re.compile(r"[\s,\")]*(?:đã\s+)?" + phrase_pattern(_CUES["held_after"]))
_ORGANIZED = re.compile(r"(?:do|được)\s[^.;\n]{2,160}?\s(?:tổ chức|đăng cai|chủ trì)")
_AT_EVENT = re.compile(r"(?:tại|kết luận|kết thúc|khai mạc|bế mạc|chủ trì|dự|trong|phát biểu)\s+$")
_NOT_REPORTED = re.compile(
    rf"(?:{phrase_pattern(_CUES['not_reported_before'])}|{phrase_pattern(_CUES['counted_after'])}\s+\d+)"
    r"\s*\"?\s*(?:đợt\s|cuộc\s|buổi\s)?$"
)
_PLANNED = re.compile(phrase_pattern(_CUES["planned"]) + r"[^.;\n]{0,60}$")
_FURTHER = re.compile(r"\W*" + phrase_pattern(_CUES["further"]))
_VERB_LEAD = re.compile(r"(?:đã |đến |tới |về |cùng |trực tiếp |và |tiếp tục |dẫn đầu |đi |[,:\-\"]|^)\s*$")
# "họp giao ban", "gặp mặt": heads that are verbs too.
_HOLDS_ITSELF = re.compile(r"(?:họp|sinh hoạt|gặp mặt|mít tinh|giao ban)(?!\w)")
_ACTED = re.compile(r"(?<!\w)(?:đã|đến|đi|tới|về)\s+$")
_LEAD_SENTENCES = 3
_WINDOW = 120
# Measured on the hand-annotated articles: statistics without an event stay below, one-line reports above.
_REPORTED = 6
_REPORTED_BESIDE = 9


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: EventName
    score: int


def extract_events(reading: Reading, mentions: MentionIndex, _: Relations) -> Relations:
    """Find the events that the article reports: usually one, seldom several, often none.

    A title and a lead that speak of the same event make one; an event that is planned, past or named in
    passing makes none.
    """
    names = find_event_names(reading, mentions)
    scored = _scored(reading, mentions, names)
    main = max(scored, key=lambda candidate: (candidate.score, -candidate.name.span.start), default=None)
    if main is None or main.score < _REPORTED:
        only_referred_to = _referred_to(reading, names)
        return Relations(events=() if only_referred_to is None else (only_referred_to,))
    reported = [main, *_beside(reading, mentions, main, scored)]
    reported.sort(key=lambda candidate: candidate.name.span.start)
    events = [
        _event(reading, mentions, candidate, f"event-{number}")
        for number, candidate in enumerate(reported, start=1)
    ]
    return Relations(events=tuple(events))


def _referred_to(reading: Reading, names: Sequence[EventName]) -> Event[Span] | None:
    """Return the event of an article that never names it but says "tại cuộc họp", "kết luận cuộc họp"."""
    definite = [name for name in names if name.noun and name.is_bare and _AT_EVENT.search(_before(reading, name))]
    if not definite:
        return None
    name = definite[0]
    alike = [other for other in definite if other.kind == name.kind]
    if len(alike) < 2 and name.sentence not in _lead_sentences(reading):
        return None
    title = reading.article.title
    return Event(
        key="event-1",
        kind=name.kind,
        name=title.value if title is not None else reading.surface(name.span),
        evidence=Evidence(spans=tuple(other.span for other in alike), rule="events.referred-to", confidence=0.7),
    )


def _scored(reading: Reading, mentions: MentionIndex, names: Sequence[EventName]) -> list[_Candidate]:
    lead = _lead_sentences(reading)
    in_title = {name.kind for name in names if reading.sentences[name.sentence].zone is Zone.TITLE}
    echoes: dict[str, int] = {}
    for name in names:
        if name.is_bare:
            word = _head_word(reading, name)
            echoes[word] = echoes.get(word, 0) + 1
    candidates = []
    for name in names:
        score = _noun_score(reading, mentions, name) if name.noun else _verb_score(reading, mentions, name)
        if score is None:
            continue
        zone = reading.sentences[name.sentence].zone
        if zone is Zone.TITLE:
            score += 2
        elif name.sentence in lead:
            score += 3
            score += 2 if name.kind in in_title else 0
        else:
            score -= 2
        score += min(3, echoes.get(_head_word(reading, name), 0))
        candidates.append(_Candidate(name, score))
    return candidates


def _lead_sentences(reading: Reading) -> frozenset[int]:
    body = [index for index, sentence in enumerate(reading.sentences) if sentence.zone is Zone.BODY]
    return frozenset(body[:_LEAD_SENTENCES])


def _head_word(reading: Reading, name: EventName) -> str:
    """Return what later sentences repeat of a name: "hội nghị", "buổi lễ"."""
    words = reading.key[name.head.start : name.head.end].split()
    if words[0] == "lễ":
        return "buổi lễ"
    return " ".join(words[-2:] if words[0] in {"buổi", "cuộc", "phiên"} and len(words) > 2 else words)


def _before(reading: Reading, name: EventName) -> str:
    start = reading.sentences[name.sentence].span.start
    return reading.key[max(start, name.span.start - _WINDOW) : name.span.start]


def _noun_score(reading: Reading, mentions: MentionIndex, name: EventName) -> int | None:
    before = _before(reading, name)
    sentence = reading.sentences[name.sentence]
    if _NOT_REPORTED.search(before) or _PLANNED.search(before):
        return None
    after = reading.key[name.span.end : min(sentence.span.end, name.span.end + 2 * _WINDOW)]
    score = 0 if name.is_bare else 3
    holds_itself = _HOLDS_ITSELF.match(reading.key, name.head.start) and _has_subject(mentions, sentence, name)
    if holds_itself or _HELD_BEFORE.search(before) or _HELD_AFTER.match(after):
        score += 4
    elif _ORGANIZED.search(after):
        score += 4
    elif _AT_BEFORE.search(before):
        score += 2
    elif not before.strip(" \"“'(-:"):
        score += 2
    if find_day(reading, mentions, sentence.span, name) is not None:
        score += 3
    return score


def _verb_score(reading: Reading, mentions: MentionIndex, name: EventName) -> int | None:
    before = _before(reading, name)
    sentence = reading.sentences[name.sentence]
    phrase = " ".join(reading.key[name.head.start : name.head.end].split())
    organized = re.search(r"(?:tổ chức|họp|mở|buổi|lễ|tiến hành)\s+(?:thành công\s+)?$", before)
    if _PLANNED.search(before) or name.is_bare or re.search(r"(?:đoàn|tổ|kế hoạch)\s+$", before):
        return None
    in_title = sentence.zone is Zone.TITLE
    if not organized and (phrase not in _BARE_VERBS and not in_title):
        return None
    if not organized and _NOT_REPORTED.search(before):
        return None
    if not in_title and name.sentence not in _lead_sentences(reading):
        return None
    subject = _has_subject(mentions, sentence, name)
    day = find_day(reading, mentions, sentence.span, name) is not None
    acted = _ACTED.search(before) is not None
    if not organized and not in_title and not (subject and (day or acted)):
        return None
    score = 3 if organized or (in_title and name.kind == "conference" and not before.strip()) else 1
    score += 2 if subject else 0
    score += 3 if day else 0
    return score + (1 if _VERB_LEAD.search(before) else 0)


def _has_subject(mentions: MentionIndex, sentence: Sentence, name: EventName) -> bool:
    before = Span(sentence.span.start, name.span.start)
    return bool(mentions.within(before, OrganizationMention) or mentions.within(before, PersonMention))


def _beside(
    reading: Reading, mentions: MentionIndex, main: _Candidate, scored: Sequence[_Candidate]
) -> list[_Candidate]:
    """Return the best candidate of each further event, which the text itself sets apart from the main one."""
    day = find_day(reading, mentions, reading.sentences[main.name.sentence].span, main.name)
    found: dict[str, _Candidate] = {}
    for candidate in scored:
        name = candidate.name
        sentence = reading.sentences[name.sentence]
        if name.kind == main.name.kind or name.is_bare or sentence.zone is not Zone.BODY:
            continue
        if name.sentence == main.name.sentence or not name.noun:
            continue
        opening = _FURTHER.match(reading.key, sentence.span.start, sentence.span.end)
        own_day = find_day(reading, mentions, sentence.span, name)
        apart = opening is not None or (own_day is not None and day is not None and own_day != day)
        held = _HELD_BEFORE.search(_before(reading, name)) is not None
        score = candidate.score + (5 if apart else 0)
        if apart and held and score >= _REPORTED_BESIDE and name.kind not in found:
            found[name.kind] = candidate
    return list(found.values())


def _event(reading: Reading, mentions: MentionIndex, candidate: _Candidate, key: str) -> Event[Span]:
    name = candidate.name
    arguments = find_arguments(reading, mentions, name)
    confidence = min(0.97, 0.6 + 0.03 * candidate.score)
    return Event(
        key=key,
        kind=name.kind,
        name=reading.surface(name.span),
        date_text=arguments.date_text,
        start=arguments.start,
        end=arguments.end,
        session=arguments.session,
        venue=arguments.venue,
        organizer=arguments.organizer,
        counterpart=arguments.counterpart,
        attendee_organizations=arguments.attendees,
        evidence=Evidence(
            spans=(name.span, *arguments.evidence),
            rule="events.noun" if name.noun else "events.verb",
            confidence=round(confidence, 2),
        ),
    )

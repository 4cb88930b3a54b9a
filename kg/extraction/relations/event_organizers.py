"""Who held an event, and who sat across the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_names import EventName, sentence_around
from kg.extraction.relations.participants import is_general
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.article import Zone
from kg.model.mention import OrganizationMention, PersonMention, PostMention
from kg.model.span import Span

_CUES = load_resource("events")
# "dưới sự chủ trì của N, BODY họp": a noun, and no verb of BODY's.
_ORGANIZING = re.compile(r"(?<!sự )" + phrase_pattern(_CUES["organizing"]))
_UNDERGOES = re.compile(r"(?:,[^.;,\n]{0,30})?\s+(?:đã |vừa |cũng |vừa mới )?được\s(?!sự)")
_JOINTLY = re.compile(r"(?:,\s*)?" + phrase_pattern(_CUES["jointly"]))
_ELSEWHERE = re.compile(phrase_pattern(_CUES["not_organizer_before"]) + r"\s*(?:các\s)?$")
_BY = re.compile(r"(?:^|[\s,(])(?:do|được|bởi|mà)\s+$")
_HELD_BY_BEFORE = re.compile(r"(?:tổ chức|thực hiện|tiến hành|chủ trì)\s+bởi\s+$")
_HELD_BY = re.compile(phrase_pattern(_CUES["held_by"]))
_SITTING = re.compile(r"kỳ họp[^.;\n]{0,24}$")
_OF = re.compile(r"(?:^|\s)của\s+$")
_COORDINATED = re.compile(r"\s*(?:và|-|&|/)\s*(?:các\s)?")
_LISTED = re.compile(r"\s*(?:,|và|-|&|/)\s*(?:các\s)?")
_DELEGATION = re.compile(
    rf"{phrase_pattern(_CUES['delegations'])}\s*(?:{phrase_pattern(_CUES['delegation_links'])}\s*|\d+\s*){{0,3}}$"
    rf"|{phrase_pattern(_CUES['sent_delegations'])}\s[^.;,\n]{{0,60}}\s(?:của|thuộc)\s+$"
)
# Between the body that acts and its verb.
_AUXILIARIES = re.compile(rf"[\s,]*(?>{phrase_pattern(_CUES['auxiliaries'])}[\s,]*)*+")
_PEOPLE_OF = re.compile(r"(?:" + phrase_pattern(_CUES["people_of"]) + r"[,\s]*)+$")
_WITH = re.compile(r"\s*(?:cùng\s)?với\s+(?:tập thể\s|lãnh đạo\s|đại diện\s|các\s|lãnh đạo các\s)*$")
_OPENING = re.compile(r"(?:sáng|chiều|tối|trưa|ngày|vừa|qua|nay|trong|hai|và|tháng|năm|[\d/.,()\-\s\"])*")
_ACTING = frozenset({"inspection", "visit", "working_session"})
_TITLE_VERB = re.compile(rf"\s*(?::|{phrase_pattern(_CUES['headline_verbs'])})")
_BEFORE = 40
_LATER_SENTENCES = 5
_LONGEST_SENTENCE = 4000


def find_organizer(reading: Reading, mentions: MentionIndex, name: EventName) -> Span | None:
    """Return the body that held an event, from the sentence that names it or else from the title."""
    sentence = sentence_around(reading, name)
    bodies = _free_bodies(reading, mentions, sentence)
    found = _after_name(reading, name, bodies, sentence)
    if found is None:
        found = _subject(reading, mentions, name, bodies, sentence)
    if found is None:
        found = _inside_name(reading, name, mentions)
    if found is None:
        found = _told_later(reading, mentions, name)
    if found is None:
        found = _in_title(reading, mentions, name)
    return found


def find_sender(reading: Reading, mentions: MentionIndex, within: Span) -> Span | None:
    """Return the body whose delegation a sentence speaks of."""
    for body in _free_bodies(reading, mentions, within):
        lead = reading.key[max(within.start, body.start - 2 * _BEFORE) : body.start]
        if _DELEGATION.search(lead):
            return body
    return None


def find_counterpart(
    reading: Reading, mentions: MentionIndex, name: EventName, organizer: Span | None
) -> Span | None:
    """Return the body that a working session was held with."""
    if "làm việc" not in reading.key[name.head.start : name.head.end]:
        return None
    sentence = sentence_around(reading, name)
    for mention in mentions.within(Span(name.head.start, sentence.end), OrganizationMention):
        between = reading.key[max(name.head.start, mention.span.start - _BEFORE) : mention.span.start]
        if mention.span != organizer and (_WITH.search(between) or between.endswith("làm việc với ")):
            return mention.span
    return None


def _free_bodies(reading: Reading, mentions: MentionIndex, within: Span) -> list[Span]:
    """Return the bodies that do not stand inside somebody's post, as far as a sentence of people's goes."""
    within = Span(within.start, min(within.end, within.start + _LONGEST_SENTENCE))
    posts = [post for post in mentions.within(within, PostMention) if not is_general(post)]
    organs = {post.organ for post in posts if post.organ is not None}
    ends = {post.span.end for post in posts}
    return [
        mention.span
        for mention in mentions.within(within, OrganizationMention)
        if mention.span not in organs
        and mention.span.start - 1 not in ends
        and not any(post.span.contains(mention.span) for post in posts)
    ]


def _after_name(reading: Reading, name: EventName, bodies: Sequence[Span], sentence: Span) -> Span | None:
    for body in bodies:
        if _HELD_BY_BEFORE.search(reading.key, max(sentence.start, body.start - _BEFORE), body.start):
            return body
        if body.start < name.head.end:
            continue
        before = reading.key[max(name.head.end, body.start - _BEFORE) : body.start]
        after = reading.key[body.end : min(sentence.end, body.end + 200)]
        if _BY.search(before) and _HELD_BY.search(after):
            return body
        if body.start >= name.span.end and _PEOPLE_OF.search(before) and body.start - name.span.end < 80:
            return body
    return None


def _subject(
    reading: Reading, mentions: MentionIndex, name: EventName, bodies: Sequence[Span], sentence: Span
) -> Span | None:
    """Return the body that is the subject before the name."""
    limit = name.span.start
    verbs = list(_ORGANIZING.finditer(reading.key, max(sentence.start, limit - 120), limit))
    if verbs:
        limit = verbs[-1].start() if not name.noun or limit - verbs[-1].end() < 90 else limit
    joint = _JOINTLY.search(reading.key, _first_end(bodies, sentence), limit)
    if joint:
        limit = joint.start()
    before = [body for body in bodies if body.end <= limit]
    if not before:
        return None
    holds = verbs and reading.key[before[-1].end : verbs[-1].start()].strip() in {"", "đã", "vừa"}
    if name.kind in _ACTING and not holds:
        return _acting(reading, mentions, before, Span(sentence.start, limit))
    while before:
        body = before.pop()
        lead = reading.key[max(sentence.start, body.start - _BEFORE) : body.start]
        if _UNDERGOES.match(reading.key, body.end):
            continue
        if lead.rfind("(") > lead.rfind(")") or (_ELSEWHERE.search(lead) and not _BY.search(lead)):
            continue
        return _first_of_joint(reading, before, body)
    return None


def _first_of_joint(reading: Reading, before: list[Span], body: Span) -> Span:
    """Return the first of "A, B và C", of "Đảng ủy - HĐND - UBND xã"."""
    group = [body]
    joiner = _COORDINATED
    while before and joiner.fullmatch(reading.key[before[-1].end : group[0].start]):
        lead = reading.key[max(0, before[-1].start - _BEFORE) : before[-1].start]
        if _ELSEWHERE.search(lead):
            break
        group.insert(0, before.pop())
        joiner = _LISTED
    return group[0]


def _first_end(bodies: Sequence[Span], sentence: Span) -> int:
    return bodies[0].end if bodies else sentence.end


def _acting(reading: Reading, mentions: MentionIndex, bodies: Sequence[Span], clause: Span) -> Span | None:
    """Return the body that acts itself or sends the delegation; a person who acts is no organizer.

    `clause` ends where the verb begins.
    """
    sender = find_sender(reading, mentions, clause)
    if sender is not None:
        return sender
    first, last = bodies[0], bodies[-1]
    lead = reading.key[clause.start : first.start]
    if not mentions.within(Span(clause.start, first.start), PersonMention) and _OPENING.fullmatch(lead):
        return first
    if not _AUXILIARIES.fullmatch(reading.key, last.end, clause.end):
        return None
    # "lãnh đạo Huyện ủy, UBND huyện đến thăm": what stands before the first counts for all of the list.
    opening = last
    for body in reversed(bodies[:-1]):
        if not _LISTED.fullmatch(reading.key, body.end, opening.start):
            break
        opening = body
    lead = reading.key[max(clause.start, opening.start - _BEFORE) : opening.start]
    return None if _ELSEWHERE.search(lead) else opening


def _inside_name(reading: Reading, name: EventName, mentions: MentionIndex) -> Span | None:
    """Return the body in "Hội nghị … của BODY" or "Đại hội BODY"; what is inspected has no say in it."""
    if not name.noun and name.kind in _ACTING:
        return None
    for mention in mentions.within(name.span, OrganizationMention):
        lead = reading.key[max(name.span.start, mention.span.start - _BEFORE) : mention.span.start]
        if _OF.search(lead) and not re.search(r"thành lập|quyết định|nghị quyết", lead):
            return mention.span
        if name.kind == "congress" and mention.span.start - name.head.end <= 12:
            return mention.span
        if _SITTING.search(lead):
            return mention.span
    return None


def _told_later(reading: Reading, mentions: MentionIndex, name: EventName) -> Span | None:
    """Return the body in a later "Buổi họp báo do BODY tổ chức"."""
    head = " ".join(reading.key[name.head.start : name.head.end].split()[-2:])
    for sentence in reading.sentences[name.sentence + 1 : name.sentence + 1 + _LATER_SENTENCES]:
        for body in _free_bodies(reading, mentions, sentence.span):
            before = reading.key[max(sentence.span.start, body.start - 3 * _BEFORE) : body.start]
            after = reading.key[body.end : min(sentence.span.end, body.end + 200)]
            if head in before and _BY.search(before) and _HELD_BY.search(after):
                return body
    return None


def _in_title(reading: Reading, mentions: MentionIndex, name: EventName) -> Span | None:
    for sentence in reading.sentences:
        if sentence.zone is not Zone.TITLE:
            continue
        for body in _free_bodies(reading, mentions, sentence.span)[:1]:
            opens = body.start - sentence.span.start <= 2
            if opens and _TITLE_VERB.match(reading.key, body.end, sentence.span.end):
                return body
        return None
    return None

"""The people whose own act an event is: "ông N đến thăm …", "bà N có buổi làm việc với …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.participant_lists import group_before
from kg.extraction.relations.participant_roles import Claim
from kg.extraction.relations.participants import find_participants
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.relation import Event
from kg.model.sentence import Sentence
from kg.model.span import Span

_ACTS = frozenset({"visit", "inspection", "working_session", "ceremony"})
_CUES = load_resource("events")
_WITH_DELEGATION = re.compile(phrase_pattern(_CUES["with_delegation"]))
_OTHER_CLAUSE = re.compile(rf"[;:\"]|\.\s|{phrase_pattern(_CUES['other_clause'])}")
_LEADS = re.compile(phrase_pattern(_CUES["acts"]))
_FAREWELL = re.compile(phrase_pattern(_CUES["farewell"]) + r"\s*(?:các\s)?$")
# "; lãnh đạo Sở Y tế", "cùng đại diện các sở": who came with them stands between them and their verb.
_COMPANIONS = re.compile(
    rf"\s*[;,]?\s*(?:(?:và|cùng|cùng với)\s+)?{phrase_pattern(_CUES['companions'])}\s[^.:\"\n]{{0,140}}?"
    rf"(?=\s{phrase_pattern(_CUES['acts'])}\s)"
)
_GAP = 200
_SHORT = 15
_REACH = 1200


def actors(
    reading: Reading, mentions: MentionIndex, events: Sequence[Event[Span]], claims: Sequence[Claim]
) -> Iterable[Claim]:
    """Return those who visit, inspect, meet or hand over, as the subjects of the clause that names the event.

    One who comes "cùng đoàn công tác" leads it. Those whom other words give a role are left out.
    """
    known = {claim.participant.span for claim in claims}
    for event in events:
        name = event.evidence.spans[0]
        sentence = next((s for s in reading.sentences if s.span.contains(name)), None)
        acts = event.kind in _ACTS or (event.kind == "other" and event.evidence.rule == "events.verb")
        if not acts or sentence is None:
            continue
        for claim in (*_subjects(reading, mentions, sentence, name), *_honoured(reading, mentions, name)):
            if claim.participant.span not in known:
                yield claim


def _subjects(reading: Reading, mentions: MentionIndex, sentence: Sentence, name: Span) -> Iterable[Claim]:
    within = Span(max(sentence.span.start, name.start - _REACH), min(sentence.span.end, name.end))
    participants = [p for p in find_participants(reading, mentions, within) if p.person is not None]
    before = [p for p in participants if p.extent.end <= name.start]
    if not before:
        return
    gap = reading.key[before[-1].extent.end : name.start]
    if len(gap) > _GAP:
        return
    if not _WITH_DELEGATION.search(gap):
        gap = _COMPANIONS.sub("", gap, count=1)
    if _OTHER_CLAUSE.search(gap) or (len(gap) > _SHORT and not _LEADS.search(gap)):
        return
    role = "led_by" if _WITH_DELEGATION.search(gap) else "attendee"
    for participant in group_before(reading, before, within.start, many=True):
        yield Claim(participant, (role,), "participations.actor", name.start, 0.85)


def _honoured(reading: Reading, mentions: MentionIndex, name: Span) -> Iterable[Claim]:
    """Yield those for whom an event was held: "gặp mặt, chia tay đồng chí N"."""
    for participant in find_participants(reading, mentions, name):
        lead = reading.key[name.start : participant.extent.start]
        if participant.person is not None and _FAREWELL.search(lead):
            yield Claim(participant, ("attendee",), "participations.honoured", name.start, 0.85)

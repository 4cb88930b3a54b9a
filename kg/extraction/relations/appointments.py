"""Who was given a post or left one, by whose decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.appointment_details import Details, find_details
from kg.extraction.relations.participants import Participant, find_participants, is_part_of_body, stretches
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.extraction import Relations
from kg.model.mention import OrganizationMention, PostMention
from kg.model.relation import Appointment, Evidence
from kg.model.span import Span

_CUES = load_resource("appointments")
_ACTIONS = {
    matching_key(phrase): action for action, phrases in _CUES["actions"].items() for phrase in phrases
}
_WEAK = frozenset(matching_key(phrase) for phrase in _CUES["weak"])
_ACTION = re.compile(phrase_pattern(_ACTIONS))
_GIVING = re.compile(phrase_pattern(_CUES["giving"]) + r"\s+(?:quyền\s+|vụ\s+)?")
_NOT_AN_ACT = re.compile(phrase_pattern(_CUES["not_an_act_before"]) + r"\s+(?:lại\s+)?$")
_PASSIVE = re.compile(r"[\s,)\-]*(?:" + phrase_pattern(_CUES["passive"]) + r")[^.;\n]{0,80}$")
_OWN = frozenset(matching_key(phrase) for phrase in _CUES["own"])
_OWN_AFTER = re.compile(rf"[\s,)\-]*(?:{phrase_pattern(_CUES['own_after'])}\s*)*$")
_ONLY_SIGNS = re.compile(r"[\s,)\-]*$")
_JOINED = re.compile(r"\s*(?:,|và|cùng)\s*")
_LEAVING = frozenset({"retired", "dismissed"})
_CHARGE = re.compile(phrase_pattern(_CUES["charge"]))
_NEAR = 4
_REACH = 160


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    action: str
    phrase: str

    @property
    def weak(self) -> bool:
        """Tell whether the act says nothing of a post by itself."""
        return self.phrase in _WEAK


def extract_appointments(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Find the appointments that the article reports: who, what was done, which post, by which decision."""
    found: dict[tuple[str, str, str | None], Appointment[Span]] = {}
    for index, sentence in enumerate(reading.sentences):
        for span in stretches(reading, sentence.span):
            for appointment in _appointments(reading, mentions, index, span):
                name = reading.key[appointment.person.start : appointment.person.end]
                found.setdefault((name, appointment.action, appointment.title), appointment)
    term = _term_of_congress(relations)
    return Relations(
        appointments=tuple(
            replace(one, term=term) if one.action == "elected" and one.term is None else one
            for one in found.values()
        )
    )


def _appointments(
    reading: Reading, mentions: MentionIndex, index: int, span: Span
) -> Iterator[Appointment[Span]]:
    acts = list(_acts(reading, span))
    if not acts:
        return
    people = [p for p in find_participants(reading, mentions, span) if p.person is not None]
    for number, person in enumerate(people):
        limit = _limit(reading, people[number:], span.end)
        act = _act_on(reading, person, people[:number], acts, limit)
        if act is not None:
            appointment = _appointment(reading, mentions, person, act, (index, limit))
            if appointment is not None:
                yield appointment


def _limit(reading: Reading, people: Sequence[Participant], end: int) -> int:
    """Return where the words about the first of the people end; "A và B giữ chức …" share theirs."""
    for person, following in pairwise(people):
        if not _JOINED.fullmatch(reading.key, person.extent.end, following.extent.start):
            return following.extent.start
    return end


def _acts(reading: Reading, span: Span) -> Iterator[_Act]:
    for match in _ACTION.finditer(reading.key, span.start, span.end):
        phrase = " ".join(match.group().split())
        before = reading.key[max(span.start, match.start() - 24) : match.start()]
        # "về việc bổ nhiệm" is what a decision decides; "việc bổ nhiệm" alone is a matter talked about.
        if _NOT_AN_ACT.search(before) and not before.rstrip().endswith("về việc"):
            continue
        yield _Act(match.start(), match.end(), _ACTIONS[phrase], phrase)


def _act_on(
    reading: Reading, person: Participant, earlier: Sequence[Participant], acts: Sequence[_Act], limit: int
) -> _Act | None:
    """Return the act whose object or passive subject a person is."""
    for act in acts:
        if not person.extent.end <= act.start < limit:
            continue
        gap = reading.key[person.extent.end : act.start]
        own = act.phrase in _OWN and _OWN_AFTER.match(gap)
        passive = _PASSIVE.match(gap) or (act.phrase.startswith("được") and _ONLY_SIGNS.match(gap))
        if (own or passive) and len(gap) <= _REACH:
            return act
    before = [act for act in acts if act.end <= person.extent.start]
    if not before:
        return None
    act = before[-1]
    if act.action == "retired":
        return None
    between = [other for other in earlier if other.span.start >= act.end]
    gap = reading.key[(between[-1].extent.end if between else act.end) : person.extent.start]
    # A further person under one verb needs a post of their own: "bầu A giữ chức …; B giữ chức …".
    if between and not _GIVING.search(reading.key, person.extent.end, limit):
        return None
    if (
        act.weak
        and not between
        and (gap.strip(" :") or not _GIVING.search(reading.key, person.extent.end, limit))
    ):
        return None
    return act if len(gap) <= _REACH and "." not in gap.rstrip(". ") else None


def _appointment(
    reading: Reading, mentions: MentionIndex, person: Participant, act: _Act, place: tuple[int, int]
) -> Appointment[Span] | None:
    sentence_index, limit = place
    sentence = reading.sentences[sentence_index].span
    post = _post(reading, mentions, person, act, limit)
    if post is None and (act.weak or act.action not in {"transferred", "retired", "dismissed"}):
        return None
    details: Details = find_details(reading, mentions, sentence_index, Span(act.start, limit))
    title, organ, where = post if post is not None else (None, None, None)
    spans = (Span(act.start, act.end), person.span, *((where,) if where is not None else ()), sentence)
    return Appointment(
        person=person.span,
        action=act.action,
        title=title,
        organization=organ,
        organization_surface=reading.surface(organ) if organ is not None else None,
        decided_by=details.decided_by,
        document=details.document,
        start=details.start,
        term=details.term,
        evidence=Evidence(spans, f"appointments.{act.action}", 0.9 if post is not None else 0.75),
    )


def _post(
    reading: Reading, mentions: MentionIndex, person: Participant, act: _Act, limit: int
) -> tuple[str, Span | None, Span] | None:
    """Return the title, the body and the place in the text of the post that an act is about."""
    if act.action in _LEAVING:
        return _as_given(
            person.posts[0] if person.posts else _first_post(reading, mentions, _between(act.end, limit), 40)
        )
    start = max(person.span.end, act.end)
    charge = _CHARGE.search(reading.key, start, limit)
    for giving in _GIVING.finditer(reading.key, start, limit):
        if charge is not None and charge.start() <= giving.start():
            break
        post = _first_post(reading, mentions, _between(giving.end(), limit), 12)
        if post is not None:
            return _as_given(post)
    if charge is not None:
        bodies = mentions.within(Span(charge.end(), limit), OrganizationMention)
        if bodies and bodies[0].span.start - charge.end() <= _NEAR:
            return (
                reading.surface(Span(charge.start(), charge.start() + len("phụ trách"))),
                bodies[0].span,
                bodies[0].span,
            )
    if act.start >= person.extent.end:
        return _as_given(_first_post(reading, mentions, _between(act.end, limit), 20))
    if act.end <= person.extent.start:
        # "bổ nhiệm Giám đốc Sở Y tế đối với ông N"
        return _as_given(_first_post(reading, mentions, _between(act.end, person.span.start), 20))
    return None


def _as_given(post: PostMention | None) -> tuple[str, Span | None, Span] | None:
    return None if post is None else (post.title, post.organ, post.span)


def _between(start: int, end: int) -> Span:
    return Span(start, max(start, end))


def _first_post(reading: Reading, mentions: MentionIndex, within: Span, reach: int) -> PostMention | None:
    posts = [post for post in mentions.within(within, PostMention) if not is_part_of_body(reading, post)]
    return posts[0] if posts and posts[0].span.start - within.start <= reach else None


def _term_of_congress(relations: Relations) -> str | None:
    for event in relations.events:
        match = re.search(r"nhiệm kỳ\s+(\d{4}\s*[-–]\s*\d{4})", event.name, re.IGNORECASE)
        if match:
            return match[1]
    return None

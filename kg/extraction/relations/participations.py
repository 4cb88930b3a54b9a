"""Who took part in an event, and in which role."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_actors import actors
from kg.extraction.relations.event_arguments import find_day
from kg.extraction.relations.participant_roles import Claim, claims_of_sentence, continued_list
from kg.extraction.relations.participants import Participant, find_participants, stretches
from kg.extraction.relations.participation_cues import SAYING
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Zone
from kg.model.extraction import Relations
from kg.model.mention import OrganizationMention
from kg.model.relation import Event, Evidence, Participation
from kg.model.sentence import Sentence
from kg.model.span import Span

_STRONGER = {"attendee": {"chair", "directed_by", "led_by"}}
_LEADER = re.compile(phrase_pattern(load_resource("roles")["leaders"]))
_REPORTERS = re.compile(phrase_pattern(load_resource("roles")["to_reporters"]))
_EVENT_WORDS = re.compile(phrase_pattern(load_resource("roles")["events"]))
_NO_GATHERING = re.compile(phrase_pattern(load_resource("roles")["no_gathering"]))
# One of the people, with age and address in brackets.
_RESIDENT = re.compile(rf"[\s,(\-]*(?:\d+\s+)?{phrase_pattern(load_resource('roles')['residents'])}")
_AROUND = 60
_REACH = 1500
_PRESS_CONFERENCE = "họp báo"
_ITEM_NUMBER = 4  # "12." before an item of a list
_OFFICIAL_SPEECH = frozenset({"directed_by", "opened_by", "concluded_by"})


def extract_participations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Find the participants of the reported events.

    One who chairs or directs is not also an attendee, and one who opens, directs or concludes does not also
    speak by merely saying something.
    """
    if not relations.events:
        return Relations()
    claims, asked = _claims(reading, mentions, relations.events)
    claims.extend(actors(reading, mentions, relations.events, claims))
    claims = _with_leader(reading, claims)
    identities = _identities(reading, [*claims, *asked])
    interviewed = {identities[claim.participant.span] for claim in asked}
    claims = [c for c in claims if not _to_the_reporter(reading, c, identities, interviewed)]
    claims = [c for c in claims if not _on_another_day(reading, mentions, c, relations.events)]
    found: list[Participation[Span]] = []
    for event, group in _by_event(reading, relations.events, claims):
        found.extend(_participations(reading, event, group, identities))
    return Relations(participations=tuple(found))


@dataclass(frozen=True, slots=True)
class _Heading:
    """A cue whose list goes on in the sentences after it."""

    roles: tuple[str, ...]


def _claims(
    reading: Reading, mentions: MentionIndex, events: Sequence[Event[Span]]
) -> tuple[list[Claim], list[Claim]]:
    """Return who has which role, and apart from them what was said to a reporter."""
    # The verb that is the event ("đến thăm, chúc mừng …") is no speech at it.
    verbs = [event.evidence.spans[0] for event in events if event.evidence.rule == "events.verb"]
    press = any(_PRESS_CONFERENCE in matching_key(event.name) for event in events)
    found: list[Claim] = []
    asked: list[Claim] = []
    heading: _Heading | None = None
    last: Participant | None = None
    for sentence, span in _stretches(reading):
        participants = find_participants(reading, mentions, span)
        bodies = [mention.span for mention in mentions.within(span, OrganizationMention)]
        masked = bodies + [verb for verb in verbs if span.contains(verb)]
        claims, open_roles = claims_of_sentence(reading, span, participants, masked, antecedent=last)
        if not press:
            asked.extend(claim for claim in claims if _said_to_reporter(reading, sentence, claim))
            claims = [claim for claim in claims if not _said_elsewhere(reading, sentence, claim)]
        if heading is not None and not claims and participants:
            claims = continued_list(reading, span, participants, heading.roles)
            open_roles = heading.roles if claims else ()
        found.extend(claims)
        last = next((p for p in reversed(participants) if p.person is not None), last)
        heading = _Heading(open_roles) if open_roles else None
    return found, asked


def _stretches(reading: Reading) -> Iterator[tuple[Sentence, Span]]:
    for sentence in reading.sentences:
        if len(sentence.span) > _ITEM_NUMBER:
            for span in stretches(reading, sentence.span):
                yield sentence, span


def _said_elsewhere(reading: Reading, sentence: Sentence, claim: Claim) -> bool:
    """Tell whether words are a headline's, one of the people's, or were said to a reporter: no speech."""
    if claim.roles != (SAYING,):
        return False
    if sentence.zone is Zone.TITLE or _said_to_reporter(reading, sentence, claim):
        return True
    return not claim.participant.posts and bool(_RESIDENT.match(reading.key, claim.participant.span.end))


def _said_to_reporter(reading: Reading, sentence: Sentence, claim: Claim) -> bool:
    if claim.roles != (SAYING,) or sentence.zone is Zone.TITLE:
        return False
    span = claim.participant.extent
    start = max(sentence.span.start, span.start - _AROUND)
    end = min(sentence.span.end, max(span.end, claim.at) + _AROUND)
    return _REPORTERS.search(reading.key, start, end) is not None


def _to_the_reporter(
    reading: Reading, claim: Claim, identities: dict[Span, str], interviewed: set[str]
) -> bool:
    """Tell whether one who talks to the reporter elsewhere goes on doing so, away from the event."""
    if claim.roles != (SAYING,) or identities[claim.participant.span] not in interviewed:
        return False
    sentence = _sentence_of(reading, claim)
    return _EVENT_WORDS.search(reading.key, sentence.start, sentence.end) is None


def _on_another_day(
    reading: Reading, mentions: MentionIndex, claim: Claim, events: Sequence[Event[Span]]
) -> bool:
    """Tell whether something was said on a day of its own, after the event: "Ngày 1/10, N cho biết …"."""
    days = {event.start for event in events} | {event.end for event in events}
    if claim.roles != (SAYING,) or None in {event.start for event in events}:
        return False
    sentence = _sentence_of(reading, claim)
    said = find_day(
        reading, mentions, Span(sentence.start, max(sentence.start, claim.participant.span.start))
    )
    if said is None or said.start in days:
        return False
    return _EVENT_WORDS.search(reading.key, sentence.start, sentence.end) is None


def _sentence_of(reading: Reading, claim: Claim) -> Span:
    """Return the sentence of a claim, cut to what can bear on it: a page without full stops has no end."""
    position = bisect_right(reading.sentences, claim.at, key=lambda sentence: sentence.span.start) - 1
    sentence = reading.sentences[position].span
    start, end = claim.participant.extent.start - _REACH, claim.at + _REACH
    return Span(max(sentence.start, start), max(sentence.start, start, min(sentence.end, end)))


def _with_leader(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """Put the leader of the delegation for "đồng chí Trưởng đoàn", where there is one."""
    leaders = [claim.participant for claim in claims if claim.roles == ("led_by",)]
    if len({leader.person.text for leader in leaders if leader.person is not None}) != 1:
        return claims
    found = []
    for claim in claims:
        span = claim.participant.span
        meant = _LEADER.match(reading.key, span.start) is not None
        leader = replace(leaders[0], extent=span)
        found.append(replace(claim, participant=leader) if meant else claim)
    return found


def _identities(reading: Reading, claims: Iterable[Claim]) -> dict[Span, str]:
    """Tell who is who, as far as roles of one person must be weighed together.

    A given name alone and a post alone are taken for the one full name that fits; resolution proper comes
    later and decides for the graph.
    """
    names: dict[str, str] = {}
    by_given: dict[str, set[str]] = {}
    by_title: dict[str, set[str]] = {}
    participants = [claim.participant for claim in claims]
    for participant in participants:
        if participant.person is not None and not participant.person.partial:
            name = matching_key(participant.person.text)
            names[name] = name
            by_given.setdefault(name.split()[-1], set()).add(name)
            for post in participant.posts:
                by_title.setdefault(matching_key(post.title), set()).add(name)
    found: dict[Span, str] = {}
    for participant in participants:
        if participant.person is None:
            title = matching_key(participant.posts[0].title)
            options = by_title.get(title, set())
        elif participant.person.partial:
            title = matching_key(participant.person.text)
            options = by_given.get(title.split()[-1], set())
        else:
            title = matching_key(participant.person.text)
            options = {title}
        found[participant.span] = next(iter(options)) if len(options) == 1 else title
    return found


def _by_event(
    reading: Reading, events: Sequence[Event[Span]], claims: Sequence[Claim]
) -> Iterable[tuple[Event[Span], list[Claim]]]:
    """Give each claim to the last event named before it, or in the same sentence; else to the first."""
    groups: dict[str, list[Claim]] = {event.key: [] for event in events}
    ordered = sorted(events, key=lambda event: event.evidence.spans[0].start)
    starts = [event.evidence.spans[0].start for event in ordered]
    for claim in claims:
        position = bisect_right(reading.sentences, claim.at, key=lambda sentence: sentence.span.start) - 1
        limit = max(claim.at, reading.sentences[position].span.end)
        last = bisect_left(starts, limit) - 1
        groups[(ordered[last] if last >= 0 else events[0]).key].append(claim)
    return [(event, groups[event.key]) for event in events]


def _participations(
    reading: Reading, event: Event[Span], claims: Sequence[Claim], identities: dict[Span, str]
) -> Iterable[Participation[Span]]:
    if _NO_GATHERING.match(matching_key(event.name)):
        claims = [claim for claim in claims if claim.roles != (SAYING,)]
    roles: dict[str, set[str]] = {}
    for claim in claims:
        roles.setdefault(identities[claim.participant.span], set()).update(claim.roles)
    done: set[tuple[str, str]] = set()
    for claim in claims:
        who = identities[claim.participant.span]
        for role in claim.roles:
            if roles[who] & _STRONGER.get(role, set()):
                continue
            if role == SAYING and roles[who] & (_OFFICIAL_SPEECH | {"speaker"}):
                continue
            final = "speaker" if role == SAYING else role
            if final == "speaker" and (who, "speaker") in done:
                continue
            if (who, final) in done:
                continue
            done.add((who, final))
            yield _participation(reading, event, claim.participant, replace(claim, roles=(final,)))


def _participation(
    reading: Reading, event: Event[Span], participant: Participant, claim: Claim
) -> Participation[Span]:
    post = participant.posts[0] if participant.posts else None
    organ = post.organ if post is not None else None
    named = participant.person is not None
    return Participation(
        event=event.key,
        role=claim.roles[0],
        person=participant.span if named else None,
        title=None if named or post is None else post.title,
        organization=None if named else organ,
        organization_surface=None if named or organ is None else reading.surface(organ),
        evidence=Evidence(
            spans=(participant.span, participant.extent), rule=claim.rule, confidence=claim.confidence
        ),
    )

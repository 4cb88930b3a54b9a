"""The events that an article reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_arguments import find_arguments
from kg.extraction.relations.event_candidates import REPORTED, Candidate, beside, referred_to, weigh
from kg.extraction.relations.event_names import EventName, find_event_names
from kg.extraction.relations.event_organizers import find_organizer, find_sender
from kg.extraction.relations.event_surroundings import Surroundings, surroundings
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.article import Zone
from kg.model.extraction import Relations
from kg.model.relation import Event, Evidence
from kg.model.span import Span

_SAME_DAY = re.compile(phrase_pattern(load_resource("events")["same_day"]))


def extract_events(reading: Reading, mentions: MentionIndex, _: Relations) -> Relations:
    """Find the events that the article reports: usually one, seldom several, often none.

    A title and a lead that speak of the same event make one; an event that is planned, past or named in
    passing makes none.
    """
    names = find_event_names(reading, mentions)
    around = surroundings(reading, mentions, names)
    candidates = weigh(around, names)
    own = [one for one in candidates if not around.tells_of_earlier(one.name)]
    main = max(own, key=lambda one: (one.score, -one.name.span.start), default=None)
    if main is None or main.score < REPORTED:
        alike = referred_to(around, names)
        return Relations(events=(_unnamed_event(reading, alike),) if alike else ())
    reported = [main, *beside(around, main, candidates)]
    reported.sort(key=lambda candidate: candidate.name.span.start)
    first = _event(around, main, "event-1")
    events = []
    for number, candidate in enumerate(reported, start=1):
        event = first if candidate is main else _event(around, candidate, "")
        if candidate is main and event.organizer is None:
            event = replace(event, organizer=_told_elsewhere(around, main, candidates))
        if event.date_text is None and _says_same_day(reading, candidate.name):
            event = replace(event, date_text=first.date_text, start=first.start, end=first.end)
            event = replace(event, date_check=first.date_check)
        events.append(replace(event, key=f"event-{number}"))
    return Relations(events=tuple(events))


def _says_same_day(reading: Reading, name: EventName) -> bool:
    sentence = reading.sentences[name.sentence].span
    return _SAME_DAY.search(reading.key, sentence.start, sentence.end) is not None


def _told_elsewhere(around: Surroundings, main: Candidate, candidates: Sequence[Candidate]) -> Span | None:
    """Return the organizer that the title or the lead gives where it tells of the event in other words."""
    for candidate in sorted(candidates, key=lambda one: -one.score):
        name = candidate.name
        near = around.zone(name) is Zone.TITLE or name.sentence in around.lead
        if name.kind == main.name.kind and name.sentence != main.name.sentence and near:
            found = find_organizer(around.reading, around.mentions, name)
            if found is not None:
                return found
    if main.name.kind != "inspection":
        return None
    lead = (around.reading.sentences[index].span for index in sorted(around.lead))
    senders = (find_sender(around.reading, around.mentions, sentence) for sentence in lead)
    return next((sender for sender in senders if sender is not None), None)


def _unnamed_event(reading: Reading, names: list[EventName]) -> Event[Span]:
    """Return the event of an article that speaks of "cuộc họp" alone, named after the headline."""
    spans = tuple(name.span for name in names)
    evidence = Evidence(spans=spans, rule="events.referred-to", confidence=0.7)
    return Event(key="event-1", kind=names[0].kind, name=_called(reading, names[0]), evidence=evidence)


def _called(reading: Reading, name: EventName) -> str:
    """Return the name of an event: the headline's words where the text says "cuộc họp" and no more."""
    title = reading.article.title
    return title.value if name.is_bare and title is not None else reading.surface(name.span)


def _event(around: Surroundings, candidate: Candidate, key: str) -> Event[Span]:
    name = candidate.name
    arguments = find_arguments(around.reading, around.mentions, name)
    confidence = round(min(0.97, 0.6 + 0.03 * candidate.score), 2)
    rule = "events.noun" if name.noun else "events.verb"
    return Event(
        key=key,
        kind=name.kind,
        name=_called(around.reading, name),
        date_text=arguments.date_text,
        start=arguments.start,
        end=arguments.end,
        session=arguments.session,
        date_check=arguments.date_check,
        venue=arguments.venue,
        organizer=arguments.organizer,
        counterpart=arguments.counterpart,
        attendee_organizations=arguments.attendees,
        evidence=Evidence((name.span, *arguments.evidence), rule, confidence),
    )

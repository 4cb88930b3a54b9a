"""What the names of events are weighed against: their sentences, the lead, the title, later echoes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_arguments import tells_day
from kg.extraction.relations.event_names import EventName, sentence_around
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.article import Zone
from kg.model.mention import OrganizationMention, PersonMention, PlaceMention
from kg.model.span import Span

_FURTHER = re.compile(r"\W*" + phrase_pattern(load_resource("events")["further"]))
_EARLIER = re.compile(r"\W*" + phrase_pattern(load_resource("events")["earlier"]))
# Reaches over the agent between "do" and the verb: "do N, T1, T2 làm trưởng đoàn …".
_WINDOW = 120
_LEAD_SENTENCES = 3
_LATE_SENTENCES = 10
_BESIDE_PLACE = 24


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What candidates are weighed against.

    Attributes:
        lead: the indices of the first sentences of the body.
        late: the indices of those that follow the lead, where an article that begins with something else
            comes to its event.
        title_kinds: the kinds of the events that the title names.
        echoes: how often later text repeats a head alone ("tại hội nghị").
    """

    reading: Reading
    mentions: MentionIndex
    lead: frozenset[int]
    late: frozenset[int]
    title_kinds: frozenset[str]
    echoes: Counter[str]

    def before(self, name: EventName) -> str:
        """Return the words of its sentence that stand before a name."""
        start = self.reading.sentences[name.sentence].span.start
        return self.reading.key[max(start, name.span.start - _WINDOW) : name.span.start]

    def after(self, name: EventName) -> str:
        """Return the words of its sentence that stand after a name."""
        end = self.reading.sentences[name.sentence].span.end
        return self.reading.key[name.span.end : min(end, name.span.end + 2 * _WINDOW)]

    def phrase(self, name: EventName) -> str:
        """Return the head of a name in matching form, with single spaces."""
        return " ".join(self.reading.key[name.head.start : name.head.end].split())

    def zone(self, name: EventName) -> Zone:
        """Return the zone that a name stands in."""
        return self.reading.sentences[name.sentence].zone

    def dated(self, name: EventName) -> bool:
        """Tell whether the sentence gives a day."""
        return tells_day(self.reading, self.mentions, sentence_around(self.reading, name))

    def opens_further(self, name: EventName) -> bool:
        """Tell whether the sentence sets out to tell of another event: "Cùng ngày, …"."""
        span = self.reading.sentences[name.sentence].span
        return _FURTHER.match(self.reading.key, span.start, span.end) is not None

    def tells_of_earlier(self, name: EventName) -> bool:
        """Tell whether the sentence goes back to what was before: "Trước đó, …"."""
        span = self.reading.sentences[name.sentence].span
        return _EARLIER.match(self.reading.key, span.start, span.end) is not None

    def subjects(self, name: EventName) -> list[str]:
        """Return the people and bodies that the sentence names before the event, and a place right before."""
        before = Span(sentence_around(self.reading, name).start, name.span.start)
        near = Span(max(before.start, before.end - _BESIDE_PLACE), before.end)
        people = self.mentions.within(before, PersonMention)
        bodies = self.mentions.within(before, OrganizationMention)
        places = [place for place in self.mentions.within(near, PlaceMention) if place.typed]
        return [mention.text for mention in (*people, *bodies, *places)]

    def subject_follows(self, name: EventName) -> bool:
        """Tell whether a comma and somebody's name follow: "Làm việc với X ngày 4/5, ông N đề nghị …"."""
        end = self.reading.sentences[name.sentence].span.end
        after = Span(name.span.end, min(end, name.span.end + 2 * _WINDOW))
        people = self.mentions.within(after, PersonMention)
        return bool(people) and "," in self.reading.key[after.start : people[0].span.start]


def surroundings(reading: Reading, mentions: MentionIndex, names: Sequence[EventName]) -> Surroundings:
    """Return what the names of one article are weighed against."""
    body = [index for index, sentence in enumerate(reading.sentences) if sentence.zone is Zone.BODY]
    lead, late = body[:_LEAD_SENTENCES], body[_LEAD_SENTENCES:_LATE_SENTENCES]
    title = {name.kind for name in names if reading.sentences[name.sentence].zone is Zone.TITLE}
    echoes = Counter(head_word(reading, name) for name in names if name.is_bare)
    return Surroundings(reading, mentions, frozenset(lead), frozenset(late), frozenset(title), echoes)


def head_word(reading: Reading, name: EventName) -> str:
    """Return what later sentences repeat of a name: "hội nghị", "buổi lễ"."""
    words = reading.key[name.head.start : name.head.end].split()
    if words[0] == "lễ":
        return "buổi lễ"
    return " ".join(words[-2:] if words[0] in {"buổi", "cuộc", "phiên"} and len(words) > 2 else words)

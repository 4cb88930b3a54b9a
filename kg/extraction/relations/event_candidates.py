"""Which of the events that a text names it reports, and which it merely mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.event_arguments import find_day
from kg.extraction.relations.event_names import EventName, sentence_around
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Zone
from kg.model.mention import OrganizationMention, PersonMention
from kg.model.span import Span

_CUES = load_resource("events")


def _ending(cue: str, gap: str = r"\s+") -> re.Pattern[str]:
    return re.compile(phrase_pattern(_CUES[cue]) + gap + "$")


_BARE_VERBS = frozenset(matching_key(phrase) for phrase in _CUES["bare_verbs"])
_HELD_BEFORE = _ending("held_before", r"[^.;:!?\n]{0,60}")
_AT_BEFORE = _ending("at_before", r"\s+(?:một\s+)?")
_PLANNED = _ending("planned", r"[^.;\n]{0,60}")
_ACTED = _ending("acted_before")
_ORGANIZED_BEFORE = _ending("organized_before")
_NOT_ORGANIZED = _ending("not_organized_before")
_DEFINITE = _ending("definite_before")
_NOT_REPORTED = re.compile(
    rf"(?:{phrase_pattern(_CUES['not_reported_before'])}|{phrase_pattern(_CUES['counted_after'])}\s+\d+)"
    r"\s*\"?\s*(?:đợt\s|cuộc\s|buổi\s)?$"
)
_HELD_AFTER = re.compile(r"[\s,\")]*(?:đã\s+)?" + phrase_pattern(_CUES["held_after"]))
_NOT_HELD_AFTER = re.compile(rf"[^.;\n]{{0,40}}?{phrase_pattern(_CUES['not_held_after'])}")
_PUT_OFF = re.compile(phrase_pattern(_CUES["put_off"]))
_ANOTHER_TIME = re.compile(phrase_pattern(_CUES["another_time"]))
_HELD_BY = re.compile(rf"(?:do|được)\s[^.;\n]{{2,160}}?\s{phrase_pattern(_CUES['held_by'])}")
_HOLDS_ITSELF = re.compile(phrase_pattern(_CUES["self_holding"]))
_FURTHER = re.compile(r"\W*" + phrase_pattern(_CUES["further"]))
_DIRECTLY_FURTHER = re.compile(rf"\W*{phrase_pattern(_CUES['further'])}[\s,]*")
_THEN = re.compile(phrase_pattern(_CUES["then"]))
_ACTING_PEOPLE = re.compile(phrase_pattern(_CUES["acting_people"]))
_WINDOW = 120
_LEAD_SENTENCES = 3
# Measured on hand-annotated articles: statistics without an event stay below, one-line reports above.
REPORTED = 6
_REPORTED_BESIDE = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of an event and how much speaks for the article reporting it."""

    name: EventName
    score: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What candidates are weighed against.

    Attributes:
        lead: the indices of the first sentences of the body.
        title_kinds: the kinds of the events that the title names.
        echoes: how often later text repeats a head alone ("tại hội nghị").
    """

    reading: Reading
    mentions: MentionIndex
    lead: frozenset[int]
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

    def zone(self, name: EventName) -> Zone:
        """Return the zone that a name stands in."""
        return self.reading.sentences[name.sentence].zone

    def dated(self, name: EventName) -> bool:
        """Tell whether the sentence gives a day."""
        return find_day(self.reading, self.mentions, sentence_around(self.reading, name), name) is not None

    def opens_further(self, name: EventName) -> bool:
        """Tell whether the sentence sets out to tell of another event: "Cùng ngày, …"."""
        span = self.reading.sentences[name.sentence].span
        return _FURTHER.match(self.reading.key, span.start, span.end) is not None

    def subjects(self, name: EventName) -> list[str]:
        """Return the people and bodies that the sentence names before the event."""
        before = Span(sentence_around(self.reading, name).start, name.span.start)
        people = self.mentions.within(before, PersonMention)
        bodies = self.mentions.within(before, OrganizationMention)
        return [mention.text for mention in (*people, *bodies)]


def surroundings(reading: Reading, mentions: MentionIndex, names: Sequence[EventName]) -> Surroundings:
    """Return what the names of one article are weighed against."""
    body = [index for index, sentence in enumerate(reading.sentences) if sentence.zone is Zone.BODY]
    title = {name.kind for name in names if reading.sentences[name.sentence].zone is Zone.TITLE}
    echoes = Counter(_head_word(reading, name) for name in names if name.is_bare)
    return Surroundings(reading, mentions, frozenset(body[:_LEAD_SENTENCES]), frozenset(title), echoes)


def weigh(around: Surroundings, names: Sequence[EventName]) -> list[Candidate]:
    """Return the names that may be of reported events, with their scores."""
    candidates = []
    for name in names:
        score = _noun_score(around, name) if name.noun else _verb_score(around, name)
        if score is not None:
            candidates.append(Candidate(name, score + _place_score(around, name)))
    return candidates


def referred_to(around: Surroundings, names: Sequence[EventName]) -> list[EventName]:
    """Return where the text speaks of an event that it never names: "tại cuộc họp", "kết luận cuộc họp"."""
    definite = [n for n in names if n.noun and n.is_bare and _DEFINITE.search(around.before(n))]
    alike = [name for name in definite if name.kind == definite[0].kind]
    return alike if len(alike) > 1 or (alike and alike[0].sentence in around.lead) else []


def beside(around: Surroundings, main: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of each further event that the text itself sets apart from the main one."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        name = candidate.name
        if name.is_bare or around.zone(name) is not Zone.BODY:
            continue
        apart = _apart_by_noun if name.noun else _apart_by_verb
        if name.sentence == main.name.sentence:
            apart = _apart_in_sentence
        if name.kind not in found and apart(around, main, candidate):
            found[name.kind] = candidate
    return list(found.values())


def _apart_in_sentence(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    first, second = sorted((main.name, candidate.name), key=lambda name: name.span.start)
    if second.head.start - first.head.end > 2 * _WINDOW:
        return False
    between = around.reading.key[first.head.end : second.head.start]
    return first.kind != second.kind and candidate.score >= REPORTED and _THEN.search(between) is not None


def _apart_by_noun(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    name = candidate.name
    if name.kind == main.name.kind or not _HELD_BEFORE.search(around.before(name)):
        return False
    days = [_day_of(around, one.name) for one in (main, candidate)]
    other_day = None not in days and days[0] != days[1]
    return (around.opens_further(name) or other_day) and candidate.score + 5 >= _REPORTED_BESIDE


def _apart_by_verb(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    """Tell whether somebody named went on to visit or inspect, or somebody else did the same elsewhere."""
    name = candidate.name
    if _DIRECTLY_FURTHER.fullmatch(around.before(name)):
        return name.kind != main.name.kind
    if not around.opens_further(name) or not _ACTED.search(around.before(name)):
        return False
    if name.kind != main.name.kind:
        before = around.before(name)
        delegation = _ACTING_PEOPLE.search(before) is not None and _ANOTHER_TIME.search(before) is not None
        return delegation or bool(around.subjects(name))
    start = sentence_around(around.reading, name).start
    people = {m.text for m in around.mentions.within(Span(start, name.span.start), PersonMention)}
    return bool(people - set(around.subjects(main.name)))


def _day_of(around: Surroundings, name: EventName) -> object:
    day = find_day(around.reading, around.mentions, sentence_around(around.reading, name), name)
    return None if day is None else day.start


def _head_word(reading: Reading, name: EventName) -> str:
    """Return what later sentences repeat of a name: "hội nghị", "buổi lễ"."""
    words = reading.key[name.head.start : name.head.end].split()
    if words[0] == "lễ":
        return "buổi lễ"
    return " ".join(words[-2:] if words[0] in {"buổi", "cuộc", "phiên"} and len(words) > 2 else words)


def _place_score(around: Surroundings, name: EventName) -> int:
    if around.zone(name) is Zone.TITLE:
        score = 2
    elif name.sentence in around.lead:
        score = 5 if name.kind in around.title_kinds else 3
    else:
        score = -2
    return score + min(3, around.echoes[_head_word(around.reading, name)])


def _noun_score(around: Surroundings, name: EventName) -> int | None:
    before = around.before(name)
    if _NOT_REPORTED.search(before) or _PLANNED.search(before):
        return None
    after = around.after(name)
    if _NOT_HELD_AFTER.match(after) or _PUT_OFF.search(after):
        return None
    itself = _HOLDS_ITSELF.match(around.reading.key, name.head.start) and around.subjects(name)
    score = 0 if name.is_bare else 3
    if itself or _HELD_BEFORE.search(before) or _HELD_AFTER.match(after) or _HELD_BY.search(after):
        score += 4
    elif _AT_BEFORE.search(before) or not before.strip(" \"“'(-:"):
        score += 2
    return score + (3 if around.dated(name) else 0)


def _verb_score(around: Surroundings, name: EventName) -> int | None:
    before = around.before(name)
    phrase = " ".join(around.reading.key[name.head.start : name.head.end].split())
    organized = _ORGANIZED_BEFORE.search(before) is not None
    in_title = around.zone(name) is Zone.TITLE
    if _PLANNED.search(before) or name.is_bare or _NOT_ORGANIZED.search(before):
        return None
    if not organized and (_NOT_REPORTED.search(before) or (phrase not in _BARE_VERBS and not in_title)):
        return None
    if not in_title and name.sentence not in around.lead and not around.opens_further(name):
        return None
    subject = bool(around.subjects(name)) or _ACTING_PEOPLE.search(before) is not None
    dated, acted = around.dated(name), _ACTED.search(before) is not None
    directly = _DIRECTLY_FURTHER.fullmatch(before) is not None
    if not (organized or in_title or directly or (subject and (dated or acted))):
        return None
    headline = in_title and name.kind == "conference" and not before.strip()
    score = (3 if organized or headline else 1) + (2 if subject else 0) + (3 if dated else 0)
    return score + (1 if acted or not before.strip() or before.rstrip().endswith((":", ",", "-")) else 0)

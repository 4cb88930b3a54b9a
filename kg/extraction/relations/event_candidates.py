"""Which of the events that a text names it reports, and which it merely mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.relations.event_arguments import find_day
from kg.extraction.relations.event_names import EventName, sentence_around
from kg.extraction.relations.event_surroundings import Surroundings, head_word
from kg.extraction.relations.event_verbs import verb_score
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.article import Zone
from kg.model.mention import OrganizationMention, PersonMention
from kg.model.span import Span

_CUES = load_resource("events")


def _ending(cue: str, gap: str = r"\s+") -> re.Pattern[str]:
    return re.compile(phrase_pattern(_CUES[cue]) + gap + "$")


_HELD_BEFORE = _ending("held_before", r"[^.;:!?\n]{0,60}")
_AT_BEFORE = _ending("at_before", r"\s+(?:một\s+)?")
_PLANNED = _ending("planned", r"[^.;\n]{0,60}")
_ACTED = _ending("acted_before")
_DEFINITE = _ending("definite_before")
# "… là nội dung cuộc giám sát": what the event was about opens the article.
_NOT_REPORTED = re.compile(
    r"(?<!là )" + phrase_pattern(_CUES["not_reported_before"]) + r"\s*\"?\s*(?:đợt\s|cuộc\s|buổi\s)?$"
)
# "đã tổ chức 12 lớp tập huấn": a number right before the name counts events.
_COUNTED = re.compile(r"(?<![\d/.,\-])(?<!ngày )(?<!tháng )(?<!quý )\d{1,3}\s+(?:đợt\s|cuộc\s|buổi\s)?$")
_OBJECT = re.compile(
    rf"{phrase_pattern(_CUES['object_of'])}\s+(?:{phrase_pattern(_CUES['object_links'])}\s+){{0,3}}$"
    rf"|(?<!\w)(?:công tác|việc)\s+(?:{phrase_pattern(_CUES['object_links'])}\s+){{1,2}}$"
)
_HELD_AFTER = re.compile(r"[\s,\")]*(?:đã\s+)?" + phrase_pattern(_CUES["held_after"]))
_NOT_HELD_AFTER = re.compile(rf"[^.;\n]{{0,40}}?{phrase_pattern(_CUES['not_held_after'])}")
# "Lễ khởi công diễn ra từ năm 2019"
_LONG_AGO = re.compile(
    r"\s*(?:đã\s+)?(?:diễn ra|được tổ chức|tổ chức)\s+(?:từ|vào|hồi)\s+(?:tháng \d+\s+)?năm\s"
)
_INSPECTING = re.compile(phrase_pattern(_CUES["inspecting"]))
_PUT_OFF = re.compile(phrase_pattern(_CUES["put_off"]))
_ANOTHER_TIME = re.compile(phrase_pattern(_CUES["another_time"]))
_HELD_BY = re.compile(rf"(?:do|được)\s[^.;\n]{{2,160}}?\s{phrase_pattern(_CUES['held_by'])}")
_HOLDS_ITSELF = re.compile(phrase_pattern(_CUES["self_holding"]))
_DIRECTLY_FURTHER = re.compile(rf"\W*{phrase_pattern(_CUES['further'])}[\s,]*")
_THEN = re.compile(phrase_pattern(_CUES["then"]))
_ACTING_PEOPLE = re.compile(phrase_pattern(_CUES["acting_people"]))
_BETWEEN = 240
# Measured on hand-annotated articles: statistics without an event stay below, one-line reports above.
REPORTED = 6
_REPORTED_BESIDE = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of an event and how much speaks for the article reporting it."""

    name: EventName
    score: int


def weigh(around: Surroundings, names: Sequence[EventName]) -> list[Candidate]:
    """Return the names that may be of reported events, with their scores.

    Where none of the title, the lead and of nouns anywhere is reported, verbs that follow the lead count.
    """
    candidates = _weighed(around, names, late=False)
    if any(candidate.score >= REPORTED for candidate in candidates):
        return candidates
    return _weighed(around, names, late=True)


def _weighed(around: Surroundings, names: Sequence[EventName], *, late: bool) -> list[Candidate]:
    candidates = []
    for name in (_by_who_came(around, name) for name in names):
        score = _noun_score(around, name) if name.noun else verb_score(around, name, late=late)
        if score is not None:
            candidates.append(Candidate(name, score + _place_score(around, name)))
    return candidates


def _by_who_came(around: Surroundings, name: EventName) -> EventName:
    """Return a working session as the inspection that it is: the headline says so, and who came."""
    inspected = "inspection" in around.title_kinds and "working_session" not in around.title_kinds
    if name.kind == "working_session" and inspected and _INSPECTING.search(around.before(name)):
        return replace(name, kind="inspection")
    return name


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
    if second.head.start - first.head.end > _BETWEEN:
        return False
    between = around.reading.key[first.head.end : second.head.start]
    return first.kind != second.kind and candidate.score >= REPORTED and _THEN.search(between) is not None


def _apart_by_noun(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    name = candidate.name
    held = _HELD_BEFORE.search(around.before(name)) or _HELD_AFTER.match(around.after(name))
    if name.kind == main.name.kind or not held:
        return False
    other_day = _on_another_day(around, main, candidate)
    return (around.opens_further(name) or other_day) and candidate.score + 5 >= _REPORTED_BESIDE


def _apart_by_verb(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    """Tell whether somebody named went on to visit or inspect, or somebody else did the same elsewhere."""
    name = candidate.name
    before = around.before(name)
    if _DIRECTLY_FURTHER.fullmatch(before):
        return name.kind != main.name.kind
    if not around.opens_further(name) or _on_another_day(around, main, candidate):
        return False
    if name.kind != main.name.kind:
        delegation = _ACTING_PEOPLE.search(before) is not None and _ANOTHER_TIME.search(before) is not None
        return _ACTED.search(before) is not None and (delegation or bool(around.subjects(name)))
    start = sentence_around(around.reading, name).start
    people = {m.text for m in around.mentions.within(Span(start, name.span.start), PersonMention)}
    if people:
        return _ACTED.search(before) is not None and bool(people - set(around.subjects(main.name)))
    bodies = around.mentions.within(Span(start, name.span.start), OrganizationMention)
    return bool(bodies) and not _among(bodies[-1], around, main.name)


def _among(body: OrganizationMention, around: Surroundings, name: EventName) -> bool:
    """Tell whether a body, in full or in short, is one of those named before an event."""
    return any(body.text in subject or subject in body.text for subject in around.subjects(name))


def _on_another_day(around: Surroundings, main: Candidate, candidate: Candidate) -> bool:
    days = [_day_of(around, one.name) for one in (main, candidate)]
    return None not in days and days[0] != days[1]


def _day_of(around: Surroundings, name: EventName) -> object:
    day = find_day(around.reading, around.mentions, sentence_around(around.reading, name), name)
    return None if day is None else day.start


def _place_score(around: Surroundings, name: EventName) -> int:
    if around.zone(name) is Zone.TITLE:
        score = 2
    elif name.sentence in around.lead:
        score = 5 if name.kind in around.title_kinds else 3
    else:
        score = -2
    return score + min(3, around.echoes[head_word(around.reading, name)])


def _noun_score(around: Surroundings, name: EventName) -> int | None:
    before = around.before(name)
    if _NOT_REPORTED.search(before) or _PLANNED.search(before) or _OBJECT.search(before):
        return None
    after = around.after(name)
    if _NOT_HELD_AFTER.match(after) or _PUT_OFF.search(after):
        return None
    dated = around.dated(name)
    if _LONG_AGO.match(after) and not dated:
        return None
    if _COUNTED.search(before) and not (dated and name.sentence in around.lead):
        return None
    itself = _HOLDS_ITSELF.match(around.reading.key, name.head.start) and around.subjects(name)
    score = 0 if name.is_bare else 3
    if itself or _HELD_BEFORE.search(before) or _HELD_AFTER.match(after) or _HELD_BY.search(after):
        score += 4
    elif _AT_BEFORE.search(before) or not before.strip(" \"“'(-:"):
        score += 2
    return score + (3 if dated else 0)

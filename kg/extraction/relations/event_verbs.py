"""How much speaks for a verb being an event that the article reports: "đã kiểm tra đột xuất …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.relations.event_names import EventName
from kg.extraction.relations.event_surroundings import Surroundings
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Zone

_CUES = load_resource("events")


def _ending(cue: str, gap: str = r"\s+") -> re.Pattern[str]:
    return re.compile(phrase_pattern(_CUES[cue]) + gap + "$")


_BARE_VERBS = frozenset(matching_key(phrase) for phrase in _CUES["bare_verbs"])
_DATED_VERBS = frozenset(matching_key(phrase) for phrase in _CUES["dated_verbs"])
_ORGANIZED_VERBS = frozenset(matching_key(phrase) for phrase in _CUES["organized_verbs"])
_OF_DELEGATIONS = frozenset(matching_key(phrase) for phrase in _CUES["delegation_verbs"])
_NOT_WHILE = rf"(?:(?!\s{phrase_pattern(_CUES['while_doing'])})[^.;\n])"
_PLANNED = re.compile(rf"{phrase_pattern(_CUES['planned'])}{_NOT_WHILE}{{0,60}}$")
_DEMANDED = re.compile(rf"{phrase_pattern(_CUES['demanded'])}{_NOT_WHILE}{{0,110}};[^.;\n]{{0,60}}$")
_ACTED = _ending("acted_before")
_ORGANIZED = _ending("organized_before")
# "Đoàn kiểm tra" is a body, "… làm trưởng đoàn kiểm tra" goes on with what they did.
_NOT_ORGANIZED = re.compile(rf"(?<!trưởng ){phrase_pattern(_CUES['not_organized_before'])}\s+$")
_NOT_REPORTED = _ending("not_reported_before", r"\s*\"?\s*(?:đợt\s|cuộc\s|buổi\s)?")
# "công tác thanh tra, kiểm tra": the second of two nouns.
_SECOND_NOUN = re.compile(rf"{phrase_pattern(_CUES['nouns_of_work'])}\s[^.;,\n]{{2,40}},\s*$")
_DIRECTLY_FURTHER = re.compile(rf"\W*{phrase_pattern(_CUES['further'])}[\s,]*")
_ACTING_PEOPLE = re.compile(phrase_pattern(_CUES["acting_people"]))
_DELEGATION = re.compile(phrase_pattern(_CUES["delegations"]))
_CHECK_UP = re.compile(rf"\s+(?:\w+\s+){{0,3}}?{phrase_pattern(_CUES['check_ups'])}")
_FREE = re.compile(phrase_pattern(_CUES["free_of_charge"]))
_TOLD = re.compile(rf"{phrase_pattern(_CUES['told'])}[^.;:\n]{{0,60}}$")
_THROUGH = re.compile(rf"(?:^|[,.;:]\s*){phrase_pattern(_CUES['through'])}\s+$")
_AT = re.compile(r"\s+(?:tại|ở)\s")
_HEALING = re.compile(phrase_pattern(_CUES["healing"]))
_RECEIVING = re.compile(phrase_pattern(_CUES["receiving"]))
_GIVEN = re.compile(phrase_pattern(_CUES["given"]))
_STRETCH = re.compile(phrase_pattern(_CUES["stretches"]))
_CAME = re.compile(
    rf"(?:đã|vừa|cùng)\s+{phrase_pattern(_CUES['came'])}\s[^.;\n]{{2,110}}\s(?:(?:để|và)\s+)?$"
)


def verb_score(around: Surroundings, name: EventName, *, late: bool = False) -> int | None:
    """Return how much speaks for a verb, None where it is no act of the article's own.

    A verb counts in the title, in the lead, or where the sentence sets out to tell of something further;
    `late` lets those count that follow the lead.
    """
    before = around.before(name)
    if not _told_of(around, name, late=late) or _is_no_act(around, name, before):
        return None
    in_title = around.zone(name) is Zone.TITLE
    signs = _signs(around, name, before)
    if not signs.organized and not _stands_alone(around, name, before, signs):
        return None
    if not in_title and not _was_done(around, name, before, signs):
        return None
    headline = in_title and name.kind == "conference" and not before.strip()
    opens = not before.strip() or before.rstrip().endswith((":", ",", "-"))
    score = 3 if signs.organized or headline else 1
    score += (2 if signs.subject else 0) + (3 if signs.dated else 0)
    score += 1 if late and name.sentence in around.late else 0
    return score + (1 if signs.acted or opens else 0)


def _told_of(around: Surroundings, name: EventName, *, late: bool) -> bool:
    if around.zone(name) is Zone.TITLE or name.sentence in around.lead or around.opens_further(name):
        return True
    return late and name.sentence in around.late


def _was_done(around: Surroundings, name: EventName, before: str, signs: _Signs) -> bool:
    """Tell whether the sentence says that somebody did it, once."""
    if around.phrase(name) in _ORGANIZED_VERBS and not (signs.organized and signs.dated):
        return False
    done = signs.subject and (signs.dated or signs.acted or around.opens_further(name))
    directly = _DIRECTLY_FURTHER.fullmatch(before) is not None
    if not (signs.organized or directly or done):
        return False
    return signs.dated or _certain_without_day(around, name, before, signs)


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a sentence says of a verb.

    Attributes:
        organized: "tổ chức" stands before it.
        delegation: a delegation is its subject; `through` says that it follows ("Qua kiểm tra …, đoàn …").
        subject: somebody is named before it.
        dated: the sentence gives a day.
        acted: it was done: "đã", "đến".
    """

    organized: bool
    delegation: bool
    through: bool
    subject: bool
    dated: bool
    acted: bool


def _signs(around: Surroundings, name: EventName, before: str) -> _Signs:
    through = _THROUGH.search(before) is not None
    delegation = _DELEGATION.search(around.after(name) if through else before) is not None
    return _Signs(
        organized=_ORGANIZED.search(before) is not None,
        delegation=delegation,
        through=through,
        subject=delegation
        or bool(around.subjects(name))
        or _ACTING_PEOPLE.search(before) is not None
        or (not before.strip() and around.subject_follows(name)),
        dated=around.dated(name),
        acted=_ACTED.search(before) is not None or _CAME.search(before) is not None,
    )


def _certain_without_day(around: Surroundings, name: EventName, before: str, signs: _Signs) -> bool:
    """Tell whether an undated act is one event: not what somebody tells of, not the work of a stretch."""
    if signs.through or (around.phrase(name) in _OF_DELEGATIONS and not signs.delegation):
        return False
    told = _TOLD.search(before) is not None and not signs.delegation
    return not told and _STRETCH.search(before) is None


def _stands_alone(around: Surroundings, name: EventName, before: str, signs: _Signs) -> bool:
    """Tell whether a verb makes an event without "tổ chức" before it."""
    if signs.through and not (signs.dated and signs.delegation):
        return False
    if _NOT_REPORTED.search(before) and not signs.through:
        return False
    phrase = around.phrase(name)
    if phrase in _OF_DELEGATIONS:
        return signs.delegation
    if phrase in _DATED_VERBS and signs.dated:
        return True
    return phrase in _BARE_VERBS or around.zone(name) is Zone.TITLE


def _is_no_act(around: Surroundings, name: EventName, before: str) -> bool:
    """Tell whether a verb is a plan, a demand, a noun of work or the check-up of a patient."""
    after = around.after(name)
    if name.is_bare and not _AT.match(after):
        return True
    if _PLANNED.search(before) or _DEMANDED.search(before) or _NOT_ORGANIZED.search(before):
        return True
    if _SECOND_NOUN.search(before):
        return True
    phrase = around.phrase(name)
    rest = around.reading.key[name.head.end : name.span.end + 40]
    if name.kind == "inspection" and _CHECK_UP.match(rest):
        return True
    if _RECEIVING.fullmatch(phrase):
        return _GIVEN.search(rest + after) is None
    return _HEALING.match(phrase) is not None and _FREE.search(rest) is None

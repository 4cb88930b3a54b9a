"""Which people of a sentence belong together under one verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.reading import Reading
from kg.extraction.relations.participants import INTRODUCTIONS, Participant
from kg.extraction.relations.participation_cues import SAYING, find_cues
from kg.language.lexicon import load_resource, phrase_pattern

_JOINED = re.compile(rf"[\s,;&)]*(?:và|cùng|cùng với)?[\s:]*{INTRODUCTIONS}")
_BREAK = re.compile(r"[!?]|\.\s")
_OTHER_PART = re.compile(phrase_pattern(load_resource("roles")["list_breaks"]))
_GAP_IN_LIST = 160
_GAP_OF_SUBJECTS = 90


def group_after(reading: Reading, after: Sequence[Participant], end: int) -> Sequence[Participant]:
    """Return the people listed from the first of `after` on, until other words take over."""
    group = [after[0]]
    for participant in after[1:]:
        start, stop = group[-1].extent.end, participant.extent.start
        gap = reading.key[start:stop]
        apart = _BREAK.search(gap) or _OTHER_PART.search(gap)
        if len(gap) > _GAP_IN_LIST or apart or has_cue(reading, start, stop):
            break
        group.append(participant)
    # "cùng trưởng các trạm y tế": a post without a name or an honorific stands for nobody in particular.
    return [p for p in group if p.person is not None or (p.is_introduced and not p.plural)]


def group_before(
    reading: Reading, before: Sequence[Participant], start: int, *, many: bool
) -> Sequence[Participant]:
    """Return the people right before a verb: the last alone, or all who are joined to it."""
    group = [before[-1]]
    for participant in reversed(before[:-1]):
        first = group[0]
        gap = reading.key[participant.extent.end : first.extent.start]
        joined = _JOINED.fullmatch(reading.key[participant.extent.end : first.span.start])
        close = many and len(gap) < _GAP_OF_SUBJECTS and not _BREAK.search(gap)
        if not (joined or close) or has_cue(reading, participant.extent.end, first.extent.start):
            break
        if not many and not participant.plural and ";" in gap:
            break
        group.insert(0, participant)
    if any(participant.person is not None for participant in group):
        return [p for p in group if p.person is not None or p.is_introduced]
    return group


def has_cue(reading: Reading, start: int, stop: int) -> bool:
    """Tell whether a verb that gives a role, other than of mere saying, stands in a stretch of text."""
    return any(cue.roles != (SAYING,) for cue in find_cues(reading.key, start, stop))

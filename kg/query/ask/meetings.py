"""Meetings that a question does not name but describes, by their bodies and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from kg.language.lexicon import load_resource
from kg.query.ask.mentions import Mention
from kg.query.ask.phrases import Held, Phrases
from kg.query.ask.wording import load_wording, plain
from kg.query.ask.words import Word

_BETWEEN = frozenset({"cua", "do", "tai", "o", "by", "of", "at", "held", "hosted", "organised", "organized"})
_BEFORE_YEAR = frozenset({"in", "trong", "vao"})
_DAY_WORDS = frozenset({"ngay", "on", "vao"})


def describe_meetings(
    words: Sequence[Word], mentions: Sequence[Mention], phrases: Phrases
) -> tuple[Mention, ...]:
    """Return the meetings that are described: "hội nghị tổng kết của Sở Y tế … năm 2022", "họp ngày …"."""
    shown = [word.bare for word in words]
    return (*_of_bodies(shown, mentions, phrases), *_on_days(shown, phrases))


def _of_bodies(shown: Sequence[str], mentions: Sequence[Mention], phrases: Phrases) -> Iterator[Mention]:
    for mention in mentions:
        if mention.kind != "unit":
            continue
        begin = mention.start
        while begin and shown[begin - 1] in _BETWEEN:
            begin -= 1
        start = _start_of_meeting(shown, begin)
        if start is None:
            continue
        held = {each.id: each for unit in mention.ids for each in phrases.meetings_of(unit)}
        end, year = _year_after(shown, mention.end, mentions)
        found = [each for each in held.values() if each.day.startswith(year)]
        if ids := _named_so(found, shown[start:begin], phrases):
            yield Mention("meeting", start, end, ids, loose=True, described=True)


def _on_days(shown: Sequence[str], phrases: Phrases) -> Iterator[Mention]:
    for index in range(len(shown) - 2):
        if (day := _day_at(shown, index)) is None:
            continue
        begin = index
        while begin and shown[begin - 1] in _DAY_WORDS:
            begin -= 1
        start = _start_of_meeting(shown, begin)
        if start is not None and (ids := tuple(each.id for each in phrases.meetings_on(day))):
            yield Mention("meeting", start, index + 3, ids, loose=True)


def _day_at(shown: Sequence[str], index: int) -> str | None:
    """Return the day that three numbers are, as ISO 8601: 14, 3, 2024."""
    parts = shown[index : index + 3]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return None


def _start_of_meeting(shown: Sequence[str], end: int) -> int | None:
    """Return where the words for a meeting, and for its sort, begin that stand right before `end`."""
    sorts = [sort.split() for sort in load_wording().meeting_sorts]
    start = end
    moved = True
    while moved:
        moved = False
        for sort in sorts:
            if start >= len(sort) and list(shown[start - len(sort) : start]) == sort:
                start, moved = start - len(sort), True
    for begin in range(max(0, start - 4), start):
        if _meeting_words().fullmatch(" ".join(shown[begin:start])):
            return begin
    return None


@cache
def _meeting_words() -> re.Pattern[str]:
    return re.compile("|".join(plain(word) for word in load_resource("questions")["meetings"]))


def _year_after(shown: Sequence[str], end: int, mentions: Iterable[Mention]) -> tuple[int, str]:
    """Return the end of a year right behind a body, with the year; nothing where there is none."""
    after = end + 1 if end < len(shown) and shown[end] in _BEFORE_YEAR else end
    for mention in mentions:
        if mention.kind == "year" and mention.start == after:
            return mention.end, mention.ids[0]
    return end, ""


def _named_so(held: Sequence[Held], described: Sequence[str], phrases: Phrases) -> tuple[str, ...]:
    """Return the meetings whose names hold the words, or all where none does."""
    wanted = " ".join(described)
    ids = {each.id for each in held}
    named = {each for each in ids if any(wanted in words for words in phrases.wordings(each))}
    return tuple(sorted(named or ids))

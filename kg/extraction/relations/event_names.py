"""Where a text names an event, and how far the name goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import (
    DateKind,
    DateMention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
)
from kg.model.sentence import Sentence
from kg.model.span import Span

_CUES = load_resource("events")
_KINDS = {
    matching_key(phrase): kind
    for table in (_CUES["verbs"], _CUES["nouns"])  # a noun wins over a verb of the same letters
    for kind, phrases in table.items()
    for phrase in phrases
}
_NOUNS = frozenset(matching_key(phrase) for phrases in _CUES["nouns"].values() for phrase in phrases)
_HEAD = re.compile(phrase_pattern(_KINDS))
_STOP = re.compile(
    rf"[.;:!?\n,\"]|\s-\s(?=[^-\n]{{0,40}}(?:tổ chức|ngày))|{phrase_pattern(_CUES['name_stops'])}"
)
_GOES_ON = re.compile(r"[\s\"]*" + phrase_pattern(_CUES["name_goes_on"]))
_DAY_WORD = re.compile(r"(?:[\s,(]*(?:vào|trong|ngay|hai|các|buổi)?\s*(?:sáng|chiều|tối|ngày|trưa|từ))*\s*$")
_AT = re.compile(r"\s+(?:thực tế\s+)?(?:tại|ở)(?=\s)")
_LONGEST = 320
_REACH = 1500
_LONGEST_MENTION = 400


@dataclass(frozen=True, slots=True)
class EventName:
    """A stretch of a sentence that names an event.

    Attributes:
        sentence: the index of its sentence in the reading.
        head: the words that make it an event.
        span: the whole name.
        kind: a notation of the scheme of meetings.
        noun: the head is a noun ("hội nghị") and not a verb ("kiểm tra").
    """

    sentence: int
    head: Span
    span: Span
    kind: str
    noun: bool

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing but the head names it, as in "tại hội nghị"."""
        return self.span.end - self.head.end < 3


def sentence_around(reading: Reading, name: EventName) -> Span:
    """Return the sentence of a name, cut to what can bear on it: a page without full stops has no end."""
    sentence = reading.sentences[name.sentence].span
    start = max(sentence.start, name.span.start - _REACH)
    return Span(start, max(name.span.end, min(sentence.end, name.span.end + _REACH)))


def find_event_names(reading: Reading, mentions: MentionIndex) -> tuple[EventName, ...]:
    """Return every name of an event in the title, the body and the captions, in order."""
    return tuple(
        name
        for index, sentence in enumerate(reading.sentences)
        for name in _names_of(reading, mentions, index, sentence)
    )


def _names_of(
    reading: Reading, mentions: MentionIndex, index: int, sentence: Sentence
) -> Iterator[EventName]:
    done = sentence.span.start
    for match in _HEAD.finditer(reading.key, sentence.span.start, sentence.span.end):
        if match.start() < done:
            continue
        head = Span(match.start(), match.end())
        phrase = " ".join(match.group().split())
        noun = phrase in _NOUNS
        if _inside_another_name(mentions, head):
            continue
        end = _end_of_name(reading, mentions, head, sentence.span.end)
        if not noun and end == head.end and (at := _AT.match(reading.key, end, sentence.span.end)):
            # "kiểm tra tại Chợ M": where is all that is said of what.
            end = _end_of_name(reading, mentions, Span(head.start, at.end()), sentence.span.end)
        # "Hội nghị tổng kết …" is one name: a verb inside it makes no event of its own.
        done = end if noun else head.end
        yield EventName(index, head, Span(head.start, end), _KINDS[phrase], noun)


def _inside_another_name(mentions: MentionIndex, head: Span) -> bool:
    around = Span(max(0, head.start - _LONGEST_MENTION), head.end + _LONGEST_MENTION)
    return any(
        mention.span.start <= head.start < mention.span.end
        for kind in (PersonMention, OfficialDocumentMention, OrganizationMention)
        for mention in mentions.within(around, kind)
    )


def _end_of_name(reading: Reading, mentions: MentionIndex, head: Span, limit: int) -> int:
    limit = min(limit, head.start + _LONGEST)
    days = [
        mention.span.start
        for mention in mentions.within(Span(head.end, limit), DateMention)
        if mention.kind is DateKind.DAY and not _in_brackets(reading.key, head.end, mention.span.start)
    ]
    if days:
        limit = min(limit, days[0])
    end = _first_stop(reading.key, head.end, limit)
    words = _DAY_WORD.search(reading.key, head.end, end)
    if words is not None and end == limit and days:
        end = words.start()
    while end > head.end and reading.article.text[end - 1] in " \t\n,;:-–—.":
        end -= 1
    return end


def _first_stop(key: str, start: int, limit: int) -> int:
    position = start
    while match := _STOP.search(key, position, limit):
        sign = match.group()
        if sign == '"' or _in_brackets(key, start, match.start()):
            closing = key.find('"' if sign == '"' else ")", match.end(), limit)
            if closing < 0:
                return limit if sign == '"' else match.start()
            position = closing + 1
        elif _goes_on(key, match, limit):
            position = match.end()
        else:
            return match.start()
    return limit


def _goes_on(key: str, stop: re.Match[str], limit: int) -> bool:
    """Tell whether a name goes on after a comma, or a point inside a word ("TP.HCM")."""
    if stop.group() == ",":
        return _GOES_ON.match(key, stop.end(), limit) is not None
    return stop.group() == "." and stop.end() < limit and not key[stop.end()].isspace()


def _in_brackets(key: str, start: int, position: int) -> bool:
    opening = key.rfind("(", start, position)
    return opening >= 0 and key.find(")", opening, position) < 0

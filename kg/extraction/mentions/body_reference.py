"""Telling the name of one body from words for many or for any: "các bệnh viện", "trạm y tế", "ngày hội"."""

from __future__ import annotations

import re

from kg.extraction.mentions.body_heads import BodyHead, head_pattern
from kg.extraction.mentions.body_parser import Body
from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("organizations")
_GENERAL = re.compile(rf"(?:{phrase_pattern(_DATA['general'])}|(?<![\d/.-])\d{{1,3}})\s+$")
_MANY_AFTER = re.compile(rf"\s+(?:của\s+)?(?:{phrase_pattern(_DATA['many'])}|\d)")
_AND = re.compile(r"\s*(?:,|và(?![^\W_]))\s*")
_NOT_AFTER = re.compile(phrase_pattern(_DATA["not_after"]) + r"\s+$")
_NOT_AFTER_OF = {
    matching_key(head): re.compile(phrase_pattern(words) + r"\s+$")
    for head, words in _DATA["not_after_of"].items()
}
_NOT_BEFORE = {
    matching_key(head): re.compile(r"\s+" + phrase_pattern(words))
    for head, words in _DATA["not_before"].items()
}
_PLURALS = phrase_pattern(_DATA["plural_heads"])
_MANY_BEFORE = re.compile(rf"(?<![^\W_])các\s+{_PLURALS}(?:\s*,\s*{_PLURALS}){{0,4}}\s*(?:,|và)\s*$")
_OPEN_LEVELS = re.compile(phrase_pattern(_DATA["open_levels"]))
_OTHER_LEVEL = re.compile(r"\s*(?:,|/|và)\s*" + phrase_pattern(_DATA["levels"]) + r"(?!\s+(?:ủy|đoàn|đội))")
_BOARDS_ALONE = frozenset({"ubkt", "ủy ban kiểm tra"})  # behind "Chủ nhiệm" they need no committee's name
_TITLE_OF_BOARD = re.compile(r"chủ\s+nhiệm\s+$")
_LED = re.compile(r"trưởng\s+$")  # "Trưởng Trạm Y tế" is the head of one
_COMMON_KINDS = frozenset({"hospital", "health_station", "health_centre", "school", "media", "other"})
_ALONE = frozenset({"health_department", "peoples_committee", "peoples_council"})
_ALONE_IN_CAPITALS = frozenset(
    {"party_committee", "union", "front", "insurance", "cdc", "health_office", "health_centre"}
)
_LOOK_BACK = 24  # characters before a name that may make it many
_LIST_BACK = 80  # characters before a name that may hold a list it ends


def names_one_body(reading: Reading, sentence: Sentence, body: Body, span: Span) -> bool:
    """Tell whether the words of a span name one body, and not many or any."""
    before = reading.key[max(sentence.span.start, span.start - _LOOK_BACK) : span.start]
    if (
        _is_other_word(body.head, before)
        or _begins_other_word(reading, body)
        or _is_one_of_many(reading, sentence, body, span)
    ):
        return False
    if _GENERAL.search(before) and body.place is None:
        return False
    # Whether the head has a capital.
    small = not any(letter.isupper() for letter in reading.text(span)[: len(body.head.phrase)])
    of_board = body.head.phrase in _BOARDS_ALONE and _TITLE_OF_BOARD.search(before) is not None
    if body.is_bare:
        led = not small and body.head.kind == "health_station" and _LED.search(before) is not None
        return of_board or led or _stands_alone(body.head, small=small)
    if body.head.needs_party and body.host is None and body.place is None:
        return of_board
    return not small or _is_named_in_small_letters(reading, body, span)


def _is_other_word(head: BodyHead, before: str) -> bool:
    """Tell whether a head is the end of another word: "cơ sở", "đại hội"."""
    of_head = _NOT_AFTER_OF.get(head.phrase.split()[0])
    return _NOT_AFTER.search(before) is not None or (
        of_head is not None and of_head.search(before) is not None
    )


def _begins_other_word(reading: Reading, body: Body) -> bool:
    """Tell whether a head is the beginning of another word: "Trường hợp"."""
    after = _NOT_BEFORE.get(body.head.phrase)
    return after is not None and after.match(reading.key, body.start + len(body.head.phrase)) is not None


def _is_one_of_many(reading: Reading, sentence: Sentence, body: Body, span: Span) -> bool:
    """Tell whether the words around a name make it many: "Trung tâm Y tế các huyện"."""
    if body.level and _goes_on_with_levels(reading, span.end):
        return True
    if body.place is not None or body.host is not None:
        return False
    if _MANY_AFTER.match(reading.key, span.end) is not None:
        return True
    if body.is_bare and _goes_on_with_many(reading, span.end):
        return True
    start = max(sentence.span.start, span.start - _LIST_BACK)
    return _MANY_BEFORE.search(reading.key, start, span.start) is not None


def _goes_on_with_many(reading: Reading, end: int) -> bool:
    """Tell whether the next body is many, and this one with it: "Phòng Y tế, Trung tâm Y tế các huyện"."""
    gap = _AND.match(reading.key, end)
    following = head_pattern().match(reading.key, gap.end()) if gap is not None else None
    return following is not None and _MANY_AFTER.match(reading.key, following.end()) is not None


def _goes_on_with_levels(reading: Reading, end: int) -> bool:
    """Tell whether a level goes on with another, and no name: "Phòng Văn hóa - Xã hội xã, phường"."""
    other = _OTHER_LEVEL.match(reading.key, end)
    return other is not None and not reading.article.text[other.end() : other.end() + 2].strip()[:1].isupper()


def _is_named_in_small_letters(reading: Reading, body: Body, span: Span) -> bool:
    """Tell whether a name with a small head is one body's: "bệnh viện Bạch Mai", but not "bệnh viện tỉnh"."""
    if body.head.phrase == "phòng":
        return body.level or body.place is not None
    if body.place is not None or body.head.kind not in _COMMON_KINDS:
        return True
    named = _OPEN_LEVELS.sub("", reading.key[span.start + len(body.head.phrase) : span.end]).strip()
    return not body.level and bool(named) and any(letter.isupper() for letter in reading.text(span))


def _stands_alone(head: BodyHead, *, small: bool) -> bool:
    """Tell whether a head alone, here with or without a capital, means one body."""
    if head.lacks == "nothing" or head.kind in _ALONE or head.phrase.endswith("việt nam"):
        return True
    if head.kind == "party_committee" and head.lacks in {"province", "city", "district"}:
        return True
    return not small and (head.bare or head.kind in _ALONE_IN_CAPITALS)

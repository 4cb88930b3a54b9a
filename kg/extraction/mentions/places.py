"""Finding named places: with their level before them, in lists, and bare where the gazetteer knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.extraction.mentions.body_heads import head_pattern
from kg.extraction.mentions.capitals import (
    capital_run,
    capitalised_throughout,
    follows_closely,
    is_shouted,
    span_of,
    token_at,
)
from kg.extraction.mentions.former_places import mark_former
from kg.extraction.mentions.names import historical_names, is_surname
from kg.extraction.mentions.titles import title_pattern
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.model.mention import PlaceMention
from kg.model.sentence import Sentence, TokenKind
from kg.model.span import Span
from kg.vocabulary.administrative_units import LEVEL_OF_DESIGNATION
from kg.vocabulary.gazetteer import load_gazetteer

_DATA = load_resource("places")
_LEVELS: dict[str, str] = {matching_key(head): level for head, level in _DATA["heads"].items()}
_HEAD = re.compile(phrase_pattern(_LEVELS) + r"(?P<point>\s?\.)?")
_EPONYM_CUE = re.compile(phrase_pattern(_DATA["eponym_cues"]) + r"\s*$")
_HONORIFICS = ("ông", "bà", "anh", "chị", "đồng chí", "đ/c", "bác sĩ", "bs")
_HONORIFIC = re.compile(phrase_pattern(_HONORIFICS) + r"[\s.:]*$")
_LIST_GAP = re.compile(r"\s*(?:,|;|và|,\s*và)\s*")
_TIERS = {"province": (1,), "city": (1, 2), "district": (2,), "town": (2,), "township": (3,), "ward": (3,)}
_COMMITTEES: dict[str, str] = _DATA["committees"]
_COMMITTEE = re.compile(rf"({phrase_pattern(_COMMITTEES)})\s+$")
_CONFIDENCES = {
    "places.head": 0.95,
    "places.committee": 0.93,
    "places.list": 0.88,
    "places.gazetteer": 0.85,
}
_LOOK_BACK = 12
_LONGEST = 5  # syllables in the longest name of a unit, "Bà Rịa - Vũng Tàu" apart


@cache
def _bare_names() -> re.Pattern[str]:
    gazetteer = load_gazetteer()
    # A bare name of one syllable ("Vinh", "Huế") is too often something else, unless it is a province.
    districts = {name for name in gazetteer.names(2) if " " in name}
    return re.compile(phrase_pattern(gazetteer.names(1) | districts))


def find_places(reading: Reading, mentions: MentionIndex) -> Iterable[PlaceMention]:
    """Find the places of every sentence; typed ones first, so that a bare name is not found twice."""
    for sentence in reading.sentences:
        typed = list(_typed(reading, sentence))
        taken = [mention.span for mention in typed]
        yield from mark_former(reading, [*typed, *_bare(reading, sentence, taken)])


def _typed(reading: Reading, sentence: Sentence) -> Iterator[PlaceMention]:
    key = reading.key
    for head in _HEAD.finditer(key, sentence.span.start, sentence.span.end):
        word = " ".join(key[head.start() : head.end()].rstrip(" .").split())
        level = _LEVELS[word]
        if word == "làng" and key.endswith("già ", 0, head.start()):
            continue  # a "già làng" is an elder, and his name follows
        first = token_at(sentence, head.end())
        if first < len(sentence.tokens) and sentence.tokens[first].text == ":":
            first += 1  # "các trạm y tế xã: Kim Bình, Tri Phú"
        if first >= len(sentence.tokens) or "\n" in key[head.end() : sentence.tokens[first].span.start]:
            continue
        if head["point"] and word not in {"tp", "tx"}:
            continue
        after = _name_end(reading, sentence, first, level)
        if after == first:
            continue
        name = span_of(sentence, first, after)
        yield _mention(reading, Span(head.start(), name.end), name, level=level, rule="places.head")
        yield from _listed(reading, sentence, after, level)


def _listed(reading: Reading, sentence: Sentence, after: int, level: str) -> Iterator[PlaceMention]:
    """Further names under one head: "03 xã Mường Mít, Pha Mu, Tà Hừa"."""
    while after < len(sentence.tokens):
        gap = _LIST_GAP.match(reading.key, sentence.tokens[after - 1].span.end)
        if gap is None or gap.end() >= sentence.span.end:
            return
        first = token_at(sentence, gap.end())
        if first >= len(sentence.tokens) or not sentence.tokens[first].is_capitalised:
            return
        if _begins_body(reading, sentence, first):
            return
        known = _known_end(reading, sentence, first, level)
        end = known if level != "village" else _name_end(reading, sentence, first, level)
        if end == first:
            return
        name = span_of(sentence, first, end)
        yield _mention(reading, name, name, level=level, rule="places.list")
        after = end


def _begins_body(reading: Reading, sentence: Sentence, first: int) -> bool:
    """Tell whether a body follows: "tại ấp Phú Lợi, UBND xã …"; the Trường of Trường Sơn is no school."""
    token = sentence.tokens[first]
    head = head_pattern().match(reading.key, token.span.start, sentence.span.end)
    return head is not None and (" " in head.group() or token.text.isupper())


def _name_end(reading: Reading, sentence: Sentence, first: int, level: str) -> int:
    """Return the token after the name, or `first` where no name stands there."""
    token = sentence.tokens[first]
    if token.kind is TokenKind.NUMBER:
        return first + 1 if level in _DATA["numbered"] and len(token.text) <= 2 else first
    if not token.is_capitalised:
        return first
    known = _known_end(reading, sentence, first, level)
    if known > first:
        return known
    # All provinces are known, in every spelling; communes of long ago are not.
    if level == "province" or is_shouted(reading, sentence):
        return first
    after = capital_run(reading, sentence, first, most=4)
    length = after - first
    # "UBND thành phố Vũ Đại Thắng": the city is left out, and what follows is its chairman's name.
    if length >= 3 and is_surname(token.key) and level not in {"village"}:
        return first
    return after


def _known_end(reading: Reading, sentence: Sentence, first: int, level: str) -> int:
    gazetteer = load_gazetteer()
    best = first
    for after in range(first + 1, min(first + _LONGEST + 2, len(sentence.tokens) + 1)):
        last = sentence.tokens[after - 1]
        if last.kind is TokenKind.PUNCTUATION:
            if last.key not in {"-", "'"}:
                break
            continue
        if not last.text[0].isupper() or "\n" in reading.text(span_of(sentence, first, after)):
            break
        units = gazetteer.find(reading.surface(span_of(sentence, first, after)))
        if any(unit.tier in _TIERS.get(level, (1, 2, 3)) for unit in units):
            best = after
    return best


def _bare(reading: Reading, sentence: Sentence, taken: list[Span]) -> Iterator[PlaceMention]:
    for match in _bare_names().finditer(reading.key, sentence.span.start, sentence.span.end):
        span = Span(*match.span())
        if any(span.overlaps(other) for other in taken) or not capitalised_throughout(reading, span):
            continue
        before = reading.key[max(sentence.span.start, span.start - _LOOK_BACK) : span.start]
        if _EPONYM_CUE.search(before) or reading.key[span.start : span.end] in historical_names():
            continue
        if _in_longer_name(reading, sentence, span):
            continue
        committee = _COMMITTEE.search(before)
        if committee is not None:
            level = LEVEL_OF_DESIGNATION[_COMMITTEES[fold_space(committee[1])]]
            yield _mention(reading, span, span, level=level, rule="places.committee")
        else:
            level = _bare_level(reading.surface(span))
            yield _mention(reading, span, span, level=level, rule="places.gazetteer")


def _in_longer_name(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """Tell whether a bare name is a part of a longer one: "ông Ngọc Văn Bàn", "Nguyễn Thái Bình"."""
    tokens = sentence.tokens
    first, after = token_at(sentence, span.start), token_at(sentence, span.end)
    start = first
    while (
        start
        and tokens[start - 1].is_capitalised
        and follows_closely(reading, tokens[start - 1], tokens[start])
    ):
        start -= 1
    run = tokens[start].span.start
    # The run of capitals may begin with the honorific itself: "Ông Ngọc Văn Bàn".
    if tokens[start].key in _HONORIFICS or _HONORIFIC.search(reading.key, max(0, run - _LOOK_BACK), run):
        return True
    if is_shouted(reading, sentence):
        return False
    if start < first and is_surname(tokens[first - 1].key):
        return True
    if after >= len(tokens) or not tokens[after].is_capitalised:
        return False
    if not follows_closely(reading, tokens[after - 1], tokens[after]):
        return False
    # "An Dương Vương" is no An Dương; but behind "Thành ủy Hà Nội" a person's name may follow the place.
    begins_name = is_surname(tokens[after].key) and capital_run(reading, sentence, after) - after > 1
    return not begins_name and title_pattern().match(reading.key, tokens[after].span.start) is None


def _bare_level(surface: str) -> str:
    units = [unit for unit in load_gazetteer().find(surface) if unit.tier < 3]
    return min(reversed(units), key=lambda unit: unit.tier).level if units else "other"


def _mention(reading: Reading, span: Span, name: Span, *, level: str, rule: str) -> PlaceMention:
    return PlaceMention(
        span=span,
        text=reading.surface(span),
        rule=rule,
        confidence=_CONFIDENCES[rule],
        name=reading.surface(name),
        level=level,
        typed=rule != "places.gazetteer",
    )

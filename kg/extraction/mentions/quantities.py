"""Recognizer of quantities: numbers that count, rate or measure, with their unit of measure.

Numbers that only name or place something (dates, codes, ordinals, ages, addresses) are left out here, so that
whatever comes later may trust that a quantity is a quantity.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.numbers import Number, find_numbers, find_spelled_numbers, parse_number
from kg.model.mention import (
    DateMention,
    Mention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    QuantityMention,
)
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("units_of_measure")
_COUNTING = [unit for row in _DATA["counting"] for unit in row]
_UNIT_WORDS = phrase_pattern([*_COUNTING, *_DATA["measuring"]])
_RATE = r"\s?/\s?(?:\d+(?:[.,]\d+)*\s?)?(?:(?:vạn|nghìn|ngàn|triệu)\s)?"
_WORD = r"[^\W\d_]+"

_PERCENT = re.compile(r"\s?(?:%\s?o|%o|‰|%)(?![^\W_])|\s(?:phần\s(?:nghìn|ngàn|trăm|vạn))(?![^\W_])")
# Right after a number, so that a missing space does no harm ("236kg").
_UNIT = re.compile(rf"\s*({phrase_pattern([*_COUNTING, *_DATA['measuring']], whole_words=False)}(?![^\W_]))")
_FAMILIES = tuple(frozenset(family) for family in _DATA["named_together"])
_BODIES = frozenset(unit for family in _DATA["named_together"] for unit in family)
_DAY_BEFORE = re.compile(rf"(?:{phrase_pattern(_DATA['day_words'])}|[-(])\s*$")
_UNIT_LIST = re.compile(rf"(?:,\s|\s(?:và|hoặc)\s|/\s?|\s-\s)({_UNIT_WORDS})")
_RATED_ON = phrase_pattern(_DATA["rated_on_after_word"])
_PER = re.compile(
    rf"{_RATE}(?:{_UNIT_WORDS}|{_WORD})(?:\s{phrase_pattern(_DATA['going_on_in_rates'])})*(?:/(?:{_UNIT_WORDS}))?"
    r"|\s(?:trên|tính trên)\s(?:1|một|\d{2,3}(?:[.,]\d{3})*|\d{3,6})(?:\s(?:vạn|nghìn|ngàn|triệu))?"
    rf"\s{_RATED_ON}(?:\s\w+)?"
)
# "45 lượt/90 lượt" is 45 of 90.
_SAME_UNIT = re.compile(rf"\s?/\s?(?P<over>\d+(?:[.,]\d+)*)\s?(?P<unit>{_UNIT_WORDS})")
_OF_TOTAL = re.compile(r"\s(?:trên|trong)\s(?:tổng số|tổng cộng|tổng)\s(?P<over>\d+(?:[.,]\d{3})*)(?![\w%])")
_COUNTER = re.compile(rf"{phrase_pattern(_DATA['page_counters'])}\s?:\s*$")
_PHONE = re.compile(rf"{phrase_pattern(_DATA['telephone_words'])}\W{{0,4}}[\s\d.:()+-]{{0,24}}$")
# "1 trong 5 tỉnh" ranks, it does not count.
_ONE_AMONG = re.compile(r"(?:^|\s)(?:\d{1,2}|một)\strong\s(?:số\s|những\s|tổng số\s)?$")
_AMONG_AFTER = re.compile(r"\strong\s(?:số\s|những\s|tổng số\s)?\d")
_BILLION = re.compile(r"(?:tỷ|tỉ)$")
_POPULATION = frozenset(_DATA["rated_on"])
_PER_NUMBER = re.compile(r"(?:100|1[.,]?000|10[.,]?000|100[.,]?000|1[.,]?000[.,]?000)$")
_NEXT_WORD = re.compile(rf"\s+({_WORD})")
_NOT_UNIT = re.compile(phrase_pattern(_DATA["not_units"]))
_NAMED = re.compile(rf"({phrase_pattern(_DATA['named_by_number'])})\s*$")
_ALWAYS_NAMED = re.compile(rf"{phrase_pattern(_DATA['always_named_by_number'])}\s*$")
_PROPER = re.compile(rf"(?:{phrase_pattern(_DATA['names_with_number'], whole_words=False)})\s?-?\s?$")
_NOT_COUNT = re.compile(rf"\s*(?:-\s?)?{phrase_pattern(_DATA['not_counts'])}")
_DURATION_MEASURED = re.compile(rf"{phrase_pattern(_DATA['measures_of_time'])}[^.;\n]{{0,40}}$")
_COUNTED_IN_WORDS = re.compile(rf"\s+{phrase_pattern(_DATA['counted_in_words'])}")
_COPULA = re.compile(rf"{phrase_pattern(_DATA['before_bare_numbers'])}\s*$|[:(]\s*$")
_LIST_NUMBER = re.compile(r"\s*[.)/\-:]\s*(?=\D|$)")
_CLOCK_AFTER = re.compile(r"\s?(?::\d\d|h\d\d|h(?![^\W_])|g\d\d)")
_BOUNDARY_AFTER = re.compile(r"\s*(?:[,;.:)(\n]|$)")
_YEAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a number stands: all that the questions about it need."""

    reading: Reading
    sentence: Sentence
    number: Number
    capital_before: bool = False
    place_before: bool = False

    @property
    def before(self) -> str:
        """The matching form of up to 60 characters before the number and its comparator."""
        start = max(self.sentence.span.start, self.number.start - 60)
        return self.reading.key[start : self.number.start]

    @property
    def plain(self) -> bool:
        """The number is a small bare whole number, such as names and ranks have."""
        number = self.number
        return number.value < 1000 and number.decimals == 0 and number.over is None


def find_quantities(reading: Reading, mentions: MentionIndex) -> Iterable[Mention]:
    """Yield the quantities of the sentences in order; `mentions` are what their numbers may belong to."""
    taken = [
        mention.span
        for mention in mentions
        if isinstance(mention, DateMention | OfficialDocumentMention | OrganizationMention | PersonMention)
        or (isinstance(mention, PlaceMention) and any(sign.isdigit() for sign in mention.text))
    ]
    vetoes = _merged(taken)
    starts = [span.start for span in vetoes]
    places = {mention.span.end for mention in mentions.of(PlaceMention)}
    text = reading.article.text
    for sentence in reading.sentences:
        counted, done = False, sentence.span.start
        for number in _numbers(reading.key, sentence.span):
            if number.span.start < done:
                continue
            near = bisect_left(starts, number.span.end) - 1
            if (
                near >= 0
                and vetoes[near].overlaps(number.span)
                and not _counts_bodies(reading, number, sentence)
            ):
                continue
            end = number.start
            while end > sentence.span.start and text[end - 1].isspace():
                end -= 1
            capital = _capital_before(text, sentence.span.start, end)
            mention = _quantity(_Site(reading, sentence, number, capital, end in places), counted)
            if mention is not None:
                counted, done = True, mention.span.end
                yield mention


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1].cover(span)
        else:
            merged.append(span)
    return merged


def _counts_bodies(reading: Reading, number: Number, sentence: Sentence) -> bool:
    """Tell whether "9/11 bản" is a count after all, and no ninth of November."""
    if number.over is None or _DAY_BEFORE.search(reading.key[max(0, number.start - 16) : number.start]):
        return False
    unit = _UNIT.match(reading.key, number.span.end, sentence.span.end)
    return unit is not None and unit[1] in _BODIES


def _numbers(key: str, span: Span) -> Iterator[Number]:
    digits = list(find_numbers(key, span))
    words = [
        number
        for number in find_spelled_numbers(key, span)
        if (number.value >= 1000 or _COUNTED_IN_WORDS.match(key, number.span.end, span.end))
        and not any(number.span.overlaps(other.span) for other in digits)
    ]
    return iter(sorted(digits + words, key=lambda number: number.span)) if words else iter(digits)


def _capital_before(text: str, floor: int, end: int) -> bool:
    """Tell whether the word that ends at `end` has a capital and does not begin the sentence."""
    start = end
    while start > floor and text[start - 1].isalpha():
        start -= 1
    return start < end and start > floor and text[start].isupper()


def _quantity(site: _Site, counted: bool) -> QuantityMention | None:
    number, key = site.number, site.reading.key
    stop = site.sentence.span.end
    if _is_glued_to_a_code(site) or _is_list_number(site) or _CLOCK_AFTER.match(key, number.span.end, stop):
        return None
    percent = _PERCENT.match(key, number.span.end, stop)
    if percent is not None:
        written = site.reading.surface(Span(*percent.span())).strip()
        unit = written if written.startswith("phần") else written.replace(" ", "")
        return _mention(site, unit=unit, end=percent.end())
    site = _with_total(site)
    if _is_something_else(site):
        return None
    number = site.number
    known, end = _unit(site)
    if known is not None:
        return _mention(site, unit=known, end=end)
    if number.value >= 1e9 and _BILLION.search(key[number.span.start : number.span.end]):
        return _mention(site, unit=_DATA["currency"], end=number.span.end)
    return _mention(site, unit=None, end=number.span.end) if _is_bare_count(site, counted) else None


def _with_total(site: _Site) -> _Site:
    """Read "22 trên tổng số 60" as 22 of 60."""
    number = site.number
    match = _OF_TOTAL.match(site.reading.key, number.span.end, site.sentence.span.end)
    total = parse_number(match["over"]) if match is not None and number.over is None else None
    if match is None or total is None:
        return site
    return replace(site, number=replace(number, over=total, span=Span(number.span.start, match.end())))


def _is_something_else(site: _Site) -> bool:
    """Tell whether a number calls, names, dates or ranks something instead of counting it."""
    number, key = site.number, site.reading.key
    among = number.value == 1 and _AMONG_AFTER.match(key, number.span.end, site.sentence.span.end)
    if among or any(pattern.search(site.before) for pattern in (_PHONE, _COUNTER, _PROPER, _ONE_AMONG)):
        return True
    return _is_named(site) or _is_no_count(site)


def _mention(site: _Site, *, unit: str | None, end: int) -> QuantityMention:
    number = site.number
    span = Span(number.start, end)
    over = number.over
    if over is None and unit is not None:
        again = _SAME_UNIT.search(site.reading.key, number.span.end, end)
        over = parse_number(again["over"]) if again is not None and again["unit"] == unit.lower() else None
    # "39,98/100.000 dân" is a rate: what follows the slash is no total.
    if over is not None and unit is not None and unit.startswith("/"):
        over = None
    return QuantityMention(
        span=span,
        text=site.reading.surface(span),
        rule="quantities.percent" if unit == "%" else "quantities.number",
        confidence=0.95 if unit else 0.85,
        value=number.value,
        value_max=number.value_max,
        over=over,
        unit=unit,
        comparator=number.comparator,
    )


def _is_glued_to_a_code(site: _Site) -> bool:
    """Tell whether letters or dashes tie the digits into a code: F0, H5N1, B12, 20-NQ, 5K."""
    text, span = site.reading.article.text, site.number.span
    before = text[span.start - 1] if span.start else " "
    if before.isalpha():
        start = span.start - 1
        while start and text[start - 1].isalpha():
            start -= 1
        word = text[start : span.start]
        # "bệnh81.770" lost its space; "z5597" and "H5" did not.
        if len(word) < 2 or not word[1:].islower():
            return True
    elif before in "-–/._" and span.start > 1 and text[span.start - 2].isalnum():
        return before != "-" or not text[span.start - 2].islower() or site.plain
    after = text[span.end : span.end + 2]
    if after[:1].isalpha():
        unit = _UNIT.match(site.reading.key, span.end, site.sentence.span.end)
        return unit is None or (len(unit[1]) < 2 and site.plain)
    if site.number.value >= 1e8 and text[span.start : span.end].isdecimal():
        return True
    return len(after) == 2 and after[0] in "-–/" and after[1].isupper() and site.number.decimals == 0


def _is_list_number(site: _Site) -> bool:
    start = site.number.span.start
    lead = site.reading.key[site.sentence.span.start : start]
    if lead.strip(" -+*•") or site.number.value >= 100 or site.number.over is not None:
        return False
    return _LIST_NUMBER.match(site.reading.key, site.number.span.end, site.sentence.span.end) is not None


def _is_named(site: _Site) -> bool:
    """Tell whether the number is the name, the rank or the year of what stands before it."""
    number, key = site.number, site.reading.key
    stop = site.sentence.span.end
    known = _UNIT.match(key, number.span.end, stop)
    surface = site.reading.article.text[number.span.start : number.span.end]
    if number.over is not None and known is None:
        pair = (number.value, number.over)
        if pair in {(24, 24), (24, 7)} or (number.value <= 31 and number.over <= 12) or number.over in _YEAR:
            return True
    if number.value in _YEAR and surface[:4].isdecimal() and known is None:
        return True
    if number.comparator is not None or number.over is not None:
        return False
    if site.plain and _ALWAYS_NAMED.search(site.before):
        return True
    return site.plain and known is None and _NAMED.search(site.before) is not None


def _is_no_count(site: _Site) -> bool:
    """Tell whether the number is an age, a length of time or part of a set phrase."""
    key, number = site.reading.key, site.number
    match = _NOT_COUNT.match(key, number.span.end, site.sentence.span.end)
    if match is None:
        return False
    measured = (
        number.decimals > 0
        or key[match.end() : match.end() + 1] == "/"
        or _DURATION_MEASURED.search(site.before) is not None
    )
    return not (measured and _UNIT.match(key, number.span.end, site.sentence.span.end))


def _unit(site: _Site) -> tuple[str | None, int]:
    """Return the unit of measure after the number as written, and where it ends."""
    key, stop = site.reading.key, site.sentence.span.end
    start = site.number.span.end
    if site.number.over is not None and _PER_NUMBER.match(_after_slash(site)):
        per = _UNIT.match(key, start, stop)
        if per is not None and (site.number.decimals > 0 or per[1] in _POPULATION):
            slash = key.rindex("/", site.number.span.start, start)
            return site.reading.surface(Span(slash, per.end())), per.end()
    match = _UNIT.match(key, start, stop)
    if match is None:
        per = _PER.match(key, start, stop)
        if per is not None and site.number.over is None:
            return site.reading.surface(Span(start, per.end())).strip(), per.end()
        return _unknown_unit(site)
    begin, end = match.span(1)
    again = _SAME_UNIT.match(key, end, stop)
    if again is not None and again["unit"] == match[1]:
        return site.reading.surface(Span(begin, end)), again.end()
    per = _PER.match(key, end, stop)
    if per is not None:
        return site.reading.surface(Span(begin, per.end())), per.end()
    end = _end_of_list(site.reading, match[1], end, stop)
    return site.reading.surface(Span(begin, end)), end


def _end_of_list(reading: Reading, unit: str, end: int, stop: int) -> int:
    """Return where "xã, phường, thị trấn" ends: units of one family, the last not the head of a name."""
    family = next((family for family in _FAMILIES if unit in family), None)
    while family is not None and (more := _UNIT_LIST.match(reading.key, end, stop)):
        following = reading.article.text[more.end() : more.end() + 2].strip()
        if more[1] not in family or following[:1].isupper() or following[:1].isdigit():
            break
        end = more.end()
    return end


def _after_slash(site: _Site) -> str:
    surface = site.reading.key[site.number.span.start : site.number.span.end]
    return surface.rpartition("/")[2].strip()


def _unknown_unit(site: _Site) -> tuple[str | None, int]:
    """Take the next word for the unit where nothing speaks against it."""
    match = _NEXT_WORD.match(site.reading.key, site.number.span.end, site.sentence.span.end)
    if match is None or _NOT_UNIT.fullmatch(match[1]):
        return None, 0
    word = site.reading.article.text[match.start(1) : match.end(1)]
    if not word.islower() or (site.plain and site.capital_before):
        return None, 0
    return word, match.end(1)


def _is_bare_count(site: _Site, counted: bool) -> bool:
    """Tell whether a number without a unit counts something all the same."""
    key, number = site.reading.key, site.number
    if not (counted or _COPULA.search(site.before) or not site.plain or number.value_max is not None):
        return False
    if site.capital_before and site.plain and not site.place_before:
        return False
    after = _BOUNDARY_AFTER.match(key, number.span.end, site.sentence.span.end)
    following = _NEXT_WORD.match(key, number.span.end, site.sentence.span.end)
    return after is not None or following is not None

"""Numbers that count nothing: codes, list numbers, clock times, names, ranks, ages, telephone numbers."""

from __future__ import annotations

import re

from kg.extraction.mentions.quantity_sites import Site, counting_unit
from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.numbers import Number
from kg.model.sentence import Sentence

_DATA = load_resource("units_of_measure")


def _any(name: str) -> str:
    return phrase_pattern(_DATA[name])


_COUNTED = frozenset(unit for row in _DATA["counting"] for unit in row)
_DAY_BEFORE = re.compile(rf"(?:{_any('day_words')}|[-(])\s*$")
_PHONE = re.compile(rf"{_any('telephone_words')}\W{{0,4}}[\s\d.:()+-]{{0,24}}$")
_COUNTER = re.compile(rf"{_any('page_counters')}\s?:\s*$")
_PROPER = re.compile(rf"(?:{phrase_pattern(_DATA['names_with_number'], whole_words=False)})\s?-?\s?$")
# "1 trong 5 tỉnh" ranks, it does not count.
_ONE_AMONG = re.compile(r"(?:^|\s)(?:\d{1,2}|một)\strong\s(?:số\s|những\s|tổng số\s)?$")
_AMONG_AFTER = re.compile(r"\strong\s(?:số\s|những\s|tổng số\s)?\d")
_ELSEWHERE = (_PHONE, _COUNTER, _PROPER, _ONE_AMONG)
_NAMED = re.compile(rf"{_any('named_by_number')}\s*$")
_ALWAYS_NAMED = re.compile(rf"{_any('always_named_by_number')}\s*$")
_RANKED = re.compile(rf"{_any('ranks')}\s*$")
_NOT_COUNT = re.compile(rf"\s*(?:-\s?)?{_any('not_counts')}")
_TIME_MEASURED = re.compile(rf"{_any('measures_of_time')}[^.;\n]{{0,40}}$")
_LIST_NUMBER = re.compile(r"\s*[.)/\-:]\s*(?=\D|$)")
_CLOCK_AFTER = re.compile(r"\s?(?::\d\d|h\d\d|h(?![^\W_])|g\d\d)")
_AROUND_THE_CLOCK = frozenset({(24.0, 24.0), (24.0, 7.0)})
_ENUMERATOR = re.compile(r"(?:^|[:;,.])\s*\($")
_CLOSING = re.compile(r"\)")
_LIST_MARK = 8  # characters that may stand before the number of a list item
_YEAR = range(1900, 2101)


def is_no_number(site: Site) -> bool:
    """Tell whether the digits are part of a code, the number of a list item or a time of the clock."""
    return _is_glued_to_a_code(site) or _is_list_number(site) or site.match_after(_CLOCK_AFTER) is not None


def is_something_else(site: Site) -> bool:
    """Tell whether a number calls, names, dates or ranks something instead of counting it."""
    among = site.number.value == 1 and site.match_after(_AMONG_AFTER)
    if among or any(pattern.search(site.before) for pattern in _ELSEWHERE):
        return True
    return _is_named(site) or _is_no_count(site)


def counts_after_all(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Tell whether what looks like a day is a count: "9/11 bản" is no ninth of November."""
    if number.over is None or _DAY_BEFORE.search(reading.key[max(0, number.start - 16) : number.start]):
        return False
    unit = counting_unit(Site(reading, sentence, number))
    return unit is not None and unit[1] in _COUNTED


def _is_glued_to_a_code(site: Site) -> bool:
    """Tell whether letters or dashes tie the digits into a code: F0, H5N1, B12, 20-NQ, 5K."""
    text, span = site.reading.article.text, site.number.span
    before = text[span.start - 1] if span.start else " "
    if before.isalpha():
        start = span.start - 1
        while start and text[start - 1].isalpha() and span.start - start < 3:
            start -= 1
        # "bệnh81.770" lost its space; "z5597" and "H5" did not.
        if span.start - start < 2 or not text[start + 1 : span.start].islower():
            return True
    elif before in "-–/._" and span.start > 1 and text[span.start - 2].isalnum():
        return before != "-" or not text[span.start - 2].islower() or site.plain
    after = text[span.end : span.end + 2]
    if after[:1].isalpha():
        unit = counting_unit(site)
        return unit is None or (len(unit[1]) < 2 and site.plain)
    if site.number.value >= 1e8 and text[span.start : span.end].isdecimal():
        return True
    return len(after) == 2 and after[0] in "-–/" and after[1].isupper() and site.number.decimals == 0


def _is_list_number(site: Site) -> bool:
    start = site.number.span.start
    # An item in brackets within a line: "kết luận: (1) giao …; (2) …".
    if site.number.value < 100 and _ENUMERATOR.search(site.before) and site.match_after(_CLOSING):
        return True
    if start - site.sentence.span.start > _LIST_MARK:
        return False
    lead = site.reading.key[site.sentence.span.start : start]
    if lead.strip(" -+*•") or site.number.value >= 100 or site.number.over is not None:
        return False
    return site.match_after(_LIST_NUMBER) is not None


def _is_named(site: Site) -> bool:
    """Tell whether the number is the name, the rank or the year of what stands before it."""
    number, known = site.number, counting_unit(site)
    if number.over is not None and known is None:
        day = (number.value <= 31 and number.over <= 12) or number.over in _YEAR
        if day or (number.value, number.over) in _AROUND_THE_CLOCK:
            return True
    surface = site.reading.article.text[number.span.start : number.span.end]
    if number.value in _YEAR and surface[:4].isdecimal() and known is None:
        return True
    if _RANKED.search(site.before):
        return True
    if not site.plain or number.comparator is not None:
        return False
    always = _ALWAYS_NAMED.search(site.before) is not None
    return always or (known is None and _NAMED.search(site.before) is not None)


def _is_no_count(site: Site) -> bool:
    """Tell whether the number is an age, a length of time or part of a set phrase."""
    match, unit = site.match_after(_NOT_COUNT), counting_unit(site)
    if match is None:
        return False
    # "45.000 ngày điều trị" counts, "45 ngày" only lasts.
    if unit is not None and unit.end() > match.end():
        return False
    rate = site.reading.key[match.end() : match.end() + 1] == "/"
    measured = site.number.decimals > 0 or rate or _TIME_MEASURED.search(site.before) is not None
    return unit is None or not measured

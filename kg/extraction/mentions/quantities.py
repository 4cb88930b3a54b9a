"""Recognizer of quantities: numbers that count, rate or measure, with their unit of measure.

Numbers that only name or place something (dates, codes, ordinals, ages, addresses) are left out here, so that
whatever comes later may trust that a quantity is a quantity.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.extraction.mentions.quantity_sites import (
    Site,
    currency_of,
    fraction_after,
    over_behind_unit,
    unit_after,
    with_total,
)
from kg.extraction.mentions.quantity_vetoes import counts_after_all, is_no_number, is_something_else
from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.numbers import Number, find_numbers, find_spelled_numbers
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
from kg.model.span import Span, disjoint

_DATA = load_resource("units_of_measure")
_COUNTED_IN_WORDS = re.compile(rf"\s+{phrase_pattern(_DATA['counted_in_words'])}")
_BEFORE_BARE = re.compile(rf"{phrase_pattern(_DATA['before_bare_numbers'])}\s*$|[:(]\s*$")
_BOUNDARY_OR_WORD = re.compile(r"\s*(?:[,;.:)(\n]|$)|\s+[^\W\d_]")
_LONGEST_WORD = 40
_OWNERS = DateMention | OfficialDocumentMention | OrganizationMention | PersonMention


def find_quantities(reading: Reading, mentions: MentionIndex) -> Iterable[Mention]:
    """Yield the quantities of the sentences in order; `mentions` are what their numbers may belong to."""
    taken = disjoint(mention.span for mention in mentions if _owns_numbers(mention))
    starts = [span.start for span in taken]
    places = {mention.span.end for mention in mentions.of(PlaceMention)}
    for sentence in reading.sentences:
        counted, done = False, sentence.span.start
        for number in _numbers(reading.key, sentence.span):
            near = bisect_left(starts, number.span.end) - 1
            owned = near >= 0 and taken[near].overlaps(number.span)
            if number.span.start < done or (owned and not counts_after_all(reading, sentence, number)):
                continue
            mention = _quantity(_site(reading, sentence, number, places), counted)
            if mention is not None:
                counted, done = True, mention.span.end
                yield mention


def _owns_numbers(mention: Mention) -> bool:
    """Tell whether the numbers within a mention belong to it: dates, and names such as "Quận 10"."""
    if isinstance(mention, PlaceMention):
        return any(sign.isdigit() for sign in mention.text)
    return isinstance(mention, _OWNERS)


def _numbers(key: str, span: Span) -> Sequence[Number]:
    digits = list(find_numbers(key, span))
    words = [
        number
        for number in find_spelled_numbers(key, span)
        if number.value >= 1000 or _COUNTED_IN_WORDS.match(key, number.span.end, span.end)
    ]
    return sorted(digits + words, key=lambda number: number.span) if words else digits


def _site(reading: Reading, sentence: Sentence, number: Number, places: set[int]) -> Site:
    text, floor, end = reading.article.text, sentence.span.start, number.start
    while end > floor and text[end - 1].isspace():
        end -= 1
    start = end
    while start > max(floor, end - _LONGEST_WORD) and text[start - 1].isalpha():
        start -= 1
    capital = floor < start < end and text[start].isupper()
    return Site(reading, sentence, number, capital, end in places)


def _quantity(site: Site, counted: bool) -> QuantityMention | None:
    """Return the quantity at a site; `counted` tells whether the sentence has counted something before."""
    if is_no_number(site):
        return None
    fraction = fraction_after(site)
    if fraction is not None:
        return _mention(site, *fraction)
    site = with_total(site)
    if is_something_else(site):
        return None
    unit, end = unit_after(site)
    if unit is None:
        unit, end = currency_of(site), site.number.span.end
    return None if unit is None and not _is_bare_count(site, counted) else _mention(site, unit, end)


def _mention(site: Site, unit: str | None, end: int) -> QuantityMention:
    number = site.number
    span = Span(number.start, end)
    over = number.over if number.over is not None or unit is None else over_behind_unit(site)
    # "39,98/100.000 dân" is a rate: what follows the slash is no total.
    rate = unit is not None and unit.startswith("/")
    return QuantityMention(
        span=span,
        text=site.reading.surface(span),
        rule="quantities.percent" if unit == "%" else "quantities.number",
        confidence=0.95 if unit else 0.85,
        value=number.value,
        value_max=number.value_max,
        over=None if rate else over,
        unit=unit,
        comparator=number.comparator,
    )


def _is_bare_count(site: Site, counted: bool) -> bool:
    """Tell whether a number without a unit counts something all the same."""
    number = site.number
    ranged = number.value_max is not None
    if not (counted or ranged or not site.plain or _BEFORE_BARE.search(site.before)):
        return False
    if site.capital_before and site.plain and not site.place_before:
        return False
    return site.match_after(_BOUNDARY_OR_WORD) is not None

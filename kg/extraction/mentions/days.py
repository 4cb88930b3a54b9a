"""Which of the written days of a sentence are days, and what the words before them make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.dates import DayExpression, find_days
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.sentence import Sentence

_WORDS = load_resource("dates")
_WINDOW = 80  # characters before a date in which the words stand that say what it is

_AFTER_NAME = re.compile(rf"(?:{phrase_pattern(_WORDS['name_words'])})\s*[(:]?\s*$")
# "Ngày Thầy thuốc Việt Nam 27/02/2025": a feast's own day, with or without a year.
_AFTER_FEAST = re.compile(r"(?<![^\W_])ngày\s+(?!hội|\d)[^\W\d_][^,;:.()\d\n]{2,60}\(?\s*$")
_EVERY_YEAR = re.compile(r"\s{1,3}(?:hàng|hằng|mỗi)\s+năm")
_AFTER_BIRTH = re.compile(rf"(?:{phrase_pattern(_WORDS['birth_words'])})\s*[(:]?\s*$")
_AFTER_DOCUMENT = re.compile(
    r"(?:\d\s?[/-]\s?[a-zđ][\wđ]{0,7}(?:\s?[-/]\s?[a-zđ][\wđ]{0,9}){0,3}"
    r"|(?<![^\W_])(?:nghị quyết|quyết định|chỉ thị|thông tư|công văn|kế hoạch|nghị định|hướng dẫn)"
    r"(?:\s+số)?\s?\d{1,5})"
    r"(?:\s?,?\s?(?:của|do)[^.;\n\d]{2,50})?\s?,?\s?(?:ban hành|ký|được ban hành)?\s?[,(]?\s?$"
)
_AFTER_UNTIL = re.compile(
    rf"(?:(?:kể\s+|tính\s+)?từ\s+đầu\s+năm\s+)?(?:{phrase_pattern(_WORDS['until_words'])})\s+"
    r"(?:\d{1,2}\s?(?:giờ|h)(?:\s?\d{2})?(?:\s?phút)?,?\s+)?$"
)
_AFTER_RATE = re.compile(rf"(?:{phrase_pattern(_WORDS['not_before_day'])})\s+$")
_BEFORE_UNIT = re.compile(rf"\s?(?:{phrase_pattern(_WORDS['not_after'])}|[/%])")
_JOINING = re.compile(r"\s?(?:,|và|;|-)\s?")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day that stands in a sentence, and what the words before it make of it."""

    expression: DayExpression
    rule: str
    begin: int


def days_in(key: str, sentence: Sentence) -> Iterator[FoundDay]:
    """Yield the days of a sentence in order; feasts, births, amounts and fractions are none."""
    last: DayExpression | None = None
    for expression in find_days(key, sentence.span.start, sentence.span.end):
        joined = (
            last is not None and _JOINING.fullmatch(key, last.span.end, expression.span.start) is not None
        )
        each = _judge(key, sentence, expression, joined=joined)
        if each is not None:
            last = expression
            yield each


def _judge(key: str, sentence: Sentence, expression: DayExpression, *, joined: bool) -> FoundDay | None:
    """Return the day with its rule, or None where it is a feast, a birth, an amount or a fraction."""
    begin = expression.span.start
    if expression.first is None:
        return FoundDay(expression, "dates.relative", begin)
    before = key[max(sentence.span.start, begin - _WINDOW) : begin]
    dated = expression.first.year is not None or (
        expression.last is not None and expression.last.year is not None
    )
    until = _AFTER_UNTIL.search(before)
    slashed = "/" in key[expression.core.start : expression.core.end]
    cued = expression.cued or dated or joined or (until is not None and slashed)
    cued = cued or _in_brackets(key, expression, before)
    if not cued or _is_no_day(key, expression, before) or (not dated and _is_amount(key, expression, before)):
        return None
    rule = "dates.day"
    if expression.session is None:
        if _AFTER_DOCUMENT.search(before):
            rule = "dates.document"
        elif until:
            rule, begin = "dates.until", begin - len(before) + until.start()
    return FoundDay(expression, rule, begin)


def _is_no_day(key: str, expression: DayExpression, before: str) -> bool:
    """Tell whether a day is a birth, an anniversary, or a feast of every year."""
    if (
        _is_anniversary(expression)
        or _AFTER_BIRTH.search(before)
        or _EVERY_YEAR.match(key, expression.span.end)
    ):
        return True
    if expression.session is not None:
        return False
    return bool(
        _AFTER_NAME.search(before) or (not _says_day(key, expression) and _AFTER_FEAST.search(before))
    )


def _is_amount(key: str, expression: DayExpression, before: str) -> bool:
    """Tell whether a pair of numbers counts something ("mỗi ngày 2-3 lần")."""
    if expression.session is not None:
        return False
    return bool(_AFTER_RATE.search(before) or _BEFORE_UNIT.match(key, expression.span.end))


def _in_brackets(key: str, expression: DayExpression, before: str) -> bool:
    """Tell whether days without a cue stand in brackets after a word for days ("hai ngày nghỉ (12-13/6)")."""
    bracketed = before.endswith("(") and key[expression.span.end : expression.span.end + 1] == ")"
    if not bracketed or expression.last is None:
        return False
    return "ngày" in before[-40:] or key.count("/", expression.span.start, expression.span.end) > 1


def _says_day(key: str, expression: DayExpression) -> bool:
    has_cue = expression.cued and expression.span.start < expression.core.start
    return has_cue or key.startswith("ngày", expression.core.start)


def _is_anniversary(expression: DayExpression) -> bool:
    first, last = expression.first, expression.last
    return (
        first is not None
        and last is not None
        and (first.day, first.month) == (last.day, last.month)
        and first.year != last.year
    )

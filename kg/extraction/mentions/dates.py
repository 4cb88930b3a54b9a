"""Finding days and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extraction.reading import MentionIndex, Reading
from kg.language.dates import CalendarDay, DayExpression, find_days
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.periods import PeriodExpression, find_periods
from kg.language.years import YearClues, infer_year, read_clues
from kg.model.mention import DateKind, DateMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_WORDS = load_resource("dates")
_WINDOW = 80  # characters before a date in which the words stand that say what it is
_SEVERAL_DAYS = timedelta(days=10)  # a longer stretch between two days is a period

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
_BARE_MONTHS = re.compile(
    r"(?<![\d.,/])(?P<count>\d{1,2})\s+tháng(?!\s*(?:\d|tuổi|tù|kể|liên|trở))(?![^\W_])"
)
_JOINING = re.compile(r"\s?(?:,|và|;|-)\s?")


@dataclass(frozen=True, slots=True)
class _Found:
    """A day that stands in a sentence, and what the words before it make of it."""

    expression: DayExpression
    rule: str
    begin: int


def find_dates(reading: Reading, mentions: MentionIndex) -> Iterable[DateMention]:
    """Return the days and periods of the title, the body and the captions, in order.

    Feasts ("Ngày Thầy thuốc Việt Nam 27/2"), births, fractions and rates are no dates. A day's year comes
    from the article where the text leaves it out; where the article does not make it plain, `start` is None.
    The date of a document has the rule ``dates.document``.
    """
    taken = [mention.span for mention in mentions]
    found = [(sentence, tuple(_days(reading.key, sentence))) for sentence in reading.sentences]
    published = reading.article.published.day if reading.article.published else None
    clues = read_clues(
        reading.key,
        [sentence.span for sentence in reading.sentences],
        published=published,
        days=[
            day
            for _, days in found
            for each in days
            if each.rule == "dates.day" and each.expression.first and (day := each.expression.first.date)
        ],
    )
    counts = _months_counted(reading)
    previous = clues.published or (clues.days[0] if clues.days else None)
    result: list[DateMention] = []
    for sentence, days in found:
        here: list[DateMention] = []
        for each in days:
            mention = _day_mention(reading, each, clues, previous)
            here.append(mention)
            if mention.kind is DateKind.DAY and mention.start and mention.rule != "dates.document":
                previous = mention.start
        here.extend(_periods(reading, sentence, here, clues, counts))
        result.extend(mention for mention in here if not any(mention.span.overlaps(span) for span in taken))
    return sorted(result, key=lambda mention: mention.span)


def _days(key: str, sentence: Sentence) -> Iterator[_Found]:
    last: DayExpression | None = None
    for expression in find_days(key, sentence.span.start, sentence.span.end):
        joined = (
            last is not None and _JOINING.fullmatch(key, last.span.end, expression.span.start) is not None
        )
        each = _judge(key, sentence, expression, joined=joined)
        if each is not None:
            last = expression
            yield each


def _judge(key: str, sentence: Sentence, expression: DayExpression, *, joined: bool) -> _Found | None:
    """Return the day with its rule, or None where it is a feast, a birth, an amount or a fraction."""
    begin = expression.span.start
    if expression.first is None:
        return _Found(expression, "dates.relative", begin)
    before = key[max(sentence.span.start, begin - _WINDOW) : begin]
    dated = expression.first.year is not None or (
        expression.last is not None and expression.last.year is not None
    )
    cued = expression.cued or dated or joined or _in_brackets(key, expression, before)
    if not cued or _is_no_day(key, expression, before) or (not dated and _is_amount(key, expression, before)):
        return None
    rule = "dates.day"
    if expression.session is None:
        until = _AFTER_UNTIL.search(before)
        if _AFTER_DOCUMENT.search(before):
            rule = "dates.document"
        elif until:
            rule, begin = "dates.until", begin - len(before) + until.start()
    return _Found(expression, rule, begin)


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
    return bracketed and expression.last is not None and "ngày" in before[-40:]


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


def _day_mention(reading: Reading, each: _Found, clues: YearClues, previous: date | None) -> DateMention:
    expression = each.expression
    start, end, inferred = _resolve(expression, clues, previous)
    span = Span(each.begin, expression.span.end)
    kind = DateKind.DAY
    if each.rule == "dates.until":
        kind, start, end = DateKind.PERIOD, None, end or start
    elif start is not None and end is not None and end - start > _SEVERAL_DAYS:
        kind = DateKind.PERIOD
    return DateMention(
        span=span,
        text=reading.surface(span),
        rule=each.rule,
        confidence=0.85 if inferred else 0.95,
        kind=kind,
        start=start,
        end=end,
        session=expression.session,
        inferred_year=inferred,
    )


def _resolve(
    expression: DayExpression, clues: YearClues, previous: date | None
) -> tuple[date | None, date | None, bool]:
    """Return the first and last day, and whether their year was inferred."""
    if expression.first is None:
        day = _told_day(expression, clues, previous)
        return day, None, day is not None
    first, inferred = _dated(expression.first, clues)
    if expression.last is None:
        return first, None, inferred
    last, last_inferred = _dated(expression.last, clues)
    if first is not None and last is not None and first > last:
        first, last = last, first
    return first, last, inferred or last_inferred


def _told_day(expression: DayExpression, clues: YearClues, previous: date | None) -> date | None:
    if expression.from_publication is not None:
        origin, days = clues.published, expression.from_publication
    else:
        origin, days = previous, expression.from_previous or 0
    if origin is None:
        return None
    try:
        return origin + timedelta(days=days)
    except OverflowError:
        return None


def _dated(day: CalendarDay, clues: YearClues) -> tuple[date | None, bool]:
    if day.year is not None:
        return day.date, False
    resolved = day.in_year(infer_year(day, clues))
    return resolved, resolved is not None


def _months_counted(reading: Reading) -> frozenset[int]:
    """Return the numbers N for which the article says "N tháng đầu năm": there "N tháng" alone means them."""
    return frozenset(
        expression.months[1]
        for sentence in reading.sentences
        for expression in find_periods(reading.key, sentence.span.start, sentence.span.end)
        if expression.form == "months" and expression.months and expression.months[0] == 1
    )


def _periods(
    reading: Reading,
    sentence: Sentence,
    days: Sequence[DateMention],
    clues: YearClues,
    counts: frozenset[int],
) -> Iterator[DateMention]:
    start, end = sentence.span.start, sentence.span.end
    expressions = list(find_periods(reading.key, start, end))
    expressions.extend(
        PeriodExpression(Span(*match.span()), "months", months=(1, int(match["count"])))
        for match in _BARE_MONTHS.finditer(reading.key, start, end)
        if int(match["count"]) in counts
        and not any(each.span.overlaps(Span(*match.span())) for each in expressions)
    )
    years = [each.year for each in expressions if each.form in {"months", "quarter"} and each.year]
    fallback = years[0] if years else _reference_year(clues)
    for expression in expressions:
        if any(expression.span.overlaps(day.span) for day in days):
            continue
        before = reading.key[max(start, expression.span.start - _WINDOW) : expression.span.start]
        if expression.form == "year" and re.search(r"(?:sinh|sn)\s+$", before):
            continue
        yield _period_mention(reading, expression, fallback)


def _reference_year(clues: YearClues) -> int | None:
    if clues.part_of_year or clues.looked_back:
        return clues.part_of_year or clues.looked_back
    if clues.published:
        return clues.published.year
    return clues.days[0].year if clues.days else clues.dominating


def _period_mention(reading: Reading, expression: PeriodExpression, reference: int | None) -> DateMention:
    year = reference
    if year is not None and expression.years_back is not None:
        year -= expression.years_back
    known = (
        expression.form in {"months", "quarter", "month", "year", "years", "same"}
        or expression.years_back is not None
    )
    wants_year = expression.year is None and expression.form != "week"
    if expression.form == "same" and expression.year is None and expression.years_back is None:
        known = False
    start, end = expression.bounds(year if wants_year else None) if known else (None, None)
    return DateMention(
        span=expression.span,
        text=reading.surface(expression.span),
        rule=f"dates.{expression.form}",
        confidence=0.9 if expression.year is not None else 0.8,
        kind=DateKind.PERIOD,
        start=start,
        end=end,
        inferred_year=wants_year and (start is not None or end is not None),
    )

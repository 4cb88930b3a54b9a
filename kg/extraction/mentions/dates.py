"""Finding days and periods."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kg.extraction.mentions.days import FoundDay, days_in
from kg.extraction.reading import MentionIndex, Reading
from kg.language.dates import CalendarDay, DayExpression
from kg.language.periods import PeriodExpression, find_periods
from kg.language.weekdays import check_weekday
from kg.language.years import YearClues, infer_year, read_clues
from kg.model.mention import DateKind, DateMention
from kg.model.sentence import Sentence
from kg.model.span import Span, disjoint

_WINDOW = 12  # characters before a year in which "sinh" may stand
_SEVERAL_DAYS = timedelta(days=10)  # a longer stretch between two days is a period

_BARE_MONTHS = re.compile(
    r"(?<![\d.,/])(?P<count>\d{1,2})\s+tháng(?!\s*(?:\d|tuổi|tù|kể|liên|trở))(?![^\W_])"
)
_AFTER_BIRTH = re.compile(r"(?:sinh|sn)\s+$")


def find_dates(reading: Reading, mentions: MentionIndex) -> Iterable[DateMention]:
    """Return the days and periods of the title, the body and the captions, in order.

    Feasts ("Ngày Thầy thuốc Việt Nam 27/2"), births, fractions and rates are no dates. A day's year comes
    from the article where the text leaves it out; where the article does not make it plain, `start` is None.
    The date of a document has the rule ``dates.document``.
    """
    taken = disjoint(mention.span for mention in mentions)
    found = [(sentence, tuple(days_in(reading.key, sentence))) for sentence in reading.sentences]
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
    written = [
        list(find_periods(reading.key, sentence.span.start, sentence.span.end))
        for sentence in reading.sentences
    ]
    counts = _months_counted(written)
    previous = clues.published or (clues.days[0] if clues.days else None)
    result: list[DateMention] = []
    for (sentence, days), expressions in zip(found, written, strict=True):
        here: list[DateMention] = []
        for each in days:
            mention = _day_mention(reading, each, clues, previous)
            here.append(mention)
            if mention.kind is DateKind.DAY and mention.start and mention.rule != "dates.document":
                previous = mention.start
        expressions.extend(_months_again(reading.key, sentence, expressions, counts))
        here.extend(_periods(reading, expressions, [mention.span for mention in here], clues))
        result.extend(mention for mention in here if _is_free(mention.span, taken))
    return sorted(result, key=lambda mention: mention.span)


def _day_mention(reading: Reading, each: FoundDay, clues: YearClues, previous: date | None) -> DateMention:
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
        check=check_weekday(expression.weekday, start),
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


def _months_counted(written: Iterable[Iterable[PeriodExpression]]) -> frozenset[int]:
    """Return the numbers N for which the article says "N tháng đầu năm": there "N tháng" alone means them."""
    return frozenset(
        expression.months[1]
        for expressions in written
        for expression in expressions
        if expression.form == "months" and expression.months and expression.months[0] == 1
    )


def _months_again(
    key: str, sentence: Sentence, expressions: Sequence[PeriodExpression], counts: frozenset[int]
) -> list[PeriodExpression]:
    spans = [each.span for each in expressions]
    return [
        PeriodExpression(span, "months", months=(1, int(match["count"])))
        for match in _BARE_MONTHS.finditer(key, sentence.span.start, sentence.span.end)
        if int(match["count"]) in counts and _is_free(span := Span(*match.span()), spans)
    ]


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether a span overlaps none of those taken, which are in order and do not overlap."""
    after = bisect_left(taken, span.end, key=lambda each: each.start)
    return after == 0 or taken[after - 1].end <= span.start


def _periods(
    reading: Reading, expressions: Sequence[PeriodExpression], taken: Sequence[Span], clues: YearClues
) -> Iterator[DateMention]:
    years = [each.year for each in expressions if each.form in {"months", "quarter"} and each.year]
    fallback = years[0] if years else _reference_year(clues)
    for expression in expressions:
        if not _is_free(expression.span, taken):
            continue
        before = reading.key[max(0, expression.span.start - _WINDOW) : expression.span.start]
        if expression.form == "year" and _AFTER_BIRTH.search(before):
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

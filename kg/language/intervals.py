"""From a period as written to its first and last day, seen from the day on which it is told."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.language.dates import CalendarDay, DayExpression, find_days
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.periods import PeriodExpression, find_periods

Interval = tuple[date | None, date | None]

_NOTHING: Interval = (None, None)
_WORDS = load_resource("dates")
_SINCE_NEW_YEAR = re.compile(phrase_pattern(_WORDS["since_new_year"]))
_TO_DATE = re.compile(phrase_pattern(_WORDS["to_date"]))
_SINCE = re.compile(rf"{phrase_pattern(_WORDS['since_words'])}\W*$")
_UNTIL = re.compile(rf"{phrase_pattern(_WORDS['until_words'])}[^,;]*$")
_PLAIN = frozenset({"months", "quarter", "month", "year", "years"})
_SOON = timedelta(days=45)  # a day without a year lies behind, or as near ahead as an article announces it
_YOUNG = 3  # months of a year in which articles still sum up the one before


def interval_of(key: str, told_on: date | None, *, planned: bool = False) -> Interval:
    """Return the first and last day of a period; None for an end that the words leave open.

    Args:
        key: the matching key of the period's words and no others.
        told_on: the day on which it is told, for words that leave out the year ("6 tháng đầu năm").
        planned: it tells of a plan, which may lie ahead; a result lies behind.
    """
    if days := tuple(find_days(key)):
        return _in_order(_of_days(key, days, told_on))
    periods = tuple(find_periods(key))
    period = periods[0] if periods else None
    if _SINCE_NEW_YEAR.search(key) and (period is None or period.form == "loose" or _TO_DATE.search(key)):
        return _in_order(_since_new_year(period, told_on))
    if period is None or period.form not in _PLAIN:
        return _NOTHING
    bounds = [it.bounds(_year_told(it, told_on, planned=planned)) for it in periods if it.form in _PLAIN]
    return _in_order((bounds[0][0], bounds[-1][1]))


def _of_days(key: str, days: tuple[DayExpression, ...], told_on: date | None) -> Interval:
    """Return the interval that days bound: "từ ngày 15/4 đến ngày 15/5", "đến ngày 30/9/2019"."""
    written = [it for day in days for it in (day.first, day.last) if it is not None]
    if not written:
        return _NOTHING
    last = _date(written[-1], None, told_on)
    if len(written) > 1:
        return _date(written[0], last, told_on), last
    if _SINCE_NEW_YEAR.search(key):
        return (None if last is None else date(last.year, 1, 1)), last
    before = key[: days[0].span.start]
    if _SINCE.search(before):
        return last, (told_on if _TO_DATE.search(key) else None)
    return (None if _UNTIL.search(before) else last), last


def _date(day: CalendarDay, following: date | None, told_on: date | None) -> date | None:
    """Return a day with the year that is written; else the one that fits what follows it, or the telling."""
    if day.year is not None:
        return day.date
    limit = following or (told_on and told_on + _SOON)
    if limit is None:
        return None
    found = day.in_year(limit.year)
    return day.in_year(limit.year - 1) if found is None or found > limit else found


def _since_new_year(period: PeriodExpression | None, told_on: date | None) -> Interval:
    year = period.year if period is not None and period.year is not None else told_on and told_on.year
    if not year:
        return _NOTHING
    return date(year, 1, 1), told_on if told_on is not None and told_on.year == year else None


def _year_told(period: PeriodExpression, told_on: date | None, *, planned: bool) -> int | None:
    """Return the year of "6 tháng đầu năm": that of the telling; None where it is written or not plain.

    A result of months that still lie ahead is that of the year before, as long as the year is young.
    """
    if told_on is None or period.year is not None:
        return None
    _, last = period.months or (1, 12)
    if last <= told_on.month or planned or period.until:
        return told_on.year
    return told_on.year - 1 if told_on.month <= _YOUNG else None


def _in_order(interval: Interval) -> Interval:
    first, last = interval
    return _NOTHING if first is not None and last is not None and first > last else interval

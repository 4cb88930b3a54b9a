"""Days as Vietnamese writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.weekdays import WEEKDAY, is_weekday, number_of
from kg.model.span import Span

_WORDS = load_resource("dates")
_WINDOW = 60  # characters before a number in which its cue stands


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month, with its year where the text gives one."""

    day: int
    month: int
    year: int | None = None

    def in_year(self, year: int | None) -> date | None:
        """Return the date in a year; None without a year or where that year has no such day."""
        if year is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self) -> date | None:
        """The date, where its year is written and it exists."""
        return self.in_year(self.year)


@dataclass(frozen=True, slots=True)
class DayExpression:
    """A written day, or two that bound a stretch of days.

    Attributes:
        span: from the first word of its cue ("Sáng ngày 3/7") to the last digit.
        core: the numbers alone.
        first: the day; None for one told only from another ("chiều cùng ngày").
        last: the last of several days.
        session: "morning", "afternoon" or "evening".
        from_publication: days after the day of publication ("sáng nay" 0, "chiều qua" -1).
        from_previous: days after the day last spoken of ("cùng ngày" 0).
        cued: a word such as "ngày", "sáng" or a weekday says that it is a date.
        weekday: the weekday that is written with the first day, from Monday, 1, to Sunday, 7.
    """

    span: Span
    core: Span
    first: CalendarDay | None
    last: CalendarDay | None = None
    session: str | None = None
    from_publication: int | None = None
    from_previous: int | None = None
    cued: bool = True
    weekday: int | None = None


_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_SIGN = r"\s?[/.\-]\s?"
_JOIN = r"\s{0,2}(?:-|đến(?:\s+hết)?|tới|và|,)\s{0,2}(?:\d{1,2}\s?(?:giờ|h)\s+)?(?:ngày\s+)?"
_NUMERIC = re.compile(
    rf"(?<![\d/.,])(?<!(?<!thứ\s)\d-)(?<!thứ\s)(?:"
    rf"(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    rf"|(?P<day1>{_DAY})(?:{_SIGN}(?P<month1>{_MONTH})(?:{_SIGN}(?P<year1>{_YEAR}))?)?"
    rf"(?:,\s?{_DAY}){{0,4}}{_JOIN}"
    rf"(?P<day2>{_DAY}){_SIGN}(?P<month2>{_MONTH})(?:{_SIGN}(?P<year2>{_YEAR})|/(?P<short2>[123]\d))?"
    rf"|(?P<day>{_DAY}){_SIGN}(?P<month>{_MONTH})(?:{_SIGN}(?P<year>{_YEAR})|/(?P<short>[123]\d))?"
    rf")(?!\d|[/.,\-]\d|\s?%|/)"
)
_SPELLED = re.compile(
    rf"(?:(?<![^\W\d_])(?:ngày\s+(?:mùng\s+|mồng\s+)?|mùng\s+|mồng\s+)"
    rf"|(?<=sáng\s)|(?<=trưa\s)|(?<=chiều\s)|(?<=tối\s))(?P<day1>{_DAY})"
    rf"(?:\s{{0,2}}(?:-|đến|tới|và|,)\s{{0,2}}(?:ngày\s+)?(?P<day2>{_DAY}))?"
    rf"\s*[,/]?\s*tháng\s+(?P<month>{_MONTH}|{phrase_pattern(_WORDS['months'])})(?!\d)"
    rf"(?:\s*,?\s*năm\s+(?P<year>{_YEAR})|\s?[/.\-]\s?(?P<year_>{_YEAR}))?(?!\d)"
)
_SESSIONS = phrase_pattern(_WORDS["sessions"])
_RELATIVE = phrase_pattern([*_WORDS["from_publication"], *_WORDS["from_previous"]])
# "nay" and "qua" tell a day only after a part of the day ("sáng nay", "chiều qua").
_ALONE = phrase_pattern(
    word for name in ("from_publication", "from_previous") for word in _WORDS[name] if " " in word
)
_CUE = re.compile(
    rf"(?:(?:buổi\s+)?(?P<session>{_SESSIONS})\s*(?P<relative>{_RELATIVE})?|(?P<alone>{_ALONE}))?"
    rf"[\s,:(\-]{{0,3}}(?P<weekday>{WEEKDAY})?[\s,:(\-]{{0,3}}"
    rf"(?P<word>{phrase_pattern(_WORDS['day_words'], whole_words=False)})?\s{{0,2}}[:(]?\s{{0,2}}$"
)
_WEEKDAY_AFTER = re.compile(rf"\s{{0,2}}(?:\(\s?(?P<inside>{WEEKDAY})\s?\)|,\s?(?P<behind>{WEEKDAY}))")
_SEVERAL_WEEKDAYS = re.compile(rf"{WEEKDAY}\s?(?:,|-|và|đến|tới)\s?(?:ngày\s)?$")
_TOLD = re.compile(
    rf"(?:(?:buổi\s+)?(?P<session>{_SESSIONS})\s+(?P<relative>{_RELATIVE})"
    rf"|(?P<alone>{_ALONE})|buổi\s+(?P<part>{_SESSIONS})(?=\s?,))"
)
_MONTHS = _WORDS["months"]


def find_days(key: str, start: int = 0, end: int | None = None) -> Iterator[DayExpression]:
    """Yield the days written in a stretch of a key, in order and without overlap.

    Every pair of numbers that can be a day is told; whether it is one, `cued` and the words around say.
    """
    end = len(key) if end is None else end
    found = [
        *(_numeric(key, match, start) for match in _NUMERIC.finditer(key, start, end)),
        *(_spelled(key, match, start) for match in _SPELLED.finditer(key, start, end)),
        *(_told(match) for match in _TOLD.finditer(key, start, end)),
    ]
    covered = start
    for expression in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if expression.span.start >= covered:
            yield expression
            covered = expression.span.end


def _numeric(key: str, match: re.Match[str], start: int) -> DayExpression:
    part = match.groupdict()
    core = Span(*match.span())
    first, last = _calendar_days(part)
    return _with_cue(key, DayExpression(core, core, first, last, cued=False), start)


def _calendar_days(part: dict[str, str | None]) -> tuple[CalendarDay, CalendarDay | None]:
    if part["iso_year"]:
        return _calendar_day(part["iso_day"], part["iso_month"], part["iso_year"]), None
    if not part["day2"]:
        return _calendar_day(part["day"], part["month"], part["year"] or _full_year(part["short"])), None
    last = _calendar_day(part["day2"], part["month2"], part["year2"] or _full_year(part["short2"]))
    first = _calendar_day(part["day1"], part["month1"] or str(last.month), part["year1"])
    if first.year is None and last.year is not None:
        earlier = (first.month, first.day) <= (last.month, last.day)
        first = CalendarDay(first.day, first.month, last.year if earlier else last.year - 1)
    return first, last


def _calendar_day(day: str | None, month: str | None, year: str | None) -> CalendarDay:
    return CalendarDay(int(day or 0), int(month or 0), int(year) if year else None)


def _full_year(short: str | None) -> str | None:
    return f"20{short}" if short else None


def _spelled(key: str, match: re.Match[str], start: int) -> DayExpression:
    written = match["month"]
    month = int(written) if written.isdigit() else int(_MONTHS[" ".join(written.split())])
    year = match["year"] or match["year_"]
    days = [
        CalendarDay(int(day), month, int(year) if year else None)
        for day in match.group("day1", "day2")
        if day
    ]
    last = days[1] if len(days) > 1 else None
    core = Span(*match.span())
    return _with_cue(key, DayExpression(core, core, days[0], last), start)


def _told(match: re.Match[str]) -> DayExpression:
    span = Span(*match.span())
    written = match["session"] or match["part"]
    session = written and _WORDS["sessions"][" ".join(written.split())]
    # "Trước đó, vào buổi sáng, …": of the day last spoken of.
    relative = " ".join((match["relative"] or match["alone"] or "cùng ngày").split())
    return DayExpression(
        span,
        span,
        None,
        session=session,
        from_publication=_WORDS["from_publication"].get(relative),
        from_previous=_WORDS["from_previous"].get(relative),
    )


def _with_cue(key: str, bare: DayExpression, start: int) -> DayExpression:
    """Return the expression with the words around its numbers that say that they are a date."""
    bare = _with_weekday_after(key, bare)
    core, end = bare.core, bare.span.end
    cue = _CUE.search(key, max(start, core.start - _WINDOW), core.start)
    if cue and cue["weekday"] and not is_weekday(key, start, cue.start("weekday")):
        cue = _CUE.search(key, cue.end("weekday"), core.start)
    if cue is None or not any(cue[name] for name in ("session", "alone", "weekday", "word")):
        return bare
    begin = cue.end() - len(cue.group().lstrip(" ,:(-\n"))
    # "Sáng nay (06/01/2026)": the bracket that the cue opened belongs to the expression.
    closed = key[end : end + 1] == ")" and "(" in key[begin : core.start]
    session = cue["session"] and _WORDS["sessions"][" ".join(cue["session"].split())]
    weekday = _weekday_before(key, cue, start, several=bare.last is not None)
    return replace(
        bare, span=Span(begin, end + closed), session=session, cued=True, weekday=weekday or bare.weekday
    )


def _weekday_before(key: str, cue: re.Match[str], start: int, *, several: bool) -> int | None:
    if not cue["weekday"] or (several and _SEVERAL_WEEKDAYS.search(key, start, cue.start("weekday"))):
        return None  # "Thứ bảy, chủ nhật (ngày 4 và 5/10)": the nearer weekday is that of the last day
    return number_of(cue["weekday"])


def _with_weekday_after(key: str, bare: DayExpression) -> DayExpression:
    """Return the expression with the weekday behind a single day: "06/10/2025 (thứ Hai)"."""
    after = None if bare.last else _WEEKDAY_AFTER.match(key, bare.core.end)
    if after is None:
        return bare
    span = Span(bare.span.start, after.end())
    return replace(bare, span=span, cued=True, weekday=number_of(after["inside"] or after["behind"]))

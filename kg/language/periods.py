"""Stretches of time as Vietnamese writes them: months of a year, quarters, years, terms."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.span import Span

_WORDS = load_resource("dates")


@dataclass(frozen=True, slots=True)
class PeriodExpression:
    """A written stretch of time.

    Attributes:
        span: its words.
        form: months, quarter, month, year, years, same, week, past, loose.
        year: the year it lies or begins in, where written.
        last_year: the year it ends in, where that is another.
        months: its first and last month within the year.
        until: it has no beginning of its own ("đến tháng 4/2023").
        years_back: it lies so many years before the year that the article speaks of ("năm trước" 1).
    """

    span: Span
    form: str
    year: int | None = None
    last_year: int | None = None
    months: tuple[int, int] | None = None
    until: bool = False
    years_back: int | None = None

    def bounds(self, year: int | None = None) -> tuple[date | None, date | None]:
        """Return the first and last day; `year` is taken where none is written."""
        begins = self.year if self.year is not None else year
        if begins is None:
            return None, None
        first, last = self.months or (1, 12)
        ends = self.last_year if self.last_year is not None else begins
        if not 1 <= begins <= 9999 or not 1 <= ends <= 9999:
            return None, None
        end = date(ends, last, monthrange(ends, last)[1])
        return (None if self.until else date(begins, first, 1)), end


_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_]|[/.,-]\d)"
_COUNT = rf"(?:\d{{1,2}}|{phrase_pattern(_WORDS['counts'])})"
_UNTIL = rf"(?:{phrase_pattern(_WORDS['until_words'])})"
_OF_YEAR = rf"(?:\s+(?:của\s+)?năm\s+(?P<year>{_YEAR})|\s?/\s?(?P<year_>{_YEAR}))"

_MONTHS = re.compile(
    rf"(?<![\d.,/])(?:(?P<count>{_COUNT})\s+tháng|(?P<half>nửa))\s+(?P<side>đầu|cuối)(?![^\W_])"
    rf"(?:{_OF_YEAR}|\s+(?:của\s+)?(?:năm(?!\s+(?:qua|nay|trước|ngoái)))(?![^\W_]))?{_END}"
)
_MONTHS_OF = re.compile(rf"(?<![\d.,/])(?P<count>{_COUNT})\s+tháng{_OF_YEAR}{_END}")
_NUMBER_OF_QUARTER = phrase_pattern([*_WORDS["quarters"], "1", "2", "3", "4"])
_QUARTER = re.compile(
    rf"(?:(?P<until>{_UNTIL}|hết)\s+(?:hết\s+)?)?{_EDGE}quý\s+(?P<quarter>{_NUMBER_OF_QUARTER})"
    rf"(?:\s+(?:đầu\s+)?năm\s+(?P<year>{_YEAR})|\s?[/,\-]\s?(?P<year_>{_YEAR})|\s+năm(?![^\W_]))?{_END}"
)
_MONTH_RANGE = re.compile(
    rf"{_EDGE}tháng\s+(?P<month>{_MONTH})(?:\s?[/.-]\s?(?P<year>{_YEAR}))?\s?(?:-|đến(?:\s+hết)?)\s?"
    rf"(?:tháng\s+)?(?P<last>{_MONTH})(?:\s?[/.-]\s?(?P<last_year>{_YEAR})|\s+năm\s+(?P<last_year_>{_YEAR})){_END}"
)
_MONTH_OF = re.compile(
    rf"(?:(?P<until>{_UNTIL})\s+)?{_EDGE}tháng\s+(?P<month>{_MONTH})"
    rf"(?:\s?[/.\-]\s?(?P<year>{_YEAR})|\s+năm\s+(?P<year_>{_YEAR}))?(?!\d|[/.,-]\d|\s+tháng)"
)
_TERM = re.compile(
    rf"(?:{_EDGE}(?:nhiệm\s+kỳ|giai\s+đoạn|khóa|thời\s+kỳ|năm\s+học|các\s+năm|từ(?:\s+năm)?|năm)\s*:?\s+(?:từ\s+)?(?:năm\s+)?)?"
    rf"(?<![\d/.,-])(?P<year>{_YEAR})\s?(?:-|đến(?:\s+năm)?)\s?(?P<last_year>{_YEAR})(?!\d|[/.,-]\d)"
)
_YEAR_OF = re.compile(
    rf"(?:(?P<until>{_UNTIL})\s+(?:hết\s+)?)?(?:{_EDGE}(?:cả|đầu|cuối|giữa)\s+)?{_EDGE}"
    rf"(?:các\s+năm|hai\s+năm|2\s+năm|năm\s+học|năm)\s+(?P<year>{_YEAR})(?:\s?(?:,|và)\s?(?:năm\s+)?(?P<last_year>{_YEAR}))?"
    rf"(?!\d|[/.,-]\d)"
)
_SAME = re.compile(
    rf"{_EDGE}cùng\s+(?:kỳ|kì|thời\s+điểm|giai\s+đoạn)"
    rf"(?:\s+(?:của\s+)?(?:năm\s+)?(?P<year>{_YEAR})|\s+(?:của\s+)?năm\s+(?:trước|ngoái|qua)|\s+tháng\s+trước)?{_END}"
)
_BARE_YEAR = re.compile(
    rf"(?<=so với )(?P<year>{_YEAR})(?!\d|[/.,-]\d)|(?<=trong )(?P<year_>{_YEAR})(?!\d|[/.,-]\d)"
)
_WEEK = re.compile(
    rf"{_EDGE}tuần\s+(?:thứ\s+)?\d{{1,2}}(?:\s?[/-]\s?(?P<year>{_YEAR})|\s+năm\s+(?P<year_>{_YEAR}))?{_END}"
)
_PAST = re.compile(
    rf"(?<![\d.,/])(?:{_COUNT})\s+(?:năm|tháng|tuần|ngày)\s+(?:qua|gần\s+đây|vừa\s+qua|trở\s+lại\s+đây){_END}"
)
_SINCE = re.compile(
    rf"{_EDGE}(?:tính\s+|kể\s+)?từ\s+đầu\s+(?:năm(?:\s+(?P<year>{_YEAR}))?|nhiệm\s+kỳ|quý|tháng)"
    rf"\s+(?:đến|tới)\s+nay{_END}"
)
_LOOSE = re.compile(phrase_pattern(_WORDS["loose_periods"]))
_THIS_YEAR = frozenset({"năm qua", "trong năm qua", "năm nay", "cả năm", "trong năm", "từ đầu năm"})
# Of the words behind a form one must be there for its pattern to match: looking for them is far quicker.
_SEARCHES = (
    ("months", ("đầu", "cuối"), _MONTHS),
    ("months", ("tháng",), _MONTHS_OF),
    ("quarter", ("quý",), _QUARTER),
    ("months", ("tháng",), _MONTH_RANGE),
    ("month", ("tháng",), _MONTH_OF),
    ("years", ("19", "20"), _TERM),
    ("year", ("năm",), _YEAR_OF),
    ("same", ("cùng",), _SAME),
    ("year", ("so với ", "trong "), _BARE_YEAR),
    ("week", ("tuần",), _WEEK),
    ("past", ("qua", "đây"), _PAST),
    ("loose", ("nay",), _SINCE),
    ("loose", ("",), _LOOSE),
)


def find_periods(key: str, start: int = 0, end: int | None = None) -> Iterator[PeriodExpression]:
    """Yield the periods written in a stretch of a key, in order; of those that overlap the longest."""
    end = len(key) if end is None else end
    found = [
        _expression(form, match)
        for form, words, pattern in _SEARCHES
        if any(key.find(word, start, end) >= 0 for word in words)
        for match in pattern.finditer(key, start, end)
    ]
    covered = start
    for expression in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if expression.span.start >= covered:
            yield expression
            covered = expression.span.end


def _expression(form: str, match: re.Match[str]) -> PeriodExpression:
    part = match.groupdict()
    year = part.get("year") or part.get("year_")
    last_year = part.get("last_year") or part.get("last_year_")
    words = " ".join(match.group().split())
    back = 1 if words.endswith(("năm trước", "năm ngoái")) else None
    if form == "loose" and words in _THIS_YEAR:
        back = 0
    return PeriodExpression(
        Span(*match.span()),
        form,
        year=int(year) if year else (int(last_year) if last_year and form == "months" else None),
        last_year=int(last_year) if last_year else None,
        months=_months(form, part),
        until=bool(part.get("until")),
        years_back=back,
    )


def _months(form: str, part: dict[str, str | None]) -> tuple[int, int] | None:
    if form == "quarter":
        written = part["quarter"] or "1"
        quarter = int(written) if written.isdigit() else int(_WORDS["quarters"][written])
        return 3 * quarter - 2, 3 * quarter
    month = part.get("month")
    if month:
        return int(month), int(part.get("last") or month)
    if form != "months":
        return None
    written = part["count"] or ""
    count = (
        6 if part.get("half") else int(written) if written.isdigit() else _WORDS["counts"].get(written, 12)
    )
    count = min(max(int(count), 1), 12)
    return (13 - count, 12) if part.get("side") == "cuối" else (1, count)

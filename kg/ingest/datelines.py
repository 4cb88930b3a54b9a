"""Lines and openings that state when, and by whom, an article was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.ingest.bylines import name_in, read_label
from kg.ingest.lines import Line
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.weekdays import WEEKDAY_ON_DATELINE, check_weekday, number_of, other_order, tell_weekday
from kg.model.article import PublishedDate, Quote
from kg.model.check import Check
from kg.model.span import Span

_FURNITURE = load_resource("furniture")
_LONGEST = 200  # characters of a dateline with all its counters

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.,]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_SHORT_YEAR = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d\d)(?![\d:/])")
_SPELLED = re.compile(
    r"(?<!\d)(?<!số\s)(?P<day>\d{1,2})\s*(?:,|/)?\s*(?:tháng|thg|th)\s*(?P<month>\d{1,2})\s*(?:,|/|-|năm)?\s*(?P<year>(?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?:tháng|thg|th)\s*(?P<month>\d{1,2}|[^\W\d_]+(?: [^\W\d_]+)?)\s+"
    r"(?P<day>\d{1,2}),?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?(?::|h|giờ)\s?\d{2}(?:\s?(?::|')\s?\d{2})?(?!\d)(?:\s?phút)?(?:\s?[ap]m\b)?"
)
_ZONE = re.compile(r"\(?\s?(?:gmt|utc)\s?[+-]?\s?\d{0,2}(?::\d\d)?\s?\)?")
_SILENT = re.compile(phrase_pattern(_FURNITURE["dateline_words"]))
_LABEL = re.compile(
    phrase_pattern(word for word in _FURNITURE["dateline_words"] if "đăng" in word or "cập" in word)
)
_WEEKDAY_BEFORE = re.compile(rf"(?P<weekday>{WEEKDAY_ON_DATELINE})[\s,.:|(\-]{{0,20}}(?:ngày\s{{1,3}})?$")
_WEEKDAY_AFTER = re.compile(rf"[\s,.:|(\-]{{0,20}}(?P<weekday>{WEEKDAY_ON_DATELINE})")
_MARGIN = 40  # characters beside a date in which its weekday stands, with a time between them
_NOISE = re.compile(r"[\d\W_]+")
_MONTH_NAMES = load_resource("dates")["months"]
_COLUMNS = re.compile(r"\s{2,}|\s\|\s?")
_OPENING = re.compile(r"\((?P<site>[^()\n]{2,50})\)\s{0,3}[-:]?\s{0,3}(?=\S|$)")
_SITE = re.compile(r"\((?P<site>[^()\d]{2,30})\)")
_PLACE = re.compile(r"[^\W\d][^,:\d]{1,30},(?=\s{1,3}ngày\s)")


# "Báo Đồng Xanh, 23/09/2016", "Đài Truyền thanh xã ngày 8/7/2020": who brought it out, and when.
_BROUGHT_OUT = re.compile(
    rf"(?:\(|(?:theo|nguồn)\s?:?\s)?(?!báo\s(?:cáo|động|chí|hiệu))"
    rf"{phrase_pattern(_FURNITURE['publishers'])}[^,;:.()\d\n]{{0,48}}"
    r"(?:,?\s(?:số\s)?ra\sngày|,?\sngày|[,\-–(])(?=\s)"  # the day itself is blank by now
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line that states the day of publication.

    Attributes:
        published: the day and its characters.
        author: a name on the same line.
        labelled: a word such as "Cập nhật" says that it is the publication.
    """

    published: PublishedDate
    author: Quote | None
    labelled: bool


def read_dateline(line: Line) -> Dateline | None:
    """Return what a line states where it holds a date, words about it and nothing else but a name."""
    if len(line.text) > _LONGEST or not any(letter.isdigit() for letter in line.key):
        return None
    timeless = _TIME.sub(_blank, line.key)
    published = _find_date(timeless)
    if published is None:
        return None
    labelled = _LABEL.search(line.key) is not None
    rest = _blanked(timeless, published.span)
    rest = _blanked(rest, published.weekday) if published.weekday else rest
    for head in (_SITE, _BROUGHT_OUT, _PLACE):
        rest = head.sub(_blank, rest, count=1) if head.match(rest) else rest
    rest = _SILENT.sub(_blank, _ZONE.sub(_blank, rest))
    published = _shifted(published, line.span.start)
    if not _NOISE.sub("", rest):
        return Dateline(published, None, labelled)
    name = _remaining_name(line, rest)
    if name is not None:
        return Dateline(published, name, labelled)
    authors = _beside(line, rest)
    return None if authors is None else Dateline(published, next(iter(authors), None), labelled)


def read_opening(line: Line) -> tuple[Span, PublishedDate | None] | None:
    """Return the "(SITE)" or "(SITE-29/12/2017)" that a body opens with, and the day in it.

    The span covers the brackets and the dash that may follow them.
    """
    match = _OPENING.match(line.key)
    if match is None or line.text[match.start("site")].islower():
        return None
    span = Span(line.span.start, line.span.start + match.end())
    found = _find_date(match["site"])
    if found is not None:
        return span, _shifted(found, line.span.start + match.start("site"))
    return (span, None) if len(match["site"].split()) <= 5 else None


def _remaining_name(line: Line, rest: str) -> Quote | None:
    # Only what stands at one end of the line can be a name: "Hà Anh - 12/03/2024 10:20".
    first = re.search(r"[^\W\d_]", rest)
    if first is None:
        return None
    end = len(rest)
    while not rest[end - 1].isalpha() and rest[end - 1] not in ".)":
        end -= 1
    return name_in(line.part(first.start(), end))


def _beside(line: Line, rest: str) -> list[Quote] | None:
    """Return the authors named in other columns of the line; None where a column says anything else."""
    authors: list[Quote] = []
    start = 0
    for gap in (*_COLUMNS.finditer(line.key), None):
        end = gap.start() if gap else len(line.key)
        if _NOISE.sub("", rest[start:end]):
            column = line.part(start, end)
            label, name = read_label(column), name_in(column)
            if label is None and name is None:
                return None
            authors.extend(each for each in (label.author if label else None, name) if each)
        start = gap.end() if gap else end
    return authors


def _find_date(key: str) -> PublishedDate | None:
    """Return the date in a line, with offsets into the line, held against the weekday beside it."""
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _SPELLED, _MONTH_FIRST, _SHORT_YEAR):
        for match in pattern.finditer(key):
            day = _day(match)
            if day is not None:
                weekday = _weekday(key, match)
                stated = None if weekday is None else number_of(key[weekday.start : weekday.end])
                numbers_alone = pattern in (_DAY_FIRST, _SHORT_YEAR)
                day, check = _settled(day, stated) if numbers_alone else (day, check_weekday(stated, day))
                return PublishedDate(day, Span(*match.span()), weekday, check)
    return None


def _weekday(key: str, date_found: re.Match[str]) -> Span | None:
    start, end = date_found.span()
    found = _WEEKDAY_BEFORE.search(key, max(0, start - _MARGIN), start) or _WEEKDAY_AFTER.match(key, end)
    return Span(*found.span("weekday")) if found else None


def _settled(day: date, stated: int | None) -> tuple[date, Check]:
    """Return the day in the order of day and month that alone agrees with the weekday, where one does."""
    other = other_order(day)
    if stated is None or other is None or stated != other.isoweekday() or stated == day.isoweekday():
        return day, check_weekday(stated, day)
    check = check_weekday(stated, other)
    return other, Check(check.verdict, f"{check.note} ({tell_weekday(day)})")


def _day(match: re.Match[str]) -> date | None:
    written = match["month"]
    month = int(written) if written.isdigit() else _MONTH_NAMES.get(written, 0)
    year, day = int(match["year"]), int(match["day"])
    year += 2000 if year < 100 else 0
    for first, second in ((month, day), (day, month)):  # some portals write the month first
        try:
            return date(year, first, second)
        except ValueError:
            continue
    return None


def _shifted(published: PublishedDate, offset: int) -> PublishedDate:
    weekday = published.weekday.shifted(offset) if published.weekday else None
    return PublishedDate(published.day, published.span.shifted(offset), weekday, published.check)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * len(span) + text[span.end :]

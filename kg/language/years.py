"""The year of a day or a period that is written without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.language.dates import CalendarDay
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.span import Span

_WORDS = load_resource("dates")
_UPCOMING = timedelta(days=30)  # how far ahead of its publication an article speaks without naming the year
_ALMOST_A_YEAR = timedelta(days=340)
_RECENT = 2  # years; a day further back than this before the last year named is history
_DOMINATES = 2  # times as often as any other year

_BACK = re.compile(
    rf"(?:{phrase_pattern(_WORDS['looking_back'])})[^.;\n]{{0,90}}?(?<![^\W_])năm\s+((?:19|20)\d\d)(?![\d-])"
)
_FORWARD = re.compile(
    rf"(?:{phrase_pattern(_WORDS['looking_forward'])})[^.;\n]{{0,60}}?(?<![^\W_])năm\s+((?:19|20)\d\d)(?![\d-])"
)
_PART = re.compile(
    r"(?:\d{1,2}\s+tháng(?:\s+đầu)?|quý\s+\S{1,3}|nửa\s+đầu)(?:\s+(?:của\s+)?năm\s+|\s?/\s?)((?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(
    r"(?<![\d/.,-])(?:(?<!từ )năm\s+|tháng\s+\d{1,2}\s?[/.-]\s?)((?:19|20)\d\d)(?![\d-]|\s?-\s?\d)"
)


@dataclass(frozen=True, slots=True)
class YearClues:
    """What an article makes plain about its year.

    Attributes:
        published: its day of publication or dateline.
        days: days that its text dates in full.
        looked_back: the year that the reported event looks back on ("tổng kết năm 2023").
        looked_forward: the year that it looks forward to ("triển khai nhiệm vụ năm 2024").
        part_of_year: the year of which it reports the first months ("6 tháng đầu năm 2024").
        dominating: the one year that the text speaks of, or speaks of most.
    """

    published: date | None = None
    days: tuple[date, ...] = ()
    looked_back: int | None = None
    looked_forward: int | None = None
    part_of_year: int | None = None
    dominating: int | None = None


def infer_year(day: CalendarDay, clues: YearClues) -> int | None:
    """Return the year of a day written without one, or None where the article does not make it plain.

    In order: the day of publication, the fully dated day that comes nearest, what the event looks back on
    (a review of 2023 is held from October 2023 to March 2024), what it looks forward to, the dominating year.
    """
    if clues.published is not None:
        return _year_by_publication(day, clues.published)
    if clues.days:
        return _nearest_year(day, clues.days[0])
    early = day.month <= 3
    if clues.part_of_year is not None:
        return clues.part_of_year + (1 if early and day.month == 1 else 0)
    if clues.looked_back is not None:
        return clues.looked_back + (1 if early else 0)
    if clues.looked_forward is not None:
        return clues.looked_forward - (1 if day.month >= 10 else 0)
    return clues.dominating


def _year_by_publication(day: CalendarDay, published: date) -> int | None:
    for year in (published.year, published.year - 1):
        held = day.in_year(year)
        if held is not None and held <= published + _UPCOMING:
            ahead = day.in_year(year + 1)
            # Late in December "5/1" is the coming January.
            if held < published - _ALMOST_A_YEAR and ahead is not None and ahead <= published + _UPCOMING:
                return year + 1
            return year
    return None


def _nearest_year(day: CalendarDay, known: date) -> int | None:
    candidates = [
        held for year in (known.year - 1, known.year, known.year + 1) if (held := day.in_year(year))
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda held: (abs(held - known), held)).year


def read_clues(
    key: str,
    spans: Iterable[Span],
    *,
    published: date | None,
    days: Iterable[date],
) -> YearClues:
    """Return what an article's text says of its year.

    Args:
        key: the matching key of the article's text.
        spans: the sentences that count, in order.
        published: the article's day of publication.
        days: the fully dated days of its text that are neither feasts nor dates of documents, in order.
    """
    years: Counter[int] = Counter()
    looked: dict[str, int] = {}
    for span in spans:
        years.update(int(match[1]) for match in _YEAR.finditer(key, span.start, span.end))
        for name, pattern in (("back", _BACK), ("forward", _FORWARD), ("part", _PART)):
            if name not in looked and (match := pattern.search(key, span.start, span.end)):
                looked[name] = int(match[1])
    latest = max(years, default=0)
    return YearClues(
        published=published,
        days=tuple(day for day in days if day.year >= latest - _RECENT),
        looked_back=looked.get("back"),
        looked_forward=looked.get("forward"),
        part_of_year=looked.get("part"),
        dominating=_dominating(years),
    )


def _dominating(years: Counter[int]) -> int | None:
    ranked = years.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= _DOMINATES * ranked[1][1]:
        return ranked[0][0]
    return None

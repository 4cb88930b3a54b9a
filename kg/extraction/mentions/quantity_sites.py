"""Where a number stands, and the unit of measure that it has there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.numbers import Number, find_numbers, parse_number
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("units_of_measure")
_COUNTING = [unit for row in _DATA["counting"] for unit in row]
_UNITS = [*_COUNTING, *_DATA["measuring"]]
_UNIT_WORDS = phrase_pattern(_UNITS)
_WORD = r"[^\W\d_]+"
_SCALES = r"(?:vạn|nghìn|ngàn|triệu)"

# Right after a number, so that a missing space does no harm ("236kg").
_UNIT = re.compile(rf"\s*({phrase_pattern(_UNITS, whole_words=False)}(?![^\W_]))")
_PERCENT = re.compile(r"\s?(?:%\s?o|%o|‰|%)(?![^\W_])|\s(?:phần\s(?:nghìn|ngàn|trăm|vạn))(?![^\W_])")
_A_YEAR = re.compile(r"\s?/\s?(?P<time>năm|quý|tháng|tuần|ngày)(?![^\W_]|\s*\d)")
_UNIT_LIST = re.compile(rf"(?:,\s|\s(?:và|hoặc)\s|/\s?|\s-\s)({_UNIT_WORDS})")
_FAMILIES = tuple(frozenset(family) for family in _DATA["named_together"])
_PER = re.compile(
    rf"\s?/\s?(?:\d+(?:[.,]\d+)*\s?)?(?:{_SCALES}\s)?(?:{_UNIT_WORDS}|{_WORD})"
    rf"(?:\s{phrase_pattern(_DATA['going_on_in_rates'])})*(?:/(?:{_UNIT_WORDS}))?"
    rf"|\s(?:trên|tính trên)\s(?:1|một|\d{{2,3}}(?:[.,]\d{{3}})*|\d{{3,6}})(?:\s{_SCALES})?"
    rf"\s{phrase_pattern(_DATA['rated_on_after_word'])}(?:\s\w+)?"
)
_RATED_ON = frozenset(_DATA["rated_on"])
_PER_NUMBER = re.compile(r"(?:100|1[.,]?000|10[.,]?000|100[.,]?000|1[.,]?000[.,]?000)$")
_OF_TOTAL = re.compile(
    r"\s(?:trên\s|trong\s(?:số\s)?)(?:(?P<said>tổng số|tổng cộng|tổng)\s)?"
    r"(?P<over>\d+(?:[.,]\d{3})*)(?![\w%])"
)
_SLASH = re.compile(r"\s?/\s?(?=\d)")
_BILLION = re.compile(r"(?:tỷ|tỉ)$")
_NEXT_WORD = re.compile(rf"\s+({_WORD})")
_NOT_UNIT = re.compile(phrase_pattern(_DATA["not_units"]))
_LONGEST_NUMBER = 24


@dataclass(frozen=True, slots=True)
class Site:
    """Where a number stands: all that the questions about it need.

    Attributes:
        capital_before: the word before it has a capital and does not begin the sentence.
        place_before: the name of a place ends right before it.
    """

    reading: Reading
    sentence: Sentence
    number: Number
    capital_before: bool = False
    place_before: bool = False

    @property
    def before(self) -> str:
        """The matching form of up to 60 characters before the number and its comparator."""
        start = max(self.sentence.span.start, self.number.start - 60)
        return self.reading.key[start : self.number.start]

    @property
    def plain(self) -> bool:
        """The number is a small bare whole number, such as names and ranks have."""
        number = self.number
        return number.value < 1000 and number.decimals == 0 and number.over is None

    def match_after(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern right behind the number, within the sentence."""
        return pattern.match(self.reading.key, self.number.span.end, self.sentence.span.end)


def with_total(site: Site) -> Site:
    """Read "22 trên tổng số 60" as 22 of 60."""
    number, match = site.number, site.match_after(_OF_TOTAL)
    total = parse_number(match["over"]) if match is not None and number.over is None else None
    if match is None or total is None:
        return site
    # "2 trong 9 nhân viên" counts; "1 trong 5 tỉnh", "5 trong 1" and "bác sĩ trên 1 vạn dân" do not.
    counts = match["over"].isdecimal() and match.group().lstrip().startswith("trong")
    if match["said"] is None and not (counts and 1 < number.value < total):
        return site
    return replace(site, number=replace(number, over=total, span=Span(number.span.start, match.end())))


def fraction_after(site: Site) -> tuple[str, int] | None:
    """Return "%", "‰", "‰/năm" or "phần nghìn" as written, and where it ends."""
    match = site.match_after(_PERCENT)
    if match is None:
        return None
    written = site.reading.surface(Span(*match.span()))
    written = written if written.startswith("phần") else written.replace(" ", "")
    yearly = _A_YEAR.match(site.reading.key, match.end(), site.sentence.span.end)
    if yearly is None:
        return written, match.end()
    # A percentage stays one; what it is a percentage of does not change with "a year".
    return (written if written == "%" else f"{written}/{yearly['time']}"), yearly.end()


def counting_unit(site: Site) -> re.Match[str] | None:
    """Match the known unit of measure behind a number; group 1 is the unit in matching form."""
    return site.match_after(_UNIT)


def unit_after(site: Site) -> tuple[str | None, int]:
    """Return the unit of measure behind a number as written, with its rate, and where it ends."""
    key, stop = site.reading.key, site.sentence.span.end
    start = site.number.span.end
    match = site.match_after(_UNIT)
    if match is None:
        return _unknown_unit(site)
    if _is_rate(site, match[1]):
        slash = key.rindex("/", site.number.span.start, start)
        return site.reading.surface(Span(slash, match.end())), match.end()
    begin, end = match.span(1)
    again = _second_of_pair(site, match[1], end)
    if again is not None:
        return site.reading.surface(Span(begin, end)), again[1]
    per = _PER.match(key, end, stop)
    if per is not None:
        return site.reading.surface(Span(begin, per.end())), per.end()
    end = _end_of_list(site.reading, match[1], end, stop)
    return site.reading.surface(Span(begin, end)), end


def over_behind_unit(site: Site) -> float | None:
    """Return the second number of "45 lượt/90 lượt"."""
    match = site.match_after(_UNIT)
    again = None if match is None else _second_of_pair(site, match[1], match.end())
    return None if again is None else again[0]


def currency_of(site: Site) -> str | None:
    """Return what "200 tỷ" counts where no unit says it."""
    surface = site.reading.key[site.number.span.start : site.number.span.end]
    money = site.number.value >= 1e9 and _BILLION.search(surface) is not None
    return str(_DATA["currency"]) if money else None


def _is_rate(site: Site, unit: str) -> bool:
    """Tell whether the number after the slash is what a rate is reckoned on: "39,98/100.000 dân"."""
    if site.number.over is None:
        return False
    surface = site.reading.key[site.number.span.start : site.number.span.end]
    if _PER_NUMBER.match(surface.rpartition("/")[2].strip()) is None:
        return False
    return site.number.decimals > 0 or unit in _RATED_ON


def _second_of_pair(site: Site, unit: str, end: int) -> tuple[float, int] | None:
    """Return the second number of "45 lượt/90 lượt", 45 of 90, and where its unit ends."""
    key, stop = site.reading.key, site.sentence.span.end
    slash = _SLASH.match(key, end, stop)
    if slash is None:
        return None
    number = next(find_numbers(key, Span(slash.end(), min(stop, slash.end() + _LONGEST_NUMBER))), None)
    if number is None or number.span.start != slash.end():
        return None
    again = _UNIT.match(key, number.span.end, stop)
    if again is None or not unit.startswith(again[1]):
        return None
    return number.value, again.end()


def _end_of_list(reading: Reading, unit: str, end: int, stop: int) -> int:
    """Return where "xã, phường, thị trấn" ends: units of one family, the last not the head of a name."""
    family = next((family for family in _FAMILIES if unit in family), None)
    while family is not None and (more := _UNIT_LIST.match(reading.key, end, stop)):
        following = reading.article.text[more.end() : more.end() + 2].strip()
        if more[1] not in family or following[:1].isupper() or following[:1].isdigit():
            break
        end = more.end()
    return end


def _unknown_unit(site: Site) -> tuple[str | None, int]:
    """Take a rate, or the next word, for the unit where nothing speaks against it."""
    per = site.match_after(_PER)
    if per is not None and site.number.over is None:
        return site.reading.surface(Span(*per.span())), per.end()
    match = site.match_after(_NEXT_WORD)
    if match is None or _NOT_UNIT.fullmatch(match[1]):
        return None, 0
    word = site.reading.article.text[match.start(1) : match.end(1)]
    if not word.islower() or (site.plain and site.capital_before):
        return None, 0
    return word, match.end(1)

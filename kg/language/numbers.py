"""Reading numbers as Vietnamese writes them: 35.414, 32,71, 4,5 tỷ, 3-5, 81.770/250.000."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.span import Span

_WORDS = load_resource("comparators")
_SCALES: dict[str, float] = {matching_key(word): float(value) for word, value in _WORDS["scales"].items()}
_DIGITS: dict[str, int] = {matching_key(word): int(value) for word, value in _WORDS["digits"].items()}
_COMPARATORS = phrase_pattern(_WORDS["comparators"])
_NOT_COMPARING = re.compile(rf"(?:{phrase_pattern(_WORDS['not_before_comparators'])})\s*$")

# One number: groups of thousands set apart by spaces, or digits with inner points and commas. "13, 41%" has a
# stray space; only a percent sign makes that certain.
_PLAIN = r"\d{1,3}(?:\s\d{3}){2,4}(?![\d.,]\d)(?!\d)|\d+(?:[.,]\d+)*(?:,\s\d{1,2}(?=\s?%))?"
_SCALE = rf"(?:\s?(?:{phrase_pattern(_SCALES, whole_words=False)})(?![^\W\d_]))"
_TO = r"(?:\s?-\s?|\s(?:đến|tới)\s(?:(?:gần|hơn|khoảng|dưới|hết|trên)\s)?)"
_NUMBER = re.compile(
    rf"(?P<first>{_PLAIN})(?P<first_scale>{_SCALE}?)"
    rf"(?:(?:\s?%)?{_TO}(?P<last>{_PLAIN})(?P<last_scale>{_SCALE}?))?"
    rf"(?P<and>\s\d{{1,3}}{_SCALE})?"
    rf"(?:\s?/\s?(?P<over>{_PLAIN})(?P<over_scale>{_SCALE}?))?"
)
_COMPARATOR_BEFORE = re.compile(rf"({_COMPARATORS})\s*$")
_LONGEST = 24  # characters of one number; what is longer is an identifier
_LOOK_BACK = 24  # characters; the longest comparator is far shorter
_DECIMAL_AFTER = re.compile(r"\s?(?:%|‰|phần\s|tỷ|tỉ|triệu)")
_SPELLED = re.compile(
    rf"(?<![^\W_])(?P<word>{'|'.join(_DIGITS)})\s(?=[^\W\d_])"
    rf"(?P<scale>(?:{phrase_pattern(_SCALES, whole_words=False)})(?![^\W\d_]))?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, a range or two numbers with a slash between.

    Attributes:
        span: the digits with their words of scale, without a comparator.
        value: the number; `value_max` the upper end of a range.
        over: the number after a slash.
        comparator: the word before it ("hơn"), as matched.
        start: where the comparator begins, or the number where there is none.
        decimals: how many digits are printed after the decimal sign; a scale word counts against them.
    """

    span: Span
    value: float
    value_max: float | None = None
    over: float | None = None
    comparator: str | None = None
    start: int = 0
    decimals: int = 0


def parse_number(text: str, *, fraction: bool = False) -> float | None:
    """Return the value of one number as written, or None where it can be no number ("29.1.2013").

    Args:
        text: digits with points, commas or spaces between.
        fraction: what follows speaks for a decimal sign where three digits after it leave it open
            ("12,345%", "1,125 tỷ").
    """
    digits = "".join(text.split())
    if len(digits) > _LONGEST:
        return None
    if digits.isdecimal():
        return float(digits)
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
        thousands = "." if decimal == "," else ","
        whole, _, part = digits.rpartition(decimal)
        grouped = _grouped(whole.split(thousands)) and decimal not in whole
        return float(f"{whole.replace(thousands, '')}.{part}") if grouped else None
    sign = "." if points else ","
    groups = digits.split(sign)
    if _grouped(groups) and not (fraction and len(groups) == 2):
        return float("".join(groups))
    return float(".".join(groups)) if len(groups) == 2 else None


def _grouped(groups: list[str]) -> bool:
    """Tell whether digits cut at a sign are groups of thousands: 1.521.441, and not 0.125."""
    return 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def find_numbers(key: str, span: Span) -> Iterator[Number]:
    """Yield the numbers of a stretch in order; `key` is `matching_key` of the whole text.

    What a number is for is not asked here: dates, codes and ordinals come out too.
    """
    position = span.start
    while match := _NUMBER.search(key, position, span.end):
        number = _read(key, match, span.start)
        if number is None:
            position = match.end("first")
            continue
        yield number
        position = max(number.span.end, match.start() + 1)


def find_spelled_numbers(key: str, span: Span) -> Iterator[Number]:
    """Yield numbers written as one word, from two to ten, with their scale: "hai triệu", "ba"."""
    for match in _SPELLED.finditer(key, span.start, span.end):
        end = match.end("scale") if match["scale"] else match.end("word")
        value = _DIGITS[match["word"]] * _scale(match["scale"])
        comparator, start = _comparator(key, match.start(), span.start)
        yield Number(Span(match.start(), end), value, comparator=comparator, start=start)


def _read(key: str, match: re.Match[str], floor: int) -> Number | None:
    scale, end = match["first_scale"], match.end("first_scale")
    fraction = _is_fraction(key, match, "first")
    value = parse_number(match["first"], fraction=fraction)
    if value is None:
        return None
    value_max = over = None
    if match["last"] is not None:
        last = parse_number(match["last"], fraction=_is_fraction(key, match, "last"))
        # "10-15 triệu": the scale of the end is the scale of both. A falling pair is no range.
        low = value * _scale(scale or match["last_scale"])
        high = (last or 0.0) * _scale(match["last_scale"])
        if last is not None and low < high:
            value, value_max, scale, end = low, high, "", match.end("last_scale")
    ranged = match["last"] is None or value_max is not None
    value *= _scale(scale)
    if match["and"] and ranged and _scale(scale) > 1:
        amount, _, word = match["and"].strip().partition(" ")
        smaller = _scale(word)
        if smaller < _scale(scale) and amount.isdecimal():
            value, end = value + float(amount) * smaller, match.end("and")
    if match["over"] is not None and ranged:
        over = parse_number(match["over"], fraction=False)
        if over is not None:
            # "15,6/30 tỷ": the scale behind is the scale of both.
            if not scale and match["over_scale"] and value <= 3 * over:
                value *= _scale(match["over_scale"])
            over, end = over * _scale(match["over_scale"]), match.end("over_scale")
    comparator, start = _comparator(key, match.start(), floor)
    written = "".join(match["first"].split())
    decimals = len(written) - 1 - max(written.rfind(","), written.rfind(".")) if value != int(value) else 0
    span = Span(match.start(), end)
    return Number(span, _plain(value), value_max, over, comparator, start, decimals)


def _plain(value: float) -> float:
    """Return the value without the dust of binary fractions: 512,7 tỷ is 512700000000."""
    return float(f"{value:.12g}")


def _is_fraction(key: str, match: re.Match[str], group: str) -> bool:
    """Tell whether three digits after the sign are decimals: a comma before a percent sign or a scale."""
    written = match[group]
    scale = match[f"{group}_scale"]
    if (
        "%" in key[match.end(group) : match.end(group) + 2]
        or "‰" in key[match.end(group) : match.end(group) + 2]
    ):
        return True
    return "," in written and (bool(scale) or _DECIMAL_AFTER.match(key, match.end(group)) is not None)


def _scale(word: str | None) -> float:
    return _SCALES.get(" ".join((word or "").split()), 1.0)


def _comparator(key: str, start: int, floor: int) -> tuple[str | None, int]:
    before = key[max(floor, start - _LOOK_BACK) : start]
    found = _COMPARATOR_BEFORE.search(before)
    if found is None or _NOT_COMPARING.search(before[: found.start()]):
        return None, start
    return " ".join(found[1].split()), start - len(before) + found.start()

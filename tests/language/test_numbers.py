"""Numbers as Vietnamese writes them: points and commas, words of scale, ranges, slashes, comparators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.normalization import matching_key, normalize
from kg.language.numbers import Number, find_numbers, find_spelled_numbers, parse_number
from kg.model.span import Span


def numbers(text: str) -> list[Number]:
    text = normalize(text)
    return list(find_numbers(matching_key(text), Span(0, len(text))))


def only(text: str) -> Number:
    (number,) = numbers(text)
    return number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("35.414", 35414.0),
        ("1.521.441", 1521441.0),
        ("1 521 441", 1521441.0),
        ("9513", 9513.0),
        ("32,71", 32.71),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("21.8", 21.8),
        ("1.250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("12,500", 12500.0),
        ("04", 4.0),
    ],
)
def test_points_and_commas_are_told_apart(written: str, value: float) -> None:
    assert parse_number(written) == value


@pytest.mark.parametrize("written", ["29.1.2013", "1.2.3", "0912.345.678", "10.20.30"])
def test_what_can_be_no_number_is_none(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("gần 90 nghìn lượt", 90_000.0),
        ("xấp xỉ 3 triệu lượt", 3_000_000.0),
        ("4,5 tỷ đồng", 4_500_000_000.0),
        ("512,7 tỉ đồng", 512_700_000_000.0),
        ("3,3 ngàn tỷ đồng", 3_300_000_000_000.0),
        ("2 vạn dân", 20_000.0),
        ("1,125 tỷ đồng", 1_125_000_000.0),
        ("2 tỷ 350 triệu đồng", 2_350_000_000.0),
        ("13, 41%", 13.41),
        ("32.715%", 32.715),
        ("bệnh81.770 lượt", 81_770.0),
    ],
)
def test_scales_and_stray_spaces(text: str, value: float) -> None:
    assert only(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("40-45 ca", 40.0, 45.0),
        ("107-126%", 107.0, 126.0),
        ("từ 3 đến 5 người", 3.0, 5.0),
        ("800 - 1.000 lượt", 800.0, 1000.0),
        ("10-15 triệu đồng", 10_000_000.0, 15_000_000.0),
        ("20% đến 25%", 20.0, 25.0),
    ],
)
def test_ranges_have_two_ends(text: str, low: float, high: float) -> None:
    number = only(text)
    assert (number.value, number.value_max) == (low, high)


def test_a_falling_pair_is_two_numbers() -> None:
    assert [number.value for number in numbers("mục 28-12")] == [28.0, 12.0]


@pytest.mark.parametrize(
    ("text", "value", "over"),
    [
        ("đạt 81.770/250.000 lượt", 81_770.0, 250_000.0),
        ("21/21 xã", 21.0, 21.0),
        ("15,6/30 tỷ đồng", 15_600_000_000.0, 30_000_000_000.0),
    ],
)
def test_a_slash_keeps_both_sides(text: str, value: float, over: float) -> None:
    number = only(text)
    assert (number.value, number.over) == (value, over)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("có hơn 200 người", "hơn"),
        ("ước khoảng 12 ca", "ước khoảng"),
        ("không dưới 5 ca", "không dưới"),
        ("cao hơn 2%", None),
        ("có 5 ca", None),
    ],
)
def test_comparators_stand_directly_before(text: str, comparator: str | None) -> None:
    assert only(text).comparator == comparator


def test_words_for_numbers_carry_their_scale() -> None:
    text = "hai triệu lượt và ba ca"
    found = list(find_spelled_numbers(matching_key(text), Span(0, len(text))))
    assert [number.value for number in found] == [2_000_000.0, 3.0]


@given(st.text(alphabet="0123456789.,/-% ngàntrệuỷhì", max_size=80))
def test_no_text_breaks_the_scan(text: str) -> None:
    for number in numbers(text):
        assert 0 <= number.start <= number.span.start < number.span.end <= len(normalize(text))
        assert number.value_max is None or number.value_max > number.value

"""The first and last day of a period as written."""

from __future__ import annotations

from datetime import date

import pytest

from kg.language.intervals import interval_of
from kg.language.normalization import matching_key

TOLD = date(2023, 11, 16)


def bounds(words: str, *, told_on: date | None = TOLD, planned: bool = False) -> tuple[str, str]:
    first, last = interval_of(matching_key(words), told_on, planned=planned)
    return "" if first is None else first.isoformat(), "" if last is None else last.isoformat()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("năm 2021", ("2021-01-01", "2021-12-31")),
        ("giai đoạn 2021 - 2025", ("2021-01-01", "2025-12-31")),
        ("9 tháng đầu năm 2020", ("2020-01-01", "2020-09-30")),
        ("Quý II/2022", ("2022-04-01", "2022-06-30")),
        ("từ năm 2019 đến tháng 2/2020", ("2019-01-01", "2020-02-29")),
        ("đến tháng 4/2023", ("", "2023-04-30")),
        ("từ ngày 3/2/2022 đến 16 giờ ngày 9/5/2022", ("2022-02-03", "2022-05-09")),
        ("đến ngày 31/10/2022", ("", "2022-10-31")),
        ("từ đầu năm đến ngày 30/9/2022", ("2022-01-01", "2022-09-30")),
        ("ngày 20/8/2022", ("2022-08-20", "2022-08-20")),
    ],
)
def test_a_period_with_its_year_needs_nothing_else(words: str, expected: tuple[str, str]) -> None:
    assert bounds(words, told_on=None) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("6 tháng đầu năm", ("2023-01-01", "2023-06-30")),
        ("tháng 10", ("2023-10-01", "2023-10-31")),
        ("từ đầu năm đến nay", ("2023-01-01", "2023-11-16")),
        ("từ ngày 5/3 đến nay", ("2023-03-05", "2023-11-16")),
        ("từ ngày 20/12 đến 10/1", ("2022-12-20", "2023-01-10")),
        ("15/11 - 15/12", ("2023-11-15", "2023-12-15")),
    ],
)
def test_a_year_that_is_left_out_is_that_of_the_telling(words: str, expected: tuple[str, str]) -> None:
    assert bounds(words) == expected
    assert bounds(words, told_on=None) == ("", "")


def test_early_in_the_year_a_result_of_later_months_is_of_the_year_before() -> None:
    assert bounds("6 tháng cuối năm", told_on=date(2023, 1, 9)) == ("2022-07-01", "2022-12-31")
    assert bounds("6 tháng cuối năm", told_on=date(2023, 7, 9)) == ("", "")
    assert bounds("6 tháng cuối năm", told_on=date(2023, 7, 9), planned=True) == ("2023-07-01", "2023-12-31")


@pytest.mark.parametrize(
    "words", ["hiện nay", "nhiệm kỳ qua", "9 tháng qua", "cùng kỳ năm trước", "tuần 41", ""]
)
def test_words_that_bound_nothing_plainly_are_left_open(words: str) -> None:
    assert bounds(words) == ("", "")


def test_an_interval_never_ends_before_it_begins() -> None:
    assert bounds("từ ngày 9/5/2022 đến ngày 3/2/2022") == ("", "")

"""Weekdays beside dates: which words name one, and whether the date falls on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.dates import DayExpression, find_days
from kg.language.normalization import matching_key
from kg.language.weekdays import check_weekday, number_of, other_order
from kg.model.check import CONSISTENT, INCONSISTENT, NOT_CHECKABLE, Check


def only_day(text: str) -> DayExpression:
    (expression,) = find_days(matching_key(text))
    return expression


@pytest.mark.parametrize(
    ("text", "words", "weekday"),
    [
        ("thứ Hai, ngày 06/10/2025, xã", "thứ Hai, ngày 06/10/2025", 1),
        ("thứ 2, ngày 06/10/2025, xã", "thứ 2, ngày 06/10/2025", 1),
        ("Thứ 7-04/10/2025, phường", "Thứ 7-04/10/2025", 6),
        ("Sáng thứ Sáu (27/2), phường", "Sáng thứ Sáu (27/2)", 5),
        ("ngày 06/10/2025 (thứ Hai), tại", "ngày 06/10/2025 (thứ Hai)", 1),
        ("chiều 7/10, thứ Ba, Sở", "chiều 7/10, thứ Ba", 2),
        ("Sáng nay (thứ Ba, 06/01/2026), Bộ", "Sáng nay (thứ Ba, 06/01/2026)", 2),
        ("Chủ nhật, ngày 5 tháng 10 năm 2025", "Chủ nhật, ngày 5 tháng 10 năm 2025", 7),
        ("họp lần thứ hai, ngày 06/10/2025", "ngày 06/10/2025", None),
        ("tiêm mũi thứ 3 ngày 06/10/2025", "ngày 06/10/2025", None),
        ("Thứ Bảy, Chủ nhật (ngày 4 và 5/10/2025)", "Chủ nhật (ngày 4 và 5/10/2025)", None),
        ("ngày 06/10/2025 tại xã", "ngày 06/10/2025", None),
    ],
)
def test_the_weekday_that_stands_with_a_day(text: str, words: str, weekday: int | None) -> None:
    expression = only_day(text)

    assert text[expression.span.start : expression.span.end] == words
    assert expression.weekday == weekday


def test_a_number_in_a_row_does_not_make_a_date() -> None:
    assert not only_day("con thứ 2 3/10 số trẻ").cued


@pytest.mark.parametrize(
    ("stated", "day", "verdict", "note"),
    [
        ("thứ tư", date(2024, 7, 3), CONSISTENT, "3/7/2024 là thứ tư"),
        ("thứ 4", date(2024, 7, 3), CONSISTENT, "3/7/2024 là thứ tư"),
        ("chủ  nhật", date(2025, 10, 5), CONSISTENT, "5/10/2025 là chủ nhật"),
        ("thứ sáu", date(2024, 7, 3), INCONSISTENT, "3/7/2024 là thứ tư, không phải thứ sáu"),
        (
            "thứ năm",
            date(2024, 7, 3),
            INCONSISTENT,
            "3/7/2024 là thứ tư, không phải thứ năm (7/3/2024 là thứ năm)",
        ),
        ("thứ sáu", None, NOT_CHECKABLE, None),
        (None, date(2024, 7, 3), NOT_CHECKABLE, None),
    ],
)
def test_the_sum_is_shown(stated: str | None, day: date | None, verdict: str, note: str | None) -> None:
    assert check_weekday(None if stated is None else number_of(stated), day) == Check(verdict, note)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_of_seven_days_in_a_row_one_falls_on_a_weekday(first: date) -> None:
    days = [first + timedelta(days=number) for number in range(7)]

    assert [check_weekday(3, day).verdict for day in days].count(CONSISTENT) == 1


@given(st.dates())
def test_the_other_order_of_the_other_order_is_the_day(day: date) -> None:
    other = other_order(day)

    assert other is None or (other != day and other_order(other) == day)

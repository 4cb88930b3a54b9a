"""Days, periods and years in isolation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.dates import CalendarDay, DayExpression, find_days
from kg.language.normalization import matching_key
from kg.language.periods import PeriodExpression, find_periods
from kg.language.years import YearClues, infer_year, read_clues
from kg.model.span import Span


def days(text: str) -> list[DayExpression]:
    return list(find_days(matching_key(text)))


def only_day(text: str) -> DayExpression:
    (expression,) = days(text)
    return expression


def only_period(text: str) -> PeriodExpression:
    (expression,) = find_periods(matching_key(text))
    return expression


@pytest.mark.parametrize(
    ("text", "words", "day", "session"),
    [
        ("Sáng ngày 3/7, Đảng bộ họp", "Sáng ngày 3/7", (3, 7, None), "morning"),
        ("Chiều ngày 29/6/2020, Sở họp", "Chiều ngày 29/6/2020", (29, 6, 2020), "afternoon"),
        ("tối 5-11 tại hội trường", "tối 5-11", (5, 11, None), "evening"),
        ("diễn ra sáng 29.1, đồng thời", "sáng 29.1", (29, 1, None), "morning"),
        ("tổ chức ngày 12-7-2024; dự có", "ngày 12-7-2024", (12, 7, 2024), None),
        ("Ngày 10 tháng 01 năm 2020, huyện", "Ngày 10 tháng 01 năm 2020", (10, 1, 2020), None),
        ("ngày 5 tháng tư, xã", "ngày 5 tháng tư", (5, 4, None), None),
        ("ngày 08 tháng 3/2021 tại", "ngày 08 tháng 3/2021", (8, 3, 2021), None),
        ("Sáng nay (06/01/2026), Bộ", "Sáng nay (06/01/2026)", (6, 1, 2026), "morning"),
        ("Sáng nay, 21/2, huyện", "Sáng nay, 21/2", (21, 2, None), "morning"),
        ("Hôm qua (8-7), Chi cục", "Hôm qua (8-7)", (8, 7, None), None),
        ("Sáng thứ Sáu (27/2), phường", "Sáng thứ Sáu (27/2)", (27, 2, None), "morning"),
        ("vào lúc 8 giờ sáng28/12/2022", "sáng28/12/2022", (28, 12, 2022), "morning"),
        ("buổi chiều ngày 3/7/24 tại", "buổi chiều ngày 3/7/24", (3, 7, 2024), "afternoon"),
        ("cập nhật 2020-05-06 tại", "2020-05-06", (6, 5, 2020), None),
        ("Ngày 1 - 2, xã", "Ngày 1 - 2", (1, 2, None), None),
    ],
)
def test_a_day_with_its_cue_and_session(
    text: str, words: str, day: tuple[int, int, int | None], session: str | None
) -> None:
    expression = only_day(text)

    assert text[expression.span.start : expression.span.end] == words
    assert expression.first == CalendarDay(*day)
    assert expression.session == session


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Trong hai ngày 19 và 20/5, đoàn", (19, 5, None), (20, 5, None)),
        ("trong 2 ngày (12-13/6/2022)", (12, 6, 2022), (13, 6, 2022)),
        ("từ ngày 25 đến ngày 27/3/2024", (25, 3, 2024), (27, 3, 2024)),
        ("từ ngày 15/4 đến 15/5/2016", (15, 4, 2016), (15, 5, 2016)),
        ("từ ngày 28/12 đến 03/01/2024", (28, 12, 2023), (3, 1, 2024)),
        ("từ ngày 01/01/2024 đến hết ngày 30/6/2024", (1, 1, 2024), (30, 6, 2024)),
        ("các ngày 5, 6 và 7/8/2024", (5, 8, 2024), (7, 8, 2024)),
        ("ngày 4 và 5 tháng 9 năm 2023", (4, 9, 2023), (5, 9, 2023)),
    ],
)
def test_several_days(
    text: str, first: tuple[int, int, int | None], last: tuple[int, int, int | None]
) -> None:
    expression = only_day(text)

    assert expression.first == CalendarDay(*first)
    assert expression.last == CalendarDay(*last)


@pytest.mark.parametrize(
    ("text", "from_publication", "from_previous", "session"),
    [
        ("Sáng nay, Sở Y tế", 0, None, "morning"),
        ("Chiều qua tại xã", -1, None, "afternoon"),
        ("Chiều cùng ngày, đoàn", None, 0, "afternoon"),
        ("Cùng ngày, đoàn", None, 0, None),
        ("Sáng hôm sau, đoàn", None, 1, "morning"),
    ],
)
def test_days_told_from_another(
    text: str, from_publication: int | None, from_previous: int | None, session: str | None
) -> None:
    expression = only_day(text)

    assert expression.first is None
    assert expression.from_publication == from_publication
    assert expression.from_previous == from_previous
    assert expression.session == session


@pytest.mark.parametrize(
    "text", ["21/21 xã", "71,5%", "từ 1.5-2.5%", "12.450 lượt", "số 0912.345.678", "100/2024"]
)
def test_numbers_that_cannot_be_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["24/7", "3/4 số xã", "(27/2)"])
def test_a_pair_of_numbers_without_a_cue_is_only_a_possible_day(text: str) -> None:
    assert not only_day(text).cued


@pytest.mark.parametrize(
    ("text", "form", "year", "months"),
    [
        ("06 tháng đầu năm 2024", "months", 2024, (1, 6)),
        ("6 tháng cuối năm", "months", None, (7, 12)),
        ("Chín tháng đầu năm 2018", "months", 2018, (1, 9)),
        ("9 tháng năm 2016", "months", 2016, (1, 9)),
        ("nửa đầu năm 2016", "months", 2016, (1, 6)),
        ("quý I/2021", "quarter", 2021, (1, 3)),
        ("quý III năm 2020", "quarter", 2020, (7, 9)),
        ("Quý 4", "quarter", None, (10, 12)),
        ("quý đầu năm 2018", "quarter", 2018, (1, 3)),
        ("tháng 8/2024", "month", 2024, (8, 8)),
        ("tháng 05 năm 2018", "month", 2018, (5, 5)),
        ("tháng 6-2019", "month", 2019, (6, 6)),
        ("từ tháng 01 đến tháng 6/2024", "months", 2024, (1, 6)),
        ("cả năm 2022", "year", 2022, None),
        ("nhiệm kỳ 2020 - 2025", "years", 2020, None),
        ("giai đoạn 2021-2030", "years", 2021, None),
        ("cùng kỳ năm 2022", "same", 2022, None),
        ("cùng kỳ", "same", None, None),
        ("tuần 31/2024", "week", 2024, None),
        ("5 năm qua", "past", None, None),
        ("hiện nay", "loose", None, None),
    ],
)
def test_periods(text: str, form: str, year: int | None, months: tuple[int, int] | None) -> None:
    expression = only_period(text)

    assert (expression.form, expression.year, expression.months) == (form, year, months)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("06 tháng đầu năm 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("quý I/2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("nhiệm kỳ 2020-2025", date(2020, 1, 1), date(2025, 12, 31)),
        ("đến tháng 2/2024", None, date(2024, 2, 29)),
        ("đến năm 2030", None, date(2030, 12, 31)),
        ("tháng 11/2023 - 2/2024", date(2023, 11, 1), date(2024, 2, 29)),
        ("9 tháng đầu năm", date(1999, 1, 1), date(1999, 9, 30)),
    ],
)
def test_bounds_of_periods(text: str, start: date | None, end: date) -> None:
    assert only_period(text).bounds(1999) == (start, end)


def test_a_period_without_a_year_has_no_bounds_of_its_own() -> None:
    assert only_period("6 tháng đầu năm").bounds() == (None, None)


@pytest.mark.parametrize(
    ("day", "clues", "year"),
    [
        ((3, 7), YearClues(published=date(2024, 7, 3)), 2024),
        ((28, 12), YearClues(published=date(2024, 1, 2)), 2023),
        ((20, 7), YearClues(published=date(2024, 7, 3)), 2024),
        ((5, 1), YearClues(published=date(2024, 12, 30)), 2025),
        ((29, 2), YearClues(published=date(2025, 3, 2)), 2024),
        ((30, 2), YearClues(published=date(2025, 3, 2)), None),
        ((25, 2), YearClues(days=(date(2026, 2, 26),)), 2026),
        ((30, 12), YearClues(days=(date(2026, 1, 4),)), 2025),
        ((27, 11), YearClues(looked_back=2023), 2023),
        ((15, 3), YearClues(looked_back=2018, looked_forward=2019), 2019),
        ((22, 12), YearClues(looked_forward=2024), 2023),
        ((22, 1), YearClues(looked_forward=2024), 2024),
        ((5, 7), YearClues(part_of_year=2016), 2016),
        ((5, 7), YearClues(dominating=2016), 2016),
        ((5, 7), YearClues(), None),
    ],
)
def test_the_year_of_a_day_without_one(day: tuple[int, int], clues: YearClues, year: int | None) -> None:
    assert infer_year(CalendarDay(*day), clues) == year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "tổng kết công tác dân số năm 2018 và triển khai nhiệm vụ năm 2019",
            YearClues(looked_back=2018, looked_forward=2019),
        ),
        (
            "hội nghị sơ kết 6 tháng đầu năm 2016",
            YearClues(looked_back=2016, part_of_year=2016, dominating=2016),
        ),
        ("năm 2017 có 5 ca, năm 2017 hơn năm 2016", YearClues(dominating=2017)),
        ("năm 2017 có 5 ca, năm 2016 có 4 ca", YearClues()),
        ("Nghị quyết nhiệm kỳ 2020-2025", YearClues()),
    ],
)
def test_clues_of_the_year(text: str, expected: YearClues) -> None:
    assert read_clues(matching_key(text), [Span(0, len(text))], published=None, days=()) == expected


def test_days_long_before_the_last_year_named_are_history() -> None:
    text = "ngày 12/3/1975 thành lập; năm 2024 đón bằng khen"

    clues = read_clues(matching_key(text), [Span(0, len(text))], published=None, days=[date(1975, 3, 12)])

    assert clues.days == ()


@given(st.text(alphabet="0123456789/.- ,ngàysáchiều()đếnthvqúI", max_size=80))
def test_any_text_gives_expressions_in_order_that_do_not_overlap(text: str) -> None:
    key = matching_key(text)
    for found in (list(find_days(key)), list(find_periods(key))):
        covered = 0
        for expression in found:
            assert covered <= expression.span.start < expression.span.end <= len(text)
            covered = expression.span.end

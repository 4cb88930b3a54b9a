"""The weekday on the line of publication, held against the date."""

from __future__ import annotations

from datetime import date

import pytest

from kg.ingest import decode_document, parse_article
from kg.model.article import PublishedDate
from kg.model.check import CONSISTENT, INCONSISTENT, NOT_CHECKABLE
from kg.model.span import Span

PAGE = """Trung tâm Y tế huyện Sông Lam giao ban công tác quý I

{line}

Sáng nay, Trung tâm Y tế huyện Sông Lam tổ chức Hội nghị giao ban công tác y tế với các khoa, phòng.
"""


def published(line: str) -> tuple[PublishedDate, str]:
    article = parse_article(decode_document(PAGE.format(line=line).encode(), source="t.txt"))
    assert article.published is not None
    weekday = article.published.weekday
    return article.published, "" if weekday is None else article.surface(weekday)


@pytest.mark.parametrize(
    ("line", "weekday", "verdict", "note"),
    [
        ("Thứ tư - 03/07/2024 00:39", "Thứ tư", CONSISTENT, "3/7/2024 là thứ tư"),
        ("Cập nhật: Thứ bảy, 12/10/2019 | 4:12 PM", "Thứ bảy", CONSISTENT, "12/10/2019 là thứ bảy"),
        ("Thứ ba, 28 Tháng 6 2022 09:30", "Thứ ba", CONSISTENT, "28/6/2022 là thứ ba"),
        ("Thứ tư, 15:00, 2024-07-03", "Thứ tư", CONSISTENT, "3/7/2024 là thứ tư"),
        ("03/07/2024 (Thứ Tư)", "Thứ Tư", CONSISTENT, "3/7/2024 là thứ tư"),
        ("T4, 03/07/2024", "T4", CONSISTENT, "3/7/2024 là thứ tư"),
        ("Wednesday, 03/07/2024", "Wednesday", CONSISTENT, "3/7/2024 là thứ tư"),
        ("CN, 05/10/2025", "CN", CONSISTENT, "5/10/2025 là chủ nhật"),
        ("Thứ sáu - 03/07/2024", "Thứ sáu", INCONSISTENT, "3/7/2024 là thứ tư, không phải thứ sáu"),
        ("Ngày đăng: 03/07/2024", "", NOT_CHECKABLE, None),
        ("Minh Thu - 03/07/2024", "", NOT_CHECKABLE, None),
    ],
)
def test_a_date_agrees_with_its_weekday_or_does_not(
    line: str, weekday: str, verdict: str, note: str | None
) -> None:
    found, words = published(line)

    assert (words, found.check.verdict, found.check.note) == (weekday, verdict, note)


@pytest.mark.parametrize(
    ("line", "day", "note"),
    [
        ("Thứ năm - 03/07/2024 00:39", date(2024, 3, 7), "7/3/2024 là thứ năm (3/7/2024 là thứ tư)"),
        ("Chủ nhật, 5/10/25", date(2025, 10, 5), "5/10/2025 là chủ nhật"),
        ("07/16/2024 Thứ ba", date(2024, 7, 16), "16/7/2024 là thứ ba"),
    ],
)
def test_the_weekday_settles_which_number_is_the_month(line: str, day: date, note: str) -> None:
    found, _ = published(line)

    assert (found.day, found.check.verdict, found.check.note) == (day, CONSISTENT, note)


def test_a_date_with_the_year_first_has_one_reading() -> None:
    found, _ = published("Thứ năm, 2024-07-03 10:00")

    assert (found.day, found.check.verdict) == (date(2024, 7, 3), INCONSISTENT)


def test_an_author_beside_a_weekday_stays_the_author() -> None:
    text = PAGE.format(line="Lê Thị Hà - Thứ tư, 03/07/2024 00:39")
    article = parse_article(decode_document(text.encode(), source="t.txt"))

    assert article.author is not None
    assert (article.author.value, article.published and article.published.weekday) == (
        "Lê Thị Hà",
        Span(text.index("Thứ tư"), text.index("Thứ tư") + 6),
    )

"""Days and periods in articles: what is one, and which."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.mentions.dates import find_dates
from kg.extraction.reading import MentionIndex, Reading
from kg.language.normalization import matching_key
from kg.language.tokens import tokenize
from kg.model.article import Article, Paragraph, PublishedDate, Zone
from kg.model.mention import DateKind, DateMention, Mention
from kg.model.sentence import Sentence
from kg.model.span import Span


def find(*sentences: str, published: date | None = None) -> list[DateMention]:
    text = "\n".join(sentences)
    key = matching_key(text)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    article = Article(
        id="t",
        source="t.txt",
        text=text,
        sha256="",
        paragraphs=tuple(Paragraph(span, Zone.BODY) for span in spans),
        published=PublishedDate(published, Span(0, 0)) if published else None,
    )
    reading = Reading(
        article,
        key,
        tuple(
            Sentence(span, Zone.BODY, index, tokenize(text, key, span)) for index, span in enumerate(spans)
        ),
    )
    found = list(find_dates(reading, MentionIndex(())))
    assert all(text[each.span.start : each.span.end].split() == each.text.split() for each in found)
    return found


def days(*sentences: str, published: date | None = None) -> list[DateMention]:
    return [each for each in find(*sentences, published=published) if each.kind is DateKind.DAY]


def periods(*sentences: str, published: date | None = None) -> list[DateMention]:
    return [each for each in find(*sentences, published=published) if each.kind is DateKind.PERIOD]


def test_a_day_without_a_year_takes_that_of_publication() -> None:
    (day,) = days("Chiều 5/7, Chi cục Dân số tổ chức hội nghị giao ban.", published=date(2016, 7, 6))

    assert (day.text, day.start, day.session, day.inferred_year) == (
        "Chiều 5/7",
        date(2016, 7, 5),
        "afternoon",
        True,
    )


def test_a_day_without_any_clue_keeps_no_date() -> None:
    (day,) = days("Chiều 5/7, Chi cục Dân số tổ chức hội nghị giao ban.")

    assert day.start is None
    assert not day.inferred_year


def test_a_review_of_a_year_early_in_the_next() -> None:
    (day,) = days("Chiều 15/3, Trung tâm họp tổng kết hoạt động năm 2018 và bàn nhiệm vụ năm 2019.")

    assert day.start == date(2019, 3, 15)


def test_later_days_follow_the_first_full_one() -> None:
    first, second = days(
        "Ngày 30/12/2024, đoàn đến xã.", "Đến ngày làm việc 02/01, tức chiều 2/1, đoàn kết luận."
    )

    assert first.start == date(2024, 12, 30)
    assert second.start == date(2025, 1, 2)


def test_days_told_from_publication_and_from_each_other() -> None:
    found = days(
        "Sáng nay, Sở Y tế họp báo.",
        "Ngày 12/5, đoàn kiểm tra chợ.",
        "Chiều cùng ngày, đoàn kiểm tra bếp ăn.",
        published=date(2023, 5, 20),
    )

    assert [day.start for day in found] == [date(2023, 5, 20), date(2023, 5, 12), date(2023, 5, 12)]
    assert [day.session for day in found] == ["morning", None, "afternoon"]


def test_this_morning_without_a_date_of_publication_stays_open() -> None:
    (day,) = days("Hội trường bệnh viện sáng nay đón 200 đại biểu.")

    assert (day.start, day.session) == (None, "morning")


@pytest.mark.parametrize(
    "sentence",
    [
        "Lễ kỷ niệm 63 năm Ngày Thầy thuốc Việt Nam (27/2/1955 - 27/2/2018) diễn ra trang trọng.",
        "Chào mừng Ngày Thầy thuốc Việt Nam 27/2, bệnh viện tổ chức hội thao.",
        "Hưởng ứng Ngày Dân số thế giới 11/7/2016, xã ra quân.",
        "Nhân ngày 27/2, lãnh đạo quận thăm bệnh viện.",
        "Đồng chí được tặng Huy hiệu 30 năm tuổi Đảng đợt 03/02.",
        "Tổng đài tư vấn 24/7 cho người dân.",
        "Có 3/4 xã hoàn thành, tức 21/28 thôn.",
        "Ông Hà sinh ngày 12/3/1975 tại huyện.",
        "Ngày 27/2 hàng năm là ngày truyền thống của ngành.",
        "Uống thuốc mỗi ngày 2-3 lần sau ăn.",
        "Bình quân một ngày 4-5 ca cấp cứu.",
        "Gọi số 0912.345.678 để được hỗ trợ.",
    ],
)
def test_feasts_births_amounts_and_fractions_are_no_days(sentence: str) -> None:
    assert days(sentence, published=date(2024, 3, 1)) == []


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("Nhân kỷ niệm Ngày Thầy thuốc Việt Nam, ngày 27/2, huyện tổ chức gặp mặt.", date(2024, 2, 27)),
        ("Tại buổi lễ ngày 27/02/2024, huyện tuyên dương 11 tập thể.", date(2024, 2, 27)),
        ("Hưởng ứng ngày Dân số thế giới 11/7, sáng 8/7 xã mít tinh.", date(2023, 7, 8)),
    ],
)
def test_a_day_near_a_feast_is_a_day(sentence: str, start: date) -> None:
    (day,) = days(sentence, published=date(2024, 3, 1))

    assert day.start == start


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Chỉ thị 09/CT-BYT ngày 22/11/2013 của Bộ trưởng.",
        "Theo Quyết định số 3869/QĐ-UBND, ngày 22/11/2013 của UBND tỉnh.",
        "Theo Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương ngày 22/11/2013 về y tế.",
    ],
)
def test_dates_of_documents_say_so(sentence: str) -> None:
    (day,) = days(sentence)

    assert day.rule == "dates.document"
    assert day.start == date(2013, 11, 22)


def test_a_few_days_are_days_and_many_are_a_period() -> None:
    (few,) = days("Trong hai ngày 20 và 21/5/2020, Đảng bộ đại hội.")
    (many,) = periods("Chiến dịch kéo dài từ ngày 15/4 đến 15/5/2016 tại các xã.")

    assert (few.start, few.end) == (date(2020, 5, 20), date(2020, 5, 21))
    assert (many.start, many.end) == (date(2016, 4, 15), date(2016, 5, 15))


@pytest.mark.parametrize(
    ("sentence", "text", "end"),
    [
        ("Tính đến ngày 30/9/2014, tỉnh có 1.195 người nhiễm.", "Tính đến ngày 30/9/2014", date(2014, 9, 30)),
        ("Lũy tích đến 30/9/2014 có 12 ca.", "Lũy tích đến 30/9/2014", date(2014, 9, 30)),
        ("Nhiệm vụ hoàn thành đến tháng 4/2023.", "đến tháng 4/2023", date(2023, 4, 30)),
        ("Tính đến 17 giờ ngày 20/2/2022 có 30 ca.", "Tính đến 17 giờ ngày 20/2/2022", date(2022, 2, 20)),
    ],
)
def test_until_a_day_is_a_period(sentence: str, text: str, end: date) -> None:
    (period,) = periods(sentence)

    assert (period.text, period.start, period.end) == (text, None, end)


def test_a_period_takes_its_year_from_its_sentence_or_the_article() -> None:
    first, second = periods("Hội nghị sơ kết 6 tháng đầu năm, phương hướng 6 tháng cuối năm 2024.")

    assert (first.start, first.end) == (date(2024, 1, 1), date(2024, 6, 30))
    assert first.inferred_year
    assert (second.start, second.inferred_year) == (date(2024, 7, 1), False)

    *_, same = periods("Tổng kết công tác năm 2022.", "Tỷ lệ này tăng so với cùng kỳ năm ngoái.")
    assert (same.start, same.end) == (date(2021, 1, 1), date(2021, 12, 31))


def test_months_counted_before_are_meant_again() -> None:
    _, again = periods("Hội nghị giao ban 6 tháng đầu năm 2016.", "Trong 6 tháng có 24.464 trẻ ra đời.")

    assert (again.text, again.start, again.end) == ("6 tháng", date(2016, 1, 1), date(2016, 6, 30))
    assert periods("Trẻ 6 tháng tuổi được tiêm chủng.") == []


def test_days_that_do_not_exist_have_no_date() -> None:
    assert [day.start for day in days("Ngày 31/02/2021, xã họp.")] == [None]


def test_what_an_earlier_recognizer_took_is_no_date() -> None:
    text = "Ngày 12/3/2024, xã họp; quý I năm 2024."
    key = matching_key(text)
    span = Span(0, len(text))
    article = Article("t", "t.txt", text, "", (Paragraph(span, Zone.BODY),))
    reading = Reading(article, key, (Sentence(span, Zone.BODY, 0, tokenize(text, key, span)),))
    earlier = [
        Mention(span=Span(0, 8), text=text[0:8], rule="x"),
        Mention(span=Span(5, 14), text=text[5:14], rule="x"),
    ]

    assert [each.text for each in find_dates(reading, MentionIndex(earlier))] == ["quý I năm 2024"]

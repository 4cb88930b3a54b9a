"""Which events an article reports, and what it says of when, where and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.events import extract_events
from kg.model.extraction import Relations
from kg.model.relation import Event
from kg.model.span import Span
from tests.extraction.factories import mentions, read

DAY = date(2024, 5, 14)


def events(reading: Reading, index: MentionIndex) -> tuple[Event[Span], ...]:
    return extract_events(reading, index, Relations()).events


def only_event(text: str, *, title: str | None = None, organizations: tuple[str, ...] = ()) -> Event[Span]:
    reading = read(text, title=title)
    index = mentions(reading, organizations=organizations, days={"14/5": DAY})
    (event,) = events(reading, index)
    return event


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ngày 14/5, Sở Y tế tổ chức hội nghị giao ban quý II.", "conference"),
        ("Ngày 14/5, Sở Y tế đã có buổi làm việc với các bệnh viện về bảo hiểm.", "working_session"),
        ("Ngày 14/5, Sở Y tế tiến hành Đại hội lần thứ V, nhiệm kỳ 2020 - 2025.", "congress"),
        ("Ngày 14/5, Sở Y tế tổ chức kiểm tra an toàn thực phẩm ở chợ đầu mối.", "inspection"),
        ("Ngày 14/5, Sở Y tế tổ chức lễ công bố quyết định thành lập khoa Nhi.", "ceremony"),
        ("Ngày 14/5, Sở Y tế tổ chức lớp tập huấn về tiêm chủng.", "training"),
        ("Ngày 14/5, Sở Y tế tổ chức cuộc họp về dịch sởi.", "meeting"),
        ("Ngày 14/5, Sở Y tế tổ chức lễ ra quân diệt lăng quăng.", "campaign"),
        ("Ngày 14/5, Sở Y tế tổ chức hội thảo về đột quỵ.", "other"),
        ("Ngày 14/5, Sở Y tế đến thăm, chúc mừng các thầy thuốc lão thành.", "visit"),
    ],
)
def test_the_head_of_the_name_gives_the_kind(sentence: str, kind: str) -> None:
    event = only_event(sentence, organizations=("Sở Y tế",))
    assert (event.kind, event.date_text) == (kind, "2024-05-14")


def test_headline_lead_and_later_references_are_one_event() -> None:
    event = only_event(
        "Ngày 14/5, Trung tâm Y tế tổ chức Hội nghị tổng kết năm 2023, phương hướng nhiệm vụ năm 2024.\n"
        "Tại hội nghị, các đại biểu thảo luận sôi nổi.\nKết luận hội nghị, Giám đốc giao việc từng khoa.",
        title="TRUNG TÂM Y TẾ TỔ CHỨC HỘI NGHỊ TỔNG KẾT",
        organizations=("Trung tâm Y tế",),
    )
    assert event.name == "Hội nghị tổng kết năm 2023, phương hướng nhiệm vụ năm 2024"


@pytest.mark.parametrize(
    ("sentence", "organizer"),
    [
        ("Hội nghị sơ kết do Chi cục Dân số tổ chức diễn ra ngày 14/5.", "Chi cục Dân số"),
        ("Hội nghị sơ kết được Chi cục Dân số tổ chức ngày 14/5.", "Chi cục Dân số"),
        ("Ngày 14/5, tại Hội trường Sở Y tế, Chi cục Dân số tổ chức hội nghị sơ kết.", "Chi cục Dân số"),
        ("Ngày 14/5, Chi cục Dân số phối hợp với Sở Y tế mở hội nghị sơ kết.", "Chi cục Dân số"),
        ("Ngày 14/5, được sự đồng ý của Sở Y tế, Chi cục Dân số tổ chức hội nghị.", "Chi cục Dân số"),
        ("Ngày 14/5, Chi cục Dân số và Sở Y tế tổ chức hội nghị sơ kết.", "Chi cục Dân số"),
        ("Ngày 14/5, Đoàn công tác của Sở Y tế làm việc với Chi cục Dân số về mức sinh.", "Sở Y tế"),
    ],
)
def test_the_body_that_held_it_is_told_from_the_place_and_the_guests(sentence: str, organizer: str) -> None:
    reading = read(sentence)
    index = mentions(reading, organizations=("Chi cục Dân số", "Sở Y tế"), days={"14/5": DAY})
    (event,) = events(reading, index)
    assert event.organizer is not None
    assert reading.surface(event.organizer) == organizer


def test_a_working_session_has_a_counterpart() -> None:
    reading = read("Ngày 14/5, Thường trực Huyện ủy có buổi làm việc với Bệnh viện đa khoa về nhân lực.")
    index = mentions(reading, organizations=("Thường trực Huyện ủy", "Bệnh viện đa khoa"), days={"14/5": DAY})
    (event,) = events(reading, index)
    assert event.counterpart is not None
    assert reading.surface(event.counterpart) == "Bệnh viện đa khoa"


@pytest.mark.parametrize(
    "text",
    [
        "Trong năm, đơn vị đã tổ chức 12 hội nghị chuyên đề và nhiều lớp tập huấn cho viên chức.",
        "Sở Y tế dự kiến tổ chức hội nghị tổng kết vào tuần sau.",
        "Ngành Y tế thi đua lập thành tích chào mừng Đại hội Đảng bộ tỉnh.",
        "Hội nghị tổng kết năm và lễ kỷ niệm ngày thành lập đều được dời sang quý II.",
        "Hội nghị giao ban tháng 5 dự kiến diễn ra vào tuần tới.",
        "Tăng cường kiểm tra, giám sát việc thực hiện quy chế chuyên môn.",
        "Toàn tỉnh có 152 trạm y tế, trong đó 140 trạm có bác sĩ.",
    ],
)
def test_what_is_planned_counted_or_only_named_is_no_event(text: str) -> None:
    reading = read(text)
    assert events(reading, mentions(reading, organizations=("Sở Y tế",))) == ()


def test_a_conference_inside_a_documents_name_is_no_event() -> None:
    reading = read("Đơn vị học tập Nghị quyết Đại hội đại biểu Đảng bộ tỉnh ngay trong quý II.")
    index = mentions(reading, documents=("Nghị quyết Đại hội đại biểu Đảng bộ tỉnh",))
    assert events(reading, index) == ()


def test_another_event_of_the_same_day_is_its_own() -> None:
    reading = read(
        "Ngày 14/5, Sở Y tế tổ chức hội nghị sơ kết công tác y tế.\n"
        "Cùng ngày, Sở Y tế mở buổi tọa đàm về dinh dưỡng học đường."
    )
    found = events(reading, mentions(reading, organizations=("Sở Y tế",), days={"14/5": DAY}))
    assert [(event.key, event.kind, event.date_text) for event in found] == [
        ("event-1", "conference", "2024-05-14"),
        ("event-2", "other", "2024-05-14"),
    ]


def test_a_visit_before_the_meeting_is_another_event_of_that_day() -> None:
    reading = read(
        "Ngày 14/5, Sở Y tế tổ chức cuộc họp về dịch sởi.\n"
        "Trước đó vào buổi sáng, Sở Y tế đã đi kiểm tra khu cách ly của bệnh viện."
    )
    found = events(reading, mentions(reading, organizations=("Sở Y tế",), days={"14/5": DAY}))
    assert [(event.kind, event.date_text) for event in found] == [
        ("meeting", "2024-05-14"),
        ("inspection", "2024-05-14"),
    ]


def test_the_day_of_a_decision_is_not_the_day_of_the_event() -> None:
    reading = read(
        "Thực hiện Kế hoạch số 12/KH-SYT ngày 02/3/2024, ngày 14/5 Sở Y tế tổ chức hội nghị trực tuyến."
    )
    index = mentions(
        reading,
        organizations=("Sở Y tế",),
        documents=("Kế hoạch số 12/KH-SYT",),
        days={"02/3/2024": date(2024, 3, 2), "14/5": DAY},
    )
    (event,) = events(reading, index)
    assert event.start == DAY


def test_an_anniversary_without_a_day_gives_the_year_alone() -> None:
    event = only_event(
        "Lễ kỷ niệm 60 năm ngày thành lập (19/8/1958 - 19/8/2018) quy tụ đông đảo viên chức bệnh viện."
    )
    assert (event.date_text, event.start) == ("2018", None)


def test_a_meeting_that_is_never_named_is_called_after_the_headline() -> None:
    event = only_event(
        "Công tác chống dịch có nhiều chuyển biến.\nLãnh đạo Sở phát biểu tại cuộc họp.\n"
        "Kết luận cuộc họp, đồng chí Phó Chủ tịch giao việc.",
        title="Nghe báo cáo về công tác chống dịch",
    )
    assert (event.kind, event.name) == ("meeting", "Nghe báo cáo về công tác chống dịch")


def test_venue_and_part_of_the_day_are_kept() -> None:
    event = only_event(
        "Chiều 14/5, tại Nhà văn hóa xã, Sở Y tế tổ chức lễ phát động.", organizations=("Sở Y tế",)
    )
    assert (event.venue, event.session) == ("Nhà văn hóa xã", "afternoon")

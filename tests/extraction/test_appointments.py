"""Who was given a post or left one, by whose decision, from when."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.reading import Reading
from kg.extraction.relations.appointments import extract_appointments
from kg.extraction.relations.events import extract_events
from kg.model.extraction import Relations
from kg.model.relation import Appointment
from kg.model.span import Span
from tests.extraction.factories import mentions, read

PEOPLE = ("Lò Văn Sơn", "Trần Thị Mận")
POSTS = ("Giám đốc", "Phó Giám đốc", "Bí thư", "Phó Bí thư", "Trưởng phòng", "Chủ tịch")
BODIES = ("Sở Y tế", "Trung tâm Y tế", "Bệnh viện Mắt", "UBND tỉnh", "Đảng ủy", "Chi bộ")
DECISION = "Quyết định số 12/QĐ-SYT"
FROM = date(2024, 6, 1)


def appointments(text: str) -> tuple[Reading, tuple[Appointment[Span], ...]]:
    reading = read(text)
    index = mentions(
        reading,
        persons=PEOPLE,
        posts=POSTS,
        organizations=BODIES,
        documents=(DECISION,),
        days={"01/6/2024": FROM},
    )
    relations = extract_events(reading, index, Relations())
    return reading, extract_appointments(reading, index, relations).appointments


@pytest.mark.parametrize(
    ("sentence", "action", "title"),
    [
        (
            "Sở Y tế bổ nhiệm ông Lò Văn Sơn, Phó Giám đốc, giữ chức vụ Giám đốc Trung tâm Y tế.",
            "appointed",
            "Giám đốc",
        ),
        ("Ông Lò Văn Sơn được bổ nhiệm làm Giám đốc Trung tâm Y tế.", "appointed", "Giám đốc"),
        (
            "Ông Lò Văn Sơn, Trưởng phòng, vừa được UBND tỉnh bổ nhiệm giữ chức Giám đốc Sở Y tế.",
            "appointed",
            "Giám đốc",
        ),
        ("Sở Y tế bổ nhiệm lại ông Lò Văn Sơn giữ chức Giám đốc Bệnh viện Mắt.", "reappointed", "Giám đốc"),
        (
            "Điều động ông Lò Văn Sơn đến nhận công tác, giữ chức Phó Giám đốc Sở Y tế.",
            "transferred",
            "Phó Giám đốc",
        ),
        ("Đồng chí Lò Văn Sơn được bầu giữ chức Bí thư Chi bộ.", "elected", "Bí thư"),
        ("Đồng chí Lò Văn Sơn tái đắc cử chức danh Bí thư Đảng ủy.", "elected", "Bí thư"),
        ("Sở Y tế giao ông Lò Văn Sơn phụ trách Trung tâm Y tế.", "assigned", "phụ trách"),
        ("Ông Lò Văn Sơn, Giám đốc Bệnh viện Mắt, nghỉ hưu theo chế độ.", "retired", "Giám đốc"),
        ("Ông Lò Văn Sơn được bổ nhiệm Giám đốc Sở Y tế.", "appointed", "Giám đốc"),
    ],
)
def test_each_way_of_giving_or_leaving_a_post(sentence: str, action: str, title: str) -> None:
    reading, (one,) = appointments(sentence)
    assert (reading.surface(one.person), one.action, one.title) == ("Lò Văn Sơn", action, title)


def test_the_new_post_is_told_from_the_old_one() -> None:
    _, (one,) = appointments(
        "Bổ nhiệm ông Lò Văn Sơn, Phó Giám đốc Bệnh viện Mắt, giữ chức vụ Giám đốc Trung tâm Y tế."
    )
    assert (one.title, one.organization_surface) == ("Giám đốc", "Trung tâm Y tế")


def test_decider_document_start_and_term() -> None:
    reading, (one,) = appointments(
        f"{DECISION} của Sở Y tế về việc bổ nhiệm ông Lò Văn Sơn giữ chức vụ Giám đốc Trung tâm Y tế, "
        "thời hạn 5 năm kể từ ngày 01/6/2024."
    )
    assert one.decided_by is not None
    assert reading.surface(one.decided_by) == "Sở Y tế"
    assert (one.document, one.start, one.term) == ("12/QĐ-SYT", FROM, "5 năm")


def test_a_list_under_one_verb_gives_each_their_post() -> None:
    reading, found = appointments(
        "Đại hội bầu đồng chí Lò Văn Sơn giữ chức Bí thư Chi bộ; "
        "đồng chí Trần Thị Mận giữ chức Phó Bí thư Chi bộ."
    )
    assert [(reading.surface(one.person), one.title) for one in found] == [
        ("Lò Văn Sơn", "Bí thư"),
        ("Trần Thị Mận", "Phó Bí thư"),
    ]


def test_two_people_share_one_post() -> None:
    _, found = appointments(
        "Sở Y tế bổ nhiệm ông Lò Văn Sơn và bà Trần Thị Mận giữ chức Phó Giám đốc Bệnh viện Mắt."
    )
    assert [one.title for one in found] == ["Phó Giám đốc", "Phó Giám đốc"]


def test_the_term_of_a_congress_is_that_of_those_elected() -> None:
    _, (one,) = appointments(
        "Chi bộ tổ chức Đại hội lần thứ V, nhiệm kỳ 2022 - 2025.\n"
        "Đồng chí Lò Văn Sơn được bầu giữ chức Bí thư Chi bộ."
    )
    assert one.term == "2022 - 2025"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Lò Văn Sơn báo cáo về công tác bổ nhiệm Giám đốc các đơn vị.",
        "Bà Trần Thị Mận trao quyết định và chúc mừng các viên chức được bổ nhiệm.",
        "Phát biểu giao nhiệm vụ, Giám đốc Sở Y tế Lò Văn Sơn yêu cầu ổn định tổ chức.",
        "Đại hội bầu Đoàn Chủ tịch gồm ông Lò Văn Sơn.",
    ],
)
def test_talk_of_posts_is_no_appointment(sentence: str) -> None:
    assert appointments(sentence)[1] == ()

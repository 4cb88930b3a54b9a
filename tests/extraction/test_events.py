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


INSPECTORS = ("Sở Y tế", "Thanh tra Sở Y tế", "Công ty Hoa Sen", "Ban Chỉ đạo an toàn thực phẩm huyện")
PEOPLE = ("Lò Văn Sơn", "Trần Thị Mận")


def told(text: str, *, title: str | None = None) -> list[tuple[str, str | None, str | None]]:
    """Return (kind, day, organizer) of every event of a text about inspections and campaigns."""
    reading = read(text, title=title)
    index = mentions(
        reading,
        persons=PEOPLE,
        posts=("Phó Chủ tịch", "Giám đốc", "Chánh Thanh tra"),
        organizations=INSPECTORS,
        days={"14/5": DAY, "13/5": date(2024, 5, 13), "10/5": date(2024, 5, 10)},
    )
    return [
        (event.kind, event.date_text, reading.surface(event.organizer) if event.organizer else None)
        for event in events(reading, index)
    ]


@pytest.mark.parametrize(
    ("text", "organizer"),
    [
        ("Sáng 14/5, đoàn kiểm tra liên ngành của huyện kiểm tra đột xuất ba chợ.", None),
        ("Chiều 14/5, ông Lò Văn Sơn, Phó Chủ tịch đi thị sát các điểm tiêm.", None),
        ("Ngày 14/5, đồng chí Lò Văn Sơn có chuyến kiểm tra các khu cách ly.", None),
        ("“Phải sạch”, ông Lò Văn Sơn yêu cầu khi thị sát bếp ăn của Công ty Hoa Sen chiều 14/5.", None),
        ("Ngày 14/5, Thanh tra Sở Y tế kiểm tra một số phòng khám tư nhân.", "Thanh tra Sở Y tế"),
        ("Chiều 14/5, Sở Y tế cho biết đã phối hợp công an kiểm tra đột xuất một phòng khám.", "Sở Y tế"),
        (
            "Ngày 14/5, Đoàn kiểm tra chất lượng bệnh viện của Sở Y tế đã đánh giá, kiểm tra khoa Nhi.",
            "Sở Y tế",
        ),
        ("Ngày 14/5, Sở Y tế phối hợp với công an tiến hành kiểm tra các nhà thuốc.", "Sở Y tế"),
        ("Cuộc kiểm tra bất ngờ do Sở Y tế tiến hành chiều 14/5 phát hiện hai cơ sở sai phạm.", "Sở Y tế"),
        (
            "Qua kiểm tra 15 nhà thuốc ngày 14/5, đoàn kiểm tra do Sở Y tế chủ trì lập bốn biên bản.",
            "Sở Y tế",
        ),
        ("Ngày 14/5, đoàn của Sở Y tế đã tới tám phòng khám để thanh tra việc hành nghề.", "Sở Y tế"),
        ("Ngày 14/5, đoàn thẩm định của Sở Y tế đã thẩm định xã đạt tiêu chí.", "Sở Y tế"),
        ("Ngày 14/5, Sở Y tế tổ chức hậu kiểm các cơ sở kinh doanh dược.", "Sở Y tế"),
    ],
)
def test_inspections_as_the_press_tells_of_them(text: str, organizer: str | None) -> None:
    assert told(text) == [("inspection", "2024-05-14", organizer)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sáng 14/5, Sở Y tế tổ chức lễ mít-tinh hưởng ứng Tháng hành động vì trẻ em.", "campaign"),
        ("Sáng 14/5, Sở Y tế phát động Tháng hành động vì an toàn thực phẩm.", "campaign"),
        ("Ngày 14/5, Sở Y tế tổ chức diễu hành hưởng ứng Ngày Dân số.", "campaign"),
        ("Ngày 14/5, Sở Y tế triển khai chiến dịch uống Vitamin A cho trẻ nhỏ.", "campaign"),
        ("Ngày 14/5, Sở Y tế tổ chức khám bệnh, cấp thuốc miễn phí cho người nghèo.", "other"),
        ("Ngày 14/5, Sở Y tế tổ chức diễn tập ứng phó dịch cúm.", "other"),
        ("Ngày 14/5, Sở Y tế tổ chức buổi tiếp nhận máu đợt 2.", "other"),
        ("Ngày 14/5, Sở Y tế tiếp nhận năm máy thở do Công ty Hoa Sen trao tặng.", "ceremony"),
        ("Ngày 14/5, Sở Y tế và Công ty Hoa Sen ký kết thỏa thuận hợp tác.", "ceremony"),
    ],
)
def test_campaigns_and_other_gatherings(text: str, kind: str) -> None:
    assert told(text) == [(kind, "2024-05-14", "Sở Y tế")]


@pytest.mark.parametrize(
    "text",
    [
        "Năm qua, Sở Y tế đã tổ chức 4 đoàn kiểm tra, 12 lớp tập huấn, 5 đợt giám sát.",
        "Tính đến nay, Sở Y tế đã kiểm tra 1.200 cơ sở.",
        "Sở Y tế yêu cầu các đơn vị tăng cường giám sát; tổ chức tập huấn cho cán bộ trước ngày 14/5.",
        "Sở Y tế vừa lập đoàn kiểm tra liên ngành. Đoàn sẽ tiến hành kiểm tra từ ngày 14/5.",
        "Ông Lò Văn Sơn kể ông vừa đi kiểm tra sức khỏe tại bệnh viện.",
        "Ngày 14/5, ông Lò Văn Sơn khám bệnh cho chín mươi người.",
        "Ngày 14/5, Sở Y tế tiếp nhận ba bệnh nhân ngộ độc.",
        "Cơ sở nộp hồ sơ, Sở Y tế tổ chức thẩm định trong ba mươi ngày.",
        "Lễ khởi công diễn ra từ năm 2019.",
    ],
)
def test_work_demands_and_patients_are_no_events(text: str) -> None:
    assert told(text) == []


def test_an_article_that_begins_with_something_else_comes_to_its_inspection_later() -> None:
    text = (
        "Dòng người về quê chưa dứt. Nhiều chốt thiếu điện. Lực lượng trực đã mệt. Mưa không ngớt.\n"
        "Ngày 14/5, ông Lò Văn Sơn, Phó Chủ tịch đã kiểm tra công tác phòng dịch tại cửa khẩu."
    )
    assert told(text) == [("inspection", "2024-05-14", None)]


def test_another_body_that_inspects_elsewhere_has_an_event_of_its_own() -> None:
    text = (
        "Ngày 14/5, Ban Chỉ đạo an toàn thực phẩm huyện đã kiểm tra bếp ăn của trường.\n"
        "Cùng ngày, Thanh tra Sở Y tế kiểm tra đột xuất hai phòng khám."
    )
    assert told(text) == [
        ("inspection", "2024-05-14", "Ban Chỉ đạo an toàn thực phẩm huyện"),
        ("inspection", "2024-05-14", "Thanh tra Sở Y tế"),
    ]


def test_what_the_same_delegation_does_next_is_part_of_the_inspection() -> None:
    text = (
        "Ngày 14/5, đoàn kiểm tra của Sở Y tế đã kiểm tra chợ huyện.\n"
        "Chiều cùng ngày, đoàn tiếp tục kiểm tra bốn lò mổ."
    )
    assert told(text) == [("inspection", "2024-05-14", "Sở Y tế")]


@pytest.mark.parametrize(
    "text",
    [
        "Sau sự cố ngộ độc ngày 10/5, sáng nay 14/5, Sở Y tế kiểm tra bếp ăn của trường.",
        "Hưởng ứng Ngày Vi chất 13/5, chiều 14/5, Sở Y tế tổ chức kiểm tra các nhà thuốc.",
        "Ngày 14/5, theo phản ánh của người dân hôm 10/5, Sở Y tế tổ chức kiểm tra các nhà thuốc.",
    ],
)
def test_the_day_of_what_came_before_is_not_the_day_of_the_inspection(text: str) -> None:
    ((_, day, _),) = told(text)
    assert day == "2024-05-14"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Sở Y tế tập huấn cấp cứu",
            "Sáng 14/5, bảy mươi điều dưỡng tham gia lớp tập huấn cấp cứu trên biển.",
        ),
        (
            "Tin y tế",
            "Dưới sự chủ trì của ông Lò Văn Sơn, Phó Chủ tịch, ngày 14/5 Sở Y tế họp bàn về dịch sởi.",
        ),
        ("Tin y tế", "Ngày 14/5, được tổ chức bởi Sở Y tế, hội nghị sơ kết có ba trăm đại biểu."),
        ("Tin y tế", "Có 215 đơn vị máu trong Ngày hội hiến máu mà Sở Y tế tổ chức ngày 14/5."),
        ("Tin y tế", "Sở Y tế vừa phát động toàn dân diệt bọ gậy. Buổi ra quân diễn ra sáng 14/5."),
        (
            "Kiểm tra",
            "Ngày 14/5, đoàn kiểm tra số 2 của Sở Y tế có mặt ở chợ. Kết thúc buổi kiểm tra, đoàn nhắc nhở.",
        ),
    ],
)
def test_the_organizer_in_other_places(title: str, text: str) -> None:
    ((_, day, organizer),) = told(text, title=title)
    assert (day, organizer) == ("2024-05-14", "Sở Y tế")


def test_leaders_of_bodies_who_visit_make_none_of_them_the_organizer() -> None:
    text = "Ngày 14/5, lãnh đạo Sở Y tế, Ban Chỉ đạo an toàn thực phẩm huyện đến thăm, chúc mừng trường."
    assert told(text) == [("visit", "2024-05-14", None)]

"""Who took part in an event, and in which role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kg.extraction.relations.events import extract_events
from kg.extraction.relations.participations import extract_participations
from kg.model.extraction import Relations
from tests.extraction.factories import mentions, read

PEOPLE = ("Lò Văn Sơn", "Trần Thị Mận", "Y Bhăm Niê", "H’Yar Kbuôr")
POSTS = (
    "Giám đốc",
    "Phó Giám đốc",
    "Bí thư",
    "Phó Bí thư Thường trực",
    "Chủ tịch",
    "Phó Chủ tịch",
    "Trưởng phòng",
    "Trưởng Ban Chỉ đạo",
    "Trưởng đoàn",
)
BODIES = ("Sở Y tế", "UBND huyện", "Huyện ủy", "Ban Chỉ đạo", "Trung tâm Y tế", "Đảng ủy")
LEAD = "Sở Y tế tổ chức Hội nghị sơ kết công tác y tế.\n"


def roles(text: str, *, partial: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """Return (name or post, role) of every participant of a conference that the text goes on about."""
    reading = read(LEAD + text, title="Sở Y tế tổ chức Hội nghị sơ kết")
    index = mentions(reading, persons=PEOPLE, partial=partial, posts=POSTS, organizations=BODIES)
    relations = extract_events(reading, index, Relations())
    found = extract_participations(reading, index, relations).participations
    return {
        (reading.surface(one.person) if one.person else f"{one.title} {one.organization_surface}", one.role)
        for one in found
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Đồng chí Lò Văn Sơn, Giám đốc Sở Y tế chủ trì hội nghị.", "chair"),
        ("Chủ trì hội nghị có đồng chí Lò Văn Sơn, Giám đốc Sở Y tế.", "chair"),
        ("Hội nghị do đ/c Lò Văn Sơn – Giám đốc Sở Y tế chủ trì.", "chair"),
        ("Hội nghị diễn ra dưới sự chủ trì của ông Lò Văn Sơn, Giám đốc Sở Y tế.", "chair"),
        ("Ông Lò Văn Sơn, Trưởng Ban Chỉ đạo chủ trì hội nghị.", "chair"),
        ("Đến dự và chỉ đạo hội nghị có đồng chí: Lò Văn Sơn - Phó Chủ tịch UBND huyện.", "directed_by"),
        ("Dự chỉ đạo có đồng chí Lò Văn Sơn.", "directed_by"),
        ("Phát biểu chỉ đạo, đồng chí Lò Văn Sơn biểu dương kết quả và yêu cầu cố gắng hơn.", "directed_by"),
        ("Đồng chí Lò Văn Sơn dự và phát biểu chỉ đạo.", "directed_by"),
        ("Dự hội nghị có đồng chí Lò Văn Sơn, Bí thư Huyện ủy.", "attendee"),
        ("Tham dự còn có ông Lò Văn Sơn.", "attendee"),
        ("Hội nghị có sự tham dự của bà Lò Văn Sơn.", "attendee"),
        ("Hội nghị vinh dự đón tiếp đồng chí Lò Văn Sơn, Bí thư Huyện ủy.", "attendee"),
        ("Về phía Sở Y tế có ông Lò Văn Sơn, Giám đốc.", "attendee"),
        ("Phát biểu tại hội nghị, Phó Giám đốc Sở Y tế Lò Văn Sơn nhấn mạnh ba việc.", "speaker"),
        ("Ông Lò Văn Sơn, Phó Giám đốc Sở Y tế, cho biết các chỉ tiêu đều đạt.", "speaker"),
        ("Hội nghị nghe BS Lò Văn Sơn trình bày báo cáo.", "speaker"),
        ("Thay mặt ngành, ông Lò Văn Sơn cảm ơn các đơn vị.", "speaker"),
        ("“Chúng tôi sẽ làm tốt hơn”, ông Lò Văn Sơn nói.", "speaker"),
        ("Theo ông Lò Văn Sơn, khó nhất là thiếu người.", "speaker"),
        ("Đó là khẳng định của đồng chí Lò Văn Sơn tại hội nghị.", "speaker"),
        ("Khai mạc hội nghị, đồng chí Lò Văn Sơn nhấn mạnh ý nghĩa của năm nay.", "opened_by"),
        ("Diễn văn khai mạc do đồng chí Lò Văn Sơn trình bày nêu rõ kết quả.", "opened_by"),
        ("Kết luận hội nghị, đồng chí Lò Văn Sơn yêu cầu các đơn vị khẩn trương.", "concluded_by"),
        ("Đồng chí Lò Văn Sơn phát biểu bế mạc hội nghị.", "concluded_by"),
        ("Đoàn công tác do ông Lò Văn Sơn làm trưởng đoàn đã kiểm tra hiện trường.", "led_by"),
    ],
)
def test_each_way_of_saying_a_role(sentence: str, expected: str) -> None:
    assert roles(sentence) == {("Lò Văn Sơn", expected)}


@pytest.mark.parametrize(
    "text",
    [
        "Dự hội nghị có các đồng chí: Lò Văn Sơn, Giám đốc Sở Y tế; Trần Thị Mận, Bí thư Huyện ủy; "
        "Y Bhăm Niê, Chủ tịch UBND huyện cùng đông đảo đại biểu.",
        "Dự hội nghị có:\n- Ông Lò Văn Sơn, Giám đốc Sở Y tế;\n- Bà Trần Thị Mận, Bí thư Huyện ủy;\n"
        "- Ông Y Bhăm Niê, Chủ tịch UBND huyện.",
        "Ông Lò Văn Sơn, Giám đốc Sở Y tế; bà Trần Thị Mận, Bí thư Huyện ủy; ông Y Bhăm Niê cùng 90 người "
        "tham dự.",
        "Cùng dự có Giám đốc Sở Y tế Lò Văn Sơn; Bí thư Huyện ủy Trần Thị Mận và ông Y Bhăm Niê.",
    ],
)
def test_one_verb_governs_a_whole_list(text: str) -> None:
    assert roles(text) == {(name, "attendee") for name in PEOPLE[:3]}


def test_two_verbs_in_one_sentence_share_out_its_people() -> None:
    found = roles(
        "Dự và chủ trì hội nghị có đồng chí Lò Văn Sơn, Bí thư Huyện ủy; tham dự có bà Trần Thị Mận."
    )
    assert found == {("Lò Văn Sơn", "chair"), ("Trần Thị Mận", "attendee")}


def test_joint_chairs_before_their_verb() -> None:
    found = roles("Đồng chí Lò Văn Sơn, Giám đốc; đồng chí Trần Thị Mận, Phó Giám đốc đồng chủ trì hội nghị.")
    assert found == {("Lò Văn Sơn", "chair"), ("Trần Thị Mận", "chair")}


def test_one_who_chairs_or_directs_is_not_also_a_guest_or_a_mere_speaker() -> None:
    found = roles(
        "Dự hội nghị có đồng chí Lò Văn Sơn, Giám đốc Sở Y tế. Đồng chí Lò Văn Sơn phát biểu chỉ đạo. "
        "Đồng chí Lò Văn Sơn đề nghị các trạm cố gắng."
    )
    assert found == {("Lò Văn Sơn", "directed_by")}


def test_a_post_alone_stays_a_post_alone() -> None:
    found = roles("Kết luận hội nghị, đồng chí Phó Chủ tịch UBND huyện giao việc cho các xã.")
    assert found == {("Phó Chủ tịch UBND huyện", "concluded_by")}


def test_posts_of_people_in_general_are_nobody() -> None:
    assert roles("Dự hội nghị có đại diện lãnh đạo Huyện ủy cùng các đồng chí Trưởng phòng.") == set()


def test_a_bare_comrade_is_whoever_was_named_last() -> None:
    found = roles(
        "Ông Lò Văn Sơn, Giám đốc Sở Y tế trao tặng Giấy khen cho các tập thể. "
        "Phát biểu tại hội nghị, đồng chí biểu dương kết quả đạt được."
    )
    assert found == {("Lò Văn Sơn", "speaker")}


def test_a_given_name_speaks_for_itself() -> None:
    found = roles("Ông Sơn nhấn mạnh tới việc đào tạo.", partial=("Sơn",))
    assert found == {("Sơn", "speaker")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Trao đổi với phóng viên, ông Lò Văn Sơn cho biết giá thuốc đã giảm.",
        "Trung tâm Y tế chủ trì, phối hợp với UBND huyện triển khai kế hoạch.",
        "Các đại biểu phát biểu sôi nổi về công tác tiêm chủng.",
        "Ông Lò Văn Sơn được giao điều hành Trung tâm Y tế kể từ ngày mai.",
    ],
)
def test_words_about_other_things_give_no_role(sentence: str) -> None:
    assert roles(sentence) == set()


def test_the_head_of_a_delegation_may_be_named_by_that_alone() -> None:
    found = roles(
        "Thành phần đoàn gồm: ông Lò Văn Sơn, Phó Giám đốc - Trưởng đoàn; bà Trần Thị Mận, Trưởng phòng.\n"
        "Kết luận buổi làm việc, đồng chí Trưởng đoàn ghi nhận cố gắng của huyện."
    )
    assert found == {
        ("Lò Văn Sơn", "led_by"),
        ("Trần Thị Mận", "attendee"),
        ("Lò Văn Sơn", "concluded_by"),
    }


def test_whoever_visits_takes_part() -> None:
    reading = read("Sáng nay, đồng chí Lò Văn Sơn, Bí thư Huyện ủy đã đến thăm, chúc mừng Trung tâm Y tế.")
    index = mentions(reading, persons=PEOPLE, posts=POSTS, organizations=BODIES)
    relations = extract_events(reading, index, Relations())
    (one,) = extract_participations(reading, index, relations).participations
    assert (one.role, reading.surface(one.person)) == ("attendee", "Lò Văn Sơn")  # type: ignore[arg-type]


def test_without_an_event_nobody_took_part() -> None:
    reading = read("Ông Lò Văn Sơn, Giám đốc Trung tâm Y tế, cho biết số ca mắc đã giảm.")
    index = mentions(reading, persons=PEOPLE, posts=POSTS, organizations=BODIES)
    assert extract_participations(reading, index, Relations()).participations == ()


def test_the_evidence_of_a_claim_is_the_name_itself() -> None:
    reading = read(LEAD + "Ông Lò Văn Sơn chủ trì hội nghị.")
    index = mentions(reading, persons=PEOPLE, organizations=BODIES)
    relations = extract_events(reading, index, Relations())
    (one,) = extract_participations(reading, index, relations).participations
    assert one.event == relations.events[0].key
    assert reading.text(one.evidence.spans[0]) == "Lò Văn Sơn"
    assert one.evidence.rule.startswith("participations.")


def participants_of(text: str, *, days: Mapping[str, date] | None = None) -> set[tuple[str, str]]:
    """Return (name, role) of the named participants of whatever event a text reports."""
    reading = read(text)
    index = mentions(reading, persons=PEOPLE, posts=POSTS, organizations=BODIES, days=days)
    relations = extract_events(reading, index, Relations())
    found = extract_participations(reading, index, relations).participations
    return {(reading.surface(one.person), one.role) for one in found if one.person}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thay mặt Đảng ủy, đồng chí Lò Văn Sơn, Phó Bí thư Thường trực chủ trì hội nghị.", {"chair"}),
        ("Hội nghị đặt dưới sự chủ tọa của Giám đốc Sở Y tế Lò Văn Sơn.", {"chair"}),
        ("Chủ tọa hội nghị có ông Lò Văn Sơn, Giám đốc Sở Y tế.", {"chair"}),
        ("Điều hành phần thảo luận, ông Lò Văn Sơn, Phó Giám đốc Sở Y tế gợi mở nhiều việc.", {"chair"}),
        ("Khai mạc và chủ trì hội nghị là ông Lò Văn Sơn, Giám đốc Sở Y tế.", {"opened_by", "chair"}),
        ("Đến chung vui có ông Lò Văn Sơn, Chủ tịch UBND huyện.", {"attendee"}),
        ("Ông Lò Văn Sơn, Phó Chủ tịch UBND huyện phát lệnh ra quân.", {"speaker"}),
    ],
)
def test_further_ways_of_saying_a_role(sentence: str, expected: set[str]) -> None:
    assert roles(sentence) == {("Lò Văn Sơn", role) for role in expected}


def test_what_a_report_is_heard_of_ends_the_list_of_those_who_chair() -> None:
    found = roles(
        "Dưới sự điều hành của ông Lò Văn Sơn, Giám đốc Sở Y tế, hội nghị đã nghe bà Trần Thị Mận, "
        "Phó Giám đốc trình bày báo cáo."
    )
    assert found == {("Lò Văn Sơn", "chair"), ("Trần Thị Mận", "speaker")}


def test_what_a_meeting_was_held_for_is_nothing_that_its_chair_said() -> None:
    found = roles(
        "Ông Lò Văn Sơn, Giám đốc Sở Y tế đã chủ trì hội nghị với các huyện để triển khai việc này."
    )
    assert found == {("Lò Văn Sơn", "chair")}


def test_one_who_talks_to_a_reporter_goes_on_doing_so() -> None:
    found = roles(
        "Trao đổi với phóng viên, bà Trần Thị Mận, Giám đốc Sở Y tế cho biết mức phạt sẽ tăng. "
        "“Người dân cần cẩn thận”, bà Trần Thị Mận khuyến cáo."
    )
    assert found == set()


def test_those_who_live_there_give_no_speech() -> None:
    assert roles("Bà Trần Thị Mận (62 tuổi, ngụ xã bên) kể nhà có ba người mắc bệnh.") == set()


def test_what_is_said_on_a_later_day_is_not_said_at_the_event() -> None:
    text = (
        "Ngày 1/10, ông Lò Văn Sơn, Giám đốc Sở Y tế cho biết số liệu đã rõ.\n"
        "Hội nghị sơ kết diễn ra chiều 30/9, bà Trần Thị Mận dự hội nghị."
    )
    days = {"1/10": date(2025, 10, 1), "30/9": date(2025, 9, 30)}
    assert participants_of(text, days=days) == {("Trần Thị Mận", "attendee")}


def test_a_campaign_is_no_gathering_to_speak_at() -> None:
    text = (
        "Sáng 14/5, Trung tâm Y tế triển khai chiến dịch tiêm vắc xin sởi cho trẻ nhỏ.\n"
        "Bà Trần Thị Mận, Trưởng phòng cho biết buổi đầu có 120 trẻ."
    )
    assert participants_of(text, days={"14/5": date(2024, 5, 14)}) == set()


def test_those_who_came_along_stand_between_the_inspectors_and_their_verb() -> None:
    text = (
        "Sáng 14/5, các đồng chí: Lò Văn Sơn - Phó Chủ tịch UBND huyện; Trần Thị Mận - Giám đốc; "
        "lãnh đạo các phòng đã đến kiểm tra khu cách ly."
    )
    assert participants_of(text, days={"14/5": date(2024, 5, 14)}) == {
        ("Lò Văn Sơn", "attendee"),
        ("Trần Thị Mận", "attendee"),
    }

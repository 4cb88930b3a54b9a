"""Turns of phrase that go through several steps of the extraction, read as whole articles."""

from pathlib import Path
from typing import Any

import pytest

from kg.model.codec import facts
from kg.pipeline import extract_document

TITLE = "Nâng cao chất lượng y tế cơ sở\n\n"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def extract(body: str) -> dict[str, Any]:
        path = tmp_path / "article.txt"
        path.write_text(f"{TITLE}{body}\n", encoding="utf-8")
        return facts(extract_document(path))

    return extract


def posts(article: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(p["name"], role["title"], role["org"]) for p in article["persons"] for role in p["roles"]]


def test_a_steering_committee_in_short_is_a_body_with_a_head(read: Any) -> None:
    article = read(
        "Sáng 4/3/2022, BCĐ chăm sóc sức khỏe nhân dân huyện Mường Tè họp phiên đầu năm. "
        "Phiên họp được chủ trì bởi bà Lò Thị Pản, Phó Chủ tịch UBND huyện, Trưởng BCĐ."
    )
    body = "BCĐ chăm sóc sức khỏe nhân dân huyện Mường Tè"
    assert posts(article) == [
        ("Lò Thị Pản", "Phó Chủ tịch", "UBND huyện Mường Tè"),
        ("Lò Thị Pản", "Trưởng BCĐ", body),
    ]
    (event,) = article["events"]
    assert (event["organizer"], event["chair"]) == (body, ["Lò Thị Pản"])


def test_chairing_is_no_part_of_the_post_before_it(read: Any) -> None:
    article = read(
        "Ngày 9/8/2021, Trạm Y tế xã Nậm Cắn tổ chức hội nghị sơ kết. "
        "Bà Vừ Thị Xây, Trưởng trạm điều hành hội nghị."
    )
    assert posts(article) == [("Vừ Thị Xây", "Trưởng trạm", "Trạm Y tế xã Nậm Cắn")]
    assert article["events"][0]["chair"] == ["Vừ Thị Xây"]


def test_the_body_of_a_section_may_stand_behind_a_comma(read: Any) -> None:
    article = read(
        "Phòng Y tế quận Cái Răng tổ chức tập huấn ngày 6/5/2020. Dự có ông Võ Tấn Lực, "
        "Trưởng phòng Nghiệp vụ dược, Sở Y tế TP Cần Thơ; bà Lý Thu Vân, Trưởng phòng Y tế quận."
    )
    assert posts(article) == [
        ("Võ Tấn Lực", "Trưởng phòng Nghiệp vụ dược", "Sở Y tế TP Cần Thơ"),
        ("Lý Thu Vân", "Trưởng phòng", "Phòng Y tế quận Cái Răng"),
    ]


def test_the_head_of_a_station_is_no_part_of_its_name(read: Any) -> None:
    article = read("HĐND xã Tam Quang họp ngày 7/7/2023. Trưởng Trạm Y tế Lương Thị Én trả lời chất vấn.")
    assert posts(article) == [("Lương Thị Én", "Trưởng Trạm", "Trạm Y tế xã Tam Quang")]


@pytest.mark.parametrize(
    ("opening", "kind", "day"),
    [
        ("Làm việc với UBND huyện Quế Phong ngày 12/3/2015 về y tế cơ sở", "working_session", "2015-03-12"),
        ("Kiểm tra thực tế tại Trạm Y tế xã Châu Kim sáng 5/6/2019", "inspection", "2019-06-05"),
        ("Thăm Bệnh viện Đa khoa huyện Quế Phong ngày 27/2/2018", "visit", "2018-02-27"),
    ],
)
def test_an_act_may_open_the_sentence_of_who_did_it(read: Any, opening: str, kind: str, day: str) -> None:
    article = read(f"{opening}, ông Kha Văn Tiến, Phó Giám đốc Sở Y tế tỉnh Nghệ An đề nghị bổ sung bác sĩ.")
    assert [(event["kind"], event["date"]) for event in article["events"]] == [(kind, day)]


@pytest.mark.parametrize(
    "when", ["chiều 4/8/2023", "chiều mùng 4 tháng 8 năm 2023", "chiều 4 tháng 8 năm 2023"]
)
def test_an_afternoon_behind_a_document_is_the_day_of_the_event(read: Any, when: str) -> None:
    article = read(
        f"Thực hiện Kế hoạch số 31/KH-SYT, {when}, Sở Y tế tỉnh Nghệ An tổ chức hội nghị giao ban."
    )
    (event,) = article["events"]
    assert (event["date"], event["session"]) == ("2023-08-04", "afternoon")


def test_a_requirement_that_is_met_is_no_demand(read: Any) -> None:
    article = read(
        "Ngày 3/2/2023, đoàn do ông Kha Văn Tiến, Phó Giám đốc Sở Y tế tỉnh Nghệ An làm tổ trưởng "
        "đã kiểm tra 14 quầy hàng tại huyện Quế Phong, 11 quầy đạt yêu cầu."
    )
    (event,) = article["events"]
    assert (event["led_by"], event["speaker"]) == (["Kha Văn Tiến"], [])


def test_a_body_behind_a_village_is_no_village(read: Any) -> None:
    article = read("Sáng 8/7/2020, tại ấp Bình Lợi, UBND xã Tân Kiên tổ chức lễ ra quân diệt lăng quăng.")
    assert [place["name"] for place in article["places"]] == ["ấp Bình Lợi", "xã Tân Kiên"]


def test_a_body_named_by_a_general_word_has_the_kind_of_its_full_name(read: Any) -> None:
    article = read(
        "Thành ủy Hà Tĩnh làm việc với Đảng ủy Trung tâm Y tế thành phố ngày 2/10/2020. "
        "Ông Lê Bá Đạt, Bí thư Đảng ủy, Giám đốc Trung tâm báo cáo."
    )
    kinds = {body["name"]: body["kind"] for body in article["organizations"]}
    assert kinds["Trung tâm Y tế thành phố Hà Tĩnh"] == "health_centre"


def test_an_association_in_short_is_the_one_named(read: Any) -> None:
    article = read("Hội Đông y tỉnh Nam Định họp ngày 7/7/2016. Lương y Vũ Văn Bồi, Chủ tịch Hội chủ trì.")
    assert posts(article) == [("Vũ Văn Bồi", "Chủ tịch", "Hội Đông y tỉnh Nam Định")]


def test_what_is_received_is_not_given_by_its_receiver(read: Any) -> None:
    article = read(
        "Bệnh viện Đa khoa huyện Quế Phong đón nhận Huân chương Lao động hạng Nhì. Bà Lô Thị Mai và "
        "ông Vi Văn Hà được Chủ tịch UBND tỉnh Nghệ An tặng Bằng khen."
    )
    assert [(award["award"], award["by"], award["recipients"]) for award in article["awards"]] == [
        ("Huân chương Lao động hạng Nhì", None, ["Bệnh viện Đa khoa huyện Quế Phong"]),
        ("Bằng khen", "UBND tỉnh Nghệ An", ["Lô Thị Mai", "Vi Văn Hà"]),
    ]


def figures(article: dict[str, Any]) -> list[tuple[float | None, str | None, float | None]]:
    return [(metric["value"], metric["unit"], metric["total"]) for metric in article["metrics"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trong 120 người được khám, có 14 người mắc bệnh phổi.",
            [(120, "người", None), (14, "người", 120)],
        ),
        (
            "Tỷ lệ trẻ được tiêm chủng ở ba xã lần lượt là 91,2%, 88,4% và 95%.",
            [(91.2, "%", None), (88.4, "%", None), (95, "%", None)],
        ),
        ("Ông Vi Văn Hà kết luận: (1) giao rà soát 12 cơ sở; (2) báo cáo.", [(12, "cơ sở", None)]),
        ("Mức sinh giảm bình quân 0,3‰/năm.", [(None, "‰/năm", None)]),
    ],
)
def test_figures(read: Any, text: str, expected: list[tuple[float | None, str | None, float | None]]) -> None:
    assert figures(read(text)) == expected


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Báo Đồng Xanh, 05/06/2019", "2019-06-05"),
        ("Báo Đồng Xanh số ra ngày 5/6/2019", "2019-06-05"),
        ("Đài Truyền thanh huyện - 5/6/2019", "2019-06-05"),
        ("Bản tin Y tế số 5, tháng 6/2019", None),
    ],
)
def test_the_last_line_says_who_brought_it_out_and_when(read: Any, line: str, published: str | None) -> None:
    article = read(f"Sở Y tế tỉnh Nghệ An tổ chức hội nghị giao ban.\n\n{line}")
    assert article["article"]["published"] == published

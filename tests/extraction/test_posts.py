import pytest

from kg.model.mention import PostMention
from tests.extraction.readings import named_things


def posts(text: str) -> list[tuple[str, str | None]]:
    read, mentions = named_things(text)
    return [
        (post.title, read.surface(post.organ) if post.organ else None) for post in mentions.of(PostMention)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giám đốc Sở Y tế", [("Giám đốc", "Sở Y tế")]),
        ("Phó Chủ tịch thường trực UBND tỉnh", [("Phó Chủ tịch thường trực", "UBND tỉnh")]),
        ("UVBTV Quận ủy", [("UVBTV", "Quận ủy")]),
        ("Ủy viên Ban Thường vụ Tỉnh ủy", [("Ủy viên Ban Thường vụ", "Tỉnh ủy")]),
        ("Tỉnh ủy viên", [("Tỉnh ủy viên", None)]),
        ("Trưởng Ban Dân vận Huyện ủy", [("Trưởng Ban Dân vận", "Huyện ủy")]),
        ("Trưởng khoa Nội tổng hợp", [("Trưởng khoa Nội tổng hợp", None)]),
        ("Trưởng Trạm Y tế xã Lũng Cú", [("Trưởng Trạm", "Trạm Y tế xã Lũng Cú")]),
        ("Cục trưởng Cục Phòng bệnh", [("Cục trưởng", "Cục Phòng bệnh")]),
        ("Phó Chủ tịch Thường trực HĐND huyện", [("Phó Chủ tịch Thường trực", "HĐND huyện")]),
        ("Trưởng phòng Nghiệp vụ Y Sở Y tế", [("Trưởng phòng Nghiệp vụ Y", "Sở Y tế")]),
        ("TP. Nghiệp vụ Y Sở Y tế", [("TP. Nghiệp vụ Y", "Sở Y tế")]),
    ],
)
def test_a_title_and_the_body_behind_it(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert posts(f"Tham dự có ông Lê Văn Tám - {text}.") == expected


@pytest.mark.parametrize("city", ["TP. Hòa Bình", "TP. Hồ Chí Minh", "TP.HCM", "TP. Thủ Đức"])
def test_a_city_is_no_head_of_a_section(city: str) -> None:
    assert posts(f"Tham dự có bà Trần Thị Hà, {city}.") == []


def test_several_posts_in_a_row() -> None:
    text = "Bà Hoàng Thị Én, Bí thư Đảng ủy, Giám đốc Bệnh viện, Chủ tịch Hội đồng khoa học."
    assert [title for title, _ in posts(text)] == ["Bí thư", "Giám đốc", "Chủ tịch"]


def test_a_former_post_is_marked() -> None:
    _, mentions = named_things("Ông Lê Văn Tám, nguyên Giám đốc Sở Y tế, dự.")
    assert [post.former for post in mentions.of(PostMention)] == [True]


@pytest.mark.parametrize("text", ["cùng Trạm trưởng 10 trạm", "Đoàn Chủ tịch điều hành đại hội"])
def test_many_holders_are_nobody(text: str) -> None:
    assert posts(text) == []

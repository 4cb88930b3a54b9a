import pytest

from kg.extraction.relations.memberships import extract_memberships
from kg.model.extraction import Relations
from tests.extraction.readings import named_things


def memberships(text: str) -> list[tuple[str, str, str | None]]:
    read, mentions = named_things(text)
    found = extract_memberships(read, mentions, Relations()).memberships
    return [(read.surface(item.person), item.title, item.organization_surface) for item in found]


@pytest.mark.parametrize("separator", [", ", " - ", " – ", ": ", " (", ", hiện là ", " là "])
def test_a_post_behind_a_name(separator: str) -> None:
    text = f"Dự có ông Lê Văn Tám{separator}Giám đốc Sở Y tế."
    assert memberships(text) == [("Lê Văn Tám", "Giám đốc", "Sở Y tế")]


@pytest.mark.parametrize("gap", [" ", " đồng chí ", ", ông ", " - BS. ", ": "])
def test_a_post_before_a_name(gap: str) -> None:
    assert memberships(f"Phó Giám đốc Sở Y tế{gap}Lê Văn Tám phát biểu.") == [
        ("Lê Văn Tám", "Phó Giám đốc", "Sở Y tế")
    ]


def test_several_posts_each_with_its_body() -> None:
    text = "Đồng chí Lò Thị Na – UVBTV Tỉnh ủy – Phó Chủ tịch UBND tỉnh dự."
    assert memberships(text) == [
        ("Lò Thị Na", "UVBTV", "Tỉnh ủy"),
        ("Lò Thị Na", "Phó Chủ tịch", "UBND tỉnh"),
    ]


def test_a_list_by_semicolons_under_one_honorific() -> None:
    text = "Có các đồng chí: Lê Tám, Bí thư Quận ủy; Trần Thị Chín, Chủ tịch UBND quận; Đỗ Mười."
    assert memberships(text) == [("Lê Tám", "Bí thư", "Quận ủy"), ("Trần Thị Chín", "Chủ tịch", "UBND quận")]


def test_a_list_with_posts_before_names() -> None:
    text = "Có Bí thư Huyện ủy Lê Văn Tám, Chủ tịch UBND huyện Trần Thị Chín."
    assert memberships(text) == [
        ("Lê Văn Tám", "Bí thư", "Huyện ủy"),
        ("Trần Thị Chín", "Chủ tịch", "UBND huyện"),
    ]


def test_one_post_for_two() -> None:
    text = "Phó Giám đốc Sở Y tế Lê Văn Tám và Trần Thị Chín dự."
    assert memberships(text) == [
        ("Lê Văn Tám", "Phó Giám đốc", "Sở Y tế"),
        ("Trần Thị Chín", "Phó Giám đốc", "Sở Y tế"),
    ]


def test_one_post_for_a_list() -> None:
    text = "Có các Phó Giám đốc Sở Y tế: BS. Lê Văn Tám, ThS. Trần Thị Chín."
    assert [person for person, _, _ in memberships(text)] == ["Lê Văn Tám", "Trần Thị Chín"]


def test_the_post_of_the_next_name_is_not_taken() -> None:
    text = "Ông Lê Văn Tám, Giám đốc Sở Y tế, Phó Giám đốc Trần Thị Chín cùng dự."
    assert memberships(text) == [
        ("Lê Văn Tám", "Giám đốc", "Sở Y tế"),
        ("Trần Thị Chín", "Phó Giám đốc", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Thừa ủy quyền của Chủ tịch nước, đồng chí Lê Văn Tám trao quà.",
        "Ông Lê Văn Tám báo cáo với Giám đốc Sở Y tế.",
        "Giám đốc Sở Y tế yêu cầu chống dịch. Ông Lê Văn Tám đồng ý.",
    ],
)
def test_a_post_of_somebody_else(text: str) -> None:
    assert memberships(text) == []

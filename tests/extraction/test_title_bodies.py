import pytest

from kg.model.mention import OrganizationMention
from tests.extraction.readings import named_things


def title_bodies(text: str) -> list[tuple[str, str, str]]:
    read, mentions = named_things(text)
    return [
        (body.text, body.kind, read.surface(body.span))
        for body in mentions.of(OrganizationMention)
        if body.rule == "organizations.title"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cục trưởng Quản lý Dược", ("Cục Quản lý Dược", "ministry", "Quản lý Dược")),
        ("Thứ trưởng Y tế", ("Bộ Y tế", "ministry", "Y tế")),
        ("Vụ trưởng Kế hoạch - Tài chính", ("Vụ Kế hoạch - Tài chính", "ministry", "Kế hoạch - Tài chính")),
        ("Chủ tịch xã Tả Phìn", ("UBND xã Tả Phìn", "peoples_committee", "xã Tả Phìn")),
        ("Phó Chủ tịch tỉnh Sơn La", ("UBND tỉnh Sơn La", "peoples_committee", "tỉnh Sơn La")),
        ("Chủ tịch Hà Nội", ("UBND thành phố Hà Nội", "peoples_committee", "Hà Nội")),
        ("Bí thư Hà Nội", ("Thành ủy Hà Nội", "party_committee", "Hà Nội")),
        ("Bí thư huyện Sốp Cộp", ("Huyện ủy Sốp Cộp", "party_committee", "huyện Sốp Cộp")),
        ("Chủ tịch huyện", ("UBND huyện", "peoples_committee", "huyện")),
        ("Giám đốc bệnh viện", ("bệnh viện", "hospital", "bệnh viện")),
        ("Phó Giám đốc trung tâm", ("trung tâm", "other", "trung tâm")),
        ("Chánh Văn phòng sở", ("sở", "other", "sở")),
    ],
)
def test_the_press_drops_the_head_that_the_title_says(text: str, expected: tuple[str, str, str]) -> None:
    assert title_bodies(f"Ông Lò Văn Sáng, {text}, phát biểu.") == [expected]


def test_a_holder_is_no_place() -> None:
    found = title_bodies("Tiếp đoàn có Chủ tịch huyện Lê Bé.")
    assert found == [("UBND huyện", "peoples_committee", "huyện")]


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Bệnh viện Bạch Mai chia sẻ.",
        "Giám đốc 3 bệnh viện dự họp.",
        "Chủ tịch cảm ơn các bệnh viện.",
        "Bí thư, Giám đốc chủ trì.",
    ],
)
def test_other_words_behind_a_title_are_no_such_body(text: str) -> None:
    assert title_bodies(text) == []

"""Awards: given or proposed, to how many, with the giver where the name says it."""

import pytest

from kg.extraction.mentions import find_mentions
from kg.extraction.relations.conferrals import extract_conferrals
from kg.model.extraction import Relations
from kg.model.relation import Conferral
from kg.model.span import Span
from tests.extraction.factories import read


def conferrals(text: str) -> tuple[Conferral[Span], ...]:
    reading = read(text)
    return extract_conferrals(reading, find_mentions(reading), Relations()).conferrals


@pytest.mark.parametrize(
    ("text", "award", "counts"),
    [
        (
            "Sở trao Bằng khen của Bộ trưởng Bộ Y tế cho 3 tập thể và 12 cá nhân có thành tích.",
            "Bằng khen của Bộ trưởng Bộ Y tế",
            (("tập thể", 3), ("cá nhân", 12)),
        ),
        (
            "Có 05 tập thể, 20 cá nhân được nhận Giấy khen của Giám đốc Sở Y tế vì thành tích tốt.",
            "Giấy khen của Giám đốc Sở Y tế",
            (("tập thể", 5), ("cá nhân", 20)),
        ),
        (
            "Danh hiệu Tập thể lao động xuất sắc thuộc về 02 khoa.",
            "Tập thể lao động xuất sắc",
            (("khoa", 2),),
        ),
        ("Có 14 người đạt Chiến sĩ thi đua cấp tỉnh.", "Chiến sĩ thi đua cấp tỉnh", (("người", 14),)),
        (
            "Đảng ủy trao Huy hiệu 40 năm tuổi Đảng cho 06 đảng viên.",
            "Huy hiệu 40 năm tuổi Đảng",
            (("đảng viên", 6),),
        ),
        (
            "Bộ Y tế tặng Kỷ niệm chương “Vì sức khỏe nhân dân” cho 25 cá nhân.",
            "Kỷ niệm chương “Vì sức khỏe nhân dân”",
            (("cá nhân", 25),),
        ),
        ("Hội nghị tuyên dương 7 tập thể, 31 cá nhân.", "tuyên dương", (("tập thể", 7), ("cá nhân", 31))),
        ("Bệnh viện được tặng Huân chương Lao động hạng Nhì.", "Huân chương Lao động hạng Nhì", ()),
    ],
)
def test_an_award_and_its_counts(text: str, award: str, counts: tuple[tuple[str, int], ...]) -> None:
    (conferral,) = conferrals(text)
    assert conferral.award == award
    assert conferral.recipients_count == counts
    assert not conferral.proposed


def test_each_count_goes_to_its_own_award() -> None:
    found = conferrals(
        "Dịp này, 5 đơn vị được nhận Cờ thi đua và 11 đơn vị nhận bằng khen của Bộ Y tế; "
        "106 cá nhân được trao Kỷ niệm chương."
    )
    assert [(conferral.award, conferral.recipients_count) for conferral in found] == [
        ("Cờ thi đua", (("đơn vị", 5),)),
        ("bằng khen của Bộ Y tế", (("đơn vị", 11),)),
        ("Kỷ niệm chương", (("cá nhân", 106),)),
    ]


def test_proposals_are_marked() -> None:
    (conferral,) = conferrals("Trung tâm đề nghị Chủ tịch UBND tỉnh tặng Bằng khen cho 02 cá nhân.")
    assert conferral.proposed


def test_awards_named_together_are_one() -> None:
    (conferral,) = conferrals(
        "Nhiều cá nhân nhận Bằng khen, Giấy khen của Bộ Y tế, Sở Y tế và Công đoàn ngành."
    )
    assert conferral.award == "Bằng khen, Giấy khen của Bộ Y tế, Sở Y tế và Công đoàn ngành"


@pytest.mark.parametrize(
    "text",
    [
        "Thầy thuốc Ưu tú Trần Văn Sáng, Giám đốc Bệnh viện, phát biểu.",
        "Đảng bộ phấn đấu giữ vững danh hiệu trong sạch, vững mạnh.",
        "Nhiều tập thể, cá nhân được khen thưởng.",
        "Ngành phát động phong trào thi đua năm 2024.",
        "98% đoàn viên đạt danh hiệu “Giỏi việc nước, đảm việc nhà”.",
    ],
)
def test_titles_of_address_and_aims_are_no_awards(text: str) -> None:
    assert conferrals(text) == ()


def test_prizes_are_awards_each_with_its_own_count() -> None:
    found = conferrals("Hội thi trao 1 giải Nhất, 2 giải Nhì và 3 giải Ba.")
    assert [(conferral.award, conferral.recipients_count[0][1]) for conferral in found] == [
        ("giải Nhất", 1),
        ("giải Nhì", 2),
        ("giải Ba", 3),
    ]

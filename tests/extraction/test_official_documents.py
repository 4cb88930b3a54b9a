"""Resolutions, decisions, laws and the like: by number, and by formal name."""

from datetime import date

import pytest

from kg.extraction.mentions import find_mentions
from kg.model.mention import OfficialDocumentMention
from tests.extraction.factories import read


def documents(text: str) -> list[OfficialDocumentMention]:
    return list(find_mentions(read(text)).of(OfficialDocumentMention))


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Quán triệt Nghị quyết số 28-NQ/TW đến đảng viên.", "Nghị quyết", "28-NQ/TW"),
        ("Theo Nghị quyết 31/NQ-TU, ngành triển khai.", "Nghị quyết", "31/NQ-TU"),
        ("Thực hiện Chỉ thị số 17- CT/TW của Ban Bí thư.", "Chỉ thị", "17-CT/TW"),
        ("Thực hiện Kế hoạch số 100 – KH/ĐU của Đảng ủy.", "Kế hoạch", "100-KH/ĐU"),
        ("Triển khai chương trình số 43/CTr-HĐND trong năm.", "Chương trình", "43/CTr-HĐND"),
        ("Áp dụng Thông tư 32/2023/TT-BYT từ đầu năm.", "Thông tư", "32/2023/TT-BYT"),
        ("Theo Nghị định số 96/2023/NĐ-CP về hành nghề.", "Nghị định", "96/2023/NĐ-CP"),
        ("Ban hành QĐ số 77/QĐ-TTYT giao chỉ tiêu.", "Quyết định", "77/QĐ-TTYT"),
        ("Theo Thông tư liên tịch số 5/2015/TTLT-BYT-BNV.", "Thông tư liên tịch", "5/2015/TTLT-BYT-BNV"),
        ("Gửi Công văn số 565- CV/TU đến các đơn vị.", "Công văn", "565-CV/TU"),
        ("Thực hiện Đề án 06 trên địa bàn.", "Đề án", "06"),
    ],
)
def test_numbers_are_read_in_every_style(text: str, kind: str, number: str) -> None:
    (document,) = documents(text)
    assert (document.type, document.number) == (kind, number)


def test_date_and_issuer_follow_the_number() -> None:
    (document,) = documents(
        "Căn cứ Quyết định số 88/QĐ-SYT, ngày 05/4/2022 của Giám đốc Sở Y tế về kiểm tra."
    )
    assert document.day == date(2022, 4, 5)
    assert document.issuer == "Giám đốc Sở Y tế"


def test_a_second_number_shares_the_kind_of_the_first() -> None:
    found = documents("Công bố các Quyết định số 10/QĐ-SYT, 11/QĐ-SYT và 12/QĐ-SYT.")
    assert [(document.type, document.number) for document in found] == [
        ("Quyết định", "10/QĐ-SYT"),
        ("Quyết định", "11/QĐ-SYT"),
        ("Quyết định", "12/QĐ-SYT"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (
            "Học tập Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ XV.",
            "Nghị quyết",
            "Nghị quyết Đại hội đại biểu Đảng bộ huyện lần thứ XV",
        ),
        ("Theo Nghị quyết Trung ương 6 khóa XII.", "Nghị quyết", "Nghị quyết Trung ương 6 khóa XII"),
        (
            "Tuyên truyền Luật Phòng, chống tác hại của thuốc lá năm 2012.",
            "Luật",
            "Luật Phòng, chống tác hại của thuốc lá năm 2012",
        ),
        (
            "Triển khai Chương trình phát triển y tế biển đảo giai đoạn 2021 - 2025.",
            "Chương trình",
            "Chương trình phát triển y tế biển đảo giai đoạn 2021 - 2025",
        ),
        (
            "Thực hiện Chiến lược quốc gia bảo vệ, nâng cao sức khỏe nhân dân giai đoạn 2011-2020.",
            "Chiến lược",
            "Chiến lược quốc gia bảo vệ, nâng cao sức khỏe nhân dân giai đoạn 2011-2020",
        ),
    ],
)
def test_formal_names_make_a_document_without_a_number(text: str, kind: str, name: str) -> None:
    (document,) = documents(text)
    assert (document.type, document.name, document.number) == (kind, name, None)


@pytest.mark.parametrize(
    "text",
    [
        "Các nghị quyết, chỉ thị của cấp trên được triển khai.",
        "Đơn vị xây dựng kế hoạch và chương trình công tác.",
        "Chương trình văn nghệ chào mừng ngày hội.",
        "Tỷ lệ mắc là 12/100.000 dân.",
    ],
)
def test_general_words_are_no_documents(text: str) -> None:
    assert documents(text) == []


def test_a_law_has_its_name_and_its_number() -> None:
    (document,) = documents("Luật Dược số 105/2016/QH13 quy định về kinh doanh thuốc.")
    assert (document.type, document.number, document.name) == ("Luật", "105/2016/QH13", "Luật Dược")

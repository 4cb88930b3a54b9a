import pytest

from kg.extraction.mentions.places import find_places
from kg.extraction.reading import MentionIndex
from kg.model.mention import PlaceMention
from tests.extraction.readings import reading


def places(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.level) for mention in find_places(reading(text), MentionIndex(()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tại huyện Krông Bông", ("huyện Krông Bông", "district")),
        ("tại TP. Cao Lãnh", ("TP. Cao Lãnh", "city")),
        ("tại TX. Hồng Lĩnh", ("TX. Hồng Lĩnh", "town")),
        ("tại quận 8", ("quận 8", "district")),
        ("tại Phường 12", ("Phường 12", "ward")),
        ("tại thị trấn Đồng Văn", ("thị trấn Đồng Văn", "township")),
        ("tại xã Lũng Cú", ("xã Lũng Cú", "commune")),
        ("tại thôn Nà Khà", ("thôn Nà Khà", "village")),
        ("tại tỉnh Bà Rịa - Vũng Tàu", ("tỉnh Bà Rịa - Vũng Tàu", "province")),
        ("tại đặc khu Phú Quốc", ("đặc khu Phú Quốc", "other")),
    ],
)
def test_a_level_announces_a_name(text: str, expected: tuple[str, str]) -> None:
    assert places(f"Ca bệnh ở {text}.") == [expected]


def test_a_list_under_one_level() -> None:
    found = places("Dịch xuất hiện tại 3 xã Tân Lập, Tân Thành và Phước Hòa.")
    assert found == [("xã Tân Lập", "commune"), ("Tân Thành", "commune"), ("Phước Hòa", "commune")]


def test_a_list_behind_a_colon() -> None:
    found = places("Các trạm y tế xã: Tân Lập, Phước Hòa.")
    assert [name for name, _ in found] == ["xã: Tân Lập", "Phước Hòa"]


def test_provinces_and_districts_are_known_without_their_level() -> None:
    assert places("Đoàn từ Cà Mau đến Krông Pắc.") == [("Cà Mau", "province"), ("Krông Pắc", "district")]


@pytest.mark.parametrize("spelling", ["Đăk Lăk", "Đắc Lắc", "Đắk Lắk"])
def test_spellings_of_the_central_highlands(spelling: str) -> None:
    assert places(f"Ngành y tế {spelling} báo cáo.") == [(spelling, "province")]


def test_either_placement_of_the_tone() -> None:
    assert places("tại tỉnh Hoà Bình và tỉnh Khánh Hòa") == [
        ("tỉnh Hoà Bình", "province"),
        ("tỉnh Khánh Hòa", "province"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Ngọc Văn Bàn phát biểu.",
        "Số 207 An Dương Vương.",
        "Chủ tịch UBND thành phố Vũ Hải Nam.",
        "xã hội hóa y tế",
        "bản tin Sức khỏe",
        "phường, xã",
        "toàn huyện và các xã",
        "Đại học Y khoa",
    ],
)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert places(text) == []


def test_a_headline_in_capitals_needs_the_gazetteer() -> None:
    assert places("TRUNG TÂM Y TẾ HUYỆN KRÔNG BÔNG TỔ CHỨC HỘI NGHỊ") == [("HUYỆN KRÔNG BÔNG", "district")]


def test_a_bare_name_keeps_its_name_and_is_not_typed() -> None:
    mention = next(iter(find_places(reading("Báo cáo của Quảng Ngãi."), MentionIndex(()))))
    assert isinstance(mention, PlaceMention)
    assert (mention.name, mention.typed) == ("Quảng Ngãi", False)


def eras(text: str) -> dict[str, bool]:
    found = find_places(reading(text), MentionIndex(()))
    return {mention.text: mention.former for mention in found if isinstance(mention, PlaceMention)}


@pytest.mark.parametrize(
    "text",
    [
        "tại huyện Krông Bông (cũ).",
        "tại huyện Krông Bông cũ có 3 ca bệnh.",
        "tại huyện Krông Bông trước đây.",
        "tại huyện Krông Bông (trước đây).",
        "tại huyện Krông Bông trước khi sáp nhập có 3 ca bệnh.",
        "tại huyện Krông Bông trước sáp nhập.",
        "tại huyện Krông Bông trước ngày 01/7/2025.",
        "trên địa bàn Krông Bông cũ.",
        "nơi trước đây là huyện Krông Bông.",
    ],
)
def test_a_text_may_speak_of_a_place_as_it_was(text: str) -> None:
    assert list(eras(text).values()) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "tại huyện Krông Bông.",
        "Tại huyện Krông Bông trước đây chỉ có 2 bác sĩ.",
        "Tại huyện Krông Bông, trước đây người dân ít đi khám.",
        "Tỉnh Quảng Ngãi nay là một trong những tỉnh dẫn đầu.",
        "Sau sáp nhập, tỉnh Quảng Ngãi có 96 xã.",
    ],
)
def test_not_every_word_of_the_past_makes_a_place_former(text: str) -> None:
    assert list(eras(text).values()) == [False]


def test_what_a_place_is_now_is_not_former() -> None:
    assert eras("tại phường 12 (nay là phường Bình Hòa)") == {"phường 12": True, "phường Bình Hòa": False}
    assert eras("tại xã Tân Lập, nay thuộc xã Phước Hòa") == {"xã Tân Lập": True, "xã Phước Hòa": False}
    assert eras("xã Phước Hòa (trước đây là xã Tân Lập)") == {"xã Phước Hòa": False, "xã Tân Lập": True}


def test_what_lay_in_a_former_district_is_former_too() -> None:
    assert set(eras("tại xã Tân Lập, huyện Krông Bông (cũ)").values()) == {True}
    assert set(eras("các xã Tân Lập, Tân Thành và Phước Hòa cũ").values()) == {True}
    of_today = eras("tại xã Tân Lập (huyện Krông Bông cũ), tỉnh Đắk Lắk")
    assert of_today == {"xã Tân Lập": False, "huyện Krông Bông": True, "tỉnh Đắk Lắk": False}


def test_what_was_merged_is_former() -> None:
    found = eras(
        "Xã Phước Hòa được thành lập trên cơ sở sáp nhập xã Tân Lập, xã Tân Thành và thị trấn Đồng Văn."
    )
    assert [former for _, former in found.items()] == [False, True, True, True]

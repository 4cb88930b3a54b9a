import pytest

from kg.resolution.naming import as_written, body_key, expanded_words, level_at_end, level_within, title_key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("TTYT Than Uyên", "Trung tâm Y tế huyện Than Uyên"),
        ("Sở Y tế Lai Châu", "SYT tỉnh Lai Châu"),
        ("BVĐK tỉnh Sơn La", "Bệnh viện đa khoa Sơn La"),
        ("Uỷ ban nhân dân xã Mường Và", "UBND xã Mường Và"),
        ("CDC Hà Giang", "Trung tâm Kiểm soát bệnh tật tỉnh Hà Giang"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert body_key(left) == body_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("UBND tỉnh Hòa Bình", "UBND thành phố Hòa Bình"),
        ("Sở Y tế", "Sở Nội vụ"),
        ("UBND tỉnh", "UBND huyện"),
        ("Trạm Y tế xã Hòa An", "Trạm Y tế xã Hoa An"),
    ],
)
def test_other_bodies_do_not(left: str, right: str) -> None:
    assert body_key(left) != body_key(right)


def test_abbreviations_are_written_out() -> None:
    assert expanded_words("PCT UBND") == ("phó", "chủ", "tịch", "ủy", "ban", "nhân", "dân")
    assert title_key("PGĐ") == title_key("Phó Giám đốc")


@pytest.mark.parametrize(
    ("name", "end", "within"),
    [
        ("UBND huyện", "huyện", None),
        ("TTYT huyện Sốp Cộp", None, "huyện"),
        ("Sở Y tế Hà Nội", None, None),
        ("Phòng Y tế thành phố Sơn La", None, "thành phố"),
    ],
)
def test_levels_at_the_end_and_before_a_name(name: str, end: str | None, within: str | None) -> None:
    assert (level_at_end(name), level_within(name)) == (end, within)


def test_what_is_shown_has_one_spelling() -> None:
    assert as_written("TYT xã Mường Và") == "Trạm Y tế xã Mường Và"
    assert as_written("Ðảng ủy") == "Đảng ủy"

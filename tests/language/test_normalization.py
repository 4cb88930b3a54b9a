"""Forms of a text: kept, matched, without marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.normalization import fold_space, matching_key, normalize, without_marks

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hướng Hoá", "Hướng Hóa"),
        ("Uỷ ban", "ỦY BAN"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("Thuý", "Thúy"),
        ("Lê\u00a0Na", "Lê Na"),
        ("ðảng uỷ", "Đảng ủy"),
        ("A – B", "A - B"),
        ("“lời”", '"lời"'),
        ("Covid‑19", "covid-19"),
    ],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Toàn", "Toản"), ("Hà", "Hạ"), ("Than Uyên", "Tân Uyên"), ("Lý", "Lí"), ("đa", "da"), ("quý", "qúy")],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert matching_key(one) != matching_key(other)


@pytest.mark.parametrize("word", ["quý", "toán", "khuya", "thuyền", "hoàng", "quỳ", "ngoằn", "huỳnh"])
def test_the_tone_moves_in_open_syllables_alone(word: str) -> None:
    assert matching_key(word) == word


def test_the_kept_form_is_composed_and_without_control_characters() -> None:
    kept = normalize(unicodedata.normalize("NFD", "Đảng ủy\r\nSở Y tế\rXã\x0bA\x00B\u2028C"))

    assert kept == "Đảng ủy\nSở Y tế\nXã A B C"


def test_marks_are_dropped_for_proposals() -> None:
    assert without_marks("Đặng Thị Hoà – Nghệ An") == "dang thi hoa - nghe an"
    assert fold_space("  Sở\u00a0Y \n tế ") == "Sở Y tế"


@given(st.text())
def test_the_key_of_any_text_has_its_length_and_is_its_own_key(text: str) -> None:
    kept = normalize(text)
    key = matching_key(kept)

    assert len(key) == len(kept)
    assert matching_key(key) == key
    assert key.count("\n") == kept.count("\n")


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ", max_size=40))
def test_the_spelling_of_marks_does_not_matter(text: str) -> None:
    assert matching_key(normalize(unicodedata.normalize("NFD", text))) == matching_key(normalize(text))

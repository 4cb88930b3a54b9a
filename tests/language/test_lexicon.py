"""Lists of phrases as patterns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key


def found(phrases: list[str], text: str) -> list[str]:
    return re.findall(phrase_pattern(phrases), matching_key(text))


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        (["Giám đốc", "Phó Giám đốc"], "ông Hà, Phó Giám đốc", ["phó giám đốc"]),
        (["Sở", "Sở Y tế"], "Sở Y tế và Sở Nội vụ", ["sở y tế", "sở"]),
        (["Ủy ban"], "Uỷ ban nhân dân", ["ủy ban"]),
        (["Sở Y tế"], "Sở Y\n tế", ["sở y\n tế"]),
        (["xã"], "xãy ra ở xã", ["xã"]),
        (["đ/c", "BS.CKII"], "Đ/c BS.CKII Hà", ["đ/c", "bs.ckii"]),
        (["tháng"], "6tháng", []),
    ],
)
def test_the_longest_phrase_wins_as_whole_words(phrases: list[str], text: str, expected: list[str]) -> None:
    assert found(phrases, text) == expected


def test_parts_of_words_match_where_asked() -> None:
    assert re.search(phrase_pattern(["bệnh"], whole_words=False), "khambệnh81") is not None


def test_the_pattern_has_no_groups() -> None:
    assert re.compile(phrase_pattern(["a b", "a c", "(d)"])).groups == 0


@given(
    st.lists(
        st.text(alphabet="abc .()+*ăđ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=8
    )
)
def test_every_phrase_matches_itself(phrases: list[str]) -> None:
    pattern = re.compile(phrase_pattern(phrases, whole_words=False))

    assert all(pattern.fullmatch(matching_key(phrase.strip())) for phrase in phrases)


@pytest.mark.parametrize("name", ["furniture", "dates", "bylines", "abbreviations"])
def test_lists_of_words_hold_words(name: str) -> None:
    for key, values in load_resource(name).items():
        assert all(isinstance(value, str) and value.strip() for value in values), key
        assert len(set(values)) == len(values), key

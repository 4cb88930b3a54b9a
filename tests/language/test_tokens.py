"""Cutting text into syllables, numbers and signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.normalization import matching_key, normalize
from kg.language.tokens import tokenize
from kg.model.sentence import Token, TokenKind
from kg.model.span import Span


def tokens(text: str) -> tuple[Token, ...]:
    return tokenize(text, matching_key(text), Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế, UBND tỉnh", ["Sở", "Y", "tế", ",", "UBND", "tỉnh"]),
        ("khám bệnh81.770/250.000", ["khám", "bệnh", "81.770", "/", "250.000"]),
        ("đạt 32,71%", ["đạt", "32,71", "%"]),
        ("bệnh nhân F0, cúm H5N1", ["bệnh", "nhân", "F0", ",", "cúm", "H5N1"]),
        ("7đồng chí", ["7", "đồng", "chí"]),
        ("H’Linh Niê", ["H’Linh", "Niê"]),
        ("năm 2024.", ["năm", "2024", "."]),
        ("20-NQ/TW", ["20", "-", "NQ", "/", "TW"]),
        ("a_b", ["a", "_", "b"]),
        ("Y\u200b tế\u200b", ["Y", "tế"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


def test_kinds_and_capitals() -> None:
    word, number, sign = tokens("Đạt 5%")

    assert (word.kind, number.kind, sign.kind) == (TokenKind.WORD, TokenKind.NUMBER, TokenKind.PUNCTUATION)
    assert word.is_capitalised
    assert not number.is_capitalised
    assert word.key == "đạt"


def test_tokens_of_a_stretch_stay_inside_it() -> None:
    text = "Trạm Y tế xã Hòa Lộc"

    assert [token.text for token in tokenize(text, matching_key(text), Span(5, 13))] == ["Y", "tế", "xã"]


@given(st.text())
def test_tokens_of_any_text_are_true_and_never_overlap(text: str) -> None:
    kept = normalize(text)
    covered = 0
    for token in tokens(kept):
        assert token.span.start >= covered
        assert kept[token.span.start : token.span.end] == token.text
        assert len(token.key) == len(token.text) > 0
        assert not any(letter.isspace() for letter in token.text)
        covered = token.span.end


@given(st.text(alphabet="aăđ1.,/-% \n()“Đ"))
def test_every_visible_character_is_in_a_token(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == "".join(text.split())

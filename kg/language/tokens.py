"""Cutting text into syllables, numbers and signs."""

from __future__ import annotations

import re

from kg.model.sentence import Token, TokenKind
from kg.model.span import Span

# Vietnamese writes a syllable as a word. Text glued to a number is two tokens ("bệnh81.770"), but a code of
# capitals and digits is one (F0, H5N1). A number keeps its inner points and commas.
# What has no width is no sign.
_TOKEN = re.compile(
    r"(?P<code>(?<![^\W_])[A-ZĐ]{1,3}\d+[A-Z]*\d*(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<punctuation>[^\w\s\u00ad\u200b-\u200f\u2060\ufeff]|_)"
)
_KINDS = {
    "code": TokenKind.WORD,
    "word": TokenKind.WORD,
    "number": TokenKind.NUMBER,
    "punctuation": TokenKind.PUNCTUATION,
}


def tokenize(text: str, key: str, span: Span) -> tuple[Token, ...]:
    """Return the tokens of a stretch of text in order; `key` is `matching_key` of the whole text."""
    tokens = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        start, end = match.span()
        kind = _KINDS[match.lastgroup or "punctuation"]
        tokens.append(Token(Span(start, end), text[start:end], key[start:end], kind))
    return tuple(tokens)

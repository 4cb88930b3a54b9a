"""Sentences and tokens: the text cut up, offsets kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.article import Zone
from kg.model.span import Span


class TokenKind(StrEnum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, a number or a sign.

    Attributes:
        span: where it stands in the article's text.
        text: exactly those characters.
        key: the same number of characters in matching form (see `kg.language.normalization`).
    """

    span: Span
    text: str
    key: str
    kind: TokenKind

    @property
    def is_capitalised(self) -> bool:
        """Tell whether the token is a word that begins with a capital."""
        return self.kind is TokenKind.WORD and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a caption or a list item of one paragraph.

    Attributes:
        span: where it stands in the article's text.
        zone: the zone of its paragraph.
        paragraph: the index of its paragraph in `Article.paragraphs`.
        tokens: its tokens in order; they do not overlap, white space belongs to none.
    """

    span: Span
    zone: Zone
    paragraph: int
    tokens: tuple[Token, ...]

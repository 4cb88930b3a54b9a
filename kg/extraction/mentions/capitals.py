"""What capitals tell about a sentence and its words."""

from __future__ import annotations

import re

from kg.extraction.reading import Reading
from kg.model.sentence import Sentence, Token, TokenKind
from kg.model.span import Span

_NAME_LENGTH = 6


def is_shouted(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence is written in capitals, so that capitals in it tell nothing."""
    text = reading.text(sentence.span)
    capital, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return capital + small >= 8 and capital > 3 * small


def token_at(sentence: Sentence, offset: int) -> int:
    """Return the index of the first token that starts at `offset` or later."""
    low, high = 0, len(sentence.tokens)
    while low < high:
        middle = (low + high) // 2
        if sentence.tokens[middle].span.start < offset:
            low = middle + 1
        else:
            high = middle
    return low


def follows_closely(reading: Reading, left: Token, right: Token) -> bool:
    """Tell whether only blanks stand between two tokens: a sentence crosses a line in a name alone."""
    gap = reading.article.text[left.span.end : right.span.start]
    return gap.strip() == "" and gap != ""


def capital_run(reading: Reading, sentence: Sentence, first: int, most: int = _NAME_LENGTH) -> int:
    """Return the index after the run of capitalised words that begins at token `first`.

    The syllables of a name stand side by side: a sign ends the run.
    """
    index = first
    while index < len(sentence.tokens) and index - first < most:
        token = sentence.tokens[index]
        if not token.is_capitalised:
            break
        if index > first and not follows_closely(reading, sentence.tokens[index - 1], token):
            break
        index += 1
    return index


def span_of(sentence: Sentence, first: int, after: int) -> Span:
    """Return the span from token `first` up to, and without, token `after`."""
    return Span(sentence.tokens[first].span.start, sentence.tokens[after - 1].span.end)


def capitalised_throughout(reading: Reading, span: Span) -> bool:
    """Tell whether every word of a span begins with a capital."""
    words: list[str] = re.findall(r"[^\W\d_]+", reading.text(span))
    return bool(words) and all(word[0].isupper() for word in words)


def is_word(token: Token) -> bool:
    """Tell whether a token is made of letters."""
    return token.kind is TokenKind.WORD

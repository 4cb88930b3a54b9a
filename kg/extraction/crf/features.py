"""What the model sees of a text: its tokens in short sequences, and what can be said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.mentions.body_heads import head_pattern
from kg.extraction.mentions.names import is_surname
from kg.extraction.mentions.titles import title_pattern
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.tokens import tokenize
from kg.model.sentence import Token, TokenKind
from kg.model.span import Span

_ENDS = frozenset(".;!?")
_LONGEST = 200  # tokens; a line without any sign is cut here, so that time and memory stay linear
_REACH = (-2, -1, 1, 2)  # how far around a token its neighbours are seen
_HONORIFIC = re.compile(phrase_pattern(load_resource("people")["honorifics"]))
_LINE = re.compile(r"[^\n]+")


def sequences(text: str, key: str) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens of a text, cut at line breaks and at the ends of sentences.

    Args:
        text: in NFC.
        key: `matching_key` of it.
    """
    for line in _LINE.finditer(text):
        tokens = tokenize(text, key, Span(*line.span()))
        first = 0
        for after, token in enumerate(tokens, start=1):
            if token.text in _ENDS or after - first == _LONGEST or after == len(tokens):
                yield tokens[first:after]
                first = after


def features(tokens: Sequence[Token], key: str) -> list[list[str]]:
    """Return what the model is told of each token of a sequence, its neighbours included."""
    own = _own(tokens, key)
    seen = []
    for place, told in enumerate(own):
        around = [
            f"{step}:{feature}"
            for step in _REACH
            if 0 <= place + step < len(own)
            for feature in own[place + step]
        ]
        edges = [name for name, at in (("first", 0), ("last", len(own) - 1)) if place == at]
        seen.append([*told, *around, *edges])
    return seen


def _own(tokens: Sequence[Token], key: str) -> list[list[str]]:
    scope = Span(tokens[0].span.start, tokens[-1].span.end)
    lexicons = {
        name: _covered(pattern, key, scope)
        for name, pattern in (("title", title_pattern()), ("head", head_pattern()), ("honorific", _HONORIFIC))
    }
    return [
        [
            f"word={token.key}",
            f"shape={_shape(token)}",
            *(["surname"] if is_surname(token.key) else []),
            *(name for name, offsets in lexicons.items() if token.span.start in offsets),
        ]
        for token in tokens
    ]


def _covered(pattern: re.Pattern[str], key: str, scope: Span) -> frozenset[int]:
    found = pattern.finditer(key, scope.start, scope.end)
    return frozenset(offset for match in found for offset in range(match.start(), match.end()))


def _shape(token: Token) -> str:
    if token.kind is not TokenKind.WORD:
        return token.kind.value
    if token.text.isupper():
        return "capitals" if len(token.text) > 1 else "capital"
    return "capitalised" if token.is_capitalised else "small"

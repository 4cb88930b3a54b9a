"""The lines of a text, as the parser of articles sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.span import Span

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_VISIBLE = re.compile(r"[^\s\u200b\u200e\u200f\ufeff\u00ad]")
_ENOUGH = 400  # characters; a line longer than that is no headline
_STOP = re.compile(r"[.!?…/]+[\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line without the white space around it.

    Attributes:
        text: its characters.
        key: the same number of characters in matching form.
        words: the number of stretches between white space.
        after_gap: an empty line stands before it.
    """

    span: Span
    text: str
    key: str
    words: int
    after_gap: bool = False

    @property
    def core(self) -> str:
        """The key's letters alone, words separated by single spaces."""
        return letters_only(self.key)

    @property
    def stops(self) -> bool:
        """Tell whether it ends as a sentence does."""
        return _STOP.search(self.key[-8:]) is not None

    @property
    def in_capitals(self) -> bool:
        """Tell whether it has letters and hardly any in lower case."""
        text = self.text[:_ENOUGH]
        letters, lower = sum(map(str.isalpha, text)), sum(map(str.islower, text))
        return letters >= 2 and lower * 12 <= letters

    def part(self, start: int, end: int) -> Line:
        """Return the stretch between two offsets into this line, as a line of its own."""
        span = Span(self.span.start + start, self.span.start + end)
        text = self.text[start:end]
        return Line(span, text, self.key[start:end], len(text.split()))


def split_lines(text: str, key: str) -> tuple[Line, ...]:
    """Return the non-empty lines of a text in order; `key` is its matching key."""
    lines = []
    start, gap = 0, False
    for raw in text.split("\n"):
        first = _VISIBLE.search(raw)
        if first is None:
            gap = True
        else:
            end = len(raw)
            while _VISIBLE.match(raw, end - 1) is None:
                end -= 1
            span = Span(start + first.start(), start + end)
            line = text[span.start : span.end]
            lines.append(Line(span, line, key[span.start : span.end], len(line.split()), gap))
            gap = False
        start += len(raw) + 1
    return tuple(lines)


def letters_only(key: str) -> str:
    """Return the words of a key without digits and signs."""
    return _NOT_LETTERS.sub(" ", key).strip()

"""How wide text is and where its lines break, for pictures in which nothing else breaks lines.

Without the reader's font the widths are estimates, on the wide side, so that text stays inside its picture.
"""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iIjlt.,;:'|()[]!/-‐ ")
_WIDE = frozenset("mwMW%@—")
# Shares of the size of the font, of a wide face (DejaVu Sans).
_NARROW_SHARE, _WIDE_SHARE, _UPPER_SHARE, _LOWER_SHARE, _FULL_SHARE = 0.38, 0.95, 0.72, 0.61, 1.05


def width_of(text: str, size: float) -> float:
    """Return about how wide a line of text is at a size of font, in the unit of the size."""
    return size * sum(map(_share, text))


def wrapped(text: str, *, width: float, size: float, most_lines: int) -> tuple[str, ...]:
    """Return text in lines no wider than `width`; what does not fit into the lines ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.extend(_broken(word, width, size))
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], _ended(lines[most_lines - 1], width, size)]
    return tuple(lines)


def _broken(word: str, width: float, size: float) -> list[str]:
    """Return a word in pieces, cut only where it is wider than a line."""
    pieces = [""]
    for character in word:
        if (
            pieces[-1]
            and width_of(pieces[-1] + character, size) > width
            and not unicodedata.combining(character)
        ):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _ended(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def _share(character: str) -> float:
    bare = unicodedata.normalize("NFD", character)[0]
    if unicodedata.category(bare) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if bare in _NARROW:
        return _NARROW_SHARE
    if bare in _WIDE:
        return _WIDE_SHARE
    if unicodedata.east_asian_width(bare) in ("W", "F"):
        return _FULL_SHARE
    return _UPPER_SHARE if bare.isupper() else _LOWER_SHARE

"""A text in the making that remembers what its stretches mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.truth.records import Mark


@dataclass(frozen=True, slots=True)
class Tag:
    """Some pieces that name a thing of the world."""

    kind: str
    id: str
    form: str
    pieces: tuple[Piece, ...]
    weak: bool = False


Piece = str | Tag


class Draft:
    """Takes pieces and gives a text with its marks; nothing changes the length of what is written."""

    def __init__(self) -> None:
        """Start empty."""
        self._parts: list[str] = []
        self._length = 0
        self.marks: list[Mark] = []

    @property
    def text(self) -> str:
        """What is written so far."""
        return "".join(self._parts)

    def write(self, pieces: Iterable[Piece], *, capitals: bool = False) -> None:
        """Write pieces one behind the other, all in capitals if wanted."""
        for piece in pieces:
            if isinstance(piece, str):
                words = piece.upper() if capitals else piece
                self._parts.append(words)
                self._length += len(words)
                continue
            start = self._length
            self.write(piece.pieces, capitals=capitals)
            form = f"{piece.form}+capitals" if capitals else piece.form
            self.marks.append(Mark(start, self._length, piece.kind, piece.id, form, piece.weak))

    def paragraph(self, pieces: Iterable[Piece], *, capitals: bool = False) -> None:
        """Write a line of its own, with a first letter in capitals."""
        start = len(self._parts)
        self.write(pieces, capitals=capitals)
        if len(self._parts) > start:
            first = self._parts[start]
            self._parts[start] = first[:1].upper() + first[1:]
        self.write(["\n\n"])

"""Figures that are listed apart from their names: "A, B và C lần lượt là 12, 34 và 56 ca"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extraction.reading import Reading
from kg.extraction.relations.observation_arguments import Indicator
from kg.extraction.relations.observation_figures import Figure
from kg.model.span import Span

_RESPECTIVELY = re.compile(
    r"(?:,\s|\s)?(?:với\s)?(?:số\s[^\W\d_]+\s|tỷ lệ\s|tỉ lệ\s)?lần lượt"
    r"(?:\s(?:là|đạt|ở mức|có|tăng|giảm|chiếm|còn|với))*[\s:]*$"
)
_JOINT = re.compile(r",\s|\s(?:và|cùng)\s|;\s")
_ONLY_JOINT = re.compile(r"(?:\s(?:người|ca|lượt|trẻ|trường hợp))?\s*(?:,|;|và|;\svà|,\svà)\s*")
_START = re.compile(r"[;:.]\s|(?:trong đó|bao gồm|gồm|với)\s")
_COMMA = re.compile(r",\s")
_LONGEST_NAME = 90


def respective_indicators(reading: Reading, figures: Sequence[Figure]) -> Mapping[int, Indicator]:
    """Return the names of figures that stand in a list of their own, by place in the sentence."""
    found: dict[int, Indicator] = {}
    for index, figure in enumerate(figures):
        match = _RESPECTIVELY.search(figure.before)
        if match is None:
            continue
        count = 1
        while index + count < len(figures) and _ONLY_JOINT.fullmatch(figures[index + count].before):
            count += 1
        names = _names(reading, Span(figure.floor, figure.floor + match.start()), count)
        unit = next(
            (other.quantity.unit for other in figures[index : index + count] if other.quantity.unit), None
        )
        for place, name in enumerate(names):
            found[index + place] = Indicator(reading.surface(name), (name,), unit=unit)
        if not names and count > 1:
            # "ở ba huyện lần lượt là 1, 2 và 3": one name for all.
            whole = _last_piece(reading, Span(figure.floor, figure.floor + match.start()))
            if whole is not None:
                named = Indicator(reading.surface(whole), (whole,), unit=unit)
                found.update(dict.fromkeys(range(index, index + count), named))
    return found


def _last_piece(reading: Reading, scope: Span) -> Span | None:
    """Return what stands before the list, from the last mark or comma on."""
    text = reading.key[scope.start : scope.end]
    marks = [match.end() for pattern in (_START, _COMMA) for match in pattern.finditer(text)]
    piece = Span(max(scope.start + max(marks, default=0), scope.end - _LONGEST_NAME), scope.end)
    return piece if reading.surface(piece) else None


def _names(reading: Reading, scope: Span, count: int) -> list[Span]:
    """Return the last names of a list, as many as there are figures, or none where there are fewer."""
    text = reading.key[scope.start : scope.end]
    starts = [match.end() for match in _START.finditer(text)]
    start = starts[-1] if starts else 0
    pieces = []
    for match in _JOINT.finditer(text, start):
        pieces.append(Span(scope.start + start, scope.start + match.start()))
        start = match.end()
    pieces.append(Span(scope.start + start, scope.end))
    pieces = [piece for piece in pieces if reading.surface(piece)]
    if len(pieces) < count or count < 2:
        return []
    return [Span(max(piece.start, piece.end - _LONGEST_NAME), piece.end) for piece in pieces[-count:]]

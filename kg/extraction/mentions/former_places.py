"""Which places a text speaks of as they were before a change: "huyện A cũ", "phường B (nay là phường C)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource
from kg.model.mention import PlaceMention

_CUES = load_resource("places")["former"]
_WORD_ENDS = r"(?![^\W_])"
_BEHIND = re.compile(
    rf"\s*(?:\(\s*)?(?:(?:{'|'.join(_CUES['behind'])}){_WORD_ENDS}"
    rf"|(?:{'|'.join(_CUES['behind_closed'])})(?=\s*(?:[,.;:)]|$)))"
)
_BETWEEN = re.compile(rf"\s*(?:[,(-]\s*)?(?:{'|'.join(_CUES['between'])})\s+")
_COUNTED = rf"(?:(?:{'|'.join(_CUES['counted'])})\s+)*"
_BEFORE = re.compile(rf"(?<![^\W_])(?:{'|'.join(_CUES['before'])})\s+{_COUNTED}$")
_NEXT_IN_LIST = re.compile(rf"\s*(?:[,;]\s*)?{_COUNTED}")
_OUTWARDS = re.compile(r"\s*,\s*|\s+")
_LIST_GAP = re.compile(r"\s*(?:,|;|và|,\s*và)\s*")
_LOOK_BACK = 60
_WIDTH = {"village": 4, "province": 1, "city": 2, "district": 2, "town": 2}
_COMMUNE = 3


def mark_former(reading: Reading, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the places of a sentence in order, with those marked that are spoken of as former."""
    found = sorted(mentions, key=lambda mention: mention.span)
    former: set[int] = set()
    for index, mention in enumerate(found):
        if _is_said_behind(reading, found, index):
            former.update(_inwards(reading, found, index))
        start = max(0, mention.span.start - _LOOK_BACK)
        if _BEFORE.search(reading.key, start, mention.span.start):
            former.update(_listed_on(reading, found, index))
    return [replace(it, former=True) if at in former else it for at, it in enumerate(found)]


def _is_said_behind(reading: Reading, found: Sequence[PlaceMention], index: int) -> bool:
    end = found[index].span.end
    if _BEHIND.match(reading.key, end) is not None:
        return True
    # "nay là" says so only where the place of today follows: a province may be "nay là một trong …".
    between = _BETWEEN.match(reading.key, end)
    return between is not None and any(other.span.start == between.end() for other in found[index + 1 :])


def _inwards(reading: Reading, found: Sequence[PlaceMention], index: int) -> set[int]:
    """Return the place, the others of its list, and what is said to lie in it: all of "xã A, huyện B cũ"."""
    reached = {index}
    while index > 0:
        inner, outer = found[index - 1], found[index]
        gap = reading.key[inner.span.end : outer.span.start]
        same_list = outer.rule == "places.list" and inner.level == outer.level and _LIST_GAP.fullmatch(gap)
        # What lay in a former province may be a commune of today.
        inside = width(inner) > width(outer) > 1 and _OUTWARDS.fullmatch(gap)
        if not (same_list or inside):
            break
        index -= 1
        reached.add(index)
    return reached


def _listed_on(reading: Reading, found: Sequence[PlaceMention], index: int) -> set[int]:
    """Return the place and those that are listed behind it: "sáp nhập xã A, xã B và thị trấn C"."""
    reached = {index}
    while index + 1 < len(found):
        gap = reading.key[found[index].span.end : found[index + 1].span.start]
        if not gap.strip() or len(gap) > _LOOK_BACK or _NEXT_IN_LIST.fullmatch(gap) is None:
            break
        index += 1
        reached.add(index)
    return reached


def width(mention: PlaceMention) -> int:
    """Return how narrow a place is: 1 for a province, 4 for a village."""
    return _WIDTH.get(mention.level, _COMMUNE)

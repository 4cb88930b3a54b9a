"""Finding the headline among the first lines of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.ingest.bylines import read_label
from kg.ingest.datelines import read_dateline, read_opening
from kg.ingest.lines import Line
from kg.ingest.shapes import Shape, is_address, is_masthead, is_prose, is_section, opens_with_date

_HEAD = 40  # lines in which a headline is looked for
_LONGEST = 45  # words of a headline
_INNER_STOP = re.compile(r"[.!?…]\s+\S")


def find_title(lines: Sequence[Line], shapes: Sequence[Shape]) -> range | None:
    """Return the indices of the lines that the headline takes up; None where the text opens with its body."""
    head = _candidates(lines, shapes)
    if not head:
        return None
    times = Counter(lines[index].core for index in head)
    strong = [index for index in head if not _is_weak(lines[index])]
    repeated = [index for index in strong if times[lines[index].core] > 1]
    chosen = next(iter(repeated or strong or [index for index in head if lines[index].words >= 3]), None)
    if chosen is None:
        return None
    chosen = _without_site(lines, head, chosen)
    return range(chosen, _last_line(lines, shapes, chosen) + 1)


def _candidates(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[int]:
    """Return the indices of the lines before the first running text that may be a headline."""
    found: list[int] = []
    for index, line in enumerate(lines[:_HEAD]):
        if shapes[index] is not Shape.TEXT or read_dateline(line) or read_label(line) or is_address(line):
            continue
        if is_prose(line) or line.words > _LONGEST or read_opening(line):
            only = not any(not _is_weak(lines[earlier]) for earlier in found)
            if only and _is_headline_with_stop(line) and any(map(is_prose, lines[index + 1 : index + 6])):
                found.append(index)
            break
        found.append(index)
    return found


def _is_headline_with_stop(line: Line) -> bool:
    single = _INNER_STOP.search(line.key) is None
    return single and line.words <= _LONGEST and not opens_with_date(line) and read_opening(line) is None


def _is_weak(line: Line) -> bool:
    if line.words <= 2 or (line.words < 4 and not line.text[0].isalnum()):
        return True
    return is_section(line) or is_masthead(line)


def _without_site(lines: Sequence[Line], head: Sequence[int], chosen: int) -> int:
    """Return the later line that repeats the chosen one without the site's name, where there is one."""
    for later in head:
        line = lines[later]
        if later > chosen and line.words >= 4 and lines[chosen].key.startswith(line.key.rstrip(".")):
            return later
    return chosen


def _last_line(lines: Sequence[Line], shapes: Sequence[Shape], first: int) -> int:
    """Return the index of the last line of a headline that a page breaks over several."""
    last, words = first, lines[first].words
    for index in range(first + 1, min(first + 4, len(lines))):
        line = lines[index]
        if line.after_gap or shapes[index] is not Shape.TEXT or read_dateline(line) or read_label(line):
            break
        words += line.words
        both_capitals = line.in_capitals and lines[first].in_capitals
        goes_on = line.text[0].islower() and not lines[last].stops and not is_prose(line)
        if words > _LONGEST or line.core == lines[first].core or not (both_capitals or goes_on):
            break
        last = index
    return last

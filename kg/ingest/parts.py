"""Lines that are two things at once: a body with the site's name before it, or a name after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.bylines import name_in, read_label, trailing_credit, without_brackets
from kg.ingest.datelines import read_opening
from kg.ingest.lines import Line
from kg.ingest.shapes import is_prose
from kg.model.article import Zone

Part = tuple[Line, Zone]

# "SKĐS - Chiều 20/5, …": a tag in capitals, or an address, and a dash before the first word of the body.
_TAG = re.compile(
    r"(?:[A-ZĐ][A-ZĐ&.]{1,9}|[A-Za-z][\w\-]{1,20}\.(?:vn|com|net|org|gov\.vn|com\.vn))"
    r"\s?[-–—]\s{1,3}(?=[\"“(]?[A-ZĐÀ-Ỹ])"
)
_FRAGMENT = re.compile(
    r"(?:\./\.|[.!?…]['\")”]?)\s{1,6}(?=[^.!?…\n]{3,70}\.?$)|(?:\./\.)\s{0,6}(?=\S)|(?<=[.!?…])\s?(?=\()"
)
_SENTENCE = 8  # words
_TAIL = 90  # characters at the end of a body in which its author may stand


def split_lines_in_parts(lines: Sequence[Line], zones: Sequence[Zone]) -> Iterator[Part]:
    """Yield lines with their zones, those of the body and of captions cut where another zone begins."""
    body = [
        index for index, zone in enumerate(zones) if zone is Zone.BODY and lines[index].words >= _SENTENCE
    ]
    first = next((index for index in body if is_prose(lines[index])), -1)
    last = body[-1] if body else -1
    for index, (line, zone) in enumerate(zip(lines, zones, strict=True)):
        if zone not in {Zone.BODY, Zone.CAPTION}:
            yield line, zone
            continue
        rest = line
        if index == first:
            start, opening_zone = _end_of_opening(line)
            if start:
                yield line.part(0, start), opening_zone
                rest = line.part(start, len(line.text))
        end = _start_of_name(rest) if index == last else None
        end = trailing_credit(rest) if end is None else end
        if end is None:
            yield rest, zone
        else:
            yield _trimmed(rest.part(0, end)), zone
            yield rest.part(end, len(rest.text)), Zone.BYLINE


def _end_of_opening(line: Line) -> tuple[int, Zone]:
    opening = read_opening(line)
    if opening is not None:
        span, published = opening
        return span.end - line.span.start, Zone.DATELINE if published else Zone.SOURCE
    tag = _TAG.match(line.text)
    return (tag.end(), Zone.SOURCE) if tag else (0, Zone.SOURCE)


def _start_of_name(line: Line) -> int | None:
    """Return where, after its last sentence, a body names its author on the same line."""
    for match in _FRAGMENT.finditer(line.key, max(0, len(line.key) - _TAIL)):
        rest = line.part(match.end(), len(line.text))
        label = read_label(rest)
        if label is not None and (label.author or label.publisher):
            return match.end()
        inner = without_brackets(rest)
        if name_in(inner) is not None and (inner.words >= 2 or inner is not rest):
            return match.end()
    return None


def _trimmed(line: Line) -> Line:
    return line.part(0, len(line.text.rstrip(" \t\u00a0(")))

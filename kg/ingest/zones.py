"""Telling what each line of a page is for: the zones of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.ingest.bylines import Byline, name_in, read_label, read_signature
from kg.ingest.captions import is_caption
from kg.ingest.datelines import read_dateline
from kg.ingest.lines import Line
from kg.ingest.shapes import (
    Shape,
    is_address,
    is_contact,
    is_item,
    is_picture,
    is_prose,
    is_section,
    lists_an_article,
)
from kg.model.article import Zone

_NOT_WORDS = re.compile(r"\W+")
_TEXT = frozenset({Zone.BODY, Zone.CAPTION})
_REPEATED = 6  # words of a line that is not said twice by chance
_STRAY = 3  # words
_LISTED = 2  # lines in the form "headline date" that make a list of other articles


def find_zones(lines: Sequence[Line], shapes: Sequence[Shape], title: range | None) -> tuple[Zone, ...]:
    """Return the zone of every line.

    Args:
        lines: the non-empty lines of the page.
        shapes: the form of each.
        title: the indices of the headline's lines.
    """
    title = title or range(0)
    told = _told(" ".join(lines[index].key for index in title))
    zones = [
        Zone.TITLE
        if index in title
        else _first_zone(line, shapes[index], above=index < title.start, repeats=_told(line.key) == told)
        for index, line in enumerate(lines)
    ]
    _mark_related(lines, shapes, zones, title.stop)
    _mark_head(lines, zones, title.stop)
    _mark_signatures(lines, zones)
    _mark_captions(lines, zones)
    _mark_repeats(lines, zones)
    return tuple(zones)


def _first_zone(line: Line, form: Shape, *, above: bool, repeats: bool) -> Zone:
    """Return the zone of a line by itself, `above` the headline or below it."""
    if read_dateline(line):
        return Zone.DATELINE
    if above or repeats:
        return Zone.FURNITURE
    label = read_label(line)
    if label is not None:
        return Zone.BYLINE if label.author or not label.publisher else Zone.SOURCE
    if form is Shape.TEXT:
        return Zone.BODY
    return Zone.RELATED if form in {Shape.RELATED, Shape.POINTER} else Zone.FURNITURE


def _told(key: str) -> str:
    """Return the words and numbers of a key, without the signs between them."""
    return " ".join(_NOT_WORDS.split(key)).strip()


def _mark_related(lines: Sequence[Line], shapes: Sequence[Shape], zones: list[Zone], start: int) -> None:
    """Take what follows a heading of related news, or of comments, out of the body."""
    index = start
    seen_body = signed = False
    while index < len(lines):
        begins = shapes[index] in {Shape.RELATED, Shape.CLOSING} or _begins_list(lines, zones, index)
        if begins:
            after = len(lines) if seen_body and signed else _resumes(lines, zones, index + 1, seen_body)
            closing = shapes[index] is Shape.CLOSING
            for inside in range(index, after):
                if zones[inside] in _TEXT or zones[inside] is Zone.DATELINE or not seen_body:
                    zones[inside] = Zone.FURNITURE if closing else Zone.RELATED
                elif zones[inside] in {Zone.BYLINE, Zone.SOURCE} and shapes[index] is Shape.RELATED:
                    zones[inside] = Zone.RELATED
            index = after
            continue
        signed = signed or (seen_body and zones[index] is Zone.BYLINE)
        seen_body = seen_body or (zones[index] is Zone.BODY and is_prose(lines[index]))
        index += 1


def _begins_list(lines: Sequence[Line], zones: Sequence[Zone], index: int) -> bool:
    """Tell whether a list of dated headlines begins here without a heading."""
    listed = range(index, min(index + _LISTED, len(lines)))
    return len(listed) == _LISTED and all(
        zones[i] is Zone.BODY and lists_an_article(lines[i]) for i in listed
    )


def _resumes(lines: Sequence[Line], zones: Sequence[Zone], start: int, seen_body: bool) -> int:
    """Return the index at which the article goes on after a box of related news, or the number of lines.

    Teasers of other articles stand between their headlines, so only two running texts in a row, one that is
    signed, or the first one of a page whose body has not begun, are the article again.
    """
    for index in range(start, len(lines)):
        if zones[index] is not Zone.BODY or not is_prose(lines[index]) or is_item(lines[index]):
            continue
        if not seen_body or (index + 1 < len(lines) and _goes_on(lines[index + 1], zones[index + 1])):
            return index
    return len(lines)


def _goes_on(line: Line, zone: Zone) -> bool:
    if zone is Zone.BODY and is_prose(line):
        return not is_item(line)
    return zone is Zone.BYLINE or (zone is Zone.BODY and line.words <= 6 and name_in(line) is not None)


def _mark_head(lines: Sequence[Line], zones: list[Zone], start: int) -> None:
    """Tell names, addresses and sections from text between the headline and the first running text."""
    first = next((i for i in range(start, len(lines)) if zones[i] is Zone.BODY and is_prose(lines[i])), None)
    for index in range(start, len(lines) if first is None else first):
        if zones[index] is not Zone.BODY:
            continue
        line = lines[index]
        if is_address(line) or is_section(line):
            zones[index] = Zone.FURNITURE
        elif first is not None and line.words <= 6 and name_in(line) is not None:
            zones[index] = Zone.BYLINE


def _mark_signatures(lines: Sequence[Line], zones: list[Zone]) -> None:
    """Tell the names under the body from its last lines, and what stands below them from the body."""
    body = [index for index, zone in enumerate(zones) if zone is Zone.BODY]
    prose = [index for index in body if is_prose(lines[index])]
    if not prose:
        return
    signed = _early_signature(lines, body, prose)
    labelled = (
        i for i in range(prose[-1], len(zones)) if zones[i] is Zone.BYLINE and _names_author(lines[i])
    )
    ended = next(labelled, None) if signed is None else signed
    listing = False
    for index in body:
        line = lines[index]
        if index <= prose[0] or (index <= prose[-1] and index != signed):
            continue
        if ended is not None and index > ended:
            zones[index] = _zone_after_end(line, index - ended, related=ended < prose[-1])
            continue
        signature = _signature(lines, index)
        # Names after a colon are a list, and belong to the body.
        listing = signature is not None and (listing or lines[index - 1].key.endswith(":"))
        if signature is not None and not listing:
            zones[index] = Zone.BYLINE if signature.author else Zone.SOURCE
            ended = index if signature.author else ended
        elif not listing and _is_stray(line):
            zones[index] = Zone.FURNITURE
    if signed is not None and signed < prose[-1]:
        for index in body:
            if index > signed and zones[index] is Zone.BODY:
                zones[index] = Zone.RELATED


def _signature(lines: Sequence[Line], index: int) -> Byline | None:
    line = lines[index]
    if is_item(line) or _names_picture(line):
        return None
    owner = index + 1 < len(lines) and is_contact(lines[index + 1])  # the foot of the page
    return None if owner else read_signature(line)


def _is_stray(line: Line) -> bool:
    """Tell whether a line below the body is a heading of the page's margin."""
    return (
        line.words <= _STRAY
        and not line.stops
        and not is_item(line)
        and not line.key.endswith((":", ";", ","))
    )


def _names_author(line: Line) -> bool:
    label = read_label(line)
    return label is not None and label.author is not None


def _zone_after_end(line: Line, distance: int, *, related: bool) -> Zone:
    """Return the zone of a line below the author's name: a unit, a caption, or none of the article."""
    if distance <= 2 and read_signature(line):
        return Zone.BYLINE
    if not related and is_caption(line, strict=True):
        return Zone.CAPTION
    return Zone.RELATED if related else Zone.FURNITURE


def _names_picture(line: Line) -> bool:
    return line.key.startswith(("hình", "ảnh")) or " hình ảnh" in line.key


def _early_signature(lines: Sequence[Line], body: Sequence[int], prose: Sequence[int]) -> int | None:
    """Return the index of a bare name after which only teasers of other articles follow."""
    running = [is_prose(lines[index]) for index in body]
    texts = 0  # running texts after the position at hand, which goes backwards
    found = None
    for position in range(len(body) - 2, 0, -1):
        texts += running[position + 1]
        if running[position + 1] and position + 2 < len(body) and running[position + 2]:
            break  # two running texts in a row are an article
        index, after = body[position], len(body) - 1 - position
        if index >= prose[-1] or running[position] or texts * 2 > after or lines[index].words > 6:
            continue
        near = [lines[body[beside]] for beside in (position - 1, position + 1)]
        alone = not any(name_in(line) for line in near)
        if index > prose[0] and alone and not is_item(lines[index]) and name_in(lines[index]):
            found = index
    return found


def _mark_captions(lines: Sequence[Line], zones: list[Zone]) -> None:
    seen_prose = False
    for index, zone in enumerate(zones):
        if zone is not Zone.BODY:
            continue
        line = lines[index]
        if is_prose(line) and not is_caption(line):
            seen_prose = True
            continue
        beside = any(
            0 <= near < len(lines) and zones[near] is Zone.FURNITURE and is_picture(lines[near])
            for near in (index - 1, index + 1)
        )
        if is_caption(line, beside_picture=beside) and (seen_prose or beside):
            zones[index] = Zone.CAPTION


def _mark_repeats(lines: Sequence[Line], zones: list[Zone]) -> None:
    """Take out what a page says twice: leads above the body, captions beside their pictures."""
    seen: set[str] = set()
    running = [index for index, zone in enumerate(zones) if zone is Zone.BODY and is_prose(lines[index])]
    for index, zone in enumerate(zones):
        line = lines[index]
        if zone not in _TEXT or line.words < _REPEATED:
            continue
        if line.key in seen:
            zones[index] = Zone.FURNITURE
        seen.add(line.key)
    for index, after in pairwise(running[:3]):
        lead = lines[index].key.rstrip(".… ")
        if lines[index].key.endswith(("...", "…")) and lines[after].key.startswith(lead):
            zones[index] = Zone.FURNITURE

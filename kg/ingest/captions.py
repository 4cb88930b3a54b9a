"""Which lines of a body are captions of pictures."""

from __future__ import annotations

import re

from kg.ingest.bylines import trailing_credit
from kg.ingest.lines import Line
from kg.ingest.shapes import is_item
from kg.language.lexicon import load_resource, phrase_pattern

_CUES = load_resource("furniture")
_OPENING = re.compile(rf"\W{{0,3}}(?:{phrase_pattern(_CUES['caption_beginning'])})")
_LABEL = re.compile(r"\W{0,3}(?:ảnh|hình)(?:\s\d{1,2})?\s?[:.]")
_INSIDE = re.compile(phrase_pattern(_CUES["caption_inside"]))
_VERB = re.compile(phrase_pattern(_CUES["caption_verbs"]))
_BODY = re.compile(phrase_pattern(_CUES["not_captions"]))
_AT_EVENT = re.compile(r"\stại\s(?:hội|buổi|lễ|cuộc|đại hội|phiên|chương trình|điểm cầu|lớp)[^.,;]{0,60}\.?$")
_LONGEST, _SHORT = 45, 30  # words


def is_caption(line: Line, *, beside_picture: bool = False, strict: bool = False) -> bool:
    """Tell whether a short line between paragraphs describes a picture.

    Args:
        line: the line.
        beside_picture: a picture's file name stands directly before or after it.
        strict: a verb does not suffice; headlines of other articles have one too.
    """
    if line.words > _LONGEST or line.key.endswith((":", ";", ",")) or is_item(line):
        return False
    if _LABEL.match(line.key) or trailing_credit(line) is not None:
        return True
    if line.words > _SHORT:
        return not line.stops and _INSIDE.search(line.key) is not None
    if beside_picture or _INSIDE.search(line.key):
        return True
    if _OPENING.match(line.key) and (not line.stops or line.words <= 16):
        return True
    return _AT_EVENT.search(line.key) is not None if strict else _shows_somebody(line)


def _shows_somebody(line: Line) -> bool:
    """Tell whether a line says what somebody is seen doing, as captions do and headings do not."""
    if not line.text[0].isupper() or _BODY.match(line.key) or _VERB.search(line.key) is None:
        return False
    if line.stops:
        return line.words <= 18 and _AT_EVENT.search(line.key) is not None
    return line.words >= 3 and not line.in_capitals

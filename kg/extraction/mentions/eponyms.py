"""Telling a person's name that a body bears from the name of the one who heads it."""

from __future__ import annotations

import re

from kg.extraction.mentions.body_heads import sector_pattern
from kg.extraction.mentions.titles import title_pattern
from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.sentence import Sentence

_KNOWN = re.compile(phrase_pattern(load_resource("organizations")["eponyms"]))
# "Giám đốc", but also "Trưởng khoa Hồi sức tích cực".
_TITLE_BEFORE = re.compile(rf"{title_pattern().pattern}\s+(?:{sector_pattern().pattern}\s+)?(?:của\s+)?$")
_HEAD_OF = re.compile(r"(?<![^\W_])trưởng\s+$")  # "Trưởng Trạm Y tế N": the title goes on in the body's name
_NAME_BEFORE = re.compile(r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s+){1,4}[A-ZĐÀ-Ỹ][^\W\d_]*\s*[,–—-]\s*$")
_LOOK_BACK = 60


def stands_behind_title(reading: Reading, head: int) -> bool:
    """Tell whether the head of a body at an offset stands right behind a title."""
    return _TITLE_BEFORE.search(reading.key[max(0, head - _LOOK_BACK) : head]) is not None


def is_eponym(reading: Reading, sentence: Sentence, head: int, name: int) -> bool:
    """Tell whether the person's name at offset `name` is that of the body whose head stands at `head`.

    Behind a title it is the holder's ("Giám đốc Bệnh viện N"), unless the body is known by that name or the
    holder was named before ("N, Giám đốc Bệnh viện Nguyễn Tri Phương").
    """
    if _KNOWN.match(reading.key, name) is not None:
        return True
    start = max(sentence.span.start, head - _LOOK_BACK)
    title = _TITLE_BEFORE.search(reading.key[start:head]) or _HEAD_OF.search(reading.key[start:head])
    if title is None:
        return True
    before = reading.article.text[
        max(sentence.span.start, start + title.start() - _LOOK_BACK) : start + title.start()
    ]
    return _NAME_BEFORE.search(before) is not None

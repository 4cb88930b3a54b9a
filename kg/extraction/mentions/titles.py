"""The words that name posts."""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.sentence import Sentence

_DATA = load_resource("posts")


@cache
def title_pattern() -> re.Pattern[str]:
    """Return the pattern that finds any title in a text's matching key."""
    return re.compile(phrase_pattern([*_DATA["full"], *_DATA["open"]]))


@cache
def profession_pattern() -> re.Pattern[str]:
    """Return the pattern that finds the titles which are posts only with a body behind them."""
    return re.compile(rf"(?P<title>{phrase_pattern(_DATA['with_body'])})\s+(?:của\s+|tại\s+)?")


@cache
def _full_pattern() -> re.Pattern[str]:
    return re.compile(phrase_pattern(_DATA["full"]))


def title_starts(reading: Reading, sentence: Sentence) -> frozenset[int]:
    """Return the offsets at which a title begins in a sentence."""
    return frozenset(
        match.start()
        for match in title_pattern().finditer(reading.key, sentence.span.start, sentence.span.end)
    )


def title_interiors(reading: Reading, sentence: Sentence) -> frozenset[int]:
    """Return the offsets inside titles that end where they end: no body begins there.

    "Tỉnh ủy viên" holds no Tỉnh ủy, "Ủy viên Ban Thường vụ" no Ban Thường vụ; but "Trưởng Ban Tổ chức
    Huyện ủy" does name the Ban Tổ chức.
    """
    matches = _full_pattern().finditer(reading.key, sentence.span.start, sentence.span.end)
    return frozenset(offset for match in matches for offset in range(match.start(), match.end()))

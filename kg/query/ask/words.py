"""The words of a question, or of a name, as they are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from kg.language.normalization import matching_key, normalize, without_marks
from kg.query.ask.wording import load_wording
from kg.vocabulary.concepts import load_concepts

_WORD = re.compile(r"[^\W_]+")
_SPELLINGS: Mapping[str, str] = MappingProxyType({"tỉ": "tỷ"})
_VOWEL = re.compile("[aeiou]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        key: in matching form; `bare` without marks.
        short: whether it was written as part of an abbreviation, which says nothing of its marks.
        level: the Vietnamese designation that it is, or is part of ("huyện", also of "district"); else empty.
    """

    key: str
    bare: str
    start: int
    end: int
    level: str = ""
    short: bool = False


def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, its abbreviations written out."""
    words: list[Word] = []
    for match in _WORD.finditer(normalize(text)):
        written, (start, end) = match.group(), match.span()
        bare = without_marks(written)
        full = _abbreviations().get(bare) if _may_be_short(written, bare) else None
        for key in full.split() if full else (matching_key(written),):
            # 06 of "06 tháng" is 6.
            plain_key = key.lstrip("0") if key.isdigit() and len(key) == 2 else _SPELLINGS.get(key, key)
            words.append(Word(plain_key, without_marks(plain_key), start, end, short=full is not None))
    return tuple(_with_levels(words))


@cache
def _abbreviations() -> Mapping[str, str]:
    """Return the abbreviations of one word, without marks, with what they stand for in matching form."""
    found: dict[str, str] = {}
    for scheme in ("abbreviations", "organizations"):
        for concept in load_concepts(scheme):
            for short in concept.alternatives:
                if short.isupper() and short.isalpha():
                    found.setdefault(without_marks(short), matching_key(concept.label_vi))
    return MappingProxyType(found)


def _may_be_short(written: str, bare: str) -> bool:
    """Tell whether a word may be an abbreviation; "tu" is a word, "TƯ" and "ttyt" are none."""
    return written.isupper() or len(bare) > 3 or not _VOWEL.search(bare)


def _with_levels(words: list[Word]) -> list[Word]:
    found = list(words)
    index, beginnings = 0, _beginnings()
    while index < len(words):
        if words[index].bare not in beginnings:
            index += 1
            continue
        level, length = _level_at(words, index)
        for place in range(index, index + length if level else index):
            found[place] = replace(words[place], level=level)
        index += length
    return found


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that any words of level begin with."""
    return frozenset(written.split()[0] for written in load_wording().levels)


def _level_at(words: Sequence[Word], index: int) -> tuple[str, int]:
    wording = load_wording()
    pairs = {" ".join(word.bare for word in words[at : at + 2]) for at in (max(index - 1, 0), index)}
    for length in (2, 1):
        chunk = words[index : index + length]
        written, bare = " ".join(word.key for word in chunk), " ".join(word.bare for word in chunk)
        level = wording.levels.get(bare)
        if level and len(chunk) == length and written in (bare, level) and not pairs & wording.not_levels:
            return level, length
    return "", 1

"""What two spellings of one name share."""

from __future__ import annotations

import re
from functools import cache

from kg.language.lexicon import load_resource
from kg.language.normalization import matching_key
from kg.model.mention import OrganizationMention
from kg.resolution.locality import small_letters_of_place
from kg.vocabulary.administrative_units import LEVEL_OF_DESIGNATION
from kg.vocabulary.gazetteer import load_gazetteer

_WORD = re.compile(r"[^\W_]+")
_EXPANSIONS: dict[str, str] = {
    matching_key(short): matching_key(full)
    for short, full in load_resource("abbreviations")["expansions"].items()
}
_HEALTH = re.compile(r"(?<![^\W_])y tế(?![^\W_])")
# "thị xã" is looked for before "xã".
_LEVELS = tuple(sorted(LEVEL_OF_DESIGNATION, key=lambda level: -len(level.split())))
_LEVEL_WORDS = tuple(tuple(level.split()) for level in _LEVELS)
_IDLE = frozenset({"của", "và", "cơ", "sở", "các"})


def expanded_words(text: str) -> tuple[str, ...]:
    """Return the words of a name in matching form, with its abbreviations written out."""
    words: list[str] = []
    for word in _WORD.findall(matching_key(text)):
        words.extend(_EXPANSIONS.get(word, word).split())
    return tuple(words)


@cache
def body_key(text: str) -> tuple[str, ...]:
    """Return what the spellings of one body's name share.

    Abbreviations are written out; the level before a place's name is left out ("TTYT Than Uyên" is the
    Trung tâm Y tế huyện Than Uyên), but not where a province has that name too: the UBND thành phố Hòa
    Bình is not the UBND tỉnh Hòa Bình.
    """
    words = expanded_words(text)
    kept: list[str] = []
    position = 0
    while position < len(words):
        level = next(
            (level for level in _LEVEL_WORDS if words[position : position + len(level)] == level), None
        )
        if level is None:
            if words[position] not in _IDLE or words[position : position + 2] == ("sở", "y") or position == 0:
                kept.append(words[position])
            position += 1
            continue
        position += len(level)
        if position == len(words) or (level != ("tỉnh",) and _is_province(words[position:])):
            kept.extend(level)
    return tuple(kept)


def level_within(text: str) -> str | None:
    """Return the level before a place's own name at the end of a name: "huyện" of "TTYT huyện X"."""
    words = expanded_words(text)
    found = None
    for position in range(len(words)):
        for level, parts in zip(_LEVELS, _LEVEL_WORDS, strict=True):
            if words[position : position + len(parts)] == parts and position + len(parts) < len(words):
                found = level if found is None or position else found
    return found


def _is_province(words: tuple[str, ...]) -> bool:
    return any(unit.level == "province" for unit in load_gazetteer().find(" ".join(words), tier=1))


def as_written(text: str) -> str:
    """Return a name as it is to be shown: one spelling of đ, and no TYT where a Trạm Y tế is meant."""
    return re.sub(r"^TYT\b", "Trạm Y tế", text.replace("ð", "đ").replace("Ð", "Đ"))


def in_small_letters(mention: OrganizationMention, name: str | None = None) -> str:
    """Return a headline's name in small letters, but for its first letter, abbreviations and the place."""
    name = mention.text if name is None else name
    if not name.isupper() or " " not in name:
        return name
    place = mention.text[-len(mention.place) :] if mention.place is not None else ""
    head = name[: len(name) - len(place)].strip()
    words = [word if matching_key(word) in _EXPANSIONS else word.lower() for word in head.split()]
    written = _HEALTH.sub("Y tế", " ".join(words))
    return f"{written[:1].upper()}{written[1:]} {small_letters_of_place(place)}".strip()


def title_key(title: str) -> tuple[str, ...]:
    """Return what the spellings of one post's title share."""
    return expanded_words(title)


def level_at_end(text: str) -> str | None:
    """Return the level that a name ends in without a place's own name: "huyện" of "UBND huyện"."""
    words = expanded_words(text)
    for level, parts in zip(_LEVELS, _LEVEL_WORDS, strict=True):
        if words[-len(parts) :] == parts:
            return level
    return None

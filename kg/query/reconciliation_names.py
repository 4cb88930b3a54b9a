"""Names as tables have them: with titles before them, places behind them, in short forms, without marks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import bare_key, fold_space, matching_key, normalize
from kg.query.names import Fit, Match
from kg.vocabulary.concepts import expanded_key, load_concepts

# Of 100, by how a name fits; what fits none of these ways is measured by its letters.
SAME = 100.0
OTHER_NAME = 90.0
UNDESIGNATED = 88.0
NO_MARKS = 85.0
OTHER_NO_MARKS = 78.0
_LETTERS = 75.0

_TIERS = frozenset({"province", "city", "district", "town", "ward", "township", "commune"})
_BEHIND = re.compile(r"\s*[,;(\[]\s*|\s+[-–—]\s+")


def name_key(name: str) -> str:
    """Return the form in which two spellings of one name are the same: tones count, short forms do not."""
    return expanded_key(normalize(name))


def undesignated(name: str) -> str:
    """Return a name's form without what its places are: "lai châu" of "tỉnh Lai Châu"."""
    key = name_key(name)
    return fold_space(_designations().sub(" ", key)) or key


def without_titles(name: str) -> str:
    """Return a person's name without what is said before it: "Ông", "đ/c", "BS.CKII"."""
    rest = fold_space(normalize(name))
    while found := _titles().match(matching_key(rest)):
        if not rest[found.end() :].strip():
            break
        rest = rest[found.end() :]
    return rest


def split_name(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name and what stands behind it: "xã A, huyện B (tỉnh C)" is the first and the two others."""
    name, *rest = (part.strip(" )].") for part in _BEHIND.split(fold_space(normalize(text))))
    return name, tuple(part for part in rest if part)


def score_of(typed: str, match: Match) -> float:
    """Return how well a thing's names answer to what was typed, from 0 to 100; tones count if typed."""
    typed = without_titles(typed) if "Official" in match.kinds else typed
    wanted, label = name_key(typed), name_key(match.name)
    if match.fit is Fit.EXACT:
        return SAME if label == wanted else OTHER_NAME
    bare = bare_key(wanted)
    if match.fit is Fit.WITHOUT_MARKS:
        return NO_MARKS if bare_key(label) == bare else OTHER_NO_MARKS
    plain = undesignated(match.name)
    if undesignated(typed) == plain:
        return UNDESIGNATED
    if wanted == bare:
        label, plain = bare_key(label), bare_key(plain)
        if bare_key(undesignated(typed)) == plain:
            return OTHER_NO_MARKS
    return _LETTERS * max(_likeness(wanted, label), _likeness(undesignated(typed), plain))


@cache
def _titles() -> re.Pattern[str]:
    people = load_resource("people")
    return re.compile(rf"{phrase_pattern([*people['honorifics'], *people['degrees']])}[\s.:,/-]*")


@cache
def _designations() -> re.Pattern[str]:
    """Return the pattern of the words for provinces, districts and communes, short forms written out."""
    concepts = [each for each in load_concepts("places") if each.notation in _TIERS]
    return re.compile(phrase_pattern(name_key(word) for each in concepts for word in each.wordings))


def _likeness(one: str, other: str) -> float:
    """Return how many letters in a row two names share, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()

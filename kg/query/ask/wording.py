"""How people ask the named questions: the patterns and words of ``resources/questions.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.language.lexicon import load_resource
from kg.language.normalization import matching_key, without_marks
from kg.vocabulary.concepts import load_concepts

_NAME = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"(?<![a-z])the (?!nao)")  # of English; "thế nào" is none
_ROW = re.compile(r"\(\?:([^()]*\|[^()]*)\)")

Alternative = tuple[re.Pattern[str], ...]
"""Patterns that all have to be there."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The language data of questions, without marks.

    Attributes:
        patterns: of each question, the alternatives of which one is enough.
        beside: of each question, patterns that speak for it as well, where one alternative holds.
        never: of each question, patterns that speak of something else, whatever else there is.
        either: pairs of questions of which the first is taken where as much speaks for the second.
        silent: words that change nothing.
        silent_phrases: runs of words that change nothing.
        meeting_sorts: runs of words that say what sort of meeting.
        silent_at_end: words that change nothing at the end.
        levels: words of level, such as "district", into the Vietnamese designation.
        not_levels: pairs of words whose first is no word of level.
        heads: words that begin the names of bodies, into the codes of their kinds; in either language.
        indicators: wordings of indicators into their IRIs; in either language.
    """

    patterns: Mapping[str, tuple[Alternative, ...]]
    beside: Mapping[str, Alternative]
    never: Mapping[str, Alternative]
    either: frozenset[tuple[str, str]]
    silent: frozenset[str]
    silent_phrases: tuple[str, ...]
    silent_at_end: tuple[str, ...]
    meeting_sorts: tuple[str, ...]
    levels: Mapping[str, str]
    not_levels: frozenset[str]
    heads: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, tuple[str, ...]]


@cache
def load_wording() -> Wording:
    """Return the wording of questions."""
    data = load_resource("questions")
    return Wording(
        patterns=MappingProxyType(
            {
                name: tuple(tuple(_pattern(each, data["words"]) for each in parts) for parts in alternatives)
                for name, alternatives in data["questions"].items()
            }
        ),
        beside=_by_question(data["beside"], data["words"]),
        never=_by_question(data["never"], data["words"]),
        either=frozenset((first, second) for first, second in data["either"]),
        silent=frozenset(word for line in data["silent"] for word in plain(line).split()),
        silent_phrases=tuple(plain(phrase) for line in data["silent_phrases"] for phrase in line),
        silent_at_end=tuple(plain(words) for words in data["silent_at_end"]),
        meeting_sorts=tuple(plain(sort) for sort in data["meeting_sorts"]),
        levels=MappingProxyType(
            {plain(word): level for level, words in data["levels"].items() for word in words}
        ),
        not_levels=frozenset(map(plain, data["not_levels"])),
        heads=_heads(data["bodies"]),
        indicators=_indicators(data["indicators"]),
    )


def plain(text: str) -> str:
    """Return words without marks and punctuation, single spaces between them."""
    return " ".join(re.findall(r"\w+", without_marks(text)))


def column_label(column: str, language: str) -> str:
    """Return what a column or a parameter is called; its own name where nothing else is known."""
    label: str = load_resource("questions")["columns"].get(column, {}).get(language, column)
    return label


def _by_question(written: Mapping[str, Iterable[str]], words: Mapping[str, str]) -> Mapping[str, Alternative]:
    return MappingProxyType(
        {name: tuple(_pattern(each, words) for each in patterns) for name, patterns in written.items()}
    )


def _pattern(written: str, words: Mapping[str, str]) -> re.Pattern[str]:
    while _NAME.search(written):
        written = _NAME.sub(lambda found: words[found.group(1)], written)
    # Capitals are left alone: they stand for classes of letters in an expression.
    letters = "".join(without_marks(each) if each.isalpha() and each.islower() else each for each in written)
    letters = _ARTICLE.sub("", letters)
    # Of several words in a row the longest first: an expression takes the first that holds.
    ordered = _ROW.sub(
        lambda row: f"(?:{'|'.join(sorted(row[1].split('|'), key=len, reverse=True))})", letters
    )
    return re.compile(rf"(?<!\S)(?:{ordered})(?!\S)")


def _heads(english: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for concept in load_concepts("organizations"):
        of_level = concept.label_en.partition(" of a ")[0]
        for wording in (*concept.wordings, of_level, *english.get(concept.notation, ())):
            found.setdefault(plain(wording), {})[concept.notation] = None
    return MappingProxyType({wording: tuple(codes) for wording, codes in found.items()})


def _indicators(others: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for concept in load_concepts("indicators"):
        labels = (concept.label_vi, concept.label_en)
        for wording in (*labels, *others.get(concept.notation, ()), concept.notation):
            found.setdefault(matching_key(wording), {})[concept.iri] = None
    for concept in load_concepts("indicators"):
        for wording in concept.alternatives:
            found.setdefault(matching_key(wording), {concept.iri: None})
    return MappingProxyType({wording: tuple(iris) for wording, iris in found.items()})

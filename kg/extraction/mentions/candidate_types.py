"""Whether the words of a candidate can be what it takes them for, and the mention that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.extraction.extensions import KINDS, Candidate
from kg.extraction.mentions.body_heads import head_of, head_pattern
from kg.extraction.mentions.capitals import capitalised_throughout, is_word
from kg.extraction.mentions.names import historical_names, is_name_syllable, is_surname
from kg.extraction.mentions.official_documents import normalize_number, numbers_of
from kg.extraction.reading import MentionIndex, Reading
from kg.language.dates import find_days
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.language.numbers import find_numbers, find_spelled_numbers
from kg.model.mention import (
    Mention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    QuantityMention,
)
from kg.model.sentence import Sentence, Token
from kg.model.span import Span
from kg.vocabulary.concepts import concept_of

_LONGEST_NAME = 6  # syllables of a person's name
_LONGEST_BODY = 200  # characters of a body's name; what is longer is a sentence
_LEVELS: dict[str, str] = {
    matching_key(head): level for head, level in load_resource("places")["heads"].items()
}
_LEVEL = re.compile(phrase_pattern(_LEVELS) + r"\s*\.?\s*")
_TYPES: Mapping[str, str] = load_resource("document_types")["types"]
_TYPE = re.compile(phrase_pattern(_TYPES))


class RefusedError(Exception):
    """Why a candidate is not admitted, in words that end a sentence about it."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a candidate stands.

    Attributes:
        held: the mentions that hold a part of it.
        given: the last two syllables of every full name of the article, in matching form.
    """

    reading: Reading
    sentence: Sentence
    span: Span
    held: MentionIndex
    given: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The characters in matching form."""
        return self.reading.key[self.span.start : self.span.end]

    @property
    def text(self) -> str:
        """The characters with white space folded."""
        return self.reading.surface(self.span)


def as_mention(candidate: Candidate, site: Site, rule: str) -> Mention:
    """Return the mention that a candidate makes where it stands, under the name of a rule.

    Raises:
        RefusedError: it cannot be one; says why.
    """
    if candidate.kind not in _READERS:
        raise RefusedError(f"its kind is none of {', '.join(KINDS)}")
    return _READERS[candidate.kind](candidate, site, f"{rule}.{candidate.kind}")


def _person(candidate: Candidate, site: Site, rule: str) -> PersonMention:
    del candidate
    tokens = [token for token in site.sentence.tokens if token.span.overlaps(site.span)]
    if len(tokens) > _LONGEST_NAME or not all(
        token.is_capitalised and is_name_syllable(token.key) for token in tokens
    ):
        raise RefusedError("a person's name is at most six words, each with a capital")
    name = fold_space(site.key)
    if name in historical_names():
        raise RefusedError("that is somebody of history")
    partial = len(tokens) == 1 or (not is_surname(tokens[0].key) and name in site.given)
    return PersonMention(span=site.span, text=site.text, rule=rule, partial=partial)


def _organization(candidate: Candidate, site: Site, rule: str) -> OrganizationMention:
    if len(site.span) > _LONGEST_BODY or not any(letter.isupper() for letter in site.text):
        raise RefusedError("a body's name has a capital and no more than 200 characters")
    head = head_pattern().match(site.key)
    if head is not None and head.end() == len(site.key):
        raise RefusedError("whether that head alone names one body, the rules know")
    # Where the rules know the head, they know what kind of body it begins.
    kind = head_of(head.group()).kind if head is not None else candidate.type or "other"
    if concept_of("organizations", kind) is None:
        raise RefusedError(f"{kind!r} is no kind of body")
    ends = [place.span for place in site.held.of(PlaceMention) if place.span.end == site.span.end]
    return OrganizationMention(
        span=site.span, text=site.text, rule=rule, kind=kind, place=ends[0] if ends else None
    )


def _place(candidate: Candidate, site: Site, rule: str) -> PlaceMention:
    head = _LEVEL.match(site.key)
    name = Span(site.span.start + (head.end() if head is not None else 0), site.span.end)
    level = _LEVELS[fold_space(head.group().rstrip(" .\n"))] if head is not None else candidate.type
    if candidate.type not in {None, level}:
        raise RefusedError(f"the text says {level}")
    if level is None or concept_of("places", level) is None:
        raise RefusedError(f"{level!r} is no level of places")
    numbered = site.reading.text(name).isdecimal() and head is not None
    if not numbered and not capitalised_throughout(site.reading, name):
        raise RefusedError("each word of a place's name has a capital")
    return PlaceMention(
        span=site.span,
        text=site.text,
        rule=rule,
        name=site.reading.surface(name),
        level=level,
        typed=head is not None,
    )


def _document(candidate: Candidate, site: Site, rule: str) -> OfficialDocumentMention:
    typed = _TYPE.match(site.key)
    if typed is None or candidate.type not in {None, kind := _TYPES[fold_space(typed.group())]}:
        raise RefusedError("it does not begin with that type of document")
    if candidate.day is not None and candidate.day not in {
        expression.first.date for expression in find_days(site.key) if expression.first is not None
    }:
        raise RefusedError(f"the day is not read as {candidate.day.isoformat()}")
    name, span = None, site.span
    numbers = numbers_of(site.reading.text(site.span))
    if candidate.number is not None:
        if [number for number, _ in numbers] != [normalize_number(candidate.number)]:
            raise RefusedError(f"the number is not read as {candidate.number}")
        # What follows the number, a day as a rule, is a mention of its own.
        span = Span(span.start, span.start + numbers[0][1])
    elif numbers or len(site.key.split()) <= len(typed.group().split()) or not site.text[0].isupper():
        raise RefusedError("a document without a number has a name that begins with a capital")
    else:
        name = site.text
    return OfficialDocumentMention(
        span=span,
        text=site.reading.surface(span),
        rule=rule,
        type=kind,
        number=numbers[0][0] if numbers else None,
        name=name,
        day=candidate.day,
    )


def _observation(candidate: Candidate, site: Site, rule: str) -> QuantityMention:
    read = (*find_numbers(site.reading.key, site.span), *find_spelled_numbers(site.reading.key, site.span))
    wanted = (candidate.value, candidate.value_max, candidate.over)
    if len(read) != 1 or (read[0].value, read[0].value_max, read[0].over) != wanted:
        raise RefusedError(f"the number is not read as {candidate.value}")
    number = read[0]
    lead = [token for token in site.sentence.tokens if site.span.start <= token.span.start < number.start]
    if lead:
        raise RefusedError(
            "an observation is a number and its unit of measure, without the words before them"
        )
    rest = Span(number.span.end, site.span.end)
    unit = site.reading.surface(rest) or None
    if candidate.unit is not None and fold_space(matching_key(candidate.unit)) != matching_key(unit or ""):
        raise RefusedError(f"the unit of measure is not read as {candidate.unit!r}")
    if unit is not None and unit != "%" and not all(map(is_word, _tokens(site, rest))):
        raise RefusedError("a unit of measure is made of words")
    return QuantityMention(
        span=site.span,
        text=site.text,
        rule=rule,
        value=number.value,
        value_max=number.value_max,
        over=number.over,
        unit=unit,
        comparator=number.comparator,
    )


def _tokens(site: Site, span: Span) -> list[Token]:
    return [token for token in site.sentence.tokens if span.contains(token.span)]


_READERS: Mapping[str, Callable[[Candidate, Site, str], Mention]] = {
    "person": _person,
    "organization": _organization,
    "place": _place,
    "document": _document,
    "observation": _observation,
}

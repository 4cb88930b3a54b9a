"""Concepts of the SKOS schemes: kinds of bodies and meetings, roles, posts, places, indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.vocabulary import namespaces as ns
from kg.vocabulary.turtle import objects, texts


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme.

    Attributes:
        iri: its name in the graph.
        scheme: the scheme's short name ("posts").
        notation: its code in records and in the facts of an article ("health_centre").
        label_vi: what to show, in Vietnamese; `label_en` in English.
        alternatives: other Vietnamese wordings and abbreviations.
        broader: IRI of the more general concept.
        rank: of a post, its order within a kind of body; 1 is the head.
        stands_in: of a post, the IRIs of the kinds of bodies that have it.
        named_by_place: the bare name of such a thing identifies nothing beyond its article.
        instance_class: IRI of the class that bodies of this kind also belong to.
    """

    iri: str
    scheme: str
    notation: str
    label_vi: str
    label_en: str
    alternatives: tuple[str, ...] = ()
    broader: str | None = None
    rank: int | None = None
    stands_in: tuple[str, ...] = ()
    named_by_place: bool = False
    instance_class: str | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        """The Vietnamese label and every alternative."""
        return (self.label_vi, *self.alternatives)


@cache
def load_concepts(scheme: str) -> tuple[Concept, ...]:
    """Return the concepts of a scheme in the order of its file.

    Args:
        scheme: posts, organizations, abbreviations, events, roles, sessions, actions, places, indicators,
            directions, comparators, checks, documents or statuses.

    Raises:
        KeyError: there is no such scheme.
    """
    wanted = ns.SCHEMES + scheme
    members = [iri for iri, schemes in objects(ns.SKOS_IN_SCHEME).items() if wanted in schemes]
    if not members:
        raise KeyError(scheme)
    return tuple(_concept(iri, scheme) for iri in members)


def _concept(iri: str, scheme: str) -> Concept:
    rank = _first(objects(ns.RANK), iri)
    return Concept(
        iri=iri,
        scheme=scheme,
        notation=objects(ns.SKOS_NOTATION)[iri][0],
        label_vi=texts(ns.SKOS_PREF_LABEL, "vi")[iri][0],
        label_en=texts(ns.SKOS_PREF_LABEL, "en")[iri][0],
        alternatives=texts(ns.SKOS_ALT_LABEL, "vi").get(iri, ()),
        broader=_first(objects(ns.SKOS_BROADER), iri),
        rank=None if rank is None else int(rank),
        stands_in=objects(ns.STANDS_IN).get(iri, ()),
        named_by_place=_first(objects(ns.NAMED_BY_PLACE), iri) == "true",
        instance_class=_first(objects(ns.INSTANCE_CLASS), iri),
    )


def _first(values: Mapping[str, tuple[str, ...]], iri: str) -> str | None:
    return values[iri][0] if iri in values else None


@cache
def _by_notation(scheme: str) -> Mapping[str, Concept]:
    return {concept.notation: concept for concept in load_concepts(scheme)}


def concept_of(scheme: str, notation: str) -> Concept | None:
    """Return the concept with a notation, or None."""
    return _by_notation(scheme).get(notation)


@cache
def _by_wording(scheme: str) -> Mapping[str, Concept]:
    found: dict[str, Concept] = {}
    concepts = load_concepts(scheme)
    for concept in concepts:
        found.setdefault(wording_key(concept.label_vi), concept)
    for concept in concepts:
        for wording in concept.alternatives:
            found.setdefault(wording_key(wording), concept)
    return found


def find_concept(scheme: str, wording: str) -> Concept | None:
    """Return the concept that goes by a wording, or None; tones count, capitals do not."""
    return _by_wording(scheme).get(wording_key(wording))


def find_leading_concept(scheme: str, wording: str) -> Concept | None:
    """Return the concept that a wording begins with, "Trưởng khoa" of "Trưởng khoa Nội"; the longest wins."""
    words = wording_key(wording).split(" ")
    known = _by_wording(scheme)
    for length in range(len(words), 0, -1):
        if (concept := known.get(" ".join(words[:length]))) is not None:
            return concept
    return None


def national_markers(scheme: str) -> tuple[str, ...]:
    """Return the words, or letters of numbers, that make a thing of the scheme plain without a place."""
    return objects(ns.NATIONAL_MARKER).get(ns.SCHEMES + scheme, ())


def wording_key(wording: str) -> str:
    """Return a wording in matching form with single spaces."""
    return fold_space(matching_key(wording))


@cache
def _abbreviations() -> tuple[re.Pattern[str], Mapping[str, str]]:
    full = {
        wording_key(short): wording_key(concept.label_vi)
        for concept in load_concepts("abbreviations")
        for short in concept.alternatives
    }
    # The point of an abbreviation may stand right before what follows: "TP.HCM".
    return re.compile(rf"{phrase_pattern(full)}(?:\.(?=[^\W_]))?"), full


def expanded_key(name: str) -> str:
    """Return a name's matching form with its abbreviations written out, "ubnd" as "ủy ban nhân dân"."""
    pattern, full = _abbreviations()

    def written_out(match: re.Match[str]) -> str:
        short = fold_space(match.group())
        return full[short if short in full else short.removesuffix(".")] + " "

    return fold_space(pattern.sub(written_out, wording_key(name)))

"""Concepts as people name them: by IRI, by code, or by a label in either language, with or without marks."""

from __future__ import annotations

from functools import cache

from kg.language.normalization import bare_key, fold_space, normalize
from kg.vocabulary.concepts import Concept, find_concept, load_concepts


def identify_concepts(scheme: str, typed: str) -> tuple[str, ...]:
    """Return the IRIs of the concepts of a scheme that are meant, with all that are narrower.

    A wording with its marks means one concept; without marks it may mean several.
    """
    wanted = fold_space(typed)
    concepts = load_concepts(scheme)
    found = [it.iri for it in concepts if wanted in (it.iri, it.notation, it.iri.rpartition("#")[2])]
    if not found and (concept := find_concept(scheme, normalize(wanted))) is not None:
        found = [concept.iri]
    if not found:
        bare = bare_key(wanted)
        found = [it.iri for it in concepts if bare in map(bare_key, (*it.wordings, it.label_en))]
    return tuple(each for iri in dict.fromkeys(found) for each in (iri, *_narrower(scheme, iri)))


def concept_label(concept: Concept, language: str) -> str:
    """Return the label of a concept in Vietnamese, or in English for "en"."""
    return concept.label_en if language == "en" else concept.label_vi


@cache
def _narrower(scheme: str, iri: str) -> tuple[str, ...]:
    return tuple(
        each
        for it in load_concepts(scheme)
        if it.broader == iri and it.iri != iri
        for each in (it.iri, *_narrower(scheme, it.iri))
    )

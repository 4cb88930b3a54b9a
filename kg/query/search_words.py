"""The words of names and of what people type, and the terms that the search index knows them by.

A term is a word behind a letter that says what it is a word of, so that one index answers all: what a name
says (with marks, and without), what stands around a thing (its body, its place), whole names, kinds, places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key, normalize, without_marks
from kg.vocabulary.concepts import expanded_key, load_concepts

_WORD = re.compile(r"[^\W_]+")
_MARKED, _BARE = "m", "n"
_AROUND_MARKED, _AROUND_BARE = "d", "c"
_WHOLE_MARKED, _WHOLE_BARE = "x", "y"
_KIND, _INSIDE = "k", "p"

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text in matching form: tones count, capitals and what stands between do not."""
    return tuple(_WORD.findall(matching_key(normalize(text))))


def last_word(text: str) -> str:
    """Return the last word of a text in small letters, its tone where it was typed."""
    words = _WORD.findall(normalize(text).lower())
    return words[-1] if words else ""


@lru_cache(maxsize=65536)
def bare_word(word: str) -> str:
    """Return a word without its marks."""
    return without_marks(word)


def bare_words(words: Words) -> Words:
    """Return words without their marks."""
    return tuple(map(bare_word, words))


def written_out(words: Words) -> Words:
    """Return words with the abbreviations among them written out."""
    return tuple(_WORD.findall(expanded_key(" ".join(words))))


def name_terms(name: str) -> frozenset[str]:
    """Return the terms of a name: its words, written out and with short forms, and the whole of it."""
    found: set[str] = set()
    for words in _ways_to_write(words_of(name)):
        found |= _of_words(words, _MARKED, _BARE)
        found |= {whole_term(words, marked=True), whole_term(words, marked=False)}
    return frozenset(found) | _of_words(_short_forms_in(words_of(name)), _MARKED, _BARE)


@lru_cache(maxsize=65536)
def around_terms(name: str) -> frozenset[str]:
    """Return the terms by which a thing is found whose surroundings have a name."""
    words = words_of(name)
    every = {*words, *written_out(words), *_short_forms_in(words)}
    return frozenset(map(around_term, every)) | {_AROUND_BARE + bare_word(word) for word in every}


def whole_term(words: Words, *, marked: bool) -> str:
    """Return the term of a name of just these words."""
    letter, chosen = (_WHOLE_MARKED, words) if marked else (_WHOLE_BARE, bare_words(words))
    return letter + _digest(" ".join(chosen))


def word_term(word: str, *, marked: bool) -> str:
    """Return the term of a word of a name."""
    return _MARKED + word if marked else _BARE + bare_word(word)


def around_term(word: str) -> str:
    """Return the term of a word of the surroundings; its marks count if it has any."""
    bare = bare_word(word)
    return _AROUND_BARE + bare if word == bare else _AROUND_MARKED + word


def kind_term(kind: str) -> str:
    """Return the term of the things of a class, by its local name."""
    return _KIND + kind.lower()


def inside_term(identifier: str) -> str:
    """Return the term of the things that lie in or belong to another, at any depth."""
    return _INSIDE + _digest(identifier)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _of_words(words: Iterable[str], marked: str, bare: str) -> frozenset[str]:
    return frozenset(term for word in words for term in (marked + word, bare + bare_word(word)))


def _ways_to_write(words: Words) -> frozenset[Words]:
    pattern, shorts = _full_forms()
    contracted = pattern.sub(lambda found: shorts[_folded(found.group())][0], " ".join(words))
    return frozenset(ways for ways in (words, written_out(words), words_of(contracted)) if ways)


def _short_forms_in(words: Words) -> Words:
    pattern, shorts = _full_forms()
    found = (shorts[_folded(match.group())] for match in pattern.finditer(" ".join(words)))
    return tuple(word for forms in found for form in forms for word in words_of(form))


def _folded(phrase: str) -> str:
    return " ".join(phrase.split())


@cache
def _full_forms() -> tuple[re.Pattern[str], Mapping[str, Words]]:
    """Return a pattern of all phrases that have short forms, and those, the ontology's own first."""
    found: dict[str, dict[str, None]] = {}
    for concept in load_concepts("abbreviations"):
        full = " ".join(words_of(concept.label_vi))
        found.setdefault(full, {}).update(dict.fromkeys(map(matching_key, concept.alternatives)))
    for short, full in load_resource("abbreviations")["expansions"].items():
        found.setdefault(" ".join(words_of(full)), {})[matching_key(short)] = None
    return re.compile(phrase_pattern(found)), {full: tuple(shorts) for full, shorts in found.items()}

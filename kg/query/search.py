"""Search by names as people type them: with or without marks, abbreviated, the last word half-written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from kg.query.search_index import Row, SearchIndex
from kg.query.search_words import (
    Words,
    around_term,
    bare_words,
    inside_term,
    kind_term,
    last_word,
    whole_term,
    word_term,
    words_of,
    written_out,
)

_WORDS = 16  # of what is typed; a whole title is found by its own term, however long
_FEW = 5  # with fewer names that fit so few words, the surroundings are looked at too
_LEADING = 1000  # of the most prominent things with the words, those that begin with them are looked for


class Fit(IntEnum):
    """How well a name answers to what was typed, best first.

    A name may be what was typed, or but for marks; begin with it; have its words, or words that begin like
    them; or have some, and the others stand around the thing: in the names of its body, posts and places.
    """

    EXACT = 0
    WITHOUT_MARKS = 1
    BEGINNING = 2
    WORDS = 3
    AROUND = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A thing whose name answers to what was typed.

    Attributes:
        kinds: local names of its classes, superclasses included.
        detail: what tells it from its namesakes: posts, days, what it lies in; in no language of its own.
        prominence: how many articles and claims speak of it.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    fit: Fit
    detail: str = ""
    prominence: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        words: of what was typed, in matching form.
        last: the last word as it was typed: in "toà" the mark has moved if it becomes "toàn".
        kind: local name of a class.
        inside: IRIs of which the thing must lie in one, or belong to it, at any depth.
        unfinished: the last word may still get its marks, since it is being typed.
    """

    words: Words
    last: str
    kind: str | None = None
    inside: tuple[str, ...] | None = None
    unfinished: bool = False

    @property
    def marked(self) -> bool:
        """Whether any mark was typed: then all count, since Toàn is not Toản."""
        return bare_words(self.words) != self.words

    @property
    def whole(self) -> str:
        """The expression for names that are what was typed."""
        ways = dict.fromkeys((self.words, written_out(self.words)))
        return self._among(_any(_term(whole_term(words, marked=self.marked)) for words in ways))

    @property
    def all_words(self) -> str:
        """The expression for names that have the words."""
        return self._among(_all(_term(self._of_name(word)) for word in self._first))

    @property
    def last_begun(self) -> str:
        """The expression for names that have the words, and one that begins like the last."""
        return self._among(_all(self._each(begun=False)))

    @property
    def all_begun(self) -> str:
        """The expression for names that have words which begin like these."""
        return self._among(_all(self._each(begun=True)))

    @property
    def with_surroundings(self) -> str:
        """The expression for things whose name has some of the words, and what is around them the others."""
        of_name = self._each(begun=False)
        around = [_term(around_term(word)) for word in self._first]
        around[-1] += " *"
        either = (f"({one} OR {other})" for one, other in zip(of_name, around, strict=True))
        return self._among(f"{_all(either)} AND {_any(of_name)}")

    @property
    def _first(self) -> Words:
        return self.words[:_WORDS]

    def _of_name(self, word: str) -> str:
        return word_term(word, marked=self.marked)

    def _each(self, *, begun: bool) -> list[str]:
        """Return the terms of the words, begun ones as such; the last always is."""
        *first, last = (self._of_name(word) for word in self._first)
        terms = [f"{_term(term)} *" if begun else _term(term) for term in first]
        if len(self.words) > _WORDS:
            return [*terms, _term(last)]
        if self.unfinished and bare_words(self.words[-1:]) == self.words[-1:]:
            last = word_term(self.words[-1], marked=False)
        ways = dict.fromkeys((last, self._of_name(self.last)))
        return [*terms, _any(f"{_term(term)} *" for term in ways)]

    def _among(self, expression: str) -> str:
        parts = [f"({expression})"]
        if self.kind is not None:
            parts.append(_term(kind_term(self.kind)))
        if self.inside is not None:
            parts.append(_any(_term(inside_term(each)) for each in self.inside))
        return " AND ".join(parts)


def search(index: SearchIndex, wanted: Search, *, limit: int) -> tuple[Match, ...]:
    """Return the things that go by what was typed, best first, at most so many.

    Names that are what was typed stand first, then those with all its words; among these the most prominent.
    """
    if not wanted.words or wanted.inside == ():
        return ()
    found: dict[str, Match] = {}
    for fit, expression, enough in _steps(wanted, limit):
        if len(found) >= enough:
            continue
        rows = index.rows(expression, limit=limit)
        for match in sorted((_match(row, fit, wanted) for row in rows if row.id not in found), key=_order):
            found[match.id] = match
    return tuple(found.values())[:limit]


def find(index: SearchIndex, wanted: Search, *, limit: int) -> tuple[Match, ...]:
    """Return the things whose names answer to what was typed, whatever stands around them."""
    return tuple(match for match in search(index, wanted, limit=limit) if match.fit < Fit.AROUND)


def named(index: SearchIndex, wanted: Search, *, limit: int) -> tuple[str, ...]:
    """Return the IRIs of the things whose whole name is what was typed, or else of the best matches."""
    if not wanted.words:
        return ()
    if whole := index.rows(wanted.whole, limit=limit):
        matches = [_match(row, Fit.EXACT, wanted) for row in whole]
        best = min(match.fit for match in matches)
        return tuple(match.id for match in sorted(matches, key=_order) if match.fit == best)
    rows = index.rows(wanted.all_words, limit=_LEADING)
    chosen = [row for row in rows if _begins(row, wanted)] or index.rows(wanted.all_begun, limit=limit)
    matches = [_match(row, Fit.WORDS, wanted) for row in chosen]
    return tuple(match.id for match in sorted(matches, key=_order))[:limit]


def matching(index: SearchIndex, wanted: Search) -> frozenset[str]:
    """Return the IRIs of all things whose names have words that begin like those typed."""
    if not wanted.words:
        return frozenset()
    return index.matching(wanted.whole) | index.matching(wanted.all_begun)


def make_search(
    typed: str, *, kind: str | None = None, inside: Iterable[str] | None = None, unfinished: bool = False
) -> Search:
    """Return what is looked for by what was typed."""
    words, last = words_of(typed), last_word(typed)
    return Search(words, last, kind, None if inside is None else tuple(inside), unfinished)


def _steps(wanted: Search, limit: int) -> Iterator[tuple[Fit, str, int]]:
    """Yield the ways to look, each with the number of things found before with which it is left out."""
    yield Fit.EXACT, wanted.whole, limit
    yield Fit.WORDS, wanted.all_words, limit
    yield Fit.WORDS, wanted.last_begun, limit
    if len(wanted.words) > 1:
        # These are dear, and seldom what is meant where the words as they stand lead somewhere.
        yield Fit.WORDS, wanted.all_begun, 1
        yield Fit.AROUND, wanted.with_surroundings, min(limit, _FEW) if len(wanted.words) <= _FEW else 1


def _match(row: Row, fit: Fit, wanted: Search) -> Match:
    if fit is Fit.EXACT and not wanted.marked and not _is_said(row, wanted):
        fit = Fit.WITHOUT_MARKS
    elif fit is Fit.WORDS and _begins(row, wanted):
        fit = Fit.BEGINNING
    return Match(row.id, row.label, row.kinds, fit, row.detail, row.prominence)


def _is_said(row: Row, wanted: Search) -> bool:
    """Tell whether a name is what was typed with its marks, of which nothing typed has any."""
    ways = (wanted.words, written_out(wanted.words))
    return any(words in ways or written_out(words) in ways for words in map(words_of, row.names))


def _begins(row: Row, wanted: Search) -> bool:
    """Tell whether a name begins with the words typed."""
    ways = (wanted.words, written_out(wanted.words))
    names = [words for name in row.names for words in (words_of(name), written_out(words_of(name)))]
    if not wanted.marked:
        names = [bare_words(words) for words in names]
    return any(words[: len(way)] == way for words in names for way in ways)


def _order(match: Match) -> tuple[Fit, int, int, str, str]:
    # A beginning is no better than other words: who types "Y tế" wants what is spoken of most.
    fit = Fit.WORDS if match.fit is Fit.BEGINNING else match.fit
    return (fit, -match.prominence, len(match.name), match.name, match.id)


def _term(term: str) -> str:
    return f'"{term}"'


def _all(parts: Iterable[str]) -> str:
    return " AND ".join(parts)


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"

"""Entries of the search index: a thing with its names, and with what tells it from its namesakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from kg.query.search_facts import Facts, Held
from kg.query.search_words import Words, words_of
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import load_concepts

_POSTS_TOLD = 2
_DEPTH = 6  # ward, district, province; a body in a body in a place
_DAYS = (ns.SCHEMA_START_DATE, ns.SCHEMA_DATE_PUBLISHED, ns.SCHEMA_LEGISLATION_DATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing as the index keeps it.

    Attributes:
        kinds: local names of its classes in the ontology's namespace, superclasses included.
        names: every form of its name.
        above: the things that it directly lies in or belongs to.
        inside: those and all above them.
        around: names that stand around it, by which it is found beside its own.
        detail: what tells it from its namesakes; names and days, in no language of their own.
        prominence: how many articles and claims speak of it.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    detail: str = ""
    prominence: int = 0


class Surroundings(Protocol):
    """What is known of things that the facts do not speak of."""

    def label(self, identifier: str) -> str | None:
        """Return the label of a thing, None for what has no name."""

    def above(self, identifier: str) -> tuple[str, ...]:
        """Return what a thing directly lies in or belongs to."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts, and behind them what is known of all else."""

    facts: Facts
    read: frozenset[str]
    behind: Surroundings | None
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, thing: str) -> str:
        if self.behind is None or thing in self.read:
            return self.facts.labels.get(thing, "")
        return self.behind.label(thing) or ""

    def above(self, thing: str) -> tuple[str, ...]:
        if self.behind is None or thing in self.read:
            return tuple(self.facts.above.get(thing, ()))
        return self.behind.above(thing)


def make_entries(
    facts: Facts, *, read: Iterable[str] = (), behind: Surroundings | None = None
) -> Iterator[Entry]:
    """Yield an entry for every thing that the facts name, in the order of their IRIs.

    Args:
        facts: what the store says.
        read: the things that the facts are about, if not about all.
        behind: what is known of the others.
    """
    known = _Known(facts, frozenset(read), behind)
    for thing in sorted(facts.names):
        yield _entry(known, thing)


def _entry(known: _Known, thing: str) -> Entry:
    facts = known.facts
    posts = sorted(facts.posts.get(thing, ()), reverse=True)
    bodies = dict.fromkeys(held.body for held in posts if held.body)
    above = tuple(sorted({*facts.above.get(thing, ()), *bodies}))
    inside = _all_above(known, above)
    names = tuple(sorted(facts.names[thing]))
    around = {known.label(each) for each in inside} | {held.title for held in posts}
    around |= {held.surface for held in posts}
    return Entry(
        id=thing,
        label=facts.labels.get(thing, names[0]),
        kinds=tuple(sorted(facts.kinds[thing])),
        names=names,
        above=above,
        inside=tuple(sorted(inside)),
        around=tuple(sorted(around - {""})),
        detail=_detail(known, thing, posts),
        prominence=facts.counts.get(thing, 0),
    )


def _all_above(known: _Known, things: tuple[str, ...]) -> frozenset[str]:
    """Return things and all that they lie in."""
    found, level = set(things), set(things)
    for _ in range(_DEPTH):
        level = {up for each in level for up in known.above(each)} - found
        if not level:
            break
        found |= level
    return frozenset(found)


def _detail(known: _Known, thing: str, posts: list[Held]) -> str:
    """Return posts, or else days and what the thing lies in."""
    if posts:
        told: dict[str, None] = {}
        for held in posts:
            body = known.label(held.body) or held.surface
            places = _where(known, held.body, body)
            told.setdefault(", ".join(part for part in (f"{held.title} {body}".strip(), places) if part))
            if len(told) == _POSTS_TOLD:
                break
        return "; ".join(told)
    values: Mapping[str, str] = known.facts.values.get(thing, {})
    day = next((values[way] for way in _DAYS if way in values), "")
    first, last = (values.get(way, "") for way in (ns.SCHEMA_VALID_FROM, ns.SCHEMA_VALID_THROUGH))
    in_force = f"{first or '…'} – {last}" if last else ""
    where = _where(known, thing, known.label(thing))
    return " · ".join(part for part in (day, values.get(ns.SOURCE_NAME, ""), where, in_force) if part)


def _where(known: _Known, thing: str, name: str) -> str:
    """Return the names of what a thing lies in, the nearest first, without those that its own name says."""
    if (told := known.places.get((thing, name))) is not None:
        return told
    found: list[str] = []
    said, level = name, known.above(thing)
    for _ in range(_DEPTH):
        if not level:
            break
        nearest = min((label for each in level if (label := known.label(each))), default="")
        if nearest and not _says(said, nearest):
            found.append(nearest)
            said += f" {nearest}"
        level = tuple(up for each in level for up in known.above(each))
    known.places[thing, name] = ", ".join(found)
    return known.places[thing, name]


def _says(text: str, place: str) -> bool:
    """Tell whether a text holds the name of a place, "Tỉnh ủy Hòa Bình" that of "tỉnh Hòa Bình"."""
    words = words_of(place)
    level = next((each for each in _levels() if words[: len(each)] == each and len(words) > len(each)), ())
    return f" {' '.join(words[len(level) :])} " in f" {' '.join(words_of(text))} "


@cache
def _levels() -> tuple[Words, ...]:
    """Return the words for levels of places, the longest first."""
    wordings = {words_of(wording) for concept in load_concepts("places") for wording in concept.wordings}
    return tuple(sorted(wordings, key=len, reverse=True))

"""The names of everything in one version of the graph: IRIs into labels, typed names into IRIs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.query import search
from kg.query.search import Fit, Match
from kg.query.search_file import keep_up, present_index, renewed_index
from kg.query.search_index import SearchIndex, local_part
from kg.query.search_renewal import follow_index
from kg.store import Store
from kg.vocabulary.relation_types import label_of

__all__ = ["Fit", "Match", "Names", "follow_names", "keep_up", "local_name", "read_names"]

_Said = TypeVar("_Said")


class Column(Mapping[str, _Said]):
    """What the index says of each thing, looked up when it is asked for."""

    def __init__(self, index: SearchIndex, look_up: Callable[[str], _Said | None]) -> None:
        self._index = index
        self._look_up = look_up

    def __getitem__(self, identifier: str) -> _Said:
        found = self._look_up(identifier)
        if found is None:
            raise KeyError(identifier)
        return found

    def __iter__(self) -> Iterator[str]:
        return self._index.ids()

    def __len__(self) -> int:
        return len(self._index)


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one version of the graph.

    Attributes:
        index: where they are kept.
        labels: of each thing.
        kinds: local names of each thing's classes in the ontology's namespace, superclasses included.
        canonical: of each IRI that another one stands for, that one; names are kept under it alone.
        joined: of each IRI that stands for others, those.
    """

    version: str
    index: SearchIndex
    labels: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    canonical: Mapping[str, str]
    joined: Mapping[str, tuple[str, ...]]

    def stands_for(self, identifier: str) -> str:
        """Return the IRI under which a thing is told: its own, or that of the cluster it is in."""
        return self.canonical.get(identifier, identifier)

    def members(self, identifier: str) -> tuple[str, ...]:
        """Return all IRIs of the thing that an IRI stands for, that one first."""
        return (identifier, *self.joined.get(identifier, ()))

    def identify(self, typed: str, *, base: str, kind: str | None = None) -> tuple[str, ...]:
        """Return the IRIs that a person means by an IRI, a path below `base`, its last part, or a name.

        More than one where several things go by the name equally well; none where nothing does. An IRI is
        taken at its word.
        """
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", typed):
            return (self.stands_for(typed),)
        if base + typed in self.canonical:
            return (self.canonical[base + typed],)
        if base + typed in self.kinds:
            return (base + typed,)
        ending = (iri for iri in self.index.ending_in(local_part(typed)) if iri.endswith(f"/{typed}"))
        parts = {
            known: None
            for known in map(self.stands_for, ending)
            if kind is None or kind in self.kinds.get(known, ())
        }
        return tuple(parts) or self.named(typed, kind=kind)

    def label(self, identifier: str, language: str) -> str:
        """Return what people read in place of an IRI."""
        identifier = self.stands_for(identifier)
        if (label := self.index.label(identifier)) is not None:
            return label
        label = label_of(identifier, language)
        return local_name(identifier) if label == identifier else label

    def search(
        self,
        typed: str,
        *,
        kind: str | None = None,
        inside: Iterable[str] | None = None,
        limit: int = 20,
        unfinished: bool = False,
    ) -> tuple[Match, ...]:
        """Return the things that go by what was typed, best first.

        Marks may be left out altogether; where any is typed, all count, since Toàn is not Toản. Words that
        the name lacks may be of what stands around the thing: "Nguyễn Văn Toàn hoà bình".

        Args:
            typed: a name, part of it, or a short form.
            kind: local name of the class that is wanted.
            inside: places or bodies of which the thing must be in one.
            limit: how many at most.
            unfinished: the last word is still being typed, and may get marks.
        """
        wanted = search.make_search(typed, kind=kind, inside=inside, unfinished=unfinished)
        return search.search(self.index, wanted, limit=limit)

    def find(self, typed: str, *, kind: str | None = None, limit: int = 20) -> tuple[Match, ...]:
        """Return the things whose name answers to what was typed, whatever stands around them, best first."""
        return search.find(self.index, search.make_search(typed, kind=kind), limit=limit)

    def named(self, typed: str, *, kind: str | None = None) -> tuple[str, ...]:
        """Return the IRIs of the things whose whole name is what was typed, or else of the best matches."""
        return search.named(self.index, search.make_search(typed, kind=kind), limit=20)

    def matching(self, typed: str, *, kind: str | None = None) -> frozenset[str]:
        """Return the IRIs of all things whose name answers to what was typed, however many."""
        return search.matching(self.index, search.make_search(typed, kind=kind))


def read_names(store: Store, before: Names | None = None) -> Names:
    """Return the names of everything in the store's present version, and bring the index up to it.

    Args:
        store: where things are named.
        before: names of an earlier version of the same store, whose index is used again.
    """
    index = present_index(store) if before is None else renewed_index(store, before.index)
    canonical = index.canonical()
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for thing, other in canonical.items():
        joined[other].append(thing)
    return Names(
        index.version or store.version,
        index,
        Column(index, index.label),
        Column(index, index.kinds),
        canonical,
        {thing: tuple(others) for thing, others in joined.items()},
    )


def follow_names(store: Store, before: Names) -> Names | None:
    """Return the names of the present version where not much has changed; None where that is too much."""
    return read_names(store, before) if follow_index(before.index, store, store.version) else None


def local_name(identifier: str) -> str:
    """Return the last part of an IRI."""
    return identifier.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1] or identifier

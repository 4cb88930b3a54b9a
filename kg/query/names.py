"""The names of everything in one version of the graph: IRIs into labels, typed names into IRIs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from kg.language.normalization import fold_space, matching_key, normalize, without_marks
from kg.query.catalog import QUESTIONS
from kg.store import Store
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import class_closure, label_of


class Fit(IntEnum):
    """How well a name answers to what was typed, best first."""

    EXACT = 0
    WITHOUT_MARKS = 1
    BEGINNING = 2
    WORDS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A thing whose name answers to what was typed."""

    id: str
    name: str
    kinds: tuple[str, ...]
    fit: Fit


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one version of the graph.

    Attributes:
        labels: of each thing.
        kinds: local names of each thing's classes in the ontology's namespace, superclasses included.
        forms: of each thing, every form of its name as (matching key, key without marks).
        canonical: of each IRI that another one stands for, that one; names are kept under it alone.
        joined: of each IRI that stands for others, those.
    """

    version: str
    labels: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[tuple[str, str], ...]]
    canonical: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
        parts = {
            self.stands_for(iri): None
            for iri in (*self.kinds, *self.canonical)
            if iri.endswith(f"/{typed}")
            and (kind is None or kind in self.kinds.get(self.stands_for(iri), ()))
        }
        return tuple(parts) or self.named(typed, kind=kind)

    def label(self, identifier: str, language: str) -> str:
        """Return what people read in place of an IRI."""
        identifier = self.stands_for(identifier)
        if (label := self.labels.get(identifier)) is not None:
            return label
        label = label_of(identifier, language)
        return local_name(identifier) if label == identifier else label

    def find(self, typed: str, *, kind: str | None = None, limit: int = 20) -> tuple[Match, ...]:
        """Return the things that go by what was typed, best first.

        Marks may be left out altogether; where any is typed, all count, since Toàn is not Toản.
        """
        wanted = fold_space(matching_key(normalize(typed)))
        bare = fold_space(without_marks(normalize(typed)))
        if not bare:
            return ()
        marked = wanted != bare
        found = [
            Match(
                identifier, self.labels.get(identifier, local_name(identifier)), self.kinds[identifier], fit
            )
            for identifier, forms in self.forms.items()
            if (kind is None or kind in self.kinds[identifier])
            and (fit := _best_fit(forms, wanted if marked else bare, marked=marked)) is not None
        ]
        found.sort(key=lambda match: (match.fit, len(match.name), match.name, match.id))
        return tuple(found[:limit])

    def named(self, typed: str, *, kind: str | None = None) -> tuple[str, ...]:
        """Return the IRIs of the things whose whole name is what was typed, or else of the best matches."""
        found = self.find(typed, kind=kind)
        return tuple(match.id for match in found if match.fit == found[0].fit)


def _best_fit(forms: tuple[tuple[str, str], ...], wanted: str, *, marked: bool) -> Fit | None:
    words = wanted.split(" ")
    best: Fit | None = None
    for key, bare in forms:
        form = key if marked else bare
        if form == wanted:
            return Fit.EXACT if marked or key == bare else Fit.WITHOUT_MARKS
        if f"{form} ".startswith(f"{wanted} "):
            best = Fit.BEGINNING
        elif (
            best is None
            and (split := form.split(" "))
            and all(any(part.startswith(word) for part in split) for word in words)
        ):
            best = Fit.WORDS
    return best


def read_names(store: Store) -> Names:
    """Read the names of everything from the store."""
    version = store.version
    canonical: dict[str, str] = {}
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for row in QUESTIONS["canonical"].select(store).records():
        canonical[str(row["thing"])] = str(row["canonical"])
        joined[str(row["canonical"])].append(str(row["thing"]))
    labels: dict[str, str] = {}
    classes: defaultdict[str, set[str]] = defaultdict(set)
    forms: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for thing, kind, way, name in QUESTIONS["names"].select(store).rows:
        if thing is None or kind is None or way is None or name is None:
            continue
        known = canonical.get(thing.value, thing.value)
        classes[known].update(class_closure(kind.value))
        if way.value == ns.RDFS_LABEL and name.language in (None, "vi"):
            labels[known] = min(labels.get(known, name.value), name.value)
        normal = normalize(name.value)
        forms[known][fold_space(matching_key(normal)), fold_space(without_marks(normal))] = None
    return Names(
        version,
        labels,
        {
            thing: tuple(sorted(local_name(c) for c in kinds if c.startswith(ns.KG)))
            for thing, kinds in classes.items()
        },
        {thing: tuple(keys) for thing, keys in forms.items()},
        canonical,
        {thing: tuple(others) for thing, others in joined.items()},
    )


def local_name(identifier: str) -> str:
    """Return the last part of an IRI."""
    return identifier.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1] or identifier

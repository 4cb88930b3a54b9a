"""What the store says of things that the search index keeps: of all of them, or of some after a write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.query.catalog import QUESTIONS
from kg.store import Store, Term
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import load_concepts
from kg.vocabulary.relation_types import class_closure

INDICATOR = "Indicator"
"""What an indicator counts as beside the classes of things; in the ontology it is a concept among others."""

_NAMED_CLASSES = frozenset(
    {
        ns.OFFICIAL, ns.UNIT, ns.PARTY_BODY, ns.KG + "HealthFacility", ns.POST, ns.ADMINISTRATIVE_UNIT,
        ns.MEETING, ns.LEGAL_DOCUMENT, ns.ARTICLE,
    }
)  # fmt: skip
_NAMES = (ns.RDFS_LABEL, ns.SKOS_ALT_LABEL, ns.SURFACE, ns.SCHEMA_LEGISLATION_IDENTIFIER, ns.DCT_IDENTIFIER)
_LINKS = (ns.IN_PLACE, ns.DCT_IS_PART_OF, ns.ORG_POST_IN)
_VALUES = (
    ns.SCHEMA_START_DATE, ns.SCHEMA_DATE_PUBLISHED, ns.SCHEMA_LEGISLATION_DATE, ns.SCHEMA_VALID_FROM,
    ns.SCHEMA_VALID_THROUGH, ns.SOURCE_NAME,
)  # fmt: skip
_SPEAKING = (
    ns.SCHEMA_MENTIONS, ns.ORG_MEMBER, ns.ORG_POST, ns.PARTICIPANT, ns.PLACE, ns.CITED_DOCUMENT, ns.INDICATOR,
)  # fmt: skip
_OF_CLAIMS = (ns.TITLE, ns.ORG_ORGANIZATION, ns.ORGANIZATION_SURFACE, ns.AS_OF, ns.FORMER)

_Pairs = Iterable[tuple[str, str]]
_Name = tuple[str, str, str, Term]


class _Source(Protocol):
    """Statements of a store, of all things or of some."""

    def names(self) -> Iterable[_Name]:
        """Yield thing, class, property and name."""

    def pairs(self, way: str) -> _Pairs:
        """Yield each thing with each value of a property of its own."""

    def pairs_to(self, way: str) -> _Pairs:
        """Yield each subject of a property with the thing that it leads to."""

    def pairs_of(self, claims: Collection[str], way: str) -> _Pairs:
        """Yield claims, at least these, with each value of a property."""


class _All:
    """Statements about everything, a property at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def names(self) -> Iterator[_Name]:
        for thing, kind, way, name in QUESTIONS["names"].select(self._store).rows:
            if thing is not None and kind is not None and way is not None and name is not None:
                yield thing.value, kind.value, way.value, name

    def pairs(self, way: str) -> _Pairs:
        return self._store.pairs(way)

    def pairs_to(self, way: str) -> _Pairs:
        return self._store.pairs(way)

    def pairs_of(self, claims: Collection[str], way: str) -> Iterator[tuple[str, str]]:
        return (pair for pair in self._store.pairs(way) if pair[0] in claims)


class _Some:
    """Statements about some things, a thing at a time."""

    def __init__(self, store: Store, things: Iterable[str]) -> None:
        self._store = store
        self._about = {thing: store.statements_about(thing) for thing in things}
        self._to = {thing: store.statements_to(thing) for thing in self._about}

    def names(self) -> Iterator[_Name]:
        for thing, said in self._about.items():
            for kind in (value.value for way, value in said if way == ns.RDF_TYPE):
                if kind in _NAMED_CLASSES:
                    yield from ((thing, kind, way, value) for way, value in said if way in _NAMES)

    def pairs(self, way: str) -> Iterator[tuple[str, str]]:
        for thing, said in self._about.items():
            yield from ((thing, value.value) for each, value in said if each == way)

    def pairs_to(self, way: str) -> Iterator[tuple[str, str]]:
        for thing, said in self._to.items():
            yield from ((subject, thing) for subject, each in said if each == way)

    def pairs_of(self, claims: Collection[str], way: str) -> Iterator[tuple[str, str]]:
        for claim in claims:
            said = self._store.statements_about(claim)
            yield from ((claim, value.value) for each, value in said if each == way)


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A post as one claim has it, in the order in which posts are told, the last first.

    Attributes:
        present: the claim does not say that it is a former one.
        day: as of which the claim is made, empty if that is not known.
        body: the IRI of the body, empty if the claim has none.
        surface: the body as the article writes it.
    """

    present: bool
    day: str
    title: str
    body: str
    surface: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said, by thing, which is the one that stands for others.

    Attributes:
        kinds: local names of classes in the ontology's namespace, superclasses included.
        above: what a thing directly lies in or belongs to.
        counts: how many articles and claims speak of it.
    """

    labels: dict[str, str] = field(default_factory=dict)
    names: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    kinds: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    above: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    posts: defaultdict[str, set[Held]] = field(default_factory=lambda: defaultdict(set))
    values: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


def read_facts(store: Store, canonical: Mapping[str, str], *, among: Iterable[str] | None = None) -> Facts:
    """Return what the store says.

    Args:
        store: where it stands.
        canonical: what stands for each thing that another one stands for.
        among: things, those that others stand for too; None for all there are.
    """
    source: _Source = _All(store) if among is None else _Some(store, among)
    facts = Facts()
    _take_names(facts, source, canonical)
    _take_links(facts, source, canonical)
    _take_posts(facts, source, canonical)
    for way in _VALUES:
        for thing, value in source.pairs(way):
            known = facts.values[canonical.get(thing, thing)]
            known[way] = min(known.get(way, value), value)
    for way in _SPEAKING:
        for _, thing in source.pairs_to(way):
            facts.counts[canonical.get(thing, thing)] += 1
    _take_indicators(facts)
    return facts


def has_names(store: Store, thing: str) -> bool:
    """Tell whether a thing is of a kind whose names are kept."""
    kinds = {value.value for way, value in store.statements_about(thing) if way == ns.RDF_TYPE}
    return not kinds.isdisjoint(_NAMED_CLASSES) or thing in {it.iri for it in load_concepts("indicators")}


def _take_names(facts: Facts, source: _Source, canonical: Mapping[str, str]) -> None:
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for thing, kind, way, name in source.names():
        known = canonical.get(thing, thing)
        classes[known].add(kind)
        if way == ns.RDFS_LABEL and name.language in (None, "vi"):
            facts.labels[known] = min(facts.labels.get(known, name.value), name.value)
        facts.names[known][name.value] = None
    for known, found in classes.items():
        every = {above for one in found for above in class_closure(one)}
        facts.kinds[known] = {above.removeprefix(ns.KG) for above in every if above.startswith(ns.KG)}


def _take_links(facts: Facts, source: _Source, canonical: Mapping[str, str]) -> None:
    for way in _LINKS:
        for thing, other in source.pairs(way):
            facts.above[canonical.get(thing, thing)][canonical.get(other, other)] = None
    for body, meeting in source.pairs_to(ns.ORGANISED):
        facts.above[meeting][canonical.get(body, body)] = None


def _take_posts(facts: Facts, source: _Source, canonical: Mapping[str, str]) -> None:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for claim, official in source.pairs_to(ns.ORG_MEMBER):
        holders[claim].append(canonical.get(official, official))
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for way in _OF_CLAIMS:
        for claim, value in source.pairs_of(holders.keys(), way):
            said[claim][way] = value
    for claim, officials in holders.items():
        parts = said[claim]
        if ns.TITLE in parts:
            body = parts.get(ns.ORG_ORGANIZATION, "")
            held = Held(
                parts.get(ns.FORMER) not in ("true", "1"),
                parts.get(ns.AS_OF, ""),
                parts[ns.TITLE],
                canonical.get(body, body),
                parts.get(ns.ORGANIZATION_SURFACE, ""),
            )
            for official in officials:
                facts.posts[official].add(held)


def _take_indicators(facts: Facts) -> None:
    """Take in the indicators that some figure is about, from the ontology."""
    for concept in load_concepts("indicators"):
        if concept.iri in facts.counts:
            facts.labels[concept.iri] = concept.label_vi
            facts.names[concept.iri] = dict.fromkeys((*concept.wordings, concept.label_en))
            facts.kinds[concept.iri] = {INDICATOR}

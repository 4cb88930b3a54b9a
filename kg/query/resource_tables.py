"""The tables that feed the lists: of every item of a kind what it is filtered and sorted by.

A table is read once for a version of the store, from one question that answers with rows of thing, facet and
value. It holds names and days and IRIs alone; what an item tells is read when it is shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.language.normalization import fold_space, normalize, without_marks
from kg.query.catalog import QUESTIONS
from kg.query.names import Names
from kg.query.records import Thing
from kg.query.resources import BY_NAME, Resource
from kg.store import Store, TermKind
from kg.vocabulary.concepts import load_concepts

Facets = Mapping[str, tuple[str, ...]]
Key = str | float

_NO_FACETS: Facets = {}
_NOBODY: frozenset[str] = frozenset()
_KEPT = 2000  # items with their claims: some ten kilobytes each
_REACHED_PERCENT = 100.0
_TOPMOST = frozenset(
    concept.iri for concept in load_concepts("places") if concept.notation in ("province", "city")
)
_NUMBERS = frozenset({"value", "percent", "articles"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in an order.

    Attributes:
        missing: it has nothing to be sorted by, and stands behind all that have.
        key: what it is sorted by; empty where it is missing.
        tie: its name without marks and as it is, which decides between equals; the id comes last.
    """

    missing: bool
    key: Key
    tie: tuple[str, str]
    id: str


@dataclass(frozen=True, slots=True)
class Table:
    """The items of one list.

    Attributes:
        facets: of each item, by name of the facet.
        holders: of each facet and each of its values, the items that have it.
        orders: the items by name of the order, with "-" the last first.
    """

    facets: Mapping[str, Facets]
    holders: Mapping[str, Mapping[str, frozenset[str]]]
    orders: Mapping[str, tuple[Entry, ...]]

    def having(self, facet: str, values: Iterable[str]) -> frozenset[str]:
        """Return the items that have one of some values."""
        held = self.holders.get(facet, {})
        return _NOBODY.union(*(held[value] for value in values if value in held))


class ReadThings:
    """Items that lists have told already, the latest; threads may share them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Thing] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[str, ...], read: Callable[[], Thing]) -> Thing:
        """Return the item that is kept under a key, or read and keep it."""
        with self._changing:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = read()
        with self._changing:
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


class Tables:
    """The tables of one version of a store, each read when it is first asked for; threads may share them."""

    def __init__(self, store: Store, names: Names) -> None:
        self.version = names.version
        self.things = ReadThings()
        self._store = store
        self._names = names
        self._reading = threading.RLock()  # a table may need another one
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return the table of a list."""
        with self._reading:
            if name not in self._tables:
                self._tables[name] = self._read(BY_NAME[name])
            return self._tables[name]

    def warm(self) -> None:
        """Read all tables."""
        for name in BY_NAME:
            self.table(name)

    def within(self, upper: Iterable[str], *, name: str) -> frozenset[str]:
        """Return places ("places") or bodies ("units"), and all that lies in them or stands under them."""
        below = self.table(name).holders.get("above", {})
        found, open_ends = set(upper), list(upper)
        while open_ends:
            new = below.get(open_ends.pop(), _NOBODY) - found
            found |= new
            open_ends.extend(new)
        return frozenset(found)

    def places_of(self, thing: str) -> frozenset[str]:
        """Return where a body is, or a place itself."""
        if thing in self.table("places").facets:
            return frozenset((thing,))
        return frozenset(self.table("units").facets.get(thing, _NO_FACETS).get("place", ()))

    def _read(self, resource: Resource) -> Table:
        found: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for thing, facet, value in QUESTIONS[resource.question].select(self._store).rows:
            if thing is None or facet is None or value is None:
                continue
            known = value.value
            if value.kind is TermKind.IRI:
                known = self._names.stands_for(known)
            found[self._names.stands_for(thing.value)][facet.value][known] = None
        facets = {
            thing: {name: tuple(values) for name, values in said.items()}
            for thing, said in found.items()
            if "name" in said
        }
        if resource.name == "units":
            _lend_places(facets, self.table("places").facets)
        else:
            for identifier, said in facets.items():
                said.update(self._further(resource, identifier, said))
        return _table(resource, facets)

    def _further(self, resource: Resource, thing: str, said: Facets) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the facets that follow from the others."""
        lenders = [each for facet in resource.placed_by for each in said.get(facet, ())]
        if lenders:
            places = _NOBODY.union(said.get("place", ()), *(self.places_of(each) for each in lenders))
            yield "place", tuple(sorted(places))
        if "date" not in said and "published" in said:
            yield "date", said["published"]
        if resource.name == "officials":
            kinds = (self.table("units").facets.get(each, _NO_FACETS) for each in said.get("unit", ()))
            yield "kind", tuple(sorted({kind for it in kinds for kind in it.get("kind", ())}))
        elif resource.name == "places":
            yield "self", (thing,)
        elif resource.name == "metrics" and (reached := _reached(said)):
            yield "target", (reached,)


def _lend_places(units: dict[str, dict[str, tuple[str, ...]]], places: Mapping[str, Facets]) -> None:
    """Let every body whose place is not known, or in nothing that is, be where the bodies above it are."""
    own = {unit: said.get("place", ()) for unit, said in units.items()}
    for said in units.values():
        found, seen, above = said.get("place", ()), set[str](), said.get("above", ())
        while above and not any(_is_placed(places.get(place, _NO_FACETS)) for place in found):
            found = (*found, *(place for it in above for place in own.get(it, ())))
            seen.update(above)
            above = tuple(up for it in above for up in units.get(it, {}).get("above", ()) if up not in seen)
        if found:
            said["place"] = tuple(dict.fromkeys(found))


def _is_placed(place: Facets) -> bool:
    return "above" in place or any(kind in _TOPMOST for kind in place.get("kind", ()))


def _reached(said: Facets) -> str | None:
    """Return whether a figure reached its target, where it has one and is no plan."""
    if "true" in said.get("planned", ()):
        return None
    percent = [float(it) for it in said.get("percent", ())]
    if not percent and "value" in said and "planned-value" in said and float(said["planned-value"][0]):
        percent = [100 * float(said["value"][0]) / float(said["planned-value"][0])]
    return None if not percent else "reached" if percent[0] >= _REACHED_PERCENT else "missed"


def _table(resource: Resource, facets: Mapping[str, Facets]) -> Table:
    holders: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    looked_at = {each.facet for each in resource.filters} | {"above"}
    for thing, said in facets.items():
        for facet in looked_at & said.keys():
            for value in said[facet]:
                holders[facet][value].add(thing)
    orders: dict[str, tuple[Entry, ...]] = {}
    for order, facet in resource.sorts.items():
        entries = [_entry(thing, said, facet) for thing, said in facets.items()]
        entries.sort(key=lambda entry: (entry.tie, entry.id))
        there = [entry for entry in entries if not entry.missing]
        rest = [entry for entry in entries if entry.missing]
        orders[order] = (*sorted(there, key=_sorting), *rest)
        orders[f"-{order}"] = (*sorted(there, key=_sorting, reverse=True), *rest)
    return Table(
        facets,
        {facet: {v: frozenset(it) for v, it in held.items()} for facet, held in holders.items()},
        orders,
    )


def _sorting(entry: Entry) -> tuple[str, float]:
    return ("", entry.key) if isinstance(entry.key, float) else (entry.key, 0.0)


def _entry(thing: str, said: Facets, facet: str) -> Entry:
    name = min(said["name"])
    tie = (fold_space(without_marks(normalize(name))), name)
    if facet == "name":
        return Entry(False, "\x00".join(tie), tie, thing)
    if facet == "articles":
        return Entry(False, float(len(said.get("article", ()))), tie, thing)
    values = said.get(facet, ())
    if not values:
        return Entry(True, "", tie, thing)
    return Entry(False, float(values[0]) if facet in _NUMBERS else min(values), tie, thing)

"""Reading the table of a list: a question answers with rows of thing, facet and value; all else follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.language.normalization import bare_key
from kg.query.catalog import QUESTIONS
from kg.query.resource_columns import Facets, Table, make_table
from kg.query.resources import Resource
from kg.store import Store, TermKind
from kg.vocabulary.concepts import load_concepts

Key = str | float
Said = dict[str, tuple[str, ...]]
Lookup = Callable[[str, str], Facets]
"""Returns what an item of a list says; the list goes by its name."""

_NO_FACETS: Facets = {}
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

    @property
    def comparable(self) -> tuple[str, float]:
        """The key in a form that goes before or behind that of any other entry."""
        return ("", self.key) if isinstance(self.key, float) else (self.key, 0.0)


def read_table(
    store: Store, resource: Resource, *, stands_for: Callable[[str], str], lookup: Lookup
) -> Table:
    """Return the table of a list as the store has it.

    Args:
        store: what is asked.
        resource: the list.
        stands_for: gives the IRI under which a thing is told.
        lookup: finds what places and units say.
    """
    found: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    stands_for, lookup = cache(stands_for), cache(lookup)
    for thing, facet, value in QUESTIONS[resource.question].select(store).rows:
        if thing is None or facet is None or value is None:
            continue
        known = stands_for(value.value) if value.kind is TermKind.IRI else value.value
        found[stands_for(thing.value)][facet.value][known] = None
    facets: dict[str, Said] = {
        thing: {name: tuple(values) for name, values in said.items()}
        for thing, said in found.items()
        if "name" in said
    }
    if resource.name == "units":
        _lend_places(facets, lookup)
    else:
        for identifier, said in facets.items():
            said.update(_further(resource, identifier, said, lookup))
    return make_table(facets, _orders(resource, facets))


def make_entry(identifier: str, said: Facets, facet: str) -> Entry:
    """Return the entry of an item in the order by a facet, of which it may say nothing."""
    name = min(said["name"])
    tie = (bare_key(name), name)
    if facet == "name":
        return Entry(False, "\x00".join(tie), tie, identifier)
    if facet == "articles":
        return Entry(False, float(len(said.get("article", ()))), tie, identifier)
    values = said.get(facet, ())
    if not values:
        return Entry(True, "", tie, identifier)
    return Entry(False, float(values[0]) if facet in _NUMBERS else min(values), tie, identifier)


def places_of(thing: str, lookup: Lookup) -> frozenset[str]:
    """Return where a body is, or a place itself."""
    if lookup("places", thing):
        return frozenset((thing,))
    return frozenset(lookup("units", thing).get("place", ()))


def _further(
    resource: Resource, thing: str, said: Facets, lookup: Lookup
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facets that follow from the others."""
    lenders = [each for facet in resource.placed_by for each in said.get(facet, ())]
    if lenders:
        places = frozenset(said.get("place", ())).union(*(places_of(each, lookup) for each in lenders))
        yield "place", tuple(sorted(places))
    if "date" not in said and "published" in said:
        yield "date", said["published"]
    if resource.name == "officials":
        kinds = (lookup("units", each) for each in said.get("unit", ()))
        yield "kind", tuple(sorted({kind for it in kinds for kind in it.get("kind", ())}))
    elif resource.name == "places":
        yield "self", (thing,)
    elif resource.name == "metrics" and (reached := _reached(said)):
        yield "target", (reached,)


def _lend_places(units: dict[str, Said], lookup: Lookup) -> None:
    """Let every body whose place is not known, or in nothing that is, be where the bodies above it are."""
    own = {unit: said.get("place", ()) for unit, said in units.items()}
    for said in units.values():
        found, seen, above = said.get("place", ()), set[str](), said.get("above", ())
        while above and not any(_is_placed(lookup("places", place)) for place in found):
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


def _orders(resource: Resource, facets: Mapping[str, Facets]) -> dict[str, list[str]]:
    """Return the items in every order of a list."""
    orders: dict[str, list[str]] = {}
    for order, facet in resource.sorts.items():
        entries = [make_entry(thing, said, facet) for thing, said in facets.items()]
        entries.sort(key=lambda entry: (entry.tie, entry.id))
        there = [entry for entry in entries if not entry.missing]
        rest = [entry.id for entry in entries if entry.missing]
        there.sort(key=lambda entry: entry.comparable)
        orders[order] = [*(entry.id for entry in there), *rest]
        # Equals stay in the order of their names.
        there.sort(key=lambda entry: entry.comparable, reverse=True)
        orders[f"-{order}"] = [*(entry.id for entry in there), *rest]
    return orders

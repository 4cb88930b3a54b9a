"""The properties by which things are told apart or extended, and whether a thing agrees with a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from types import MappingProxyType

from kg.errors import NotFoundError
from kg.language.normalization import bare_key
from kg.query.names import local_name
from kg.query.place_facts import version_of
from kg.query.reconciliation_names import name_key, undesignated
from kg.query.records import Value
from kg.query.views import View, property_label, read_thing
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import find_leading_concept
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.relation_types import class_closure, label_of, load_derived_edges
from kg.vocabulary.turtle import objects

KINDS = ("Official", "Unit", "AdministrativeUnit")
"""The local names of the classes whose things can be reconciled; their subclasses can as well."""

ON = "on"
"""A constraint alone: a day on which a place must have been in force."""

_BESIDE_NAMES = ("holds", "holdsPostIn", "memberOf", "inPlace", "isPartOf", "standsUnder", "classification")
_DEEPEST = 8  # places and bodies lie in one another no deeper than this
_MEETINGS = tuple(
    dict.fromkeys(
        local_name(edge.property)
        for edge in load_derived_edges()
        if edge.instance_class == ns.KG + "Participation"
    )
)


@dataclass(frozen=True, slots=True)
class Property:
    """What can be asked of things.

    Attributes:
        name: local name of the property, or `ON`.
        kinds: local names of the classes whose things have it.
        leads_to: local name of the class of its values; None where they are texts, or of several classes.
        nested: a value agrees with whatever it lies in as well.
        extends: its values can be fetched.
    """

    name: str
    kinds: tuple[str, ...]
    leads_to: str | None = None
    nested: bool = False
    extends: bool = True

    def label(self, language: str) -> str:
        """Return what people read in place of the name."""
        if self.name == ON:
            return "in force on" if language == "en" else "có hiệu lực vào ngày"
        return property_label(self.name, language)


PROPERTIES: Mapping[str, Property] = MappingProxyType(
    {
        each.name: each
        for each in (
            Property("inPlace", ("Official", "Unit"), "AdministrativeUnit", nested=True),
            Property("holdsPostIn", ("Official",), "Unit", nested=True),
            Property("holds", ("Official",), "Post"),
            Property("memberOf", ("Official",), "Unit", nested=True),
            Property("degree", ("Official",)),
            Property("classification", ("Unit",)),
            Property("isPartOf", ("Unit", "AdministrativeUnit"), nested=True),
            Property("standsUnder", ("Unit",), "Unit"),
            Property("level", ("AdministrativeUnit",)),
            Property("code", ("AdministrativeUnit",)),
            Property("validFrom", ("AdministrativeUnit",)),
            Property("validThrough", ("AdministrativeUnit",)),
            Property(ON, ("AdministrativeUnit",), extends=False),
            Property("altLabel", ("Unit", "AdministrativeUnit")),
            *(Property(name, ("Official", "Unit"), "Meeting") for name in _MEETINGS),
        )
    }
)


class Agreement(IntEnum):
    """How well a thing agrees with what is said of it, worst first."""

    NO = 0
    UNKNOWN = 1
    LOOSE = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Given:
    """A value that is said of what is looked for: the characters of it, or the IRI of a thing."""

    text: str
    is_thing: bool = False


class Facts:
    """What the graph says of things, read once each; for one answer only."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._values: dict[str, Mapping[str, tuple[Value, ...]]] = {}
        self._others: dict[str, frozenset[str]] = {}

    def values(self, identifier: str, name: str) -> tuple[Value, ...]:
        """Return the values of a property; an official's places are those of the bodies with their posts."""
        said = self._said(identifier)
        if name == "inPlace" and "Official" in self.view.names.kinds.get(identifier, ()):
            found = [
                place for body in said.get("holdsPostIn", ()) for place in self.values(body.text, "inPlace")
            ]
            return tuple({value.text: value for value in found}.values())
        return said.get(name, ())

    def holders(self, identifier: str) -> tuple[Value, ...]:
        """Return what a place or body lies in, the nearest first."""
        found: dict[str, Value] = {}
        level = list(self.values(identifier, "isPartOf"))
        for _ in range(_DEEPEST):
            level = [value for value in level if value.is_thing and value.text not in found]
            found |= {value.text: value for value in level}
            level = [holder for value in level for holder in self.values(value.text, "isPartOf")]
        return tuple(found.values())

    def agreement(self, identifier: str, name: str, given: tuple[Given, ...]) -> Agreement:
        """Tell how well a thing agrees with one of the values that are given for a property.

        The province of today is loosely that of a place that was merged into it, and the other way round.
        """
        if name == ON:
            return self._in_force(identifier, given)
        values = list(self.values(identifier, name))
        if PROPERTIES[name].nested:
            values += [holder for value in tuple(values) for holder in self.holders(value.text)]
        if not values:
            return Agreement.UNKNOWN
        best = max((_compare(each, value) for each in given for value in values), default=Agreement.UNKNOWN)
        if best is Agreement.NO and PROPERTIES[name].nested:
            wanted = {name_key(each.text) for each in given if not each.is_thing}
            if any(not wanted.isdisjoint(self._names_at_other_times(value.text)) for value in values):
                return Agreement.LOOSE
        return best

    def context(self, identifier: str, parts: Iterable[str]) -> Agreement:
        """Tell how well a thing agrees with what stands behind its name: places, or posts and bodies.

        Only a place can be wrong; of what else is said, the graph may know nothing.
        """
        return min((self._beside(identifier, part) for part in parts), default=Agreement.UNKNOWN)

    def describe(self, identifier: str) -> str:
        """Return in a few words what tells a thing apart from its namesakes."""
        posts = [value.name for value in self.values(identifier, "holds")[:2]]
        kind = [value.name for value in self.values(identifier, "classification")[:1]]
        level = [value.name for value in self.values(identifier, "level")[:1]]
        places = self.values(identifier, "inPlace")[:1] or self.values(identifier, "isPartOf")[:1]
        lies_in = [
            value.name for place in places for value in (place, *self.holders(place.text)) if value.is_thing
        ]
        since = [value.text for value in self.values(identifier, "validFrom")]
        until = [value.text for value in self.values(identifier, "validThrough")]
        time = f"{''.join(since)}–{''.join(until)}" if since or until else ""
        parts = ["; ".join(posts), *kind, *level, ", ".join(dict.fromkeys(lies_in)), time]
        return " · ".join(part for part in parts if part)

    def _said(self, identifier: str) -> Mapping[str, tuple[Value, ...]]:
        identifier = self.view.names.stands_for(identifier)
        if identifier not in self._values:
            try:
                thing = read_thing(self.view, identifier, claims=frozenset(), quotations=0)
                self._values[identifier] = thing.values
            except NotFoundError:
                self._values[identifier] = {}
        return self._values[identifier]

    def _names_at_other_times(self, identifier: str) -> frozenset[str]:
        """Return the forms of the names of what a place became or had been, and of what that lies in."""
        if identifier not in self._others:
            code, since = self.values(identifier, "code"), self.values(identifier, "validFrom")
            unit = version_of(code[0].text, since[0].text if since else None) if code else None
            self._others[identifier] = frozenset() if unit is None else frozenset(_other_names(unit))
        return self._others[identifier]

    def _beside(self, identifier: str, part: str) -> Agreement:
        # "P. Giám đốc" is no ward: a designation that is shortened says nothing against a thing.
        is_place = (
            not part.partition(" ")[0].endswith(".") and find_leading_concept("places", part) is not None
        )
        names = ("inPlace", "isPartOf") if is_place else _BESIDE_NAMES
        agreements = {self.agreement(identifier, name, (Given(part),)) for name in names}
        if max(agreements) <= Agreement.UNKNOWN:
            return Agreement.NO if is_place and Agreement.NO in agreements else Agreement.UNKNOWN
        return max(agreements)

    def _in_force(self, identifier: str, given: Iterable[Given]) -> Agreement:
        since = [value.text for value in self.values(identifier, "validFrom")]
        until = [value.text for value in self.values(identifier, "validThrough")]
        days = [day for each in given if (day := _day(each.text)) is not None]
        if not days or "AdministrativeUnit" not in self.view.names.kinds.get(identifier, ()):
            return Agreement.UNKNOWN
        met = any(all(it <= day for it in since) and all(day <= it for it in until) for day in days)
        return Agreement.SURE if met else Agreement.NO


def kinds_offered() -> tuple[str, ...]:
    """Return the local names of the classes that can be reconciled, each with its subclasses behind it."""
    return tuple(
        kind
        for top in KINDS
        for kind in (
            top,
            *sorted(
                iri.removeprefix(ns.KG)
                for iri in objects(ns.RDFS_SUB_CLASS_OF)
                if iri != ns.KG + top and ns.KG + top in class_closure(iri)
            ),
        )
    )


def kind_label(kind: str, language: str) -> str:
    """Return what people read in place of a class's local name."""
    return label_of(ns.KG + kind, language)


def broader_kind(kind: str) -> str | None:
    """Return the class right above one, if that too can be reconciled."""
    wider = (iri.removeprefix(ns.KG) for iri in class_closure(ns.KG + kind) if iri != ns.KG + kind)
    return next((each for each in wider if each in KINDS), None)


def properties_of(kind: str) -> tuple[Property, ...]:
    """Return the properties that things of a class, or of a class above it, have."""
    above = class_closure(ns.KG + kind)
    return tuple(each for each in PROPERTIES.values() if any(ns.KG + it in above for it in each.kinds))


def _compare(given: Given, value: Value) -> Agreement:
    if given.is_thing:
        return Agreement.SURE if given.text == value.text else Agreement.NO
    if given.text == value.text or name_key(given.text) in (name_key(value.name), undesignated(value.name)):
        return Agreement.SURE
    wanted, found = bare_key(given.text), bare_key(value.name)
    return Agreement.LOOSE if wanted and f" {wanted} " in f" {found} " else Agreement.NO


def _other_names(unit: AdministrativeUnit) -> Iterator[str]:
    gazetteer = load_gazetteer()
    for other in (*gazetteer.present(unit), *gazetteer.predecessors(unit)):
        for each in (other, *gazetteer.ancestors(other)):
            yield name_key(each.full_name)
            yield undesignated(each.full_name)


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None

"""Who is who across articles: from what identifies an entity to its IRI.

A wrong merge is worse than a missed one: where an article does not make plain which "Sở Y tế" it means, the
thing is named within the article, and linking it to others is left to decisions about identity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.iris import article_iri, mint, slug_of
from kg.graph.places import article_day, bare_name, chain_of, place_versions, units_in_name
from kg.model.entity import Organization, Person, Place
from kg.model.relation import EntityId
from kg.model.resolution import Resolution
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import concept_of, expanded_key, national_markers, wording_key
from kg.vocabulary.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class Identities:
    """The IRIs of an article's entities, and the units of the lists behind them.

    Attributes:
        iris: of every entity.
        units: of places, the units that they are.
        seats: of bodies that the article puts in no place, the units that their names end in.
    """

    iris: Mapping[EntityId, str]
    units: Mapping[EntityId, AdministrativeUnit]
    seats: Mapping[EntityId, AdministrativeUnit]


def identify(resolution: Resolution, *, base: str) -> Identities:
    """Return an IRI for every entity of an article."""
    minter = _Minter(resolution, base, article_iri(resolution.article, base=base))
    for place in resolution.places:
        minter.place(place)
    for organization in resolution.organizations:
        minter.organization(organization)
    minter.people()
    return Identities(minter.iris, minter.units, minter.seats)


def unit_iri(unit: AdministrativeUnit, *, base: str) -> str:
    """Return the IRI of one version of an administrative unit."""
    since = "" if unit.valid_from is None else unit.valid_from.isoformat()
    return mint(base, "place", unit.full_name, unit.code, since)


@dataclass(slots=True)
class _Minter:
    resolution: Resolution
    base: str
    article: str
    iris: dict[EntityId, str] = field(default_factory=dict)
    seats: dict[EntityId, AdministrativeUnit] = field(default_factory=dict)
    units: Mapping[EntityId, AdministrativeUnit] = field(init=False)
    places: dict[EntityId, Place] = field(init=False)
    bodies: dict[EntityId, Organization] = field(init=False)

    def __post_init__(self) -> None:
        self.units = place_versions(self.resolution, load_gazetteer())
        self.places = {place.id: place for place in self.resolution.places}
        self.bodies = {body.id: body for body in self.resolution.organizations}

    def place(self, place: Place) -> str:
        """A unit of the lists is its version; else a name in what holds it; else a name in the article."""
        if place.id not in self.iris:
            if (unit := self.units.get(place.id)) is not None:
                self.iris[place.id] = unit_iri(unit, base=self.base)
            else:
                chain = chain_of(place, self.places)
                identity = [wording_key(each.name) for each in chain]
                outermost = concept_of("places", chain[-1].level)
                if outermost is None or outermost.named_by_place:
                    identity.append(self.article)
                self.iris[place.id] = mint(self.base, "place", place.name, *identity)
        return self.iris[place.id]

    def organization(self, body: Organization, seen: frozenset[EntityId] = frozenset()) -> str:
        """A body is what it is called in its place, in its parent, in the nation or in the article."""
        if body.id not in self.iris:
            key, seat = expanded_key(body.name), self._seat(body)
            identity = [key if seat is None else without_place(key, *self._place_names(body))]
            parent = self.bodies.get(body.parent or "")
            # What is above it elsewhere, a department of the province, says nothing beyond its place.
            if (
                parent is not None
                and parent.id not in seen
                and without_place(expanded_key(parent.name), *self._place_names(parent)) not in key
                and (seat is None or self._seat(parent) == seat)
            ):
                identity.append(self.organization(parent, seen | {body.id}))
            if seat is not None:
                identity.append(seat[1])
            elif len(identity) == 1 and not _is_plain_alone(body):
                identity.append(self.article)
            # The slug is part of the IRI, so that it must not change with the spelling.
            place = "" if seat is None else slug_of(seat[1])
            self.iris[body.id] = mint(self.base, "organization", f"{identity[0]} {place}", *identity)
        return self.iris[body.id]

    def people(self) -> None:
        """A person is a full name in a place or body; two of one name that were told apart stay two."""
        taken: defaultdict[tuple[str, str], int] = defaultdict(int)
        for person in sorted(self.resolution.persons, key=lambda person: (person.mentions[:1], person.id)):
            identity = (wording_key(person.name), self._context(person))
            ordinal = taken[identity]
            taken[identity] += 1
            apart = (self.article, str(ordinal)) if ordinal else ()
            self.iris[person.id] = mint(self.base, "person", person.name, *identity, *apart)

    def _context(self, person: Person) -> str:
        """Return where a person stands: the narrowest place of the bodies, else a body, else the article."""
        ids = {claim.organization for claim in self.resolution.memberships if claim.person == person.id}
        ids |= {claim.organization for claim in self.resolution.appointments if claim.person == person.id}
        bodies = [self.bodies[body] for body in ids if body in self.bodies]
        seats = [seat for body in bodies if (seat := self._seat(body)) is not None]
        if seats:
            return min((-depth, place) for depth, place in seats)[1]
        return min((self.organization(body) for body in bodies), default=self.article)

    def _place_names(self, body: Organization) -> tuple[list[str], list[str]]:
        """Return what the place of a body is called, and what those that hold it are."""
        place, units = self.places.get(body.place or ""), load_gazetteer()
        unit = self.seats.get(body.id) if place is None else self.units.get(place.id)
        chain = [] if place is None else chain_of(place, self.places)
        listed = () if unit is None else (unit, *units.ancestors(unit))
        stated = [[each.name, bare_name(each)] for each in chain]
        known = [units.names_of(each) for each in listed]
        own = [name for names in (*stated[:1], *known[:1]) for name in names]
        own += [each.designation for each in listed[:1]]
        return own, [name for names in (*stated[1:], *known[1:]) for name in names]

    def _seat(self, body: Organization) -> tuple[int, str] | None:
        """Return how narrow the place of a body is, and what identifies it."""
        if (place := self.places.get(body.place or "")) is not None:
            unit = self.units.get(place.id)
            return unit.tier if unit else len(chain_of(place, self.places)), self.place(place)
        units = units_in_name(body, load_gazetteer(), article_day(self.resolution))
        if len(units) == 1:
            self.seats[body.id] = units[0]
            return units[0].tier, unit_iri(units[0], base=self.base)
        return (units[0].tier, f"unit {units[0].code}") if units else None


def without_place(key: str, own: Iterable[str], above: Iterable[str]) -> str:
    """Return a body's name without the place at its end, which is said otherwise.

    "Trung tâm y tế huyện" and "trung tâm y tế than uyên, tỉnh lai châu" in Than Uyên are "trung tâm y tế".
    A name that ends in a wider place keeps it: a hospital of the province may stand in a district.
    """
    inner = _without_endings(key, above)
    for rest in (inner, key):
        if (shorter := _without_endings(rest, own)) != rest:
            return _without_endings(shorter, own)
    return key if own else inner


def _without_endings(key: str, endings: Iterable[str]) -> str:
    known = sorted({wording_key(each) for each in endings if each}, key=len, reverse=True)
    key = key.rstrip(" )")
    while (
        ending := next((each for each in known if key.endswith((f" {each}", f"({each}"))), None)
    ) is not None:
        key = key.removesuffix(ending).rstrip(" ,-–()")
    return key


def _is_plain_alone(body: Organization) -> bool:
    """Tell whether a name means one body without a place: "Bộ Y tế" does, "Sở Y tế" does not."""
    key = expanded_key(body.name)
    if any(wording_key(marker) in key for marker in national_markers("organizations")):
        return True
    kind = concept_of("organizations", body.kind)
    if kind is None or kind.named_by_place:
        return False
    return key not in {expanded_key(wording) for wording in kind.wordings}

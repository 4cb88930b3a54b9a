"""The people, bodies and places of an article as statements."""

from __future__ import annotations

from kg.graph.identity import unit_iri
from kg.graph.mapping.scope import Scope
from kg.graph.provenance import concept_iri
from kg.model.entity import Entity, Organization, Person, Place
from kg.model.relation import Evidence
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import concept_of, wording_key

LOCATION_RULE = "resolution.place"
SEAT_RULE = "graph.place-in-name"
AFFILIATION_RULE = "resolution.parent"


def write_entities(scope: Scope) -> None:
    """Say who and what the article names, under which forms, and what belongs where."""
    for person in scope.resolution.persons:
        _write_person(scope, person)
    for place in scope.resolution.places:
        _write_place(scope, place)
    for body in scope.resolution.organizations:
        _write_organization(scope, body)


def _write_person(scope: Scope, person: Person) -> None:
    iri = _write_entity(scope, person, ns.OFFICIAL)
    scope.writer.text(iri, ns.FOAF_NAME, person.name)
    scope.writer.text(iri, ns.DEGREE, person.degree)


def _write_organization(scope: Scope, body: Organization) -> None:
    writer, kind = scope.writer, concept_of("organizations", body.kind)
    iri = _write_entity(scope, body, ns.UNIT)
    if kind is not None:
        writer.link(iri, ns.ORG_CLASSIFICATION, kind.iri)
        if kind.instance_class is not None:
            writer.instance(iri, kind.instance_class, body.name)
    writer.text(iri, ns.SCHEMA_NAME, body.name)
    writer.text(iri, ns.SURFACE, body.surface)
    for alias in body.aliases:
        writer.text(iri, ns.SKOS_ALT_LABEL, alias)
    if body.inferred:
        writer.flag(iri, ns.INFERRED, value=True)
    if body.place is not None:
        claim = _write_belonging(scope, body, body.place, ns.LOCATION)
        writer.link(claim, ns.LOCATED, iri)
        writer.link(claim, ns.PLACE, scope.iri(body.place))
        writer.flag(claim, ns.INFERRED, value=body.inferred)
    elif (unit := scope.identities.seats.get(body.id)) is not None:
        _write_seat(scope, body, unit)
    if body.parent is not None:
        _write_affiliation(scope, body, body.parent)


def _write_seat(scope: Scope, body: Organization, unit: AdministrativeUnit) -> None:
    """Say that a body is in the unit that its name ends in."""
    writer, iri = scope.writer, scope.identities.iris[body.id]
    place = writer.instance(unit_iri(unit, base=scope.base), ns.ADMINISTRATIVE_UNIT, unit.full_name)
    writer.text(place, ns.SCHEMA_NAME, unit.full_name)
    writer.link(place, ns.LEVEL, concept_iri("places", unit.level))
    _write_version(scope, place, unit)
    label = f"{body.name} – {unit.full_name}"
    spans = body.mentions or scope.opening()
    claim = scope.provenance.claim(
        scope.claim_iri("location", label, iri, place),
        ns.LOCATION,
        label,
        Evidence(spans, SEAT_RULE, body.confidence),
    )
    writer.link(claim, ns.LOCATED, iri)
    writer.link(claim, ns.PLACE, place)
    writer.flag(claim, ns.INFERRED, value=body.inferred)


def _write_place(scope: Scope, place: Place) -> None:
    """Say what a place is; one of the lists goes by the name it has there, which is the same everywhere."""
    writer, unit = scope.writer, scope.identities.units.get(place.id)
    name = place.name if unit is None else unit.full_name
    iri = writer.instance(scope.identities.iris[place.id], ns.ADMINISTRATIVE_UNIT, name)
    if place.mentions:
        writer.link(scope.article, ns.SCHEMA_MENTIONS, iri)
    scope.provenance.support(iri, Evidence(place.mentions or place.clues, place.rule, place.confidence))
    writer.text(iri, ns.SCHEMA_NAME, name)
    if wording_key(place.name) != wording_key(name):
        writer.text(iri, ns.SKOS_ALT_LABEL, place.name)
    writer.text(iri, ns.SURFACE, place.surface)
    writer.link(iri, ns.LEVEL, concept_iri("places", place.level if unit is None else unit.level))
    if place.inferred:
        writer.flag(iri, ns.INFERRED, value=True)
    if unit is not None:
        _write_version(scope, iri, unit)
    if place.within is not None:
        _write_affiliation(scope, place, place.within)


def _write_version(scope: Scope, iri: str, unit: AdministrativeUnit) -> None:
    """Say which unit of the lists a place is, and from when to when it stood so."""
    scope.writer.text(iri, ns.CODE, unit.code, None)
    scope.writer.day(iri, ns.SCHEMA_VALID_FROM, unit.valid_from)
    scope.writer.day(iri, ns.SCHEMA_VALID_THROUGH, unit.valid_to)


def _write_affiliation(scope: Scope, part: Organization | Place, whole: str) -> None:
    if scope.iri(part.id) == scope.iri(whole):
        return
    claim = _write_belonging(scope, part, whole, ns.AFFILIATION)
    scope.writer.link(claim, ns.PART, scope.iri(part.id))
    scope.writer.link(claim, ns.WHOLE, scope.iri(whole))
    inferred = part.inferred or (isinstance(part, Place) and part.within_inferred)
    scope.writer.flag(claim, ns.INFERRED, value=inferred)


def _write_belonging(scope: Scope, inner: Organization | Place, outer: str, of: str) -> str:
    kind, rule = ("location", LOCATION_RULE) if of == ns.LOCATION else ("affiliation", AFFILIATION_RULE)
    label = f"{inner.name} – {scope.name(outer)}"
    iri = scope.claim_iri(kind, label, scope.iri(inner.id), scope.iri(outer))
    spans = inner.mentions or scope.mentions(outer) or scope.opening()
    return scope.provenance.claim(iri, of, label, Evidence(spans, rule, inner.confidence))


def _write_entity(scope: Scope, entity: Entity, of: str) -> str:
    iri = scope.writer.instance(scope.identities.iris[entity.id], of, entity.name)
    if entity.mentions:
        scope.writer.link(scope.article, ns.SCHEMA_MENTIONS, iri)
    scope.provenance.support(iri, Evidence(entity.mentions, entity.rule, entity.confidence))
    return iri

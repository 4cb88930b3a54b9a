"""What an article says of careers, put so that linking and timelines need read no article again.

A tenure is one way of standing to one post: its IRI is the same in every article that says so, so that the
union of all graphs holds it once, with each day on which it was seen and each claim that states it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.graph.iris import block_iri, mint
from kg.graph.writer import GraphWriter
from kg.model.identity import Standing
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import load_concepts, wording_key
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.relation_types import load_derived_edges

Said = Mapping[str, Mapping[str, tuple[str, ...]]]
_NONE: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class _Claimed:
    """One statement that somebody stands so to a post."""

    claim: str
    person: str
    standing: Standing
    day: str | None


def write_careers(writer: GraphWriter, quads: Iterable[ox.Quad], *, base: str) -> tuple[str, ...]:
    """Write the tenures of an article's people, their blocks and who is named beside whom.

    Returns the IRIs of the people, sorted.
    """
    said = gather(quads)
    people = sorted(thing for thing, of in said.items() if ns.OFFICIAL in of.get(ns.RDF_TYPE, ()))
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for person in people:
        blocks[block_iri(base, min(said[person][ns.FOAF_NAME]))].append(person)
    for block, members in blocks.items():
        for person in members:
            writer.link(person, ns.IN_BLOCK, block)
            for other in members:
                writer.link(person, ns.NAMED_BESIDE, other if other != person else None)
    claimed = tuple(_claimed(said))
    placed = {it.person for it in claimed if _write_tenure(writer, said, it, base)}
    guests = {it.person for it in claimed if _is_from_anywhere(said, it)}
    provinces = _provinces(said)
    for person in people:
        if person not in placed | guests and len(provinces) == 1:
            writer.text(person, ns.SEEN_NEAR, min(provinces), None)
    return tuple(people)


def things_of(quads: Iterable[ox.Quad], way: str, value: str | None = None) -> frozenset[str]:
    """Return the IRIs of what has a property, with one value if it is given."""
    return frozenset(
        quad.subject.value
        for quad in quads
        if quad.predicate.value == way
        and isinstance(quad.subject, ox.NamedNode)
        and (value is None or (isinstance(quad.object, ox.NamedNode) and quad.object.value == value))
    )


def values_of(quads: Iterable[ox.Quad], way: str) -> frozenset[str]:
    """Return the values, IRIs and literals alike, of a property."""
    return frozenset(
        quad.object.value
        for quad in quads
        if quad.predicate.value == way and isinstance(quad.object, ox.NamedNode | ox.Literal)
    )


def gather(quads: Iterable[ox.Quad]) -> Said:
    """Return what is said of each thing, by property, sorted."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return {
        thing: {way: tuple(sorted(values)) for way, values in ways.items()} for thing, ways in found.items()
    }


def _claimed(said: Said) -> Iterator[_Claimed]:
    actions = {edge.property: edge.values for edge in load_derived_edges()}
    for claim, of in sorted(said.items()):
        kinds = of.get(ns.RDF_TYPE, ())
        if ns.MEMBERSHIP in kinds and (person := _one(of, ns.ORG_MEMBER)):
            standing = Standing.FORMER if _one(of, ns.FORMER) == "true" else Standing.HELD
            yield _Claimed(claim, person, standing, _one(of, ns.AS_OF) or _day(said, of))
        elif ns.APPOINTMENT in kinds and ns.TITLE in of and (person := _one(of, ns.APPOINTEE)):
            action = _one(of, ns.ACTION)
            day = _one(of, ns.SCHEMA_START_DATE) or _day(said, of)
            if action in actions[ns.APPOINTED_TO]:
                yield _Claimed(claim, person, Standing.ENTERED, day)
            elif action in actions[ns.LEFT_POST]:
                yield _Claimed(claim, person, Standing.LEFT, day)


def _write_tenure(writer: GraphWriter, said: Said, claimed: _Claimed, base: str) -> bool:
    """Write one statement into its tenure; return whether the post's place is known."""
    of = said[claimed.claim]
    body, role, title = _one(of, ns.ORG_ORGANIZATION), _one(of, ns.ORG_ROLE), _one(of, ns.TITLE) or ""
    where = body or f"{_one(of, ns.PROV_WAS_DERIVED_FROM)} {_one(of, ns.ORGANIZATION_SURFACE)}"
    seat = seat_in(said, body)
    name = _one(said.get(claimed.person, _NONE), ns.FOAF_NAME) or ""
    label = f"{name}: {title} {_one(said.get(body or '', _NONE), ns.RDFS_LABEL) or ''}".strip()
    # Without the title, spellings of one post would be many tenures; the post tells them apart.
    post = _one(of, ns.ORG_POST) or wording_key(title)
    iri = mint(base, "tenure", name, claimed.person, post, where, claimed.standing, seat or "")
    writer.instance(iri, ns.TENURE, label)
    writer.link(iri, ns.HOLDER, claimed.person)
    writer.link(iri, ns.ORG_POST, _one(of, ns.ORG_POST))
    writer.link(iri, ns.ORG_ROLE, role)
    writer.text(iri, ns.TITLE, title)
    writer.link(iri, ns.ORG_ORGANIZATION, body)
    writer.text(iri, ns.STANDING, claimed.standing, None)
    writer.link(iri, ns.SEAT, seat)
    writer.link(iri, ns.STATED_BY, claimed.claim)
    writer.typed(iri, ns.SEEN_ON, claimed.day, ns.XSD_DATE)
    return seat is not None


def _is_from_anywhere(said: Said, claimed: _Claimed) -> bool:
    """Tell whether a post is in a body that is known by name alone, wherever the article is set."""
    body = _one(said[claimed.claim], ns.ORG_ORGANIZATION)
    kind = _one(said.get(body or "", _NONE), ns.ORG_CLASSIFICATION)
    return any(
        concept.iri == kind and not concept.named_by_place for concept in load_concepts("organizations")
    )


def seat_in(said: Said, body: str | None, seen: frozenset[str] = frozenset()) -> str | None:
    """Return the narrowest listed place that an article puts a body in, or else what it is part of."""
    if body is None or body in seen:
        return None
    claims = [of for of in said.values() if body in of.get(ns.LOCATED, ()) or body in of.get(ns.PART, ())]
    places = {place for of in claims for place in of.get(ns.PLACE, ()) if ns.CODE in said.get(place, _NONE)}
    if places:
        return min(places, key=lambda place: (-len(said[place][ns.CODE][0]), place))
    wholes = sorted(whole for of in claims for whole in of.get(ns.WHOLE, ()))
    return next((seat for whole in wholes if (seat := seat_in(said, whole, seen | {body}))), None)


def unit_of(of: Mapping[str, tuple[str, ...]]) -> AdministrativeUnit | None:
    """Return the version of a unit of the lists that a place is, from what is said of it."""
    code, since = _one(of, ns.CODE), _one(of, ns.SCHEMA_VALID_FROM)
    if code is None:
        return None
    through = _one(of, ns.SCHEMA_VALID_THROUGH)
    day = since or through
    return load_gazetteer().unit(code, None if day is None else date.fromisoformat(day))


def _provinces(said: Said) -> frozenset[str]:
    """Return the versions of provinces that the listed places of an article lie in, as "12/2025-07-01"."""
    gazetteer = load_gazetteer()
    found: set[str] = set()
    for of in said.values():
        if (unit := unit_of(of)) is not None:
            province = gazetteer.province_of(unit)
            began = "" if province.valid_from is None else province.valid_from.isoformat()
            found.add(f"{province.code}/{began}")
    return frozenset(found)


def _day(said: Said, of: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the day that an article speaks from: its publication, or else its first meeting with a day."""
    article = said.get(_one(of, ns.PROV_WAS_DERIVED_FROM) or "", _NONE)
    meetings = (it for it in said.values() if ns.MEETING in it.get(ns.RDF_TYPE, ()))
    days = (_one(it, ns.SCHEMA_START_DATE) or "" for it in meetings)
    return _one(article, ns.SCHEMA_DATE_PUBLISHED) or min((it for it in days if len(it) == 10), default=None)


def _one(of: Mapping[str, tuple[str, ...]], way: str) -> str | None:
    values = of.get(way, ())
    return values[0] if values else None

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
from kg.vocabulary.concepts import wording_key
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.relation_types import load_derived_edges

_Said = Mapping[str, Mapping[str, tuple[str, ...]]]
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
    said = _gather(quads)
    people = sorted(thing for thing, of in said.items() if ns.OFFICIAL in of.get(ns.RDF_TYPE, ()))
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for person in people:
        blocks[block_iri(base, min(said[person][ns.FOAF_NAME]))].append(person)
    for block, members in blocks.items():
        for person in members:
            writer.link(person, ns.IN_BLOCK, block)
            for other in members:
                writer.link(person, ns.NAMED_BESIDE, other if other != person else None)
    placed = {it.person for it in _claimed(said) if _write_tenure(writer, said, it, base)}
    provinces = _provinces(said)
    for person in people:
        if person not in placed and len(provinces) == 1:
            writer.text(person, ns.SEEN_NEAR, min(provinces), None)
    return tuple(people)


def people_in(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Return the IRIs of the people that an article's graph tells of."""
    return frozenset(
        quad.subject.value
        for quad in quads
        if quad.predicate.value == ns.RDF_TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value == ns.OFFICIAL
    )


def _gather(quads: Iterable[ox.Quad]) -> _Said:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return {
        thing: {way: tuple(sorted(values)) for way, values in ways.items()} for thing, ways in found.items()
    }


def _claimed(said: _Said) -> Iterator[_Claimed]:
    actions = {edge.property: edge.values for edge in load_derived_edges()}
    for claim, of in sorted(said.items()):
        kinds = of.get(ns.RDF_TYPE, ())
        if ns.MEMBERSHIP in kinds and (person := _one(of, ns.ORG_MEMBER)):
            standing = Standing.FORMER if _one(of, ns.FORMER) == "true" else Standing.HELD
            yield _Claimed(claim, person, standing, _one(of, ns.AS_OF))
        elif ns.APPOINTMENT in kinds and ns.TITLE in of and (person := _one(of, ns.APPOINTEE)):
            action = _one(of, ns.ACTION)
            day = _one(of, ns.SCHEMA_START_DATE) or _published(said, of)
            if action in actions[ns.APPOINTED_TO]:
                yield _Claimed(claim, person, Standing.ENTERED, day)
            elif action in actions[ns.LEFT_POST]:
                yield _Claimed(claim, person, Standing.LEFT, day)


def _write_tenure(writer: GraphWriter, said: _Said, claimed: _Claimed, base: str) -> bool:
    """Write one statement into its tenure; return whether the post's place is known."""
    of = said[claimed.claim]
    body, role, title = _one(of, ns.ORG_ORGANIZATION), _one(of, ns.ORG_ROLE), _one(of, ns.TITLE) or ""
    where = body or f"{_one(of, ns.PROV_WAS_DERIVED_FROM)} {_one(of, ns.ORGANIZATION_SURFACE)}"
    seat = _seat(said, body)
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


def _seat(said: _Said, body: str | None, seen: frozenset[str] = frozenset()) -> str | None:
    """Return the narrowest listed place that an article puts a body in, or else what it is part of."""
    if body is None or body in seen:
        return None
    claims = [of for of in said.values() if body in of.get(ns.LOCATED, ()) or body in of.get(ns.PART, ())]
    places = {place for of in claims for place in of.get(ns.PLACE, ()) if ns.CODE in said.get(place, _NONE)}
    if places:
        return min(places, key=lambda place: (-len(said[place][ns.CODE][0]), place))
    wholes = sorted(whole for of in claims for whole in of.get(ns.WHOLE, ()))
    return next((seat for whole in wholes if (seat := _seat(said, whole, seen | {body}))), None)


def _provinces(said: _Said) -> frozenset[str]:
    """Return the codes of the provinces of today that the listed places of an article lie in."""
    gazetteer, found = load_gazetteer(), set()
    for of in said.values():
        if code := _one(of, ns.CODE):
            since = _one(of, ns.SCHEMA_VALID_FROM)
            unit = gazetteer.unit(code, None if since is None else date.fromisoformat(since))
            if unit is not None:
                found.update(it.code for it in gazetteer.present(gazetteer.province_of(unit))[:1])
    return frozenset(found)


def _published(said: _Said, of: Mapping[str, tuple[str, ...]]) -> str | None:
    return _one(said.get(_one(of, ns.PROV_WAS_DERIVED_FROM) or "", _NONE), ns.SCHEMA_DATE_PUBLISHED)


def _one(of: Mapping[str, tuple[str, ...]], way: str) -> str | None:
    values = of.get(way, ())
    return values[0] if values else None

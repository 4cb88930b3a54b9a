"""What a body stands under where the hierarchy makes it plain, whatever the article says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.identity import unit_iri
from kg.graph.iris import mint, slug_of
from kg.graph.tenures import gather, seat_in, unit_of
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import Concept, expanded_key, load_concepts
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.turtle import objects


def standing_under(quads: Iterable[ox.Quad], *, base: str) -> Iterator[tuple[str, str]]:
    """Yield each body of an article that is plainly under another, with that other's IRI.

    A health station is under the health centre of its district, and that under the health department of its
    province: of the version of the district and the province that were in force then. Where there is no
    district, as since July 2025, nothing is plain. Only a body that is called as its kind is called counts.

    Args:
        quads: the article's statements.
        base: what all IRIs of things begin with, ending in a slash.
    """
    known = {concept.iri: concept for concept in load_concepts("organizations")}
    above = objects(ns.KIND_UNDER)
    said = gather(quads)
    for body, of in sorted(said.items()):
        kind = next(iter(of.get(ns.ORG_CLASSIFICATION, ())), "")
        wider = known.get(next(iter(above.get(kind, ())), ""))
        unit = None if wider is None else unit_of(said.get(seat_in(said, body) or "", {}))
        if wider is None or unit is None or unit.tier != _tier_of(known[kind]):
            continue
        place = _at_tier(unit, _tier_of(wider))
        if place is not None and body == body_iri(known[kind], unit, base=base):
            yield body, body_iri(wider, place, base=base)


def body_iri(kind: Concept, unit: AdministrativeUnit, *, base: str) -> str:
    """Return the IRI of the one body of a kind in a unit, which articles give it as well."""
    place, key = unit_iri(unit, base=base), expanded_key(kind.label_vi)
    return mint(base, "organization", f"{key} {slug_of(place)}", key, place)


def _tier_of(kind: Concept) -> int:
    return int(objects(ns.SEAT_TIER)[kind.iri][0])


def _at_tier(unit: AdministrativeUnit, tier: int) -> AdministrativeUnit | None:
    """Return the unit, or what it lay in, of a tier."""
    line = (unit, *load_gazetteer().ancestors(unit))
    return next((each for each in line if each.tier == tier), None)

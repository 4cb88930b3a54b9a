"""Which place holds which: as the text says it, "xã A, huyện B", or as only one of its places can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from kg.language.normalization import matching_key
from kg.model.extraction import Extraction
from kg.model.mention import PlaceMention
from kg.model.span import Span
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.versions import TIERS, lying_in, versions_meant

_OUTWARDS = re.compile(r"[^\S\n]*(?:[,(-][^\S\n]*)?(?:(?:thuộc|của|ở|tại)[^\S\n]+)?(?:địa bàn[^\S\n]+)?")
_LIST_GAP = re.compile(r"[^\S\n]*(?:,|;|và|,[^\S\n]*và)[^\S\n]*")
_LONGEST_GAP = 30
_VILLAGE = 4


def stated_holders(extraction: Extraction, day: date | None) -> dict[Span, PlaceMention]:
    """Return, by the span of a place, the larger place that directly follows and holds it.

    All of a list have one: "các xã A, B và C, huyện D". What the lists of units know to lie elsewhere, and
    never lay there, is not held: a district may follow a commune of another.
    """
    places = sorted(
        (mention for mention in extraction.mentions if isinstance(mention, PlaceMention)),
        key=lambda mention: mention.span,
    )
    holders: dict[Span, PlaceMention] = {}
    for inner, outer in reversed(list(pairwise(places))):
        if not 0 <= outer.span.start - inner.span.end <= _LONGEST_GAP:
            continue
        gap = matching_key(extraction.article.text[inner.span.end : outer.span.start])
        if outer.rule == "places.list" and inner.level == outer.level and _LIST_GAP.fullmatch(gap):
            if outer.span in holders:
                holders[inner.span] = holders[outer.span]
        elif tier_of(inner, day) > tier_of(outer, day) and _OUTWARDS.fullmatch(gap):
            holders[inner.span] = outer
    return {
        place.span: holders[place.span]
        for place in places
        if place.span in holders and _may_hold(holders[place.span], place, day)
    }


def tier_of(mention: PlaceMention, day: date | None) -> int:
    """Return how narrow a place is: 1 for a province or a city of its rank, 4 for a village."""
    if mention.level == "city":
        return min((unit.tier for unit in units_meant(mention, day)), default=2)
    return TIERS.get(mention.level, _VILLAGE) if mention.level != "village" else _VILLAGE


def units_meant(mention: PlaceMention, day: date | None) -> tuple[AdministrativeUnit, ...]:
    """Return the units that a mention may mean by its name and level."""
    return versions_meant(
        load_gazetteer(), mention.name, level=mention.level, day=day, former=mention.former
    ) or versions_meant(load_gazetteer(), mention.name, level=mention.level, day=day)


def only_holder(
    units: Sequence[AdministrativeUnit], holders: Iterable[tuple[str, Sequence[AdministrativeUnit]]]
) -> str | None:
    """Return the key of the first holder that leaves one of the units, if all that leave any leave that one.

    Args:
        units: what a name may mean.
        holders: keys of places, with the units that each may be.
    """
    inside: dict[AdministrativeUnit, str] = {}
    for key, outer in holders:
        for holder in outer:
            for unit in lying_in(load_gazetteer(), units, holder):
                inside.setdefault(unit, key)
    return next(iter(inside.values())) if len(inside) == 1 else None


def _may_hold(outer: PlaceMention, inner: PlaceMention, day: date | None) -> bool:
    gazetteer = load_gazetteer()
    holders = units_meant(outer, day)
    known = [unit for unit in gazetteer.find(inner.name) if unit.tier == TIERS.get(inner.level, unit.tier)]
    if not holders or not known:
        return True
    return any(lying_in(gazetteer, known, holder) for holder in holders)

"""Which body took another's place when their provinces or communes were merged, whatever articles say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.graph.hierarchy import Seated, body_iri
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.hierarchy import Rung

_NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A body by its IRI and its name, whether or not an article names it."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A body that took another's place on a day."""

    original: Named
    result: Named
    day: date


def following_places(bodies: Iterable[Seated], *, base: str) -> Iterator[Succession]:
    """Yield what became of bodies by the mergers of their places, and what they were before.

    Only offices that every place has follow their places, and only within one tier: that a district is gone
    says nothing of its bodies. Of a commune that was divided, no body is plainly the successor.

    Args:
        bodies: those of an article, as `seated_bodies` gives them.
        base: what all IRIs of things begin with, ending in a slash.
    """
    gazetteer = load_gazetteer()
    for body in bodies:
        rung = body.rung
        if rung is None or not rung.follows_place:
            continue
        yield from _forwards(body, rung, base)
        for former in gazetteer.predecessors(body.unit):
            if (heir := _heir(former)) is not None and heir.tier == body.unit.tier:
                yield _succession(body, rung, (former, heir), base)


def _forwards(body: Seated, rung: Rung, base: str) -> Iterator[Succession]:
    unit = body.unit
    while (heir := _heir(unit)) is not None:
        yield _succession(body, rung, (unit, heir), base)
        unit = heir


def _heir(unit: AdministrativeUnit) -> AdministrativeUnit | None:
    """Return the unit of its tier that took a unit's place as a whole, if one did."""
    heirs = tuple(it for it in load_gazetteer().successors(unit) if it.tier == unit.tier)
    return heirs[0] if len(heirs) == 1 else None


def _succession(
    body: Seated, rung: Rung, units: tuple[AdministrativeUnit, AdministrativeUnit], base: str
) -> Succession:
    before, after = (_named(body, rung, unit, base) for unit in units)
    # A unit may have been merged into one that stood already.
    return Succession(before, after, (units[0].valid_to or date.max - _NIGHT) + _NIGHT)


def _named(body: Seated, rung: Rung, unit: AdministrativeUnit, base: str) -> Named:
    """Return the body of a unit, called as the article's body is called in its own."""
    at = rung.keys.index(body.key)
    if rung.names[at] == rung.name_in(body.unit):
        name, full = rung.name_in(unit), rung.full_name_in(unit)
    else:
        name, full = rung.names[at], f"{rung.names[at]} {unit.full_name}"
    return Named(body.iri if unit == body.unit else body_iri(name, unit, base=base), full)

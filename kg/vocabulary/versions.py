"""Which versions of administrative units a name of some level means, and which of them lie where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import Gazetteer

TIERS: Mapping[str, int] = MappingProxyType(
    {"province": 1, "district": 2, "town": 2, "ward": 3, "township": 3, "commune": 3, "other": 3}
)
"""The tier of each level of place that has one alone; a city is of the first or the second."""


def versions_meant(
    gazetteer: Gazetteer, name: str, *, level: str, day: date | None, former: bool = False
) -> tuple[AdministrativeUnit, ...]:
    """Return the versions that a bare name may mean on a day, older ones first.

    They are those in force or, of a name that nothing of that level bears any more, those that ended last.

    Args:
        gazetteer: the lists.
        name: without its designation.
        level: a notation of the scheme of places.
        day: that of the article; without it, all versions may be meant.
        former: the text says that it speaks of what was there before ("cũ", "trước sáp nhập").
    """
    units = [unit for unit in gazetteer.find(name) if _is_of_level(unit, level)]
    if day is None:
        return tuple(unit for unit in units if unit.valid_to is not None or not former)
    in_force = tuple(unit for unit in units if unit.in_force(day))
    if in_force and not former:
        return in_force
    return ended_last(units, day)


def ended_last(units: Iterable[AdministrativeUnit], day: date) -> tuple[AdministrativeUnit, ...]:
    """Return, of versions older first, those that had ended before a day, of each code the last."""
    ended = {unit.code: unit for unit in units if unit.valid_to is not None and unit.valid_to < day}
    return tuple(ended.values())


def lying_in(
    gazetteer: Gazetteer, units: Iterable[AdministrativeUnit], holder: AdministrativeUnit
) -> tuple[AdministrativeUnit, ...]:
    """Return the units that lay in another while both were in force.

    Where none did, those whose area was in it earlier or is in it now: a commune of today may be told by the
    district that held what it was made of, and a district of the past by the province of today.
    """
    candidates = tuple(units)
    inside = tuple(unit for unit in candidates if _lay_in(gazetteer, unit, holder))
    return inside or tuple(
        unit
        for unit in candidates
        if any(_lay_in(gazetteer, other, holder) for other in _relatives(gazetteer, unit))
    )


def _is_of_level(unit: AdministrativeUnit, level: str) -> bool:
    if level == "city":
        return unit.level == "city"
    tier = TIERS.get(level)
    return unit.tier == tier and (tier == 1 or unit.level == level)


def _lay_in(gazetteer: Gazetteer, unit: AdministrativeUnit, holder: AdministrativeUnit) -> bool:
    """Tell whether a unit lay in another; a code alone names other areas at other times."""
    return unit.meets(holder) and any(above.code == holder.code for above in gazetteer.ancestors(unit))


def _relatives(gazetteer: Gazetteer, unit: AdministrativeUnit) -> Iterator[AdministrativeUnit]:
    """Yield what took a unit's place, and what it took the place of."""
    for step in (gazetteer.successors, gazetteer.predecessors):
        reached = step(unit)
        while reached:
            yield from reached
            reached = tuple(dict.fromkeys(further for each in reached for further in step(each)))

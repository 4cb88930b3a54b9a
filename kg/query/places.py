"""Where is where: what a place was on a day, what it lay in, what it had been and what took its place.

It answers from the lists of administrative units alone, so it needs no store; a store adds the IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.errors import NotFoundError
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import expanded_key, wording_key
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.near_names import near_names

_PROPOSED = 8
_LONGEST_DESIGNATION = 2  # words in "thành phố"


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """One version of a unit and what it lay in, the nearest first."""

    unit: AdministrativeUnit
    within: tuple[AdministrativeUnit, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What became of a unit.

    Attributes:
        since: the first day of what took its place; None while it is in force.
        successors: what directly took its place.
        today: what is in force in its place now.
    """

    replaced: PlacedUnit
    since: date | None
    successors: tuple[PlacedUnit, ...]
    today: tuple[PlacedUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHistory:
    """One version of a unit with its past and its future, as seen from a day.

    Attributes:
        in_force: it was in force on that day.
        fate: what became of it.
        communes: of a district, its communes on that day, or on its last, each with what became of it.
        before: the units whose place it took, and theirs, the latest first.
    """

    place: PlacedUnit
    on: date
    in_force: bool
    fate: Replacement
    communes: tuple[Replacement, ...]
    before: tuple[PlacedUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """What a name means on a day.

    Attributes:
        place: the one unit of the highest tier that bore the name; if none did on that day, the one that
            bore it last before, or first after.
        candidates: those units where there are several; then there is no `place`.
        namesakes: units of lower tiers that bore it on the same day.
        at_other_times: units of higher tiers that bore it on other days.
    """

    name: str
    on: date
    place: PlaceHistory | None
    candidates: tuple[PlacedUnit, ...]
    namesakes: tuple[PlacedUnit, ...]
    at_other_times: tuple[PlacedUnit, ...]


def find_place(name: str, *, on: date, within: str | None = None) -> PlaceAnswer:
    """Return what a name means on a day.

    Args:
        name: of a unit, with or without its designation; behind commas, what it lies in. Tones count.
        on: the day.
        within: names, between commas, of what it lies in.

    Raises:
        NotFoundError: no unit of any day goes by a name, or none of that name lies there; the message
            proposes names that are nearly the same.
    """
    wanted, *holders = _parts(name) or [""]
    units = _named(wanted)
    for holder in (*holders, *_parts(within or "")):
        units = _inside(units, holder, on)
    found = [unit for unit in units if unit.in_force(on)] or _nearest(units, on)
    highest = min(unit.tier for unit in found)
    top = [unit for unit in found if unit.tier == highest]
    return PlaceAnswer(
        name=wanted,
        on=on,
        place=place_history(top[0], on=on) if len(top) == 1 else None,
        candidates=_placed(top, on) if len(top) > 1 else (),
        namesakes=_placed((unit for unit in found if unit.tier > highest), on),
        at_other_times=_placed((it for it in units if it.tier < highest and it not in found), on),
    )


def place_by_code(code: str, *, on: date) -> PlaceHistory:
    """Return the unit that bore a code on a day, or else the one that bore it last before or first after.

    Raises:
        NotFoundError: no unit of any day bears the code.
    """
    versions = load_gazetteer().versions(code)
    if not versions:
        raise NotFoundError(f"no administrative unit has the code {code!r}")
    unit = next((it for it in versions if it.in_force(on)), None) or _nearest(versions, on)[0]
    return place_history(unit, on=on)


def place_history(unit: AdministrativeUnit, *, on: date) -> PlaceHistory:
    """Return a version with its past and its future, as seen from a day."""
    gazetteer = load_gazetteer()
    in_force = unit.in_force(on)
    communes = gazetteer.children(unit, on if in_force else None) if unit.tier == 2 else ()
    return PlaceHistory(
        place=_place(unit, on),
        on=on,
        in_force=in_force,
        fate=_fate(unit, on),
        communes=tuple(_fate(commune, on) for commune in communes),
        before=tuple(_place(it, on) for it in _before(unit)),
    )


def _parts(names: str) -> list[str]:
    return [part for each in names.split(",") if (part := " ".join(each.split()))]


def _named(name: str) -> tuple[AdministrativeUnit, ...]:
    """Return the units of all days that go by a name, "Than Uyên" or "huyện Than Uyên"."""
    gazetteer = load_gazetteer()
    if found := gazetteer.find(name):
        return found
    words = expanded_key(name).split(" ")
    for length in range(1, min(_LONGEST_DESIGNATION + 1, len(words))):
        before = " ".join(words[:length])
        found = gazetteer.find(" ".join(words[length:]))
        if designated := tuple(it for it in found if _designates(before, it)):
            return designated
    raise NotFoundError(f"no administrative unit of any day goes by {name!r}{_proposal(name, words)}")


def _designates(words: str, unit: AdministrativeUnit) -> bool:
    """Tell whether words are a unit's designation, or begin with it: "huyện đảo" is a huyện too."""
    return f"{words} ".startswith(f"{wording_key(unit.designation)} ")


def _proposal(name: str, words: list[str]) -> str:
    near = near_names(name)
    for length in range(1, min(_LONGEST_DESIGNATION + 1, len(words))):
        near = near or near_names(" ".join(words[length:]))
    return f"; near in spelling: {', '.join(near)}" if near else ""


def _inside(units: tuple[AdministrativeUnit, ...], holder: str, on: date) -> tuple[AdministrativeUnit, ...]:
    gazetteer = load_gazetteer()
    holders = set(_named(holder))
    found = tuple(
        unit for unit in units if holders & {*gazetteer.ancestors(unit, on), *gazetteer.ancestors(unit)}
    )
    if not found:
        places = list(dict.fromkeys(_line(it) for it in _placed(units, on)))
        shown = "; ".join([*places[:_PROPOSED], *["…"][: len(places) - _PROPOSED]])
        raise NotFoundError(f"no {units[0].name!r} lay in {holder!r}, but there is {shown}")
    return found


def _line(placed: PlacedUnit) -> str:
    return ", ".join(unit.full_name for unit in (placed.unit, *placed.within))


def _nearest(units: Iterable[AdministrativeUnit], on: date) -> list[AdministrativeUnit]:
    """Return of each code the version that ended last before a day; if none had ended, the first after."""
    oldest_first = list(units)
    ended = {unit.code: unit for unit in oldest_first if unit.valid_to is not None and unit.valid_to < on}
    return list((ended or {unit.code: unit for unit in reversed(oldest_first)}).values())


def _before(unit: AdministrativeUnit) -> Iterator[AdministrativeUnit]:
    gazetteer = load_gazetteer()
    seen = {unit}
    level = [unit]
    while level:
        level = [it for each in level for it in gazetteer.predecessors(each) if it not in seen]
        level = list(dict.fromkeys(level))
        seen.update(level)
        yield from level


def _fate(unit: AdministrativeUnit, on: date) -> Replacement:
    gazetteer = load_gazetteer()
    since = None if unit.valid_to is None else unit.valid_to + timedelta(days=1)
    return Replacement(
        _place(unit, on),
        since,
        tuple(_place(it, since) for it in gazetteer.successors(unit)),
        _placed(gazetteer.present(unit), None) if since is not None else (),
    )


def _placed(units: Iterable[AdministrativeUnit], on: date | None) -> tuple[PlacedUnit, ...]:
    return tuple(_place(unit, on) for unit in units)


def _place(unit: AdministrativeUnit, on: date | None) -> PlacedUnit:
    return PlacedUnit(unit, load_gazetteer().ancestors(unit, on))

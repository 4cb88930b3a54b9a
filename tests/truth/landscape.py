"""The places and bodies of the known world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from tests.truth.lexis import load
from tests.truth.records import FIRST_DAY, LAST_DAY, REFORM, Body, place_id

BEFORE, AFTER = REFORM - timedelta(days=1), REFORM


@dataclass(frozen=True, slots=True)
class District:
    """A district of the old order with the communes that the world uses."""

    unit: AdministrativeUnit
    province: AdministrativeUnit
    communes: tuple[AdministrativeUnit, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province of the old order, what it became, and the communes of the new order that the world uses."""

    unit: AdministrativeUnit
    successor: AdministrativeUnit
    districts: tuple[District, ...]
    communes: tuple[AdministrativeUnit, ...]

    @property
    def merged(self) -> bool:
        """Whether the reform merged it with others."""
        return self.unit != self.successor


def survey(count: int | None) -> tuple[Province, ...]:
    """Return the first provinces of the list, or all."""
    gazetteer, rows = load_gazetteer(), load("regions")["provinces"][:count]
    units = [gazetteer.find(row["name"], on=BEFORE, tier=1)[0] for row in rows]
    picker = _Picker(
        Counter(
            commune.name
            for province in units
            for day in (BEFORE, AFTER)
            for commune in _communes(_on(province, day), day)
        )
    )
    found = []
    for row, unit in zip(rows, units, strict=True):
        districts = tuple(_district(name, unit, picker) for name in row["districts"])
        successor = _on(unit, AFTER)
        fresh = picker.pick(successor, successor, AFTER, load("regions")["communes_a_province"])
        found.append(Province(unit, successor, districts, fresh))
    return tuple(found)


def people_bodies(provinces: tuple[Province, ...]) -> dict[str, Body]:
    """Return the bodies of these provinces by id; one that the reform left as it was lives through it."""
    bodies: dict[str, Body] = {}
    areas = set[tuple[str, str]]()
    for province in provinces:
        for body in (*_of_province(province), *_of_districts(province), *_of_new_communes(province)):
            # Two centres "khu vực Châu Thành" of one province could not be told apart by anybody.
            area = (body.unit.name, body.province.code)
            if body.kind == "area_centre" and area in areas:
                continue
            areas |= {area} if body.kind == "area_centre" else set()
            bodies.setdefault(body.id, body)
    return bodies


def shared_names(provinces: tuple[Province, ...]) -> frozenset[str]:
    """Return the names that districts or provinces of the whole country share: they need their province."""
    gazetteer = load_gazetteer()
    counted = Counter(unit.name for unit in gazetteer.units(BEFORE) if unit.tier < 3)
    return frozenset(name for name, number in counted.items() if number > 1)


def _on(unit: AdministrativeUnit, day: date) -> AdministrativeUnit:
    if unit.in_force(day):
        return unit
    return load_gazetteer().successors(unit)[0]


def _communes(unit: AdministrativeUnit, day: date) -> Iterator[AdministrativeUnit]:
    for child in load_gazetteer().children(unit, day):
        if child.tier == 3:
            yield child
        else:
            yield from _communes(child, day)


class _Picker:
    """Picks communes, each once, by preference those whose names many others bear."""

    def __init__(self, often: Counter[str]) -> None:
        """Take how many communes of the world's provinces bear each name."""
        self._often = often
        self._taken = set[tuple[str, date]]()

    def pick(
        self, province: AdministrativeUnit, unit: AdministrativeUnit, day: date, count: int
    ) -> tuple[AdministrativeUnit, ...]:
        """Return communes of a unit, none called like another of its province, there since the era began."""
        within = Counter(commune.full_name for commune in _communes(province, day))
        free = [
            commune
            for commune in _communes(unit, day)
            if within[commune.full_name] == 1
            and commune.in_force(FIRST_DAY if day < REFORM else REFORM)
            and (commune.code, day) not in self._taken
            and not commune.name.isdigit()
        ]
        chosen = sorted(free, key=lambda it: (-self._often[it.name], it.name, it.code))[:count]
        self._taken |= {(commune.code, day) for commune in chosen}
        return tuple(chosen)


def _district(name: str, province: AdministrativeUnit, picker: _Picker) -> District:
    designation = next(word for word in ("thành phố", "thị xã", "huyện", "quận") if name.startswith(word))
    found = load_gazetteer().find(name.removeprefix(designation).strip(), on=BEFORE, tier=2)
    unit = next(unit for unit in found if unit.parent == province.code and unit.designation == designation)
    communes = picker.pick(province, unit, BEFORE, load("regions")["communes_a_district"])
    return District(unit, province, communes)


def _of_province(province: Province) -> Iterator[Body]:
    for kind, it in load("bodies")["kinds"].items():
        if it["tier"] != "province" or (kind == "hospital" and province.unit.designation != "tỉnh"):
            continue
        through = not province.merged and "after" in it["eras"]
        last = LAST_DAY if through else BEFORE
        old = Body(f"{kind}:{place_id(province.unit)}", kind, province.unit, province.unit, FIRST_DAY, last)
        yield old
        if province.merged and "after" in it["eras"]:
            unit = province.successor
            yield Body(f"{kind}:{place_id(unit)}", kind, unit, unit, AFTER, LAST_DAY, replaced=old.id)


def _of_districts(province: Province) -> Iterator[Body]:
    kinds = load("bodies")["kinds"]
    for district in province.districts:
        unit, above = district.unit, province.unit
        for kind, it in kinds.items():
            if it["tier"] == "district":
                host = f"{it['host']}:{place_id(unit)}" if "host" in it else None
                yield Body(f"{kind}:{place_id(unit)}", kind, unit, above, FIRST_DAY, BEFORE, host=host)
        for commune in district.communes[:1]:
            yield Body(
                f"health_station:{place_id(commune)}", "health_station", commune, above, FIRST_DAY, BEFORE
            )
        yield Body(
            f"area_centre:{place_id(unit)}",
            "area_centre",
            unit,
            province.successor,
            AFTER,
            LAST_DAY,
            replaced=f"health_centre:{place_id(unit)}",
        )


def _of_new_communes(province: Province) -> Iterator[Body]:
    for commune in province.communes[:1]:
        yield Body(
            f"health_station:{place_id(commune)}",
            "health_station",
            commune,
            province.successor,
            AFTER,
            LAST_DAY,
        )

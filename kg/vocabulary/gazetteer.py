"""The gazetteer: Vietnam's administrative units of any day, by name and by code."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any

from kg.errors import KgError
from kg.language.lexicon import load_resource
from kg.language.normalization import fold_space, matching_key
from kg.vocabulary.administrative_units import LEVEL_OF_DESIGNATION, AdministrativeUnit

Aliases = Mapping[int, Mapping[str, Sequence[str]]]

TIERS = (1, 2, 3)
_TIER = {2: 1, 3: 2, 5: 3}  # by the digits of a code
_DASH = re.compile(r"\s*-\s*")
_DAKS = ("đắk", "đăk", "đắc", "đak")  # spellings of the word for water in names of the Central Highlands
_DAK = re.compile(rf"\b(?:{'|'.join(_DAKS)})\b")
_DASHES = ("-", " - ", " -", "- ")


class Gazetteer:
    """All versions of all units, and the ways from one to another; it never changes once made."""

    def __init__(self, units: Iterable[AdministrativeUnit], aliases: Aliases) -> None:
        """Index the units; aliases give, for each tier, the other names of a name."""
        self._units = tuple(sorted(units, key=_age))
        self._provinces = tuple(unit for unit in self._units if unit.tier == 1)
        by_code: defaultdict[str, list[AdministrativeUnit]] = defaultdict(list)
        by_parent: defaultdict[str, list[AdministrativeUnit]] = defaultdict(list)
        by_key: dict[int, defaultdict[str, list[AdministrativeUnit]]] = {
            tier: defaultdict(list) for tier in TIERS
        }
        for unit in self._units:
            by_code[unit.code].append(unit)
            if unit.parent is not None:
                by_parent[unit.parent].append(unit)
            for key in {_key(name) for name in (unit.name, *unit.spellings)}:
                by_key[unit.tier][key].append(unit)
        for tier, names in aliases.items():
            for name, others in names.items():
                for key in {_key(other) for other in others} - {_key(name)}:
                    by_key[tier][key].extend(by_key[tier][_key(name)])
        self._aliases = {tier: dict(names) for tier, names in aliases.items()}
        self._by_code = dict(by_code)
        self._by_parent = dict(by_parent)
        self._by_key = {tier: dict(index) for tier, index in by_key.items()}

    def find(
        self,
        name: str,
        *,
        on: date | None = None,
        tier: int | None = None,
        level: str | None = None,
        within: str | None = None,
    ) -> tuple[AdministrativeUnit, ...]:
        """Return the units of that name, which is bare or an alias; provinces first, then older versions.

        Args:
            name: Matched whole, but for case, the placement of tones and the spaces about dashes.
            on: Keep what was in force on that day; without it every version is kept.
            tier: Keep one tier.
            level: Keep one level.
            within: Keep what lay in the unit of that code, at any depth.
        """
        key = _key(name)
        found = (unit for each in TIERS if tier in (None, each) for unit in self._by_key[each].get(key, ()))
        return tuple(
            unit
            for unit in found
            if (on is None or unit.in_force(on))
            and (level is None or unit.level == level)
            and (within is None or within in self._codes_above(unit))
        )

    def names_of(self, unit: AdministrativeUnit) -> tuple[str, ...]:
        """Return what writers call a unit: with and without its designation, and by other names."""
        others = self._aliases.get(unit.tier, {}).get(unit.name, ())
        return (unit.full_name, unit.name, *unit.spellings, *others)

    def unit(self, code: str, on: date | None = None) -> AdministrativeUnit | None:
        """Return the unit of that code on that day, or its latest version."""
        versions = (unit for unit in reversed(self._by_code.get(code, ())) if on is None or unit.in_force(on))
        return next(versions, None)

    def versions(self, code: str) -> tuple[AdministrativeUnit, ...]:
        """Return all units that bore that code, older first."""
        return tuple(self._by_code.get(code, ()))

    def units(self, on: date | None = None) -> Iterator[AdministrativeUnit]:
        """Yield every version, or those in force on that day, older first."""
        return (unit for unit in self._units if on is None or unit.in_force(on))

    def provinces(self, on: date | None = None) -> tuple[AdministrativeUnit, ...]:
        """Return the provinces and the cities of their rank, of that day or of all time, by code."""
        in_force = (unit for unit in self._provinces if on is None or unit.in_force(on))
        return tuple(sorted(in_force, key=lambda unit: unit.code))

    def ancestors(self, unit: AdministrativeUnit, on: date | None = None) -> tuple[AdministrativeUnit, ...]:
        """Return what the unit lies in, nearest first: a commune's district, then its province.

        They are of that day or, without one, the latest that the unit lay in while it was in force.
        """
        above: list[AdministrativeUnit] = []
        code = unit.parent
        while code is not None:
            versions = [it for it in self._by_code.get(code, ()) if it.meets(unit)]
            parent = next(
                (it for it in versions if on and it.in_force(on)), versions[-1] if versions else None
            )
            if parent is None:
                break
            above.append(parent)
            code = parent.parent
        return tuple(above)

    def holders(self, unit: AdministrativeUnit) -> tuple[AdministrativeUnit, ...]:
        """Return all versions of what the unit directly lay in while it was in force, older first."""
        return tuple(it for it in self._by_code.get(unit.parent or "", ()) if it.meets(unit))

    def province_of(self, unit: AdministrativeUnit, on: date | None = None) -> AdministrativeUnit:
        """Return the province that the unit lies in, or the unit if it is one; `on` is as in `ancestors`."""
        return (unit, *self.ancestors(unit, on))[-1]

    def children(self, unit: AdministrativeUnit, on: date | None = None) -> tuple[AdministrativeUnit, ...]:
        """Return what lies directly in the unit on that day, or on the last day it was in force."""
        day = on or unit.valid_to or date.max
        return tuple(
            it for it in self._by_parent.get(unit.code, ()) if it.in_force(day) and unit.in_force(day)
        )

    def successors(self, unit: AdministrativeUnit) -> tuple[AdministrativeUnit, ...]:
        """Return the units that took its place, by code: none while it is in force.

        Those of a district that ended with its tier are the successors of its communes.
        """
        if unit.valid_to is None:
            return ()
        next_day = unit.valid_to + timedelta(days=1)
        codes = set(unit.successors)
        if not codes and unit.tier == 2:
            codes.update(code for commune in self.children(unit) for code in commune.successors)
        found = (self.unit(code, next_day) for code in sorted(codes))
        return tuple(it for it in found if it is not None)

    def present(self, unit: AdministrativeUnit) -> tuple[AdministrativeUnit, ...]:
        """Return the units in force today that its successors, and theirs, have led to, by code."""
        if unit.valid_to is None:
            return (unit,)
        reached = {it.code: it for after in self.successors(unit) for it in self.present(after)}
        return tuple(reached[code] for code in sorted(reached))

    def predecessors(self, unit: AdministrativeUnit) -> tuple[AdministrativeUnit, ...]:
        """Return the units whose place it took, in whole or in part, by code: none where the lists begin."""
        if unit.valid_from is None:
            return ()
        last_day = unit.valid_from - timedelta(days=1)
        return tuple(it for it in self._by_successor.get(unit.code, ()) if it.valid_to == last_day)

    def names(self, tier: int) -> frozenset[str]:
        """Return the matching keys of all names and aliases of a tier, with every way of spacing a dash."""
        spaced = {spelling for key in self._by_key[tier] for spelling in _spaced(key)}
        respelt = {_DAK.sub(dak, key) for key in spaced for dak in _DAKS if _DAK.search(key)}
        return frozenset(spaced | respelt)

    @cached_property
    def _by_successor(self) -> Mapping[str, Sequence[AdministrativeUnit]]:
        ended: defaultdict[str, list[AdministrativeUnit]] = defaultdict(list)
        for unit in sorted(self._units, key=lambda it: it.code):
            for code in unit.successors:
                ended[code].append(unit)
        return dict(ended)

    def _codes_above(self, unit: AdministrativeUnit) -> set[str]:
        return {above.code for above in self.ancestors(unit)}


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that was compiled with the package."""
    source = files("kg.vocabulary").joinpath("data", "administrative_units.json.gz")
    try:
        packed = source.read_bytes()
    except FileNotFoundError as error:
        raise KgError("the gazetteer is not compiled; install the package to compile it") from error
    rows = json.loads(gzip.decompress(packed))["units"]
    aliases = load_resource("place_aliases")
    return Gazetteer(map(_unit, rows), {1: aliases["provinces"], 2: aliases["districts"]})


def _unit(row: Sequence[Any]) -> AdministrativeUnit:
    code, designation, name, parent, since, until, successors, spellings = row
    return AdministrativeUnit(
        code=code,
        name=name,
        level=LEVEL_OF_DESIGNATION[designation],
        tier=_TIER[len(code)],
        parent=parent,
        valid_from=_day(since),
        valid_to=_day(until),
        successors=tuple(successors),
        designation=designation,
        spellings=tuple(spellings),
    )


@cache
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _age(unit: AdministrativeUnit) -> tuple[date, str]:
    return unit.valid_from or date.min, unit.code


def _key(name: str) -> str:
    key = _DASH.sub("-", matching_key(unicodedata.normalize("NFC", fold_space(name))))
    return _DAK.sub("đắk", key)


def _spaced(key: str) -> Iterator[str]:
    parts = key.split("-")
    for dashes in product(_DASHES, repeat=len(parts) - 1):
        yield parts[0] + "".join(map("".join, zip(dashes, parts[1:], strict=True)))

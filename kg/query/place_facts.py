"""Answers about places as JSON objects, the same on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kg.errors import NotFoundError
from kg.query.catalog import QUESTIONS
from kg.query.places import PlaceAnswer, PlacedUnit, PlaceHistory, Replacement
from kg.store import Store
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer

Json = dict[str, Any]
Identifiers = Mapping[tuple[str, date | None], str]


def answer_json(answer: PlaceAnswer, ids: Identifiers | None = None) -> Json:
    """Return what a name means on a day; `place` is null where it leaves several candidates.

    Args:
        answer: as `find_place` gives it.
        ids: the IRIs of versions by code and first day, as `read_identifiers` gives them.
    """
    known = ids or {}
    return {
        "name": answer.name,
        "on": answer.on.isoformat(),
        "place": None if answer.place is None else history_json(answer.place, known),
        "candidates": _list(answer.candidates, known),
        "namesakes": _list(answer.namesakes, known),
        "atOtherTimes": _list(answer.at_other_times, known),
    }


def history_json(history: PlaceHistory, ids: Identifiers | None = None) -> Json:
    """Return one version of a unit with its past and its future."""
    known = ids or {}
    return {
        **_placed(history.place, known),
        "on": history.on.isoformat(),
        "inForce": history.in_force,
        **_fate(history.fate, known),
        "communes": [{**_placed(it.replaced, known), **_fate(it, known)} for it in history.communes],
        "before": _list(history.before, known),
    }


def units_of(answer: PlaceAnswer | PlaceHistory) -> Iterator[AdministrativeUnit]:
    """Yield every unit that an answer speaks of."""
    if isinstance(answer, PlaceAnswer):
        placed = [*answer.candidates, *answer.namesakes, *answer.at_other_times]
        if answer.place is not None:
            yield from units_of(answer.place)
    else:
        fates = (answer.fate, *answer.communes)
        placed = [answer.place, *answer.before]
        placed += [it for fate in fates for it in (fate.replaced, *fate.successors, *fate.today)]
    for each in placed:
        yield each.unit
        yield from each.within


def read_identifiers(store: Store, units: Iterable[AdministrativeUnit]) -> Identifiers:
    """Return the IRIs, by code and first day, of those units that a store knows."""
    found: dict[tuple[str, date | None], str] = {}
    for code in sorted({unit.code for unit in units}):
        for place, since, _ in QUESTIONS["places_by_code"].select(store, code=code).rows:
            if place is not None:
                found[code, date.fromisoformat(since.value) if since else None] = place.value
    return found


def read_version(store: Store, identifier: str) -> AdministrativeUnit:
    """Return the version of the lists that a place of a store is.

    Raises:
        NotFoundError: the store knows no such place, or the place is in no list.
    """
    said = {way: value.value for way, value in store.statements_about(identifier)}
    unit = version_of(said.get(ns.CODE, ""), said.get(ns.SCHEMA_VALID_FROM))
    if unit is None:
        raise NotFoundError(f"{identifier} is in no list of administrative units")
    return unit


def version_of(code: str, since: str | None) -> AdministrativeUnit | None:
    """Return the version of a code that begins on a day, as "2025-07-01", or where the lists begin."""
    return next((it for it in load_gazetteer().versions(code) if _iso(it.valid_from) == since), None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fate(fate: Replacement, ids: Identifiers) -> Json:
    return {
        "replacedOn": _iso(fate.since),
        "replacedBy": _list(fate.successors, ids),
        "today": _list(fate.today, ids),
    }


def _list(places: Iterable[PlacedUnit], ids: Identifiers) -> list[Json]:
    return [_placed(place, ids) for place in places]


def _placed(place: PlacedUnit, ids: Identifiers) -> Json:
    return {**_unit(place.unit, ids), "within": [_unit(unit, ids) for unit in place.within]}


def _unit(unit: AdministrativeUnit, ids: Identifiers) -> Json:
    known = ids.get((unit.code, unit.valid_from))
    return {
        **({} if known is None else {"id": known}),
        "code": unit.code,
        "name": unit.full_name,
        "level": unit.level,
        "validFrom": _iso(unit.valid_from),
        "validThrough": _iso(unit.valid_to),
    }

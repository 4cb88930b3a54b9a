"""Which version of which administrative unit a place of an article is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.language.normalization import fold_space
from kg.model.entity import Organization, Place
from kg.model.relation import EntityId
from kg.model.resolution import Resolution
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import concept_of, expanded_key, load_concepts, national_markers, wording_key
from kg.vocabulary.gazetteer import Gazetteer
from kg.vocabulary.versions import ended_last, lying_in, versions_meant


def article_day(resolution: Resolution) -> date | None:
    """Return the day an article speaks from: its publication, or else the first day of its text or events."""
    if resolution.article.published is not None:
        return resolution.article.published.day
    if resolution.day is not None:
        return resolution.day
    return min((event.start for event in resolution.events if event.start is not None), default=None)


def place_versions(resolution: Resolution, gazetteer: Gazetteer) -> Mapping[EntityId, AdministrativeUnit]:
    """Return the units that the places of an article are, as far as name, level and day leave one.

    Without a day only a name that had one version ever is plain: names are reused for larger areas.
    """
    day = article_day(resolution)
    places = {place.id: place for place in resolution.places}
    found: dict[EntityId, AdministrativeUnit] = {}
    for place in sorted(resolution.places, key=lambda place: len(chain_of(place, places))):
        holders = [found[outer.id] for outer in chain_of(place, places)[1:] if outer.id in found]
        units = _candidates(place, gazetteer, day, holders[:1])
        if len(units) == 1:
            found[place.id] = units[0]
    return found


def chain_of(place: Place, places: Mapping[EntityId, Place]) -> list[Place]:
    """Return a place and those that hold it, nearest first; a chain that bites its tail ends there."""
    chain = [place]
    while (above := chain[-1].within) is not None and above in places and places[above] not in chain:
        chain.append(places[above])
    return chain


def units_in_name(
    body: Organization, gazetteer: Gazetteer, day: date | None
) -> tuple[AdministrativeUnit, ...]:
    """Return the unit that a body's name ends in, "huyện Than Uyên" or "Huyện ủy Than Uyên", if it is plain.

    It is in force on the day or, of what nothing is called so any more, the one that was so called last.
    More than one are versions of one unit, of which the day does not say which. A commune, and any unit in
    the name of a body that has a name of its own, counts only after its designation: hospitals and schools
    are named after people, and so are wards.
    """
    name = expanded_key(body.name)
    if any(name.endswith(wording_key(marker)) for marker in national_markers("organizations")):
        return ()
    words = name.split(" ")
    for start in range(1, len(words)):
        found = gazetteer.find(" ".join(words[start:]), on=day)
        plain = [unit for unit in found if _is_designated(unit, words[:start])]
        if not plain and _is_named_by_place(body):
            plain = [unit for unit in found if unit.tier == min(other.tier for other in found) < 3]
        if not plain and day is not None:
            every = gazetteer.find(" ".join(words[start:]))
            plain = [unit for unit in ended_last(every, day) if _is_designated(unit, words[:start])]
        if plain:
            return tuple(plain) if len({unit.code for unit in plain}) == 1 else ()
    return ()


def _is_designated(unit: AdministrativeUnit, before: list[str]) -> bool:
    """Tell whether the words before a name say what it is: "huyện", or "huyện ủy" of a tier that has one."""
    designation = wording_key(unit.designation).split(" ")
    if before[-len(designation) :] == designation:
        return True
    return unit.tier < 3 and len(before) > 1 and before[-2] == designation[0]


def _is_named_by_place(body: Organization) -> bool:
    kind = concept_of("organizations", body.kind)
    return kind is None or kind.named_by_place


def _candidates(
    place: Place, gazetteer: Gazetteer, day: date | None, holders: list[AdministrativeUnit]
) -> tuple[AdministrativeUnit, ...]:
    """Return what a place may be: in what holds it the version in force, or else the one before it."""
    name = bare_name(place)
    for former in (place.former,) if place.former or day is None else (False, True):
        units = versions_meant(gazetteer, name, level=place.level, day=day, former=former)
        for holder in holders:
            units = lying_in(gazetteer, units, holder)
        if units:
            return units
    return ()


def bare_name(place: Place) -> str:
    """Return a place's name without the word for its level: "Than Uyên" of "huyện Than Uyên"."""
    name = fold_space(place.name)
    wordings = {
        wording_key(wording)
        for concept in load_concepts("places")
        if concept.notation in (place.level, "city")
        for wording in concept.wordings
    }
    for wording in sorted(wordings, key=len, reverse=True):
        head, rest = name[: len(wording)], name[len(wording) :]
        if not rest.strip() or (rest[0].isalnum() and wording[-1].isalnum()):
            continue
        if wording_key(head) == wording:
            return rest.strip()
    return name

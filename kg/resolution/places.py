"""The places of an article, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.language.normalization import matching_key
from kg.model.article import FACT_ZONES
from kg.model.entity import Place
from kg.model.extraction import Extraction
from kg.model.mention import PlaceMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.areas import area_names, bodies_of, implied_province, may_hold, stated_province
from kg.resolution.containers import only_holder, stated_holders
from kg.resolution.locality import Locality, article_day, small_letters_of_place
from kg.resolution.namesakes import by_level, namesakes, place_key
from kg.resolution.naming import as_written
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.versions import lying_in, versions_meant

__all__ = ["Places", "place_key", "resolve_places"]

Units = tuple[AdministrativeUnit, ...]
_MOST_DISTRICTS = 40  # a text that names more does not say by that which of two namesakes it means
_ABBREVIATED = 4  # characters in "TP. "
_HEADS = {"province": "tỉnh", "district": "huyện", "city": "thành phố", "town": "thị xã"}
_DISTRICTS = ("district", "town", "city")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place before it is known what holds it.

    Attributes:
        units: what it may be by its name, level and day.
        typed: the text gives its level.
    """

    place: Place
    units: Units
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """The places, and which of them each mention means.

    Attributes:
        names: the bare name of each, as `place_key` has it.
        seats: by the span of a name behind "khu vực", the province of the body that is named so.
    """

    entities: tuple[Place, ...]
    by_span: dict[Span, EntityId]
    names: dict[EntityId, str]
    seats: dict[Span, EntityId]


def resolve_places(extraction: Extraction, locality: Locality) -> Places:
    """Gather mentions of one name: a bare name means the typed one of the same article.

    Each place gets the one that holds it, as far as the article makes it plain; a province that the article
    does not name, but that the lines around it do, comes along as inferred.
    """
    day = article_day(extraction)
    holders = stated_holders(extraction, day)
    groups: dict[str, list[PlaceMention]] = {}
    for mention in extraction.mentions:
        if isinstance(mention, PlaceMention):
            groups.setdefault(place_key(mention.name), []).append(mention)
    gathered: list[_Candidate] = []
    by_span: dict[Span, EntityId] = {}
    names: dict[EntityId, str] = {}
    areas = {area.span for area in area_names(extraction)}
    kinds = {
        body.place: body.kind for body in bodies_of(extraction) if body.place and body.place not in areas
    }
    for key, mentions in groups.items():
        for level_mentions in by_level(mentions, kinds, day):
            for apart, former in namesakes(level_mentions, holders, day):
                place = _entity(apart, number=len(gathered) + 1, former=former)
                typed = any(mention.typed for mention in apart)
                gathered.append(_Candidate(place, _units(apart, day, former=former), typed))
                by_span.update((mention.span, place.id) for mention in apart)
                names[place.id] = key
    province = _province(locality, gathered, day)
    units_of = {each.place.id: each.units for each in (*gathered, *filter(None, [province]))}
    districts = [each for each in gathered if not areas.issuperset(each.place.mentions)]
    placed = []
    for each in gathered:
        stated = _stated(each.place, holders, by_span)
        within = stated or _implied(each.units, districts, locality, province)
        place = _designated(each, units_of.get(within or "", ()))
        inferred = stated is None and within is not None
        placed.append(replace(place, within=within, within_inferred=inferred))
    seats, outside = _seats(extraction, placed, by_span, gathered, province)
    if province is not None and province.place.inferred:
        needed = province.place.id in seats.values() or _is_needed(province.place, placed, extraction)
        outside = [*([province] if needed else []), *outside]
    for each in outside:
        placed.append(each.place)
        names[each.place.id] = place_key(each.units[-1].name)
    return Places(tuple(placed), by_span, names, seats)


def _seats(
    extraction: Extraction,
    placed: Sequence[Place],
    by_span: Mapping[Span, EntityId],
    gathered: Sequence[_Candidate],
    province: _Candidate | None,
) -> tuple[dict[Span, EntityId], list[_Candidate]]:
    """Return the province of each area that bodies are named after, and provinces that follow from those.

    It is the one that is said to hold the area, else the article's where it may, else the only one that may.
    """
    places = {place.id: place for place in placed}
    known = [each for each in (*gathered, province) if each is not None]
    units = {each.place.id: each.units for each in known}
    outside: list[_Candidate] = []
    seats: dict[Span, EntityId] = {}
    for area in area_names(extraction):
        found = stated_province(places[by_span[area.span]], places, units)
        if found is None and province is not None and may_hold(province.units, area.name):
            found = province.place.id
        if found is None and (unit := implied_province(area.name, article_day(extraction))) is not None:
            present = (each for each in (*known, *outside) if unit in each.units and not each.place.former)
            holder = next(present, None)
            if holder is None:
                number = len(known) + len(outside) + 1
                holder = _inferred((unit,), number, surface=unit.name, clues=(area.span,))
                outside.append(holder)
            found = holder.place.id
        if found is not None:
            seats[area.span] = found
    return seats, outside


def _units(mentions: list[PlaceMention], day: date | None, *, former: bool) -> Units:
    chosen = next((mention for mention in mentions if mention.typed), mentions[0])
    gazetteer = load_gazetteer()
    levels: tuple[str, ...] = (chosen.level,)
    if not chosen.typed and chosen.level in _DISTRICTS and not gazetteer.find(chosen.name, tier=1):
        levels = _DISTRICTS  # a city of today may have been a district on that day
    found = [
        unit
        for level in levels
        for unit in versions_meant(gazetteer, chosen.name, level=level, day=day, former=former)
    ]
    if day is None or former:
        return tuple(found)
    return tuple(unit for unit in found if unit.in_force(day)) or tuple(found)


def _stated(
    place: Place, holders: Mapping[Span, PlaceMention], by_span: Mapping[Span, EntityId]
) -> EntityId | None:
    stated = (by_span[holders[span].span] for span in place.mentions if span in holders)
    return next((holder for holder in stated if holder != place.id), None)


def _implied(
    units: Units, gathered: Sequence[_Candidate], locality: Locality, province: _Candidate | None
) -> EntityId | None:
    """Return the place that leaves one of what a name may mean: a district that is named, or the province."""
    if len(units) < 2:
        return None
    districts = [(it.place.id, it.units) for it in gathered if {unit.tier for unit in it.units} == {2}]
    if units[0].tier == 3 and len(districts) <= _MOST_DISTRICTS:
        local = locality.district and place_key(locality.district.name)
        main = [(key, outer) for key, outer in districts if local in {place_key(unit.name) for unit in outer}]
        if found := only_holder(units, districts) or only_holder(units, main):
            return found
    if province is None or units[0].tier == 1:
        return None
    return only_holder(units, [(province.place.id, province.units)])


def _designated(candidate: _Candidate, holders: Units) -> Place:
    """Return a place, one without its level with the level of what it can be alone: a quận or a huyện."""
    gazetteer, place = load_gazetteer(), candidate.place
    inside = [unit for outer in holders for unit in lying_in(gazetteer, candidate.units, outer)]
    meant = {(unit.designation, unit.level) for unit in inside or candidate.units}
    if candidate.typed or place.level not in _DISTRICTS or len(meant) != 1:
        return place
    ((designation, level),) = meant
    name = place.name.removeprefix(f"{_HEADS[place.level]} ")
    if level == place.level != "district":
        return place
    return replace(place, name=f"{designation} {name}", level=level)


def _province(locality: Locality, gathered: Sequence[_Candidate], day: date | None) -> _Candidate | None:
    """Return the province that the article is about, named or inferred."""
    local = locality.province
    if local is None:
        return None
    key = place_key(local.name)
    for each in sorted(gathered, key=lambda candidate: candidate.place.former):
        named = {place_key(unit.name) for unit in each.units if unit.tier == 1}
        if each.place.level == local.level and key in named:
            return each
    known = versions_meant(load_gazetteer(), local.name, level=local.level, day=day)
    units = tuple(unit for unit in known if unit.tier == 1)
    if not units or not local.inferred:
        return None
    return _inferred(units, len(gathered) + 1, surface=local.name, clues=local.clues)


def _inferred(units: Units, number: int, *, surface: str, clues: tuple[Span, ...]) -> _Candidate:
    """Return a province that follows from what the text names."""
    place = Place(
        id=f"place-{number}",
        name=units[-1].full_name,
        surface=surface,
        level=units[-1].level,
        mentions=(),
        rule="resolution.province",
        confidence=0.7,
        inferred=True,
        clues=clues,
    )
    return _Candidate(place, units)


def _is_needed(province: Place, places: Sequence[Place], extraction: Extraction) -> bool:
    """Tell whether a place is held by an inferred province, or the lines around the text alone name it."""
    if any(place.within == province.id for place in places):
        return True
    own = [paragraph.span for paragraph in extraction.article.paragraphs if paragraph.zone in FACT_ZONES]
    return not any(span.contains(clue) for span in own for clue in province.clues)


def _entity(mentions: list[PlaceMention], *, number: int, former: bool) -> Place:
    typed = next((mention for mention in mentions if mention.typed), None)
    chosen = typed or mentions[0]
    surest = max(mentions, key=lambda mention: mention.confidence)
    return Place(
        id=f"place-{number}",
        name=as_written(_full_name(chosen)),
        surface=mentions[0].text,
        level=chosen.level,
        mentions=tuple(mention.span for mention in mentions),
        rule=surest.rule,
        confidence=surest.confidence,
        former=former,
    )


def _full_name(mention: PlaceMention) -> str:
    if mention.typed and matching_key(mention.text) != matching_key(mention.name):
        return _in_small_letters(mention)
    head = {"commune": "xã", "ward": "phường", "township": "thị trấn"} | _HEADS
    units = load_gazetteer().find(mention.name)
    shouted = mention.name.isupper() and " " in mention.name
    name = small_letters_of_place(mention.name) if shouted else mention.name
    if mention.level == "city" or not units:
        return name
    return f"{head.get(mention.level, '')} {name}".strip()


def _in_small_letters(mention: PlaceMention) -> str:
    """Return a place with its level as it is usually written where a headline gives it in capitals."""
    text, usual = mention.text, small_letters_of_place(mention.name)
    if not text.isupper() or matching_key(usual) != matching_key(mention.name):
        return text
    head = text[: len(text) - len(mention.name)]
    return f"{head if len(head) <= _ABBREVIATED else head.lower()}{usual}"

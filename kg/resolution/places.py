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
_HEADS = {"province": "tỉnh", "district": "huyện", "city": "thành phố"}


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
    """The places, and which of them each mention means."""

    entities: tuple[Place, ...]
    by_span: dict[Span, EntityId]


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
    for mentions in groups.values():
        for level_mentions in by_level(mentions, day):
            for apart, former in namesakes(level_mentions, holders, day):
                place = _entity(apart, number=len(gathered) + 1, former=former)
                typed = any(mention.typed for mention in apart)
                gathered.append(_Candidate(place, _units(apart, day, former=former), typed))
                by_span.update((mention.span, place.id) for mention in apart)
    province = _province(locality, gathered, day)
    units_of = {each.place.id: each.units for each in (*gathered, *filter(None, [province]))}
    placed = []
    for each in gathered:
        stated = _stated(each.place, holders, by_span)
        within = stated or _implied(each.units, gathered, locality, province)
        name = _designated(each, units_of.get(within or "", ()))
        inferred = stated is None and within is not None
        placed.append(replace(each.place, name=name, within=within, within_inferred=inferred))
    if province is not None and province.place.inferred and _is_needed(province.place, placed, extraction):
        placed.append(province.place)
    return Places(tuple(placed), by_span)


def _units(mentions: list[PlaceMention], day: date | None, *, former: bool) -> Units:
    chosen = next((mention for mention in mentions if mention.typed), mentions[0])
    return versions_meant(load_gazetteer(), chosen.name, level=chosen.level, day=day, former=former)


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


def _designated(candidate: _Candidate, holders: Units) -> str:
    """Return a place's name, a bare one with the designation of what it can be alone: a quận or a huyện."""
    gazetteer, place = load_gazetteer(), candidate.place
    inside = [unit for outer in holders for unit in lying_in(gazetteer, candidate.units, outer)]
    meant = {unit.designation for unit in inside or candidate.units}
    head, _, name = place.name.partition(" ")
    if candidate.typed or head != _HEADS["district"] or len(meant) != 1:
        return place.name
    return f"{meant.pop()} {name}"


def _province(locality: Locality, gathered: Sequence[_Candidate], day: date | None) -> _Candidate | None:
    """Return the province that the article is about, named or inferred."""
    local = locality.province
    if local is None:
        return None
    key = place_key(local.name)
    for each in gathered:
        named = {place_key(unit.name) for unit in each.units if unit.tier == 1}
        if each.place.level == local.level and key in named:
            return each
    known = versions_meant(load_gazetteer(), local.name, level=local.level, day=day)
    units = tuple(unit for unit in known if unit.tier == 1)
    if not units or not local.inferred:
        return None
    place = Place(
        id=f"place-{len(gathered) + 1}",
        name=units[-1].full_name,
        surface=local.name,
        level=local.level,
        mentions=(),
        rule="resolution.province",
        confidence=0.7,
        inferred=True,
        clues=local.clues,
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
    head = {"commune": "xã", "ward": "phường", "township": "thị trấn", "town": "thị xã"} | _HEADS
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

"""Telling apart the places of one name in an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.language.normalization import fold_space, matching_key
from kg.model.mention import PlaceMention
from kg.model.span import Span
from kg.resolution.containers import tier_of
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.versions import versions_meant


def place_key(name: str) -> str:
    """Return what two spellings of one place's bare name share."""
    units = load_gazetteer().find(name)
    return matching_key(units[0].name if units else fold_space(name))


def by_level(mentions: list[PlaceMention], day: date | None) -> list[list[PlaceMention]]:
    """Tell apart a province and a city of one name ("tỉnh Hòa Bình", "thành phố Hòa Bình")."""
    typed: dict[str, list[PlaceMention]] = {}
    for mention in mentions:
        if mention.typed:
            typed.setdefault(mention.level, []).append(mention)
    if not typed:
        return [mentions]
    bare = [mention for mention in mentions if not mention.typed]
    provinces = load_gazetteer().find(mentions[0].name, on=day, tier=1)
    named_after = any(unit.level == "province" for unit in provinces)
    if bare and named_after:
        typed.setdefault("province", []).extend(bare)  # beside a "thành phố Bắc Kạn", Bắc Kạn is the province
    else:
        next(iter(typed.values())).extend(bare)
    return [sorted(group, key=lambda mention: mention.span.start) for group in typed.values()]


def namesakes(
    mentions: list[PlaceMention], holders: Mapping[Span, PlaceMention], day: date | None
) -> list[tuple[list[PlaceMention], bool]]:
    """Tell apart, among mentions of one name and level, those in two districts, the former and the present.

    Returns:
        The mentions of each, and whether the text speaks of it as former. What has no district of its own
        goes with the mention before it. A name that nothing bears any more has only one, the former.
    """
    name, level = mentions[0].name, mentions[0].level
    was = day is None or bool(versions_meant(load_gazetteer(), name, level=level, day=day, former=True))
    present = versions_meant(load_gazetteer(), name, level=level, day=day)
    is_now = day is not None and any(unit.in_force(day) for unit in present)
    said = was and any(mention.former for mention in mentions)
    apart: dict[tuple[bool, str], list[PlaceMention]] = {}
    districts = [_district(mention, holders, day) for mention in mentions]
    district = next((each for each in districts if each), "")
    for mention, own in zip(mentions, districts, strict=True):
        district = own or district
        former = said and (mention.former or not is_now)
        apart.setdefault((former, district), []).append(mention)
    return [(together, former) for (former, _), together in apart.items()]


def _district(mention: PlaceMention, holders: Mapping[Span, PlaceMention], day: date | None) -> str:
    holder = holders.get(mention.span)
    return "" if holder is None or tier_of(holder, day) != 2 else place_key(holder.name)

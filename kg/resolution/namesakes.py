"""Telling apart the places of one name in an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.language.normalization import fold_space, matching_key
from kg.model.mention import PlaceMention
from kg.model.span import Span
from kg.resolution.containers import tier_of
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.versions import TIERS, versions_meant

_COMMUNE = 3
_OF_COMMUNES = frozenset({"health_station"})
_OF_DISTRICTS = frozenset({"health_centre", "health_office"})


def place_key(name: str) -> str:
    """Return what two spellings of one place's bare name share."""
    units = load_gazetteer().find(name)
    return matching_key(units[0].name if units else fold_space(name))


def by_level(
    mentions: list[PlaceMention], kinds: Mapping[Span, str], day: date | None
) -> list[list[PlaceMention]]:
    """Tell apart a province and a city of one name ("tỉnh Hòa Bình", "thành phố Hòa Bình").

    Args:
        mentions: all of one name.
        kinds: of the bodies in whose names places stand, by the spans of those.
        day: that of the article.
    """
    typed: dict[str, list[PlaceMention]] = {}
    for mention in mentions:
        if mention.typed:
            typed.setdefault(mention.level, []).append(mention)
    if not typed:
        return [mentions]
    bare = [mention for mention in mentions if not mention.typed]
    # Beside a "thị trấn X" and a "huyện X", X alone is the district.
    own = [(mention, _level_alone(mention, typed, kinds.get(mention.span, ""))) for mention in bare]
    for mention, level in own:
        if level is not None:
            typed.setdefault(level, []).append(mention)
    bare = [mention for mention, level in own if level is None]
    provinces = load_gazetteer().find(mentions[0].name, on=day, tier=1)
    named_after = any(unit.level == "province" for unit in provinces)
    if bare and named_after:
        typed.setdefault("province", []).extend(bare)  # beside a "thành phố Bắc Kạn", Bắc Kạn is the province
    else:
        next(iter(typed.values())).extend(bare)
    return [sorted(group, key=lambda mention: mention.span.start) for group in typed.values()]


def _level_alone(mention: PlaceMention, typed: Mapping[str, list[PlaceMention]], kind: str) -> str | None:
    """Return the level of a name without one where its body tells it, or another mention of that level."""
    tiers = {TIERS.get(level, 2): level for level in reversed(tuple(typed))}
    if kind in _OF_COMMUNES and _COMMUNE in tiers:
        return tiers[_COMMUNE]
    if kind in _OF_DISTRICTS and 2 not in tiers and TIERS.get(mention.level, 2) == 2:
        return mention.level
    return mention.level if mention.level in typed else None


def namesakes(
    mentions: list[PlaceMention], holders: Mapping[Span, PlaceMention], day: date | None
) -> list[tuple[list[PlaceMention], bool]]:
    """Tell apart, among mentions of one name and level, those of two holders, the former and the present.

    A commune's holder is its district, a district's its province.

    Returns:
        The mentions of each, and whether the text speaks of it as former. What has no holder of its own
        goes with the mention before it. A name that nothing bears any more has only one, the former.
    """
    name, level = mentions[0].name, mentions[0].level
    was = day is None or bool(versions_meant(load_gazetteer(), name, level=level, day=day, former=True))
    present = versions_meant(load_gazetteer(), name, level=level, day=day)
    is_now = day is not None and any(unit.in_force(day) for unit in present)
    said = was and any(mention.former for mention in mentions)
    apart: dict[tuple[bool, str], list[PlaceMention]] = {}
    stated = [_holder(mention, holders, day) for mention in mentions]
    holder = next((each for each in stated if each), "")
    for mention, own in zip(mentions, stated, strict=True):
        holder = own or holder
        former = said and (mention.former or not is_now)
        apart.setdefault((former, holder), []).append(mention)
    return [(together, former) for (former, _), together in apart.items()]


def _holder(mention: PlaceMention, holders: Mapping[Span, PlaceMention], day: date | None) -> str:
    holder, tier = holders.get(mention.span), min(tier_of(mention, day), _COMMUNE)
    if holder is None or tier_of(holder, day) != tier - 1:
        return ""
    if tier < _COMMUNE and len({unit.code for unit in load_gazetteer().find(mention.name, tier=tier)}) < 2:
        return ""  # a former district may be said to lie in the province of then and in that of today
    units = versions_meant(load_gazetteer(), holder.name, level=holder.level, day=day)
    is_now = day is not None and any(unit.in_force(day) for unit in units)
    return f"{place_key(holder.name)}{' of old' * (holder.former and is_now)}"

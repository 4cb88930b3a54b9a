"""The places of an article, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.language.normalization import fold_space, matching_key
from kg.model.entity import Place
from kg.model.extraction import Extraction
from kg.model.mention import PlaceMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.locality import article_day
from kg.resolution.naming import as_written
from kg.vocabulary.gazetteer import load_gazetteer

_TIERS = {
    "province": 1,
    "city": 2,
    "district": 2,
    "town": 2,
    "township": 3,
    "ward": 3,
    "commune": 3,
    "village": 4,
}
_HEADS = {"province": "tỉnh", "district": "huyện", "city": "thành phố"}


@dataclass(frozen=True, slots=True)
class Places:
    """The places, and which of them each mention means."""

    entities: tuple[Place, ...]
    by_span: dict[Span, EntityId]


def resolve_places(extraction: Extraction) -> Places:
    """Gather mentions of one name: a bare name means the typed one of the same article."""
    groups: dict[str, list[PlaceMention]] = {}
    for mention in extraction.mentions:
        if isinstance(mention, PlaceMention):
            groups.setdefault(place_key(mention.name), []).append(mention)
    day = article_day(extraction)
    entities: list[Place] = []
    by_span: dict[Span, EntityId] = {}
    for mentions in groups.values():
        for level_mentions in _by_level(mentions, day):
            place = _entity(level_mentions, number=len(entities) + 1)
            entities.append(place)
            by_span.update((mention.span, place.id) for mention in level_mentions)
    return Places(tuple(entities), by_span)


def place_key(name: str) -> str:
    """Return what two spellings of one place's bare name share."""
    units = load_gazetteer().find(name)
    return matching_key(units[0].name if units else fold_space(name))


def _by_level(mentions: list[PlaceMention], day: date | None) -> list[list[PlaceMention]]:
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


def _entity(mentions: list[PlaceMention], *, number: int) -> Place:
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
    )


def _full_name(mention: PlaceMention) -> str:
    if mention.typed and matching_key(mention.text) != matching_key(mention.name):
        return mention.text
    head = {"commune": "xã", "ward": "phường", "township": "thị trấn", "town": "thị xã"} | _HEADS
    units = load_gazetteer().find(mention.name)
    if mention.level == "city" or not units:
        return mention.name
    return f"{head.get(mention.level, '')} {mention.name}".strip()

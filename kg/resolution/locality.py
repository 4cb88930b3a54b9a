"""Which province, district and commune an article is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kg.model.article import Zone
from kg.model.extraction import Extraction
from kg.model.mention import DateKind, DateMention, OrganizationMention, PlaceMention
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer

_TIER_OF_LEVEL = {
    "province": (1,), "city": (2, 1), "district": (2,), "town": (2,), "township": (3,), "ward": (3,),
    "commune": (3,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Local:
    """A unit that the article is about, with its name as it is to be written after a body's head."""

    name: str
    level: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """What the article makes plain; None where it does not."""

    province: Local | None = None
    district: Local | None = None
    commune: Local | None = None
    named: tuple[tuple[int, Local], ...] = ()  # every unit named with its level, by offset

    def last_before(self, offset: int, level: str) -> Local | None:
        """Return the unit of a level that was named last before an offset."""
        return next(
            (local for at, local in reversed(self.named) if at < offset and local.level == level), None
        )

    def of_level(self, level: str) -> Local | None:
        """Return the local unit of a level of places."""
        if level == "province":
            return self.province
        if level in {"ward", "commune", "township"}:
            return self.commune if self.commune and self.commune.level == level else None
        if level == "city":
            for local in (self.district, self.province):
                if local is not None and local.level == "city":
                    return local
            return None
        return self.district if self.district and self.district.level == level else None


def find_locality(extraction: Extraction) -> Locality:
    """Weigh the places of an article: those in the names of bodies and near the top count most."""
    day = article_day(extraction)
    votes: dict[int, Counter[tuple[str, str]]] = {1: Counter(), 2: Counter(), 3: Counter()}
    in_bodies = {m.place for m in extraction.mentions if isinstance(m, OrganizationMention) and m.place}
    titles = [p.span for p in extraction.article.paragraphs if p.zone is Zone.TITLE]
    for mention in extraction.mentions:
        if not isinstance(mention, PlaceMention):
            continue
        weight = 1 + 2 * (mention.span in in_bodies) + 2 * any(span.contains(mention.span) for span in titles)
        tier = _tier(mention, day)
        if tier in votes:
            votes[tier][mention.name, mention.level] += weight
    district = _winner(votes[2])
    commune = _winner(votes[3])
    province = _winner(votes[1]) or _implied_province(district or commune, day)
    if province is None:
        province = _named_elsewhere(extraction, day)
    named = tuple(
        (mention.span.start, Local(_in_small_letters(mention.name), mention.level))
        for mention in extraction.mentions
        if isinstance(mention, PlaceMention) and mention.typed
    )
    return Locality(province, district, commune, named)


def article_day(extraction: Extraction) -> date | None:
    """Return the day that an article's places are to be understood on: of publication, else of its event."""
    if extraction.article.published is not None:
        return extraction.article.published.day
    days = (m.start for m in extraction.mentions if isinstance(m, DateMention) and m.kind is DateKind.DAY)
    return next((day for day in days if day is not None), None)


def _tier(mention: PlaceMention, day: date | None) -> int:
    tiers = _TIER_OF_LEVEL.get(mention.level, ())
    units = load_gazetteer().find(mention.name, on=day) or load_gazetteer().find(mention.name)
    known = {unit.tier for unit in units}
    return next((tier for tier in tiers if tier in known), tiers[0] if tiers else 0)


def _winner(votes: Counter[tuple[str, str]]) -> Local | None:
    if not votes:
        return None
    ranked = votes.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1] and len(votes) > 2:
        return None  # a list of units, none of which the article is about
    (name, level), _ = ranked[0]
    return Local(_in_small_letters(name), level)


def _in_small_letters(name: str) -> str:
    """Return the usual spelling of a name that a headline gives in capitals."""
    if not name.isupper() or name.isdigit():
        return name
    return small_letters_of_place(name)


def small_letters_of_place(text: str) -> str:
    """Return a place in capitals, with or without its level, as it is usually written."""
    words = text.split()
    for first in range(len(words)):
        units = load_gazetteer().find(" ".join(words[first:]))
        if units:
            return " ".join([*(word.lower() for word in words[:first]), units[-1].name])
    return text.title()


def _implied_province(local: Local | None, day: date | None) -> Local | None:
    """The province of a district that only one province has."""
    if local is None:
        return None
    gazetteer = load_gazetteer()
    units = [
        unit
        for unit in gazetteer.find(local.name, on=day) or gazetteer.find(local.name)
        if unit.tier in _TIER_OF_LEVEL.get(local.level, ()) and unit.tier > 1
    ]
    provinces = {province.name: province for unit in units if (province := gazetteer.province_of(unit, day))}
    if len(provinces) != 1:
        return None
    return _as_local(next(iter(provinces.values())))


def _named_elsewhere(extraction: Extraction, day: date | None) -> Local | None:
    """The one province that byline, source, dateline or, last of all, related news name."""
    article = extraction.article
    known = load_gazetteer().provinces(on=day)
    near = (Zone.DATELINE, Zone.BYLINE, Zone.SOURCE, Zone.FURNITURE)
    for zones in (near, (Zone.RELATED,)):
        spans = [paragraph.span for paragraph in article.paragraphs if paragraph.zone in zones]
        lines = [article.text[span.start : span.end] for span in spans]
        provinces = Counter(unit.name for line in lines for unit in known if unit.name in line)
        if len(provinces) == 1:
            name = next(iter(provinces))
            unit = load_gazetteer().find(name, tier=1)[-1]
            return Local(unit.name, unit.level, inferred=True)
    return None


def _as_local(unit: AdministrativeUnit) -> Local:
    return Local(unit.name, unit.level, inferred=True)

"""Which province, district and commune an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from kg.model.article import Zone
from kg.model.extraction import Extraction
from kg.model.mention import (
    DateKind,
    DateMention,
    OfficialDocumentMention,
    OrganizationMention,
    PlaceMention,
)
from kg.model.span import Span
from kg.resolution.namesakes import place_key
from kg.resolution.province_clues import province_named_elsewhere
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer

_TIER_OF_LEVEL = {
    "province": (1,), "city": (2, 1), "district": (2,), "town": (2,), "township": (3,), "ward": (3,),
    "commune": (3,),
}  # fmt: skip
_OF_THE_DAY = 100
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Local:
    """A unit that the article is about, with its name as it is to be written after a body's head."""

    name: str
    level: str
    inferred: bool = False
    clues: tuple[Span, ...] = ()  # what an inferred one was inferred from


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
    spelled: dict[str, str] = {}  # one spelling of each name, of those in small letters if there are any
    in_bodies = {m.place for m in extraction.mentions if isinstance(m, OrganizationMention) and m.place}
    titles = [p.span for p in extraction.article.paragraphs if p.zone is Zone.TITLE]
    for mention in extraction.mentions:
        if not isinstance(mention, PlaceMention):
            continue
        weight = 1 + 2 * (mention.span in in_bodies) + 2 * any(span.contains(mention.span) for span in titles)
        tier = _tier(mention, day)
        if tier in votes:
            # A province of the past says where something was; the article is about one of its day.
            past = tier == 1 and (mention.former or _is_past(mention, day))
            key = place_key(mention.name)
            votes[tier][key, mention.level] += weight if past else _OF_THE_DAY * weight
            if spelled.setdefault(key, mention.name).isupper():
                spelled[key] = mention.name
    district = _winner(votes[2], spelled)
    commune = _winner(votes[3], spelled)
    local = district or commune
    named, implied = _winner(votes[1], spelled), _implied_province(local, day, _clues(extraction, local))
    # An article about one district may name another province's hospital in passing.
    in_passing = 3 * max(votes[1].values(), default=0) < max(votes[2].values(), default=0)
    province = implied if implied is not None and (named is None or in_passing) else named
    if province is None and (elsewhere := province_named_elsewhere(extraction.article, day)) is not None:
        province = _as_local(*elsewhere)
    by_level = tuple(
        (mention.span.start, Local(_in_small_letters(mention.name), mention.level))
        for mention in extraction.mentions
        if isinstance(mention, PlaceMention) and mention.typed
    )
    return Locality(province, district, commune, by_level)


def _clues(extraction: Extraction, local: Local | None) -> tuple[Span, ...]:
    """Return where the text first names a unit."""
    places = (m for m in extraction.mentions if isinstance(m, PlaceMention) and local is not None)
    named = (m.span for m in places if local is not None and place_key(m.name) == place_key(local.name))
    return tuple(islice(named, 1))


def _is_past(mention: PlaceMention, day: date | None) -> bool:
    return day is not None and not load_gazetteer().find(mention.name, on=day, tier=1)


def article_day(extraction: Extraction) -> date | None:
    """Return the day on which an article's places are to be understood: of publication, else the first named.

    Where no day is named, the first month will do. The day of an official document that is cited may lie
    years back; it counts where there is no other.
    """
    if extraction.article.published is not None:
        return extraction.article.published.day
    cited = [m.span for m in extraction.mentions if isinstance(m, OfficialDocumentMention)]
    dated = [m for m in extraction.mentions if isinstance(m, DateMention) and _length(m) <= _MONTH]
    own = [m for m in dated if not any(span.overlaps(m.span) for span in cited)]
    for mentions in (own, dated):
        for kind in (DateKind.DAY, DateKind.PERIOD):
            if (day := next((m.start for m in mentions if m.kind is kind), None)) is not None:
                return day
    return None


def _length(mention: DateMention) -> timedelta:
    if mention.start is None:
        return timedelta.max
    return (mention.end or mention.start) - mention.start if mention.kind is DateKind.PERIOD else timedelta(0)


def _tier(mention: PlaceMention, day: date | None) -> int:
    tiers = _TIER_OF_LEVEL.get(mention.level, ())
    units = load_gazetteer().find(mention.name, on=day) or load_gazetteer().find(mention.name)
    known = {unit.tier for unit in units}
    return next((tier for tier in tiers if tier in known), tiers[0] if tiers else 0)


def _winner(votes: Counter[tuple[str, str]], spelled: Mapping[str, str]) -> Local | None:
    if not votes:
        return None
    ranked = votes.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1] and len(votes) > 2:
        return None  # a list of units, none of which the article is about
    (key, level), _ = ranked[0]
    return Local(_in_small_letters(spelled[key]), level)


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


def _implied_province(local: Local | None, day: date | None, clues: tuple[Span, ...]) -> Local | None:
    """The province of a district that only one province has; of a district of the past, the one of today."""
    if local is None:
        return None
    gazetteer = load_gazetteer()
    units = [
        unit
        for unit in gazetteer.find(local.name, on=day) or gazetteer.find(local.name)
        if unit.tier in _TIER_OF_LEVEL.get(local.level, ()) and unit.tier > 1
    ]
    provinces = {gazetteer.province_of(unit, day) for unit in units}
    if day is not None:
        provinces = {later for it in provinces for later in _in_force(it, day)}
    if len({province.name for province in provinces}) != 1:
        return None
    return _as_local(next(iter(provinces)), clues)


def _in_force(unit: AdministrativeUnit, day: date) -> tuple[AdministrativeUnit, ...]:
    """Return the unit, or what had taken its place by a day."""
    if unit.valid_to is None or day <= unit.valid_to:
        return (unit,)
    return tuple(it for after in load_gazetteer().successors(unit) for it in _in_force(after, day))


def _as_local(unit: AdministrativeUnit, clues: tuple[Span, ...]) -> Local:
    return Local(unit.name, unit.level, inferred=True, clues=clues)

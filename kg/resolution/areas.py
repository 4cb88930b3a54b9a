"""Bodies of an area, "Trung tâm Y tế khu vực X": X is no unit there, and the province is what places them.

Such an area is mostly what a district was, but a town, a city and a ward may have its name as well; a
province has one area of a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kg.language.normalization import matching_key
from kg.model.entity import Place
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention, PlaceMention
from kg.model.relation import EntityId
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.versions import lying_in

_AREA = re.compile(r"(?:khu\s+vực|(?<![^\W_])kv|đkkv)\s+$")


def area_names(extraction: Extraction) -> tuple[PlaceMention, ...]:
    """Return the places without their level that stand behind "khu vực" in the name of a body."""
    text = extraction.article.text
    behind = {
        mention.place
        for mention in bodies_of(extraction)
        if mention.place is not None
        and _AREA.search(matching_key(text[mention.span.start : mention.place.start]))
    }
    places = (mention for mention in extraction.mentions if isinstance(mention, PlaceMention))
    return tuple(mention for mention in places if mention.span in behind and not mention.typed)


def bodies_of(extraction: Extraction) -> list[OrganizationMention]:
    """Return the bodies of an article with those inside their names."""
    found: list[OrganizationMention] = []
    for mention in extraction.mentions:
        body = mention if isinstance(mention, OrganizationMention) else None
        while body is not None:
            found.append(body)
            body = body.host
    return found


def stated_province(
    place: Place, places: Mapping[EntityId, Place], units: Mapping[EntityId, Sequence[AdministrativeUnit]]
) -> EntityId | None:
    """Return the outermost place that holds another, if that is a province of the article's day."""
    outer, seen = place, {place.id}
    while outer.within is not None and outer.within in places and outer.within not in seen:
        outer = places[outer.within]
        seen.add(outer.id)
    known = units.get(outer.id, ())
    is_one = outer is not place and not outer.former and any(unit.tier == 1 for unit in known)
    return outer.id if is_one else None


def may_hold(province: Sequence[AdministrativeUnit], area: str) -> bool:
    """Tell whether something of an area's name lies in a province, or did; what no list knows may."""
    gazetteer = load_gazetteer()
    known = [unit for unit in gazetteer.find(area) if unit.tier > 1 or unit in province]
    return not known or any(holder in known or lying_in(gazetteer, known, holder) for holder in province)


def implied_province(area: str, day: date | None) -> AdministrativeUnit | None:
    """Return the one province of the day that has, or had, a district of an area's name."""
    gazetteer = load_gazetteer()
    found = {
        unit
        for district in gazetteer.find(area, tier=2)
        for unit in gazetteer.provinces(day)
        if lying_in(gazetteer, [district], unit)
    }
    return next(iter(found)) if len({unit.code for unit in found}) == 1 else None

"""Which place of a level is meant at a point of an article that is about several."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict

from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention, PlaceMention, PostMention
from kg.resolution.areas import area_names
from kg.resolution.layout import Layout
from kg.resolution.locality import Local, Locality, article_day, small_letters_of_place
from kg.resolution.places import place_key
from kg.vocabulary.gazetteer import load_gazetteer

_AT = re.compile(r"(?<![^\W_])(?:tại|ở)\s+$", re.IGNORECASE)  # "Tại Cao Bằng, …"
_NAMED_AFTER = frozenset(
    {"hospital", "school", "institute", "media"}
)  # bodies whose names tell little of a place
_TIERS = {"district": 2, "town": 2, "township": 3, "ward": 3, "commune": 3}
_FEW = 8  # places looked back at


class NearbyPlaces:
    """The places of an article in order, with their levels."""

    def __init__(self, extraction: Extraction, locality: Locality, layout: Layout) -> None:
        """Note every place by its span and, in order, by its level."""
        self._locality = locality
        self._layout = layout
        self._text = extraction.article.text
        bodies = [mention for mention in extraction.mentions if isinstance(mention, OrganizationMention)]
        self._in_bodies = {body.place: body.kind for body in bodies if body.place}
        left = {it.organ for it in extraction.mentions if isinstance(it, PostMention) and it.former}
        passed = {body.place for body in bodies if body.span in left}
        self._aside = passed | {area.span for area in area_names(extraction)}
        self._day = article_day(extraction)
        self._by_span: dict[object, PlaceMention] = {}
        self._of_level: dict[str, list[PlaceMention]] = {}
        self._forms: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for mention in extraction.mentions:
            if isinstance(mention, PlaceMention):
                self._by_span[mention.span] = mention
                self._of_level.setdefault(mention.level, []).append(mention)
                shouted = mention.text.isupper() and " " in mention.text
                if mention.text != mention.name and not shouted and ":" not in mention.text:
                    form = mention.text[:1].lower() + mention.text[1:]
                    written = form if mention.level != "city" else mention.text
                    self._forms[place_key(mention.name), mention.level][written] += 1

    def place_of(self, mention: OrganizationMention) -> PlaceMention | None:
        """Return the place in a body's name."""
        return self._by_span.get(mention.place)

    def is_close(self, left: OrganizationMention, right: OrganizationMention) -> bool:
        """Tell whether two bodies are named in one paragraph."""
        return self._layout.paragraph(left.span.start) == self._layout.paragraph(right.span.start)

    def of_level(self, mention: OrganizationMention, level: str) -> Local | None:
        """Return the unit of a level that a body is of: named close by, else the article's, else the last."""
        return (
            self.close(mention, level)
            or self._local(level)
            or self._locality.last_before(mention.span.start, level)
        )

    def _local(self, level: str) -> Local | None:
        local, province = self._locality.of_level(level), self._locality.province
        gone = local is not None and local != province and self._is_gone(local.name, level)
        return province if gone else local

    def close(self, mention: OrganizationMention, level: str) -> Local | None:
        """Return the unit of a level named last before in a body's sentence, brief, or else paragraph.

        In the paragraph it counts only where the unit that the article is about is not named there.
        """
        at = mention.span.start
        before = self._before(at, level)
        if before and self._layout.sentence(before[-1].span.start) == self._layout.sentence(at):
            return _as_local(before[-1])
        brief = self._layout.brief(at)
        if before and brief >= 0 and self._layout.brief(before[-1].span.start) == brief:
            return _as_local(before[-1])
        local = self._local(level)
        here = [p for p in before if self._layout.paragraph(p.span.start) == self._layout.paragraph(at)]
        if here and (local is None or all(place_key(p.name) != place_key(local.name) for p in here)):
            return _as_local(here[-1])
        return None

    def _before(self, offset: int, level: str) -> list[PlaceMention]:
        """The units of a level before an offset that count."""
        places = self._of_level.get(level, [])
        after = bisect_left(places, offset, key=lambda place: place.span.start)
        return [place for place in places[max(0, after - _FEW) : after] if self._counts(place)]

    def is_aside(self, place: PlaceMention) -> bool:
        """Tell whether a place only names an area, or says where somebody was once."""
        return place.span in self._aside

    def _is_past(self, place: PlaceMention) -> bool:
        """Tell whether a place only says where something was: the bodies beside "tỉnh X cũ" are of today.

        So it is with a city inside a province, once there are none, where the province itself is a city.
        """
        if place.former and place.level in {"province", "city"}:
            return True
        return self._is_gone(place.name, place.level)

    def _is_gone(self, name: str, level: str) -> bool:
        province = self._locality.province
        if level != "city" or self._day is None or province is None or province.level != "city":
            return False
        return not any(unit.level == "city" for unit in load_gazetteer().find(name, on=self._day))

    def _counts(self, place: PlaceMention) -> bool:
        """Tell whether a place is spoken of as such."""
        if self.is_aside(place) or self._is_past(place):
            return False
        kind = self._in_bodies.get(place.span)
        if kind is not None and place.level == "province":
            return kind not in _NAMED_AFTER
        if place.typed or kind is not None:
            return True
        return _AT.search(self._text, max(0, place.span.start - 6), place.span.start) is not None

    def written(self, local: Local) -> str | None:
        """Return a unit with its level, as the article writes it most ("TP. Cao Lãnh"), else as it is listed.

        What the article never calls a city, and was a province before, is one still.
        """
        key = (place_key(local.name), local.level)
        if forms := self._forms.get(key):
            return forms.most_common(1)[0][0]
        units = load_gazetteer().find(local.name, tier=_TIERS.get(local.level))
        if local.level == "city":
            once = any(unit.level == "province" for unit in load_gazetteer().find(local.name, tier=1))
            return f"tỉnh {local.name}" if once else f"thành phố {local.name}"
        heads = {unit.designation.lower() for unit in units}
        return f"{next(iter(heads))} {local.name}" if len(heads) == 1 else None


def _as_local(place: PlaceMention) -> Local:
    name = small_letters_of_place(place.name) if place.name.isupper() else place.name
    return Local(name, place.level)

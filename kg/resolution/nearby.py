"""Which place of a level is meant at a point of an article that is about several."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention, PlaceMention
from kg.resolution.layout import Layout
from kg.resolution.locality import Local, Locality, small_letters_of_place
from kg.resolution.places import place_key

_AT = re.compile(r"(?<![^\W_])(?:tại|ở)\s+$", re.IGNORECASE)  # "Tại Cao Bằng, …"
_NAMED_AFTER = frozenset(
    {"hospital", "school", "institute", "media"}
)  # bodies whose names tell little of a place
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
        self._by_span: dict[object, PlaceMention] = {}
        self._of_level: dict[str, list[PlaceMention]] = {}
        self._cities: Counter[tuple[str, str]] = Counter()
        for mention in extraction.mentions:
            if isinstance(mention, PlaceMention):
                self._by_span[mention.span] = mention
                self._of_level.setdefault(mention.level, []).append(mention)
                shouted = mention.text.isupper() and " " in mention.text
                if mention.level == "city" and not shouted and mention.text != mention.name:
                    self._cities[place_key(mention.name), mention.text] += 1

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
            or self._locality.of_level(level)
            or self._locality.last_before(mention.span.start, level)
        )

    def close(self, mention: OrganizationMention, level: str) -> Local | None:
        """Return the unit of a level named last before in the sentence of a body, else in its paragraph.

        In the paragraph it counts only where the unit that the article is about is not named there.
        """
        at = mention.span.start
        before = self._before(at, level)
        if before and self._layout.sentence(before[-1].span.start) == self._layout.sentence(at):
            return _as_local(before[-1])
        local = self._locality.of_level(level)
        here = [p for p in before if self._layout.paragraph(p.span.start) == self._layout.paragraph(at)]
        if here and (local is None or all(place_key(p.name) != place_key(local.name) for p in here)):
            return _as_local(here[-1])
        return None

    def _before(self, offset: int, level: str) -> list[PlaceMention]:
        """The units of a level before an offset that are spoken of as such, and not in passing."""
        places = self._of_level.get(level, [])
        after = bisect_left(places, offset, key=lambda place: place.span.start)
        return [place for place in places[max(0, after - _FEW) : after] if self._counts(place)]

    def _counts(self, place: PlaceMention) -> bool:
        kind = self._in_bodies.get(place.span)
        if kind is not None:
            return kind not in _NAMED_AFTER
        if place.typed:
            return True
        return _AT.search(self._text, max(0, place.span.start - 6), place.span.start) is not None

    def city(self, local: Local) -> str:
        """Return a city with its level, as the article writes it most: "TP. Cao Lãnh"."""
        key = place_key(local.name)
        written = [(count, text) for (name, text), count in self._cities.items() if name == key]
        return max(written)[1] if written else f"thành phố {local.name}"


def _as_local(place: PlaceMention) -> Local:
    name = small_letters_of_place(place.name) if place.name.isupper() else place.name
    return Local(name, place.level)

"""Which place each body of an article is in."""

from __future__ import annotations

from collections.abc import Iterable

from kg.language.normalization import matching_key
from kg.model.entity import Place
from kg.model.relation import EntityId
from kg.resolution.body_names import FullName
from kg.resolution.locality import Local
from kg.resolution.places import Places, place_key


class Seats:
    """The places of an article, found by the names of its bodies."""

    def __init__(self, places: Places) -> None:
        """Put what a place is today before what it was."""
        self._places = places
        self._entities = {place.id: place for place in places.entities}
        self._ordered = sorted(places.entities, key=lambda place: place.former)

    def of(self, names: Iterable[FullName], text: str) -> EntityId | None:
        """Return where a body is: the province of its area, else the place in its name or put behind it.

        Args:
            names: what the article calls the body.
            text: the name that was chosen for it.
        """
        known = tuple(names)
        areas = (self._places.seats.get(name.place) for name in known if name.place is not None)
        named = (self._places.by_span.get(name.place) for name in known if name.place is not None)
        local = (self._of_local(name.local) for name in known if name.local is not None)
        found = (place for way in (areas, named, local) for place in way if place is not None)
        return next(found, None) or self._at_end(text)

    def is_former(self, name: FullName) -> bool:
        """Tell whether a name speaks of a body of before a change: "UBND tỉnh X cũ"."""
        place = self._entities.get(self._places.by_span.get(name.place, "")) if name.place else None
        return place is not None and place.former

    def _of_local(self, local: Local) -> EntityId | None:
        key = place_key(local.name)
        named = (place for place in self._ordered if self._places.names.get(place.id) == key)
        return next((place.id for place in named if place.level == local.level), None)

    def _at_end(self, name: str) -> EntityId | None:
        """The place that a name ends in which was put together: "Chi bộ" + "Trạm Y tế xã X"."""
        key = matching_key(name)
        fitting = [place for place in self._ordered if key.endswith(f" {matching_key(place.name)}")]
        return max(fitting, key=_length).id if fitting else None


def _length(place: Place) -> int:
    return len(place.name)

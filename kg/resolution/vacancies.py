"""Bodies that the text leaves out beside a post: "Tỉnh ủy viên", "Bí thư Đảng ủy, Giám đốc"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.language.lexicon import load_resource
from kg.language.normalization import fold_space, matching_key
from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.relation import EntityId, Membership
from kg.resolution.bodies import Bodies
from kg.resolution.body_names import FACILITIES
from kg.resolution.employers import Employers
from kg.resolution.locality import Local, Locality
from kg.resolution.naming import expanded_words
from kg.vocabulary.administrative_units import LEVEL_OF_DESIGNATION

_DATA = load_resource("posts")
_COMMITTEE_OF = {matching_key(title): body for title, body in _DATA["committee_members"].items()}
_INHERENT = {matching_key(title): body for title, body in _DATA["inherent"].items()}
_PARTY = frozenset(matching_key(title) for title in _DATA["party"])
_COMMITTEES: dict[str, str] = load_resource("places")["committees"]
_STATE_KINDS = frozenset({"peoples_committee", "peoples_council", "front"})
_COMMUNE = re.compile(r"(?<!thị )(?:xã|phường|thị trấn|đặc khu) .+$", re.IGNORECASE)
_PARTY_KINDS = frozenset({"party_committee", "party_body"})


def fill_vacancies(
    extraction: Extraction,
    memberships: Iterable[Membership[EntityId]],
    bodies: Bodies,
    locality: Locality,
) -> Iterator[Membership[EntityId]]:
    """Give every post the body that its title, its neighbours or the article imply."""
    vacancies = _Vacancies(extraction, tuple(memberships), bodies, locality)
    filled: list[Membership[EntityId]] = []
    for item in vacancies.items:
        body = item.organization or vacancies.body(item, filled)
        filled.append(replace(item, organization=body))
        yield filled[-1]


class _Vacancies:
    """The posts of one article, and the ways to the bodies that the text leaves out."""

    def __init__(
        self,
        extraction: Extraction,
        items: tuple[Membership[EntityId], ...],
        bodies: Bodies,
        locality: Locality,
    ) -> None:
        self.items = items
        self.bodies = bodies
        self.locality = locality
        self._of_person: defaultdict[EntityId, list[Membership[EntityId]]] = defaultdict(list)
        for item in items:
            self._of_person[item.person].append(item)
        self.employers = Employers(extraction, bodies)

    def body(self, item: Membership[EntityId], filled: list[Membership[EntityId]]) -> EntityId | None:
        """Return the body of a post; `filled` are the posts before it, whose bodies are known by now."""
        title = fold_space(matching_key(item.title))
        if title in _INHERENT:
            return self.bodies.imply(_INHERENT[title], "party_body", inferred=False)
        if title in _COMMITTEE_OF:
            return self._committee_of_member(item, _COMMITTEE_OF[title])
        if title in _PARTY:
            return (
                self._by_neighbour(item)
                or self._committee_beside(item)
                or self._committee_before(item, filled)
            )
        return self.employers.find(item, filled)

    def _committee_of_member(self, item: Membership[EntityId], committee: str) -> EntityId | None:
        """The committee that a member of it is in: "Huyện ủy viên"."""
        local = self._seat_of(committee)
        if local is not None:
            return self.bodies.imply(f"{committee.capitalize()} {local.name}", "party_committee")
        if committee != "đảng ủy":
            return None
        beside = self._communal_body(item)
        if beside is not None:
            return beside
        main = self.bodies.entities.get(self.bodies.main or "")
        return self.bodies.imply(f"Đảng ủy {main.name}", "party_committee") if main is not None else None

    def _communal_body(self, item: Membership[EntityId]) -> EntityId | None:
        """The commune's committee: "Đảng ủy viên, Phó Chủ tịch UBND xã X"."""
        for other, body in self._beside(item):
            place = _COMMUNE.search(body.name) if body.kind in _STATE_KINDS else None
            if place is not None and other is not item:
                return self.bodies.imply(f"Đảng ủy {place.group()}", "party_committee")
        return None

    def _by_neighbour(self, item: Membership[EntityId]) -> EntityId | None:
        """The party body of the next post in the same list, else of the one before."""
        same = [(other.evidence.spans[0].end, body) for other, body in self._beside(item)]
        own = item.evidence.spans[0].end
        later = [body for end, body in same if end > own]
        earlier = [body for end, body in same if end < own]
        for body in (*later, *reversed(earlier)):
            if body.kind in _PARTY_KINDS:
                return self._committee(body)
        return None

    def _committee_beside(self, item: Membership[EntityId]) -> EntityId | None:
        """The committee of the level of the state body beside it: "Phó Bí thư, Chủ tịch UBND thị xã"."""
        for _, body in self._beside(item):
            if body.kind not in _STATE_KINDS:
                facility = body.kind in FACILITIES
                return self.bodies.imply(f"Đảng ủy {body.name}", "party_committee") if facility else None
            place = _COMMUNE.search(body.name)
            if place is not None:
                return self.bodies.imply(f"Đảng ủy {place.group()}", "party_committee")
            words = f" {' '.join(expanded_words(body.name))} "
            for committee, unit in _COMMITTEES.items():
                local = self._seat_of(committee)
                if f" {unit} " in words and local is not None:
                    return self.bodies.imply(f"{committee.capitalize()} {local.name}", "party_committee")
        return None

    def _seat_of(self, committee: str) -> Local | None:
        """The article's unit that a committee of this name is for; None for those of no unit."""
        unit = _COMMITTEES.get(committee)
        return self.locality.of_level(LEVEL_OF_DESIGNATION[unit]) if unit is not None else None

    def _committee_before(
        self, item: Membership[EntityId], filled: list[Membership[EntityId]]
    ) -> EntityId | None:
        """The committee of the party post before it: "Bí thư Đảng ủy A; các Phó Bí thư: B, C"."""
        for other in reversed(filled):
            if not self.employers.share_paragraph(item, other):
                return None
            body = self.bodies.entities.get(other.organization or "")
            if body is not None and body.kind in _PARTY_KINDS:
                return self._committee(body)
        return None

    def _beside(self, item: Membership[EntityId]) -> Iterator[tuple[Membership[EntityId], Organization]]:
        """Yield the other posts of one list beside one mention of the name, with their bodies."""
        own = item.evidence.spans[0]
        for other in self._of_person[item.person]:
            body = self.bodies.entities.get(other.organization or "")
            if body is not None and other is not item and own.overlaps(other.evidence.spans[0]):
                yield other, body

    def _committee(self, body: Organization) -> EntityId:
        """A member of a standing committee is one of the committee's, not of its board or office."""
        if body.kind == "party_body" and body.parent is not None:
            return self.bodies.entities[body.parent].id
        return body.id

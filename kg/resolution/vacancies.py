"""Bodies that the text leaves out beside a post: "Tỉnh ủy viên", "Bí thư Đảng ủy, Giám đốc"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.language.lexicon import load_resource
from kg.language.normalization import fold_space, matching_key
from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.relation import EntityId, Membership
from kg.resolution.bodies import Bodies
from kg.resolution.body_names import FACILITIES
from kg.resolution.locality import Locality, find_locality
from kg.resolution.naming import expanded_words

_DATA = load_resource("posts")
_COMMITTEE_OF = {matching_key(title): body for title, body in _DATA["committee_members"].items()}
_INHERENT = {matching_key(title): body for title, body in _DATA["inherent"].items()}
_PARTY = frozenset(matching_key(title) for title in _DATA["party"])
_COMMITTEE_LEVELS = {
    "tỉnh ủy": ("province",),
    "thành ủy": ("city",),
    "huyện ủy": ("district",),
    "quận ủy": ("district",),
    "thị ủy": ("town",),
}
_COMMITTEES_BESIDE = {
    "huyện ủy": ("huyện", ("district",)),
    "quận ủy": ("quận", ("district",)),
    "thị ủy": ("thị xã", ("town",)),
    "thành ủy": ("thành phố", ("city",)),
    "tỉnh ủy": ("tỉnh", ("province",)),
}
_STATE_TITLE = re.compile(r"(?:phó\s+)?chủ\s+tịch|chủ\s+nhiệm")
_SECTION_TITLE = re.compile(r"(?:phó\s+)?trưởng\s+(?:khoa|phòng)")  # a health station has no such sections
_NO_EMPLOYERS = frozenset({"peoples_committee", "party_committee", "party_body", "peoples_council"})
_STATE_KINDS = frozenset({"peoples_committee", "peoples_council", "front"})
_HEADS = {matching_key(title): head for title, head in _DATA["heads_of"].items()}
_COMMUNE = re.compile(r"(?:xã|phường|thị trấn) .+$", re.IGNORECASE)
_PARTY_KINDS = frozenset({"party_committee", "party_body"})


def fill_vacancies(
    extraction: Extraction, memberships: Iterable[Membership[EntityId]], bodies: Bodies
) -> Iterator[Membership[EntityId]]:
    """Give every post the body that its title, its neighbours or the article imply."""
    items = list(memberships)
    locality = find_locality(extraction)
    for position, item in enumerate(items):
        if item.organization is not None:
            yield item
            continue
        body = _by_title(items, position, bodies, locality)
        if body is None and matching_key(item.title) in _PARTY:
            body = _by_neighbour(items, position, bodies) or _committee_beside(
                items, position, bodies, locality
            )
        elif body is None:
            body = _by_head(item, bodies) or _employer(extraction, item, bodies)
        yield replace(item, organization=body)


def _by_title(
    items: list[Membership[EntityId]], position: int, bodies: Bodies, locality: Locality
) -> EntityId | None:
    item = items[position]
    title = fold_space(matching_key(item.title))
    if title in _INHERENT:
        return bodies.imply(_INHERENT[title], "party_body", inferred=False)
    committee = _COMMITTEE_OF.get(title)
    if committee is None:
        return None
    for level in _COMMITTEE_LEVELS.get(committee, ()):
        local = locality.of_level(level)
        if local is not None:
            return bodies.imply(f"{committee.capitalize()} {local.name}", "party_committee")
    beside = _communal_body(item, items, bodies) if committee == "đảng ủy" else None
    if beside is not None:
        return beside
    if committee == "đảng ủy" and bodies.main is not None:
        return bodies.imply(f"Đảng ủy {bodies.entities[bodies.main].name}", "party_committee")
    return None


def _communal_body(
    item: Membership[EntityId], items: list[Membership[EntityId]], bodies: Bodies
) -> EntityId | None:
    """The commune's committee: "Đảng ủy viên, Phó Chủ tịch UBND xã X"."""
    for other in items:
        body = bodies.entities.get(other.organization or "")
        if (
            other.person == item.person
            and body is not None
            and body.kind in _STATE_KINDS
            and _together(item, other)
        ):
            place = _COMMUNE.search(body.name)
            if place is not None:
                return bodies.imply(f"Đảng ủy {place.group()}", "party_committee")
    return None


def _by_neighbour(items: list[Membership[EntityId]], position: int, bodies: Bodies) -> EntityId | None:
    """The party body of the next post in the same list, else of the one before."""
    item = items[position]
    same = [other for other in items if other.person == item.person and _together(item, other)]
    later = [other for other in same if other.evidence.spans[0].end > item.evidence.spans[0].end]
    earlier = [other for other in same if other.evidence.spans[0].end < item.evidence.spans[0].end]
    for other in (*later, *reversed(earlier)):
        body = bodies.entities.get(other.organization or "")
        if body is not None and body.kind in _PARTY_KINDS:
            return _committee(body, bodies)
    return None


def _committee_beside(
    items: list[Membership[EntityId]], position: int, bodies: Bodies, locality: Locality
) -> EntityId | None:
    """The committee of the level of the state body beside it: "Phó Bí thư, Chủ tịch UBND thị xã"."""
    item = items[position]
    for other in items:
        body = bodies.entities.get(other.organization or "")
        if other.person != item.person or body is None or not _together(item, other):
            continue
        if body.kind not in _STATE_KINDS:
            return (
                bodies.imply(f"Đảng ủy {body.name}", "party_committee") if body.kind in FACILITIES else None
            )
        words = f" {' '.join(expanded_words(body.name))} "
        for committee, (word, levels) in _COMMITTEES_BESIDE.items():
            local = next((local for level in levels if (local := locality.of_level(level))), None)
            if f" {word} " in words and local is not None:
                return bodies.imply(f"{committee.capitalize()} {local.name}", "party_committee")
    return None


def _by_head(item: Membership[EntityId], bodies: Bodies) -> EntityId | None:
    """The body whose head the title repeats: a "Trưởng trạm" heads a Trạm Y tế."""
    head = _HEADS.get(fold_space(matching_key(item.title)))
    if head is None:
        return None
    at = item.evidence.spans[0].start
    before = [
        (span, body)
        for span, body in bodies.by_span.items()
        if matching_key(bodies.entities[body].name).startswith(f"{head} ") and span.start < at
    ]
    return max(before)[1] if before else None


def _together(left: Membership[EntityId], right: Membership[EntityId]) -> bool:
    """Tell whether two posts were read in one list of posts beside one mention of the name."""
    return left is not right and left.evidence.spans[0].overlaps(right.evidence.spans[0])


def _committee(body: Organization, bodies: Bodies) -> EntityId:
    """A member of a standing committee is one of the committee's, not of its board or office."""
    if body.kind == "party_body" and body.parent is not None:
        return bodies.entities[body.parent].id
    return body.id


def _employer(extraction: Extraction, item: Membership[EntityId], bodies: Bodies) -> EntityId | None:
    """The health facility named last before the post in its paragraph, else the one that the article is about."""
    if _STATE_TITLE.match(matching_key(item.title)):
        return None
    at = item.evidence.spans[0]
    paragraph = next((p.span for p in extraction.article.paragraphs if p.span.contains(at)), at)
    before = [
        (span, body)
        for span, body in bodies.by_span.items()
        if paragraph.start <= span.start < at.start
        and bodies.entities[body].kind in FACILITIES
        and not (
            bodies.entities[body].kind == "health_station" and _SECTION_TITLE.match(matching_key(item.title))
        )
    ]
    if before:
        return max(before)[1]
    main = bodies.entities.get(bodies.main or "")
    return main.id if main is not None and main.kind not in _NO_EMPLOYERS else None

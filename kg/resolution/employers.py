"""The body that somebody works at, where the text gives the post alone: "Giám đốc", "Trưởng khoa Nhi"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import fold_space, matching_key
from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.relation import EntityId, Membership
from kg.model.span import Span
from kg.resolution.bodies import Bodies
from kg.resolution.body_names import FACILITIES
from kg.resolution.layout import Layout

_HEADS = {matching_key(title): head for title, head in load_resource("posts")["heads_of"].items()}
_RANK = re.compile(
    r"^(?:phó|quyền|q\.|p\.|nguyên|tân)\s*|\s+(?:thường trực|tt|phụ trách|chuyên trách|điều hành)$"
)
_STATE_TITLE = re.compile(
    r"chủ\s+tịch|chủ\s+nhiệm|đại\s+biểu|ủy\s+viên|trưởng\s+(?:thôn|bản|ấp|tổ)|phóng\s+viên|trưởng\s+ban"
)
_PARTY_SECTION = re.compile(r"trưởng ban (?:tổ chức|tuyên giáo|dân vận|nội chính|xây dựng đảng)")
_SECTION = re.compile(r"trưởng\s+(?:khoa|phòng)|điều\s+dưỡng\s+trưởng")
_STATE_OFFICE = re.compile(
    r"(?:trưởng|phó)\s+phòng\s+" + phrase_pattern(load_resource("organizations")["state_offices"]) + "$"
)
_INSURANCE_SECTION = re.compile(r"phòng giám định|bhyt|bảo hiểm y tế$")
_CLINICAL = re.compile(r"trưởng\s+khoa|điều\s+dưỡng\s+trưởng")  # no department has such sections
_NO_EMPLOYERS = frozenset({"peoples_committee", "party_committee", "party_body", "peoples_council", "front"})
_NEAR = 6  # appointments of one sentence
_MOST_IN_PARAGRAPH = 200  # bodies looked back over; only a made-up paragraph names more


def _last_before(bodies: list[tuple[int, EntityId]], offset: int) -> EntityId | None:
    index = bisect_left(bodies, (offset, ""))
    return bodies[index - 1][1] if index else None


def _whole(spans: tuple[Span, ...]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


class Employers:
    """The bodies of an article in order, and how to choose among them."""

    def __init__(self, extraction: Extraction, bodies: Bodies) -> None:
        """Put the mentions of bodies in order of the text."""
        self._layout = Layout(extraction)
        self._bodies = bodies
        self._named = sorted((span.start, body) for span, body in bodies.by_span.items())
        self._by_form: dict[str, list[tuple[int, EntityId]]] = {}
        self._appointed = sorted(_whole(item.evidence.spans) for item in extraction.relations.appointments)

    def share_paragraph(self, left: Membership[EntityId], right: Membership[EntityId]) -> bool:
        """Tell whether two posts are named in one paragraph."""
        ends = (item.evidence.spans[0].start for item in (left, right))
        return len({self._layout.paragraph(start) for start in ends}) == 1

    def find(self, item: Membership[EntityId], filled: list[Membership[EntityId]]) -> EntityId | None:
        """Return the body: of the same head, of the peer just named, the last named, else the main one."""
        title = fold_space(matching_key(item.title))
        head = self._by_head(item, title)
        if head is not None:
            return head
        if _PARTY_SECTION.search(title):
            return self._last_of_kind(item, "party_committee")
        special = self._of_office(item, title)
        if special is not None:
            return special
        peer = self._of_peer(item, title, filled)
        if peer is not None or _STATE_TITLE.search(title):
            return peer
        return self._last_named(item, title) or self._main(item, title)

    def _by_head(self, item: Membership[EntityId], title: str) -> EntityId | None:
        """The body whose head the title repeats: a "Trưởng trạm" heads a Trạm Y tế."""
        head = _HEADS.get(title) or _HEADS.get(_RANK.sub("", title))
        if head is None:
            return None
        if head not in self._by_form:
            self._by_form[head] = [
                (start, body) for start, body in self._named if self._key(body).startswith(f"{head} ")
            ]
        fitting = self._by_form[head]
        found = _last_before(fitting, item.evidence.spans[0].start)
        return found or (fitting[0][1] if fitting and head == "bộ" else None)

    def _key(self, body: EntityId) -> str:
        return matching_key(self._bodies.entities[body].name)

    def _last_of_kind(self, item: Membership[EntityId], kind: str) -> EntityId | None:
        if kind not in self._by_form:
            of_kind = [
                (start, body) for start, body in self._named if self._bodies.entities[body].kind == kind
            ]
            self._by_form[kind] = of_kind
        return _last_before(self._by_form[kind], item.evidence.spans[0].end)

    def _of_office(self, item: Membership[EntityId], title: str) -> EntityId | None:
        """The body that alone has such a section: a people's committee, the social insurance."""
        if _STATE_OFFICE.search(title):
            return self._last_of_kind(item, "peoples_committee")
        if _INSURANCE_SECTION.search(title):
            return next(
                (body for _, body in self._named if self._bodies.entities[body].kind == "insurance"), None
            )
        return None

    def _of_peer(
        self, item: Membership[EntityId], title: str, filled: list[Membership[EntityId]]
    ) -> EntityId | None:
        """The body of the last post like it: "Giám đốc Sở Y tế A, Phó Giám đốc B"."""
        for other in reversed(filled[-4:]):
            if other.organization is None or other.person == item.person:
                continue
            if not self.share_paragraph(item, other) or self._named_between(other, item, title):
                return None
            theirs = fold_space(matching_key(other.title))
            if theirs == title or (title.startswith("phó") and _RANK.sub("", title) == _RANK.sub("", theirs)):
                return other.organization
            return None
        return None

    def _named_between(self, other: Membership[EntityId], item: Membership[EntityId], title: str) -> bool:
        """Tell whether another employer is named between two posts."""
        start, end = (
            bisect_left(self._named, (at, ""))
            for at in (
                other.evidence.spans[0].end,
                item.evidence.spans[0].start,
            )
        )
        return any(self._may_employ(self._bodies.entities[body], title) for _, body in self._named[start:end])

    def _last_named(self, item: Membership[EntityId], title: str) -> EntityId | None:
        """The facility named last before in the sentence; in the paragraph the main one comes first."""
        at = item.evidence.spans[0].start
        last: tuple[int, EntityId] | None = None
        for start, body in self._backwards_in_paragraph(at):
            if self._may_employ(self._bodies.entities[body], title):
                last = last or (start, body)
                if body == self._bodies.main:
                    break
        else:
            return last[1] if last is not None else None
        same_sentence = self._layout.sentence(last[0]) == self._layout.sentence(at)
        return last[1] if same_sentence else self._bodies.main

    def _backwards_in_paragraph(self, at: int) -> Iterator[tuple[int, EntityId]]:
        """Yield the bodies before an offset, the last first, as far as its paragraph goes."""
        paragraph = self._layout.paragraph(at)
        last = bisect_left(self._named, (at, "")) - 1
        for index in range(last, max(-1, last - _MOST_IN_PARAGRAPH), -1):
            if self._layout.paragraph(self._named[index][0]) != paragraph:
                return
            yield self._named[index]

    def _may_employ(self, body: Organization, title: str) -> bool:
        if title.endswith("hiệu trưởng"):
            return body.kind == "school"
        if body.kind == "health_station":
            return _SECTION.search(title) is None
        return body.kind in FACILITIES and not (body.kind == "health_department" and _CLINICAL.search(title))

    def _main(self, item: Membership[EntityId], title: str) -> EntityId | None:
        main = self._bodies.entities.get(self._bodies.main or "")
        if main is None or main.kind in _NO_EMPLOYERS or title.endswith("hiệu trưởng"):
            return None
        if (
            main.kind == "health_department"
            and _SECTION.search(title)
            and self._moves(item.evidence.spans[0])
        ):
            return None
        return main.id

    def _moves(self, span: Span) -> bool:
        """Tell whether the post is the one that somebody comes from, which may be anywhere."""
        near = bisect_left(self._appointed, Span(span.end, span.end))
        return any(appointed.overlaps(span) for appointed in self._appointed[max(0, near - _NEAR) : near])

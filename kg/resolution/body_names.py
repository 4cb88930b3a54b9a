"""The full name behind each mention of a body."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.lexicon import load_resource
from kg.language.normalization import matching_key
from kg.model.article import Zone
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention, PlaceMention
from kg.resolution.locality import Local, Locality
from kg.resolution.naming import body_key, expanded_words, level_at_end

FACILITIES = frozenset(
    {"health_centre", "hospital", "cdc", "health_station", "health_department", "health_office", "institute"}
)
LEVEL_NOTATION = {
    "tỉnh": "province", "thành phố": "city", "huyện": "district", "quận": "district", "thị xã": "town",
    "thị trấn": "township", "phường": "ward", "xã": "commune", "đặc khu": "other",
}  # fmt: skip
_PROVINCIAL = frozenset(matching_key(head) for head in load_resource("organizations")["provincial"])
_LIST_REACH = 45  # characters between "HĐND" and the "UBND huyện" that says which
_DEEPEST = 3
_MANY = re.compile(r"\s+các\s+(?=(?:xã|phường|thị|huyện|quận|thành|tỉnh))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FullName:
    """The full name of a body and whether a part of it was inferred."""

    text: str
    inferred: bool = False


def hosts_of(mention: OrganizationMention) -> Iterator[OrganizationMention]:
    """Yield the body that a name says its body belongs to, and so on outwards."""
    host = mention.host
    while host is not None:
        yield host
        host = host.host


class BodyNamer:
    """Finds the full name behind each mention of an article."""

    def __init__(
        self, extraction: Extraction, mentions: list[OrganizationMention], locality: Locality
    ) -> None:
        """Weigh the names that are full, to know which body the article is about."""
        self.locality = locality
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._places = {
            mention.span: mention for mention in extraction.mentions if isinstance(mention, PlaceMention)
        }
        nested = [host for mention in mentions for host in hosts_of(mention)]
        everything = sorted([*mentions, *nested], key=lambda mention: mention.span)
        self._full = [mention for mention in everything if not mention.short]
        self._short = [mention for mention in everything if mention.short]
        self._fitting: dict[tuple[str, str, str], list[OrganizationMention]] = {}
        self.main = self._main(extraction)

    def name(self, mention: OrganizationMention, depth: int = 0) -> FullName | None:
        """Return the full name; None for a bare "Trung tâm" that the article does not explain."""
        if mention.host is not None:
            host = self.name(mention.host, depth + 1)
            head = mention.text[: len(mention.text) - len(mention.host.text)].strip()
            return (
                FullName(f"{head} {host.text}", host.inferred) if host is not None else FullName(mention.text)
            )
        if not mention.short:
            return self._with_province(mention)
        antecedent = self._antecedent(mention)
        if antecedent is not None:
            return FullName(antecedent)
        longer = self._longer_form(mention)
        if longer is not None and depth < _DEEPEST:
            return self.name(longer, depth + 1)
        return self._composed(mention, depth)

    def _with_province(self, mention: OrganizationMention) -> FullName:
        """Add the province to a provincial body that is named without a place: "Sở Nội vụ"."""
        province = self.locality.province
        head = " ".join(expanded_words(mention.text)[:2])
        provincial = any(head.startswith(word) for word in _PROVINCIAL)
        if _MANY.search(mention.text) is not None:
            return FullName(_MANY.sub(" ", mention.text))
        if mention.place is not None or province is None or not provincial or level_at_end(mention.text):
            return FullName(mention.text)
        return FullName(f"{mention.text} {_with_level(mention, province)}", inferred=True)

    def _antecedent(self, mention: OrganizationMention) -> str | None:
        """The full name that begins as the short one does: the main body's, or the nearest before it."""
        fitting = self._fitting_for(mention)
        if not fitting:
            return None
        if self.main is not None and any(body_key(full.text) == body_key(self.main) for full in fitting):
            return self.main
        before = bisect_left(fitting, mention.span.start, key=lambda full: full.span.start)
        nearest = fitting[max(before - 1, 0)]
        found = self.name(nearest) if nearest.host is not None else None
        return found.text if found is not None else nearest.text

    def _fitting_for(self, mention: OrganizationMention) -> list[OrganizationMention]:
        """The full names that a short form may stand for, in order; looked up once for each form."""
        form = (mention.text, mention.kind, mention.lacks)
        if form not in self._fitting:
            words = expanded_words(mention.text)
            level = level_at_end(mention.text)
            stem = words[: len(words) - len(level.split())] if level else words
            self._fitting[form] = [
                full
                for full in self._full
                if expanded_words(full.text)[: len(stem)] == stem
                and (level is None or f" {level} " in f" {' '.join(expanded_words(full.text))} ")
                and self._kinds_agree(mention, full)
            ]
        return self._fitting[form]

    def _longer_form(self, mention: OrganizationMention) -> OrganizationMention | None:
        """Another short form that says more: "Sở Y tế" for "Sở"."""
        words = expanded_words(mention.text)
        if mention.lacks != "sector" or len(words) > 2:
            return None
        return next(
            (
                other
                for other in self._short
                if expanded_words(other.text)[: len(words)] == words
                and len(expanded_words(other.text)) > len(words)
            ),
            None,
        )

    @staticmethod
    def _kinds_agree(short: OrganizationMention, full: OrganizationMention) -> bool:
        # "Sở Y tế" is no short form of "Sở Nội vụ …", but "Trung tâm" is one of any centre.
        return short.kind == full.kind or (short.lacks == "sector" and len(short.text.split()) <= 2)

    def _composed(self, mention: OrganizationMention, depth: int) -> FullName | None:
        """Put the name together from the short form and what the article is about."""
        level = level_at_end(mention.text)
        if level is not None:
            local = self._nearest_of_level(mention, LEVEL_NOTATION[level])
            return (
                FullName(f"{mention.text} {local.name}", local.inferred) if local else FullName(mention.text)
            )
        if mention.lacks == "sector" or (mention.lacks == "none" and len(mention.text.split()) <= 2):
            return None
        if mention.lacks == "host":
            return self._with_host(mention, depth)
        local = self._local(mention)
        if local is None:
            return FullName(mention.text)
        return FullName(f"{mention.text} {_with_level(mention, local)}", local.inferred)

    def _with_host(self, mention: OrganizationMention, depth: int) -> FullName:
        neighbour = self._neighbour_level(mention)
        local = (
            self._nearest_of_level(mention, neighbour)
            if neighbour in {"ward", "commune", "township"}
            else None
        )
        if local is not None and mention.kind == "party_committee":
            return FullName(f"{mention.text} {_with_level(mention, local)}", local.inferred)
        if mention.kind == "union" and "ngành" in expanded_words(mention.text) and self.locality.province:
            return FullName(f"{mention.text} {_with_level(mention, self.locality.province)}", inferred=True)
        if self.main is None or depth or body_key(self.main)[:2] == body_key(mention.text)[:2]:
            return FullName(mention.text)
        return FullName(f"{mention.text} {self.main}", inferred=True)

    def _local(self, mention: OrganizationMention) -> Local | None:
        if mention.lacks == "province":
            return self.locality.province
        if mention.lacks == "city":
            return self.locality.of_level("city")
        if mention.lacks == "commune":
            return self.locality.commune
        if mention.lacks == "district":
            return self.locality.district
        neighbour = self._neighbour_level(mention)
        if neighbour is not None:
            return self._nearest_of_level(mention, neighbour)
        if mention.kind == "front" and expanded_words(mention.text)[0] in {"hội", "đoàn"}:
            return None
        return self.locality.district or self.locality.province

    def _neighbour_level(self, mention: OrganizationMention) -> str | None:
        """The level of one of the next bodies in a list: "HĐND, UBND huyện"."""
        first = bisect_right(self._starts, mention.span.start)
        end = mention.span.end
        for following in self._mentions[first : first + 3]:
            if following.span.start - end > _LIST_REACH:
                return None
            level = level_at_end(following.text)
            if level is not None:
                return LEVEL_NOTATION[level]
            if following.place in self._places:
                return self._places[following.place].level
            end = following.span.end
        return None

    def _nearest_of_level(self, mention: OrganizationMention, level: str) -> Local | None:
        """The article's unit of a level; where it is about several, the last one named before the mention."""
        return self.locality.of_level(level) or self.locality.last_before(mention.span.start, level)

    def _main(self, extraction: Extraction) -> str | None:
        """The name of the body that the article is about: in the title, first, often, holding the event."""
        titles = [p.span for p in extraction.article.paragraphs if p.zone is Zone.TITLE]
        organizers = {event.organizer for event in extraction.relations.events}
        scores: defaultdict[tuple[str, ...], float] = defaultdict(float)
        names: dict[tuple[str, ...], str] = {}
        for position, mention in enumerate(self._full):
            key = body_key(mention.text)
            names[key] = max(
                names.get(key, ""), mention.text, key=lambda text: (not text.isupper(), len(text))
            )
            weight = 1.0 + 3 * any(span.contains(mention.span) for span in titles)
            weight += 2 * (position == 0) + 4 * (mention.span in organizers)
            scores[key] += weight if mention.kind in FACILITIES else weight / 3
        if not scores:
            return None
        return names[max(scores, key=lambda key: scores[key])]


def _with_level(mention: OrganizationMention, local: Local) -> str:
    """Write the place after a body's head: "tỉnh Lai Châu" after Sở Y tế, "Lai Châu" after Tỉnh ủy."""
    words = expanded_words(mention.text)
    if (
        (words[-1] == "ủy" and words[-2:] != ("đảng", "ủy"))
        or local.level == "city"
        or local.name[0].isdigit()
    ):
        return f"quận {local.name}" if local.name[0].isdigit() and words[-1] != "ủy" else local.name
    level = next((word for word, notation in LEVEL_NOTATION.items() if notation == local.level), "")
    return f"{level} {local.name}".strip()

"""The full name behind each mention of a body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.article import Zone
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention
from kg.model.span import Span
from kg.resolution.antecedents import Antecedents
from kg.resolution.layout import Layout
from kg.resolution.locality import Local, Locality
from kg.resolution.naming import body_key, expanded_words, in_small_letters, level_at_end
from kg.resolution.nearby import NearbyPlaces
from kg.resolution.places import place_key
from kg.vocabulary.administrative_units import LEVEL_OF_DESIGNATION

FACILITIES = frozenset(
    {"health_centre", "hospital", "cdc", "health_station", "health_department", "health_office", "institute"}
)
_COMMUNAL = frozenset({"ward", "commune", "township"})
_PROVINCIAL = frozenset(matching_key(head) for head in load_resource("organizations")["provincial"])
_NO_HOSTS = frozenset({"peoples_council", "front", "party_committee", "party_body", "ministry"})
_STATE_OFFICE = re.compile(
    r"^phòng\s+" + phrase_pattern(load_resource("organizations")["state_offices"]) + "$"
)
_COMPANY = re.compile(r"(?:tổng )?công ty ")
_UNKNOWN = frozenset({"sector", "host", "none"})
_LEVELS_INSIDE = {
    "tỉnh": "province", "thành": "city", "huyện": "district", "quận": "district", "thị": "town",
}  # fmt: skip
_ASSOCIATIONS = frozenset({"hội", "đoàn", "chi"})
_LIST_REACH = 45  # characters between "HĐND" and the "UBND huyện" that says which
_HOST_REACH = 40  # characters between "Bí thư Chi bộ" and the body of the next post
_COMMITTEES_BACK = 12  # bodies looked back over for the committee of a board
_DEEPEST = 3
_MANY = re.compile(r"\s+các\s+(?=(?:xã|phường|thị|huyện|quận|thành|tỉnh))", re.IGNORECASE)
_OFFICE = re.compile(r"\s*[,–-]\s*(?:[^\W\d_]+\s+){1,4}$")  # ", Giám đốc " between two bodies
_COMMUNE = re.compile(r"(?<!thị )(?:xã|phường|thị trấn|đặc khu) .+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FullName:
    """The full name of a body and whether a part of it was inferred.

    Attributes:
        place: the place that the text itself names the body with, here or where it has the full name.
        local: the place that was put behind a short form.
    """

    text: str
    inferred: bool = False
    place: Span | None = None
    local: Local | None = None


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
        self._text = extraction.article.text
        self._organs = {item.organization for item in extraction.relations.memberships}
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        companies = (m.text for m in mentions if _COMPANY.match(matching_key(m.text)))
        self._companies = tuple(dict.fromkeys(companies))
        layout = Layout(extraction)
        self._nearby = NearbyPlaces(extraction, locality, layout)
        nested = [host for mention in mentions for host in hosts_of(mention)]
        everything = sorted([*mentions, *nested], key=lambda mention: mention.span)
        self._antecedents = Antecedents(everything, layout)
        titles = [p.span for p in extraction.article.paragraphs if p.zone is Zone.TITLE]
        self._titled = {m.span for m in everything if any(title.contains(m.span) for title in titles)}
        self._main_kind = ""
        self.main: str | None = None
        self.main = self._main(extraction, everything)

    def name(self, mention: OrganizationMention, depth: int = 0) -> FullName | None:
        """Return the full name; None for a bare "Trung tâm" that the article does not explain."""
        if mention.host is not None:
            return self._of_host(mention, mention.host, depth)
        if not mention.short:
            return self._company(mention) or self._with_province(mention)
        antecedent = self._antecedents.find(mention, self.main)
        if antecedent is not None and depth < _DEEPEST and self._is_local(mention, antecedent):
            return self.name(antecedent, depth + 1)
        return self._composed(mention, depth)

    def _company(self, mention: OrganizationMention) -> FullName | None:
        """The longer name of a company: "Công ty Sao Mai" after "Công ty Cổ phần Dược phẩm Sao Mai"."""
        if _COMPANY.match(matching_key(mention.text)) is None:
            return None
        words = set(expanded_words(mention.text))
        longer = (other for other in self._companies if words < set(expanded_words(other)))
        return next((FullName(other, place=mention.place) for other in longer), None)

    def _of_host(self, mention: OrganizationMention, host: OrganizationMention, depth: int) -> FullName:
        named = self.name(host, depth + 1)
        if named is None:
            return FullName(mention.text)
        head = mention.text[: len(mention.text) - len(host.text)].strip()
        return replace(named, text=f"{head} {named.text}")

    def _is_local(self, mention: OrganizationMention, antecedent: OrganizationMention) -> bool:
        """Tell whether a longer name may be meant: not another province's department named in passing."""
        place = self._nearby.place_of(antecedent)
        if place is None or mention.lacks in {"sector", "none"}:
            return True
        if place.former and place.level in {"province", "city"}:
            return False  # "Sở Y tế tỉnh X cũ" says where something was; "Sở Y tế" is today's
        close = self._nearby.close(mention, place.level)
        if close is not None:
            return place_key(close.name) == place_key(place.name)
        provincial = mention.lacks == "province"
        local = self.locality.province if provincial else self.locality.of_level(place.level)
        if local is None or place_key(local.name) == place_key(place.name) or antecedent.span in self._titled:
            return True
        main = self.main is not None and body_key(antecedent.text) == body_key(self.main)
        return main or (self._nearby.is_close(antecedent, mention) and not self._nearby.is_aside(place))

    def _with_province(self, mention: OrganizationMention) -> FullName:
        """Add the province to a provincial body that is named without a place: "Sở Nội vụ"."""
        if _MANY.search(mention.text) is not None:
            return FullName(_MANY.sub(" ", mention.text).replace(":", ""))
        head = " ".join(expanded_words(mention.text)[:2])
        provincial = any(head.startswith(word) for word in _PROVINCIAL)
        if mention.place is not None:
            return FullName(mention.text, place=mention.place)
        placed = self._antecedents.with_place(mention)
        if placed is not None and not provincial:
            return FullName(placed.text, place=placed.place)
        if not provincial or level_at_end(mention.text):
            return FullName(mention.text)
        province = self._nearby.of_level(mention, "province") or self.locality.province
        if province is None:
            return FullName(mention.text)
        return self._at(mention, province, inferred=True)

    def _composed(self, mention: OrganizationMention, depth: int) -> FullName | None:
        """Put the name together from the short form and what the article is about."""
        level = level_at_end(mention.text)
        if level is not None:
            local = self._of_own_level(mention, level)
            if local is None:
                return FullName(mention.text)
            return FullName(f"{mention.text} {local.name}", local.inferred, local=local)
        if mention.lacks == "sector" or (mention.lacks == "none" and len(mention.text.split()) <= 2):
            return None
        if mention.lacks == "host":
            return self._with_host(mention, depth)
        if mention.kind == "front" and expanded_words(mention.text)[0] in _ASSOCIATIONS:
            return self._association(mention)
        local = self._local(mention)
        return self._at(mention, local) if local is not None else FullName(mention.text)

    def _of_own_level(self, mention: OrganizationMention, level: str) -> Local | None:
        """The unit of a name that gives the level alone: the city of a "Sở Y tế thành phố" is a province."""
        province = self.locality.province
        if mention.lacks == "province" and level == "thành phố" and province and province.level == "city":
            return province
        return self._nearby.of_level(mention, LEVEL_OF_DESIGNATION[level])

    def _association(self, mention: OrganizationMention) -> FullName | None:
        """A Hội or Đoàn without a place: of its neighbours' in a list, else of the main body, else none."""
        neighbour = self._neighbour_level(mention)
        local = self._nearby.of_level(mention, neighbour) if neighbour is not None else None
        if local is not None:
            return self._at(mention, local)
        if mention.span not in self._organs:
            return None
        return FullName(f"{mention.text} {self.main}", inferred=True) if self.main else FullName(mention.text)

    def _with_host(self, mention: OrganizationMention, depth: int) -> FullName:
        employer = self._next_employer(mention, depth)
        neighbour = self._neighbour_level(mention) if employer is None else None
        local = self._nearby.of_level(mention, neighbour) if neighbour in _COMMUNAL else None
        if local is not None and mention.kind == "party_committee":
            return self._at(mention, local)
        if mention.kind == "party_body":
            return self._of_last_committee(mention)
        if mention.kind == "union" and "ngành" in expanded_words(mention.text) and self.locality.province:
            return self._at(mention, self.locality.province, inferred=True)
        if _STATE_OFFICE.search(matching_key(mention.text).replace("&", "và")):
            return self._state_office(mention)
        host = employer or (self.main if self._main_kind not in _NO_HOSTS else None)
        if host is None or depth > 1 or body_key(host)[:2] == body_key(mention.text)[:2]:
            return FullName(mention.text)
        commune = _COMMUNE.search(host) if host.startswith(("UBND", "Ủy ban", "Uỷ ban", "HĐND")) else None
        return FullName(f"{mention.text} {commune.group() if commune else host}", inferred=True)

    def _state_office(self, mention: OrganizationMention) -> FullName:
        """An office of the people's committee of its neighbours' level, else of the article's district."""
        neighbour = self._neighbour_level(mention)
        local = self._nearby.of_level(mention, neighbour) if neighbour is not None else None
        local = local or self.locality.district or self.locality.commune
        return self._at(mention, local, inferred=True) if local is not None else FullName(mention.text)

    def _of_last_committee(self, mention: OrganizationMention) -> FullName:
        """A board named alone is the last committee's: "Chủ nhiệm UBKT" after "Bí thư Huyện ủy"."""
        first = bisect_right(self._starts, mention.span.start) - 1
        for other in reversed(self._mentions[max(0, first - _COMMITTEES_BACK) : max(0, first)]):
            if other.kind in {"party_committee", "union"}:
                name = self.name(other, _DEEPEST - 1)
                if name is not None:
                    return replace(name, text=f"{mention.text} {name.text}", inferred=True)
                break
        return FullName(mention.text)

    def _next_employer(self, mention: OrganizationMention, depth: int) -> str | None:
        """The facility of the same holder's next post: "Bí thư Chi bộ, Giám đốc Trung tâm Y tế huyện X"."""
        following = bisect_right(self._starts, mention.span.start)
        if following >= len(self._mentions) or depth > 1:
            return None
        other = self._mentions[following]
        between = self._text[mention.span.end : other.span.start]
        if other.kind not in FACILITIES or len(between) > _HOST_REACH or not _OFFICE.fullmatch(between):
            return None
        name = self.name(other, depth + 1)
        return name.text if name is not None else None

    def _local(self, mention: OrganizationMention) -> Local | None:
        inside = _LEVELS_INSIDE.get(expanded_words(mention.text)[0])
        if inside is not None and mention.lacks == "place":
            return self._nearby.of_level(mention, inside)
        if mention.lacks in {"province", "city", "district"}:
            return self._nearby.of_level(mention, mention.lacks) or (
                self.locality.district if mention.lacks == "district" else None
            )
        if mention.lacks == "commune":
            return self.locality.commune
        neighbour = self._neighbour_level(mention)
        if neighbour is not None:
            return self._nearby.of_level(mention, neighbour)
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
                return LEVEL_OF_DESIGNATION[level]
            place = self._nearby.place_of(following)
            if place is not None:
                return place.level
            end = following.span.end
        return None

    def _main(self, extraction: Extraction, everything: list[OrganizationMention]) -> str | None:
        """The name of the body that the article is about: in the title, first, often, holding the event."""
        organizers = {event.organizer for event in extraction.relations.events}
        scores: defaultdict[tuple[str, ...], float] = defaultdict(float)
        names: dict[tuple[str, ...], str] = {}
        kinds: dict[tuple[str, ...], str] = {}
        for position, mention in enumerate(everything):
            text = self._text_of_main(mention)
            if text is None:
                continue
            key = body_key(text)
            names[key] = max(names.get(key, text), text, key=len)
            kinds[key] = mention.kind
            weight = 1.0 + 3 * (mention.span in self._titled)
            weight += 2 * (position == 0) + 4 * (mention.span in organizers)
            scores[key] += weight if mention.kind in FACILITIES else weight / 3
        if not scores:
            return None
        best = max(scores, key=lambda key: scores[key])
        self._main_kind = kinds[best]
        return names[best]

    def _text_of_main(self, mention: OrganizationMention) -> str | None:
        """The name that a mention gives what may be the main body; None where that takes more to know."""
        if not mention.short:
            return in_small_letters(mention)
        titled = self._antecedents.first_in(mention, self._titled)
        if titled is not None:
            return in_small_letters(titled)
        if mention.kind not in FACILITIES or mention.host is not None or mention.lacks in _UNKNOWN:
            return None
        name = self._composed(mention, _DEEPEST)
        return name.text if name is not None and name.text != mention.text else None

    def _at(self, mention: OrganizationMention, local: Local, *, inferred: bool = False) -> FullName:
        """Put a place behind a short form."""
        text = f"{mention.text} {self._with_level(mention, local)}"
        return FullName(text, inferred or local.inferred, local=local)

    def _with_level(self, mention: OrganizationMention, local: Local) -> str:
        """Write the place after a body's head: "tỉnh Lai Châu" after Sở Y tế, "Lai Châu" after Tỉnh ủy."""
        words = expanded_words(mention.text)
        if words[-1] in {"ủy", "đoàn"} and words[0] in _LEVELS_INSIDE:
            return local.name
        if local.name[0].isdigit():
            return f"quận {local.name}"
        written = self._nearby.written(local)
        if written is not None:
            return written
        level = next((word for word, notation in LEVEL_OF_DESIGNATION.items() if notation == local.level), "")
        return f"{level} {local.name}".strip()

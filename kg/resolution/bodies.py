"""The bodies of an article, each once, under the fullest name that the article makes plain."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from kg.model.article import Zone
from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.locality import Local, Locality
from kg.resolution.naming import body_key, expanded_words, level_at_end
from kg.resolution.places import Places

_LEVEL_NOTATION = {
    "tỉnh": "province", "thành phố": "city", "huyện": "district", "quận": "district", "thị xã": "town",
    "thị trấn": "township", "phường": "ward", "xã": "commune", "đặc khu": "other",
}  # fmt: skip
_FACILITIES = frozenset({"health_centre", "hospital", "cdc", "health_station", "health_department", "health_office"})
_LIST_REACH = 30  # characters between "HĐND" and the "UBND huyện" that says which


@dataclass(frozen=True, slots=True)
class _Name:
    """The full name of a body and whether a part of it was inferred."""

    text: str
    inferred: bool = False


@dataclass
class Bodies:
    """The bodies found so far; `imply` adds one that a claim needs and the text leaves out."""

    entities: dict[EntityId, Organization] = field(default_factory=dict)
    by_span: dict[Span, EntityId] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], EntityId] = field(default_factory=dict)
    main: EntityId | None = None

    def imply(self, name: str, kind: str, *, inferred: bool = True) -> EntityId:
        """Return the body of that name, made without a mention where there is none."""
        key = body_key(name)
        if key not in self.by_key:
            entity = Organization(
                id=f"organization-{len(self.entities) + 1}",
                name=name,
                mentions=(),
                surface=name,
                kind=kind,
                inferred=inferred,
                confidence=0.7,
            )
            self.entities[entity.id] = entity
            self.by_key[key] = entity.id
        return self.by_key[key]


def resolve_bodies(extraction: Extraction, locality: Locality, places: Places) -> Bodies:
    """Name every body in full, and gather the mentions of each."""
    mentions = [mention for mention in extraction.mentions if isinstance(mention, OrganizationMention)]
    namer = _Namer(extraction, mentions, locality)
    groups: defaultdict[tuple[str, ...], list[tuple[OrganizationMention, _Name]]] = defaultdict(list)
    for position, mention in enumerate(mentions):
        name = namer.name(mention, position)
        if name is not None:
            groups[body_key(name.text)].append((mention, name))
    bodies = Bodies()
    for number, (key, group) in enumerate(groups.items(), start=1):
        entity = _entity(f"organization-{number}", group, places)
        bodies.entities[entity.id] = entity
        bodies.by_key[key] = entity.id
        bodies.by_span.update((mention.span, entity.id) for mention, _ in group)
    if namer.main is not None:
        bodies.main = bodies.by_key.get(body_key(namer.main.text))
    _link_hosts(bodies, groups, namer)
    return bodies


def _entity(
    number: EntityId, group: list[tuple[OrganizationMention, _Name]], places: Places
) -> Organization:
    texts = [name.text for _, name in group]
    name = max((text for text in texts if not text.isupper()), key=len, default=texts[0])
    surfaces = list(dict.fromkeys(mention.text for mention, _ in group))
    place = next((places.by_span[mention.place] for mention, _ in group if mention.place in places.by_span), None)
    return Organization(
        id=number,
        name=name,
        surface=surfaces[0],
        aliases=tuple(surface for surface in surfaces[1:] if surface != name),
        kind=_kind(group),
        place=place,
        mentions=tuple(mention.span for mention, _ in group),
        inferred=all(name.inferred for _, name in group),
        confidence=max(mention.confidence for mention, _ in group),
    )


def _kind(group: list[tuple[OrganizationMention, _Name]]) -> str:
    full = [mention.kind for mention, _ in group if not mention.short]
    kinds = full or [mention.kind for mention, _ in group]
    return next((kind for kind in kinds if kind != "other"), kinds[0])


def _link_hosts(
    bodies: Bodies, groups: dict[tuple[str, ...], list[tuple[OrganizationMention, _Name]]], namer: _Namer
) -> None:
    for key, group in groups.items():
        host = next((mention.host for mention, _ in group if mention.host is not None), None)
        name = namer.name(host, None) if host is not None else None
        if host is not None and name is not None:
            parent = bodies.imply(name.text, host.kind, inferred=False)
            child = bodies.by_key[key]
            if parent != child:
                bodies.entities[child] = replace(bodies.entities[child], parent=parent)


class _Namer:
    """Finds the full name behind each mention of an article."""

    def __init__(
        self, extraction: Extraction, mentions: list[OrganizationMention], locality: Locality
    ) -> None:
        self.mentions = mentions
        self.locality = locality
        self.full = [mention for mention in mentions if not mention.short]
        self.main = self._main(extraction)

    def name(self, mention: OrganizationMention, position: int | None, depth: int = 0) -> _Name | None:
        """Return the full name; None for a bare "Trung tâm" that the article does not explain."""
        if mention.host is not None:
            host = self.name(mention.host, position, depth + 1)
            head = mention.text[: len(mention.text) - len(mention.host.text)].strip()
            return _Name(f"{head} {host.text}", host.inferred) if host is not None else _Name(mention.text)
        if not mention.short:
            return _Name(mention.text)
        antecedent = self._antecedent(mention)
        if antecedent is not None:
            return _Name(antecedent)
        return self._composed(mention, position, depth)

    def _antecedent(self, mention: OrganizationMention) -> str | None:
        """The full name that begins as the short one does: the main body's, or the nearest before it."""
        words = expanded_words(mention.text)
        level = level_at_end(mention.text)
        stem = words[: len(words) - len(level.split())] if level else words
        fitting = [
            full
            for full in self.full
            if expanded_words(full.text)[: len(stem)] == stem
            and (level is None or f" {level} " in f" {' '.join(expanded_words(full.text))} ")
            and self._kinds_agree(mention, full)
        ]
        if not fitting:
            return None
        if self.main is not None and any(body_key(full.text) == body_key(self.main.text) for full in fitting):
            return self.main.text
        before = [full for full in fitting if full.span.start < mention.span.start]
        return (before[-1] if before else fitting[0]).text

    @staticmethod
    def _kinds_agree(short: OrganizationMention, full: OrganizationMention) -> bool:
        # "Sở Y tế" is no short form of "Sở Nội vụ …", but "Trung tâm" is one of any centre.
        return short.kind == full.kind or (short.lacks == "sector" and len(short.text.split()) <= 2)

    def _composed(self, mention: OrganizationMention, position: int | None, depth: int) -> _Name | None:
        if mention.lacks == "sector" or (mention.lacks == "none" and len(mention.text.split()) <= 2):
            return None
        level = level_at_end(mention.text)
        if level is not None:
            local = self.locality.of_level(_LEVEL_NOTATION[level])
            return _Name(f"{mention.text} {local.name}", local.inferred) if local else _Name(mention.text)
        if mention.lacks == "host":
            if self.main is None or depth or body_key(self.main.text)[:2] == body_key(mention.text)[:2]:
                return _Name(mention.text)
            return _Name(f"{mention.text} {self.main.text}", inferred=True)
        local = self._local(mention, position)
        if local is None:
            return _Name(mention.text)
        return _Name(f"{mention.text} {_with_level(mention, local)}", local.inferred)

    def _local(self, mention: OrganizationMention, position: int | None) -> Local | None:
        if mention.lacks == "province":
            return self.locality.province
        if mention.lacks == "city":
            return self.locality.of_level("city")
        if mention.lacks == "commune":
            return self.locality.commune
        if mention.lacks == "district":
            return self.locality.district
        neighbour = self._neighbour_level(mention, position)
        if neighbour is not None:
            return self.locality.of_level(neighbour)
        return self.locality.district or self.locality.province

    def _neighbour_level(self, mention: OrganizationMention, position: int | None) -> str | None:
        """The level of the next body in a list: "HĐND, UBND huyện"."""
        if position is None or position + 1 >= len(self.mentions):
            return None
        following = self.mentions[position + 1]
        if following.span.start - mention.span.end > _LIST_REACH:
            return None
        level = level_at_end(following.text)
        return _LEVEL_NOTATION[level] if level else None

    def _main(self, extraction: Extraction) -> _Name | None:
        """The body that the article is about: in the title, first, often, holding the event."""
        titles = [p.span for p in extraction.article.paragraphs if p.zone is Zone.TITLE]
        organizers = {event.organizer for event in extraction.relations.events}
        scores: defaultdict[tuple[str, ...], float] = defaultdict(float)
        names: dict[tuple[str, ...], str] = {}
        for position, mention in enumerate(self.full):
            key = body_key(mention.text)
            names[key] = max(names.get(key, ""), mention.text, key=lambda text: (not text.isupper(), len(text)))
            weight = 1.0 + 3 * any(span.contains(mention.span) for span in titles)
            weight += 2 * (position == 0) + 4 * (mention.span in organizers)
            scores[key] += weight if mention.kind in _FACILITIES else weight / 3
        if not scores:
            return None
        best = max(scores, key=lambda key: scores[key])
        return _Name(names[best])


def _with_level(mention: OrganizationMention, local: Local) -> str:
    """Write the place after a body's head: "tỉnh Lai Châu" after Sở Y tế, "Lai Châu" after Tỉnh ủy."""
    words = expanded_words(mention.text)
    if words[-1] == "ủy" or local.level == "city":
        return local.name
    level = next((word for word, notation in _LEVEL_NOTATION.items() if notation == local.level), "")
    return f"{level} {local.name}".strip()

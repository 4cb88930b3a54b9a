"""The bodies of an article, each once, under the fullest name that the article makes plain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.model.article import Article
from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.body_names import FACILITIES, BodyNamer, FullName, hosts_of
from kg.resolution.locality import Locality
from kg.resolution.naming import as_written, body_key, in_small_letters, level_within
from kg.resolution.places import Places
from kg.resolution.seats import Seats

_BOARDS = frozenset({("party_body", "party_committee"), ("peoples_council", "peoples_council")})
_SHORTENED = frozenset({"organizations.acronym", "organizations.list"})
_FORMER = ("cũ",)  # what tells the body of a place of before from that of the place that has its name now
_Group = list[tuple[OrganizationMention, FullName]]


@dataclass
class Bodies:
    """The bodies found so far; `imply` adds one that a claim needs and the text leaves out."""

    entities: dict[EntityId, Organization] = field(default_factory=dict)
    by_span: dict[Span, EntityId] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], EntityId] = field(default_factory=dict)
    main: EntityId | None = None

    def imply(self, name: str, kind: str, *, inferred: bool = True, former: bool = False) -> EntityId:
        """Return the body of that name, made without a mention where there is none.

        Args:
            name: in full.
            kind: a notation of the scheme of bodies.
            inferred: the text does not have the name.
            former: it is in a place as that was before a change.
        """
        key = (*body_key(name), *_FORMER) if former else body_key(name)
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
        known = self.entities[self.by_key[key]]
        if known.kind == "other":  # so far named by a general word alone: "Trung tâm"
            self.entities[known.id] = replace(known, kind=kind)
        return known.id


def resolve_bodies(extraction: Extraction, locality: Locality, places: Places) -> Bodies:
    """Name every body in full, and gather the mentions of each."""
    mentions = [mention for mention in extraction.mentions if isinstance(mention, OrganizationMention)]
    namer = BodyNamer(extraction, mentions, locality)
    groups: defaultdict[tuple[str, ...], _Group] = defaultdict(list)
    organs = {item.organization for item in extraction.relations.memberships}
    seats = Seats(places)
    for mention in _with_hosts(mentions, organs):
        name = namer.name(mention)
        if name is not None:
            key = body_key(name.text)
            groups[(*key, *_FORMER) if seats.is_former(name) else key].append((mention, name))
    bodies = Bodies()
    apart = [(key, group) for key, together in groups.items() for group in _by_level(together)]
    for number, (key, group) in enumerate(apart, start=1):
        entity = _entity(f"organization-{number}", group, seats, article=extraction.article)
        bodies.entities[entity.id] = entity
        bodies.by_key.setdefault(key, entity.id)
        bodies.by_span.update((mention.span, entity.id) for mention, _ in group)
    _link_hosts(bodies, mentions, namer, seats)
    if namer.main is not None:
        key = body_key(namer.main)
        bodies.main = bodies.by_key.get(key) or bodies.by_key.get((*key, *_FORMER))
    return bodies


def _by_level(group: _Group) -> list[_Group]:
    """Tell apart a district's body and that of a city of its name; what has no level goes with the first."""
    levels: dict[str, _Group] = {}
    for item in group:
        level = level_within(item[1].text)
        if level is not None:
            levels.setdefault(level, []).append(item)
    if len(levels) < 2:
        return [group]
    first = next(iter(levels.values()))
    first.extend(item for item in group if level_within(item[1].text) is None)
    return list(levels.values())


def _with_hosts(
    mentions: list[OrganizationMention], organs: set[Span | None]
) -> Iterator[OrganizationMention]:
    """Yield the mentions, and the bodies inside their names that are spoken of as well.

    These are the health facilities named in full, the committees whose boards and offices are named, and the
    bodies that somebody's post is in: the Huyện ủy of a "Trưởng Ban Tổ chức Huyện ủy".
    """
    for mention in mentions:
        yield mention
        inner = mention
        for host in hosts_of(mention):
            facility = host.kind in FACILITIES and not host.short
            if facility or (inner.kind, host.kind) in _BOARDS or host.span in organs:
                yield host
            inner = host


def _entity(number: EntityId, group: _Group, seats: Seats, *, article: Article) -> Organization:
    name = max((in_small_letters(mention, name.text) for mention, name in group), key=_fullness)
    surfaces = list(dict.fromkeys(_surface(mention, article) for mention, _ in group))
    surest = max((mention for mention, _ in group), key=lambda mention: mention.confidence)
    return Organization(
        id=number,
        name=_with_capital(as_written(name)),
        surface=surfaces[0],
        aliases=tuple(surface for surface in surfaces[1:] if surface != name),
        kind=_kind(group),
        place=seats.of([full for _, full in group], name),
        mentions=tuple(sorted(mention.span for mention, _ in group)),
        inferred=all(name.inferred for _, name in group),
        rule=surest.rule,
        confidence=surest.confidence,
    )


def _surface(mention: OrganizationMention, article: Article) -> str:
    """Return what the text has: an acronym, or the place alone in a list of bodies."""
    return article.surface(mention.span) if mention.rule in _SHORTENED else mention.text


def _with_capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _fullness(name: str) -> tuple[int, int]:
    """A name without abbreviations says more than one with."""
    return -sum(word.isupper() and len(word) > 1 for word in name.split()), len(name)


def _kind(group: _Group) -> str:
    full = [mention.kind for mention, _ in group if not mention.short]
    kinds = full or [mention.kind for mention, _ in group]
    return next((kind for kind in kinds if kind != "other"), kinds[0])


def _link_hosts(bodies: Bodies, mentions: list[OrganizationMention], namer: BodyNamer, seats: Seats) -> None:
    """Join each body to the one that its name says it belongs to."""
    for mention in mentions:
        child = bodies.by_span.get(mention.span)
        for host in hosts_of(mention):
            name = namer.name(host)
            if name is None:
                break
            former = seats.is_former(name)
            parent = bodies.imply(name.text, host.kind, inferred=name.inferred, former=former)
            bodies.by_span.setdefault(host.span, parent)
            if child is not None and child != parent and bodies.entities[child].parent is None:
                bodies.entities[child] = replace(bodies.entities[child], parent=parent)
            child = parent

"""The bodies of an article, each once, under the fullest name that the article makes plain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.model.entity import Organization
from kg.model.extraction import Extraction
from kg.model.mention import OrganizationMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.body_names import FACILITIES, BodyNamer, FullName, hosts_of
from kg.resolution.locality import Locality
from kg.resolution.naming import as_written, body_key
from kg.resolution.places import Places

_Group = list[tuple[OrganizationMention, FullName]]


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
    namer = BodyNamer(extraction, mentions, locality)
    groups: defaultdict[tuple[str, ...], _Group] = defaultdict(list)
    for mention in _with_facilities(mentions):
        name = namer.name(mention)
        if name is not None:
            groups[body_key(name.text)].append((mention, name))
    bodies = Bodies()
    for number, (key, group) in enumerate(groups.items(), start=1):
        entity = _entity(f"organization-{number}", group, places)
        bodies.entities[entity.id] = entity
        bodies.by_key[key] = entity.id
        bodies.by_span.update((mention.span, entity.id) for mention, _ in group)
    _link_hosts(bodies, mentions, namer)
    if namer.main is not None:
        bodies.main = bodies.by_key.get(body_key(namer.main))
    return bodies


def _with_facilities(mentions: list[OrganizationMention]) -> Iterator[OrganizationMention]:
    """Yield the mentions, and the health facilities named in full inside them: they are spoken of as well."""
    for mention in mentions:
        yield mention
        for host in hosts_of(mention):
            if host.kind in FACILITIES and not host.short:
                yield host


def _entity(number: EntityId, group: _Group, places: Places) -> Organization:
    texts = [name.text for _, name in group]
    name = max((text for text in texts if not text.isupper()), key=len, default=texts[0])
    surfaces = list(dict.fromkeys(mention.text for mention, _ in group))
    place = next((places.by_span[mention.place] for mention, _ in group if mention.place in places.by_span), None)
    return Organization(
        id=number,
        name=as_written(name),
        surface=surfaces[0],
        aliases=tuple(surface for surface in surfaces[1:] if surface != name),
        kind=_kind(group),
        place=place,
        mentions=tuple(sorted(mention.span for mention, _ in group)),
        inferred=all(name.inferred for _, name in group),
        confidence=max(mention.confidence for mention, _ in group),
    )


def _kind(group: _Group) -> str:
    full = [mention.kind for mention, _ in group if not mention.short]
    kinds = full or [mention.kind for mention, _ in group]
    return next((kind for kind in kinds if kind != "other"), kinds[0])


def _link_hosts(bodies: Bodies, mentions: list[OrganizationMention], namer: BodyNamer) -> None:
    """Join each body to the one that its name says it belongs to."""
    for mention in mentions:
        child = bodies.by_span.get(mention.span)
        for host in hosts_of(mention):
            name = namer.name(host)
            if name is None:
                break
            parent = bodies.imply(name.text, host.kind, inferred=name.inferred)
            bodies.by_span.setdefault(host.span, parent)
            if child is not None and child != parent and bodies.entities[child].parent is None:
                bodies.entities[child] = replace(bodies.entities[child], parent=parent)
            child = parent

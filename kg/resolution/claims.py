"""What an article says, with every argument led back to a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from kg.model.entity import Person
from kg.model.extraction import Extraction
from kg.model.mention import PROPOSED
from kg.model.relation import (
    Appointment,
    Citation,
    Conferral,
    EntityId,
    Event,
    Evidence,
    Membership,
    Observation,
    Participation,
)
from kg.model.resolution import Resolution
from kg.model.span import Span
from kg.resolution.bodies import Bodies
from kg.resolution.locality import Locality
from kg.resolution.naming import title_key
from kg.resolution.people import People
from kg.resolution.places import Places, place_key
from kg.resolution.reorganizations import bind_reorganizations
from kg.resolution.vacancies import fill_vacancies

_Holders = defaultdict[tuple[str, ...], list[tuple[EntityId | None, EntityId]]]
_LEAVING = frozenset({"retired", "dismissed"})
_OUTRANKS = frozenset({"chair", "directed_by"})


def resolve_claims(
    extraction: Extraction, places: Places, bodies: Bodies, people: People, locality: Locality
) -> Resolution:
    """Bind the relations of an extraction to its things."""
    binder = _Binder(places, bodies, people, default=_subject(places, bodies, locality))
    relations = extraction.relations
    given = [
        *relations.memberships,
        *map(
            _post_given,
            (item for item in relations.appointments if item.title and item.action not in _LEAVING),
        ),
    ]
    bound = [binder.membership(item) for item in given if item.person in people.by_span]
    memberships = _merged(fill_vacancies(extraction, bound, bodies, locality))
    participations = _participations(
        [binder.participation(item) for item in relations.participations], memberships, relations.events
    )
    appointments = _with_bodies(
        (binder.appointment(item) for item in relations.appointments if item.person in people.by_span),
        memberships,
    )
    observations = tuple(binder.observation(item) for item in relations.observations)
    resolution = Resolution(
        article=extraction.article,
        places=places.entities,
        memberships=memberships,
        events=tuple(binder.event(item) for item in relations.events),
        participations=participations,
        appointments=appointments,
        observations=observations,
        citations=tuple(binder.citation(item) for item in relations.citations),
        conferrals=tuple(binder.conferral(item) for item in relations.conferrals),
        reorganizations=tuple(bind_reorganizations(relations.reorganizations, bodies.by_span)),
    )
    return replace(
        resolution,
        organizations=tuple(bodies.entities.values()),
        persons=tuple(_public(people.entities, resolution)),
    )


def _post_given(item: Appointment[Span]) -> Membership[Span]:
    """The post that an appointment gives."""
    rule = item.evidence.rule
    rule = rule if rule.startswith(PROPOSED) else "memberships.appointment"
    return Membership(
        person=item.person,
        title=item.title or "",
        organization=item.organization,
        organization_surface=item.organization_surface,
        evidence=replace(item.evidence, rule=rule),
    )


def _subject(places: Places, bodies: Bodies, locality: Locality) -> EntityId | None:
    """What a figure is about whose sentence does not say: the main body, else the place of the article."""
    if bodies.main is not None:
        return bodies.main
    for local in filter(None, (locality.district, locality.province, locality.commune)):
        for place in places.entities:
            if place.level == local.level and place_key(place.name).endswith(place_key(local.name)):
                return place.id
    return None


def _with_bodies(
    appointments: Iterable[Appointment[EntityId]], memberships: tuple[Membership[EntityId], ...]
) -> tuple[Appointment[EntityId], ...]:
    """Give an appointment the body of the post of that title, where its sentence leaves the body out."""
    known = {
        (item.person, title_key(item.title)): item.organization
        for item in memberships
        if item.organization is not None
    }
    return tuple(
        replace(item, organization=item.organization or known.get((item.person, title_key(item.title or ""))))
        for item in appointments
    )


def _public(persons: Iterable[Person], resolution: Resolution) -> Iterator[Person]:
    """Yield those whom the article names in a public capacity, and not in passing."""
    claims: Iterable[Any] = (*resolution.memberships, *resolution.participations, *resolution.appointments)
    spoken_of = {claim.person for claim in claims}
    for person in persons:
        proposed = person.rule.startswith(PROPOSED)  # an extension proposes nobody in passing
        if proposed or person.confidence > 0.9 or person.id in spoken_of:
            yield person


class _Binder:
    """Replaces the spans in relations by the ids of things."""

    def __init__(self, places: Places, bodies: Bodies, people: People, *, default: EntityId | None) -> None:
        self.people = people
        self.bodies = bodies
        self.default = default
        self.anything = {**places.by_span, **bodies.by_span, **people.by_span}

    def membership(self, item: Membership[Span]) -> Membership[EntityId]:
        person, body = self.people.by_span[item.person], self._body(item.organization)
        return cast("Membership[EntityId]", replace(cast(Any, item), person=person, organization=body))

    def event(self, item: Event[Span]) -> Event[EntityId]:
        guests = tuple(dict.fromkeys(filter(None, map(self._body, item.attendee_organizations))))
        organizer, counterpart = self._body(item.organizer), self._body(item.counterpart)
        bound = replace(
            cast(Any, item), organizer=organizer, counterpart=counterpart, attendee_organizations=guests
        )
        return cast("Event[EntityId]", bound)

    def participation(self, item: Participation[Span]) -> Participation[EntityId]:
        person = self.people.by_span.get(item.person) if item.person is not None else None
        bound = replace(cast(Any, item), person=person, organization=self._body(item.organization))
        return cast("Participation[EntityId]", bound)

    def appointment(self, item: Appointment[Span]) -> Appointment[EntityId]:
        bound = replace(
            cast(Any, item),
            person=self.people.by_span[item.person],
            organization=self._body(item.organization),
            decided_by=self._body(item.decided_by),
        )
        return cast("Appointment[EntityId]", bound)

    def observation(self, item: Observation[Span]) -> Observation[EntityId]:
        about = self.anything.get(item.about) if item.about is not None else None
        inferred = about is None and self.default is not None
        bound = replace(cast(Any, item), about=about or self.default, about_inferred=inferred)
        return cast("Observation[EntityId]", bound)

    def citation(self, item: Citation[Span]) -> Citation[EntityId]:
        return cast("Citation[EntityId]", replace(cast(Any, item), issuer=self._body(item.issuer)))

    def conferral(self, item: Conferral[Span]) -> Conferral[EntityId]:
        recipients = tuple(self.anything[span] for span in item.recipients if span in self.anything)
        bound = replace(cast(Any, item), by=self._body(item.by), recipients=recipients)
        return cast("Conferral[EntityId]", bound)

    def _body(self, span: Span | None) -> EntityId | None:
        return self.bodies.by_span.get(span) if span is not None else None


def _merged(memberships: Iterable[Membership[EntityId]]) -> tuple[Membership[EntityId], ...]:
    """Gather what is said more than once, with all evidence; a post without its body joins one with."""
    kept: list[Membership[EntityId]] = []
    posts: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for item in memberships:
        alike = posts[item.person, item.former, title_key(item.title)]
        twin = next((index for index in alike if _same_body(item, kept[index])), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(item)
            continue
        other = kept[twin]
        fuller = other if other.organization is not None or item.organization is None else item
        evidence = Evidence(
            spans=(*other.evidence.spans, *item.evidence.spans),
            rule=other.evidence.rule,
            confidence=max(other.evidence.confidence, item.evidence.confidence),
        )
        kept[twin] = replace(fuller, evidence=evidence)
    return tuple(kept)


def _same_body(left: Membership[EntityId], right: Membership[EntityId]) -> bool:
    return left.organization == right.organization or None in {left.organization, right.organization}


def _participations(
    found: Iterable[Participation[EntityId]],
    memberships: tuple[Membership[EntityId], ...],
    events: tuple[Event[Span], ...],
) -> tuple[Participation[EntityId], ...]:
    """Lead posts back to their holders, and keep each person once a role."""
    keys = {event.key for event in events}
    holders = _holders(memberships)
    kept: dict[tuple[object, ...], Participation[EntityId]] = {}
    for item in found:
        person = item.person or _holder(item, holders)
        if item.event not in keys or (person is None and item.title is None):
            continue
        bound = replace(item, person=person)
        unnamed = (title_key(item.title or ""), item.organization) if person is None else None
        kept.setdefault((item.event, item.role, person, unnamed), bound)
    leading = {(item.event, item.person) for item in kept.values() if item.role in _OUTRANKS and item.person}
    return tuple(
        item for item in kept.values() if item.role != "attendee" or (item.event, item.person) not in leading
    )


def _holders(memberships: Iterable[Membership[EntityId]]) -> _Holders:
    """Return who holds each post by its title, with the body."""
    holders: _Holders = defaultdict(list)
    for item in memberships:
        if not item.former:
            holders[title_key(item.title)].append((item.organization, item.person))
    return holders


def _holder(item: Participation[EntityId], holders: _Holders) -> EntityId | None:
    """The one person that the article names in a post: "đồng chí Bí thư Huyện ủy"."""
    if item.title is None:
        return None
    fitting = {
        person
        for body, person in holders.get(title_key(item.title), ())
        if item.organization is None or body in {None, item.organization}
    }
    return next(iter(fitting)) if len(fitting) == 1 else None

"""Meetings and who took part in them, as statements."""

from __future__ import annotations

from kg.graph.mapping.figures import write_check
from kg.graph.mapping.posts import write_post
from kg.graph.mapping.scope import Scope
from kg.graph.provenance import concept_iri
from kg.model.relation import EntityId, Event, Participation
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import concept_of


def write_meetings(scope: Scope) -> None:
    """Say which meetings there were, and who and which bodies took part in which role."""
    meetings = {event.key: (_write_meeting(scope, event), event.name) for event in scope.resolution.events}
    for participation in scope.resolution.participations:
        iri, name = meetings[participation.event]
        _write_participation(scope, participation, iri, name)


def _write_meeting(scope: Scope, event: Event[EntityId]) -> str:
    writer = scope.writer
    content = (event.kind, event.name, event.date_text or event.start, event.end, event.session, event.venue)
    iri = scope.provenance.claim(
        scope.claim_iri("meeting", event.name, *content), ns.MEETING, event.name, event.evidence
    )
    writer.text(iri, ns.SCHEMA_NAME, event.name)
    writer.link(iri, ns.MEETING_KIND, concept_iri("events", event.kind))
    if event.date_text is not None:
        writer.moment(iri, ns.SCHEMA_START_DATE, event.date_text)
    else:
        writer.day(iri, ns.SCHEMA_START_DATE, event.start)
    writer.day(iri, ns.SCHEMA_END_DATE, event.end)
    if event.start is not None:
        write_check(scope, iri, event.date_check)
    writer.link(iri, ns.SESSION, concept_iri("sessions", event.session))
    writer.text(iri, ns.VENUE, event.venue)
    bodies = (("organizer", event.organizer), ("counterpart", event.counterpart))
    for role, body in (*bodies, *(("attendee_orgs", body) for body in event.attendee_organizations)):
        if body is not None:
            part = Participation(event=event.key, role=role, person=body, evidence=event.evidence)
            _write_participation(scope, part, iri, event.name)
    return iri


def _write_participation(
    scope: Scope, participation: Participation[EntityId], meeting: str, meeting_name: str
) -> None:
    writer, role = scope.writer, concept_of("roles", participation.role)
    person, organization = scope.iri(participation.person), scope.iri(participation.organization)
    by_post = " ".join(
        part
        for part in (
            participation.title,
            scope.name(participation.organization) or participation.organization_surface,
        )
        if part
    )
    who = scope.name(participation.person) or by_post
    label = f"{who} – {role.label_vi if role else participation.role} – {meeting_name}"
    content = (
        meeting, participation.role, person, participation.title, organization,
        participation.organization_surface,
    )  # fmt: skip
    iri = scope.provenance.claim(
        scope.claim_iri("participation", label, *content), ns.PARTICIPATION, label, participation.evidence
    )
    writer.link(iri, ns.IN_MEETING, meeting)
    writer.link(iri, ns.CV_ROLE, role.iri if role else None)
    writer.link(iri, ns.PARTICIPANT, person)
    writer.link(iri, ns.ORG_ORGANIZATION, organization)
    writer.text(iri, ns.TITLE, participation.title)
    writer.text(iri, ns.ORGANIZATION_SURFACE, participation.organization_surface)
    if participation.title is not None:
        surface = participation.organization_surface
        post = write_post(scope, participation.title, participation.organization, surface)
        writer.link(iri, ns.IN_CAPACITY, post)

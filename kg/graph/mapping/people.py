"""Who holds which post, and who was given or left one, as statements."""

from __future__ import annotations

from kg.graph.mapping.documents import document_by_number
from kg.graph.mapping.posts import post_concept, write_post
from kg.graph.mapping.scope import Scope
from kg.graph.provenance import concept_iri
from kg.model.relation import Appointment, EntityId, Membership
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import concept_of


def write_memberships(scope: Scope) -> None:
    """Say which person is, or was, in which post of which body."""
    for membership in scope.resolution.memberships:
        _write_membership(scope, membership)


def write_appointments(scope: Scope) -> None:
    """Say who was given or left which post, decided by whom, by which document."""
    for appointment in scope.resolution.appointments:
        _write_appointment(scope, appointment)


def _write_membership(scope: Scope, membership: Membership[EntityId]) -> None:
    writer, body = scope.writer, membership.organization
    place = scope.name(body) or membership.organization_surface or ""
    title = f"nguyên {membership.title}" if membership.former else membership.title
    label = f"{scope.name(membership.person)}: {title} {place}".strip()
    person, organization = scope.iri(membership.person), scope.iri(body)
    content = (person, membership.title, organization, membership.organization_surface, membership.former)
    iri = scope.provenance.claim(
        scope.claim_iri("membership", label, *content), ns.MEMBERSHIP, label, membership.evidence
    )
    writer.link(iri, ns.ORG_MEMBER, person)
    writer.link(iri, ns.ORG_POST, write_post(scope, membership.title, body, membership.organization_surface))
    writer.link(iri, ns.ORG_ORGANIZATION, organization)
    writer.link(iri, ns.ORG_ROLE, post_concept(membership.title))
    writer.text(iri, ns.TITLE, membership.title)
    writer.text(iri, ns.ORGANIZATION_SURFACE, membership.organization_surface)
    writer.flag(iri, ns.FORMER, value=membership.former)
    if (published := scope.resolution.article.published) is not None:
        writer.day(iri, ns.AS_OF, published.day)


def _write_appointment(scope: Scope, appointment: Appointment[EntityId]) -> None:
    writer, body = scope.writer, appointment.organization
    action = concept_of("actions", appointment.action)
    words = (
        scope.name(appointment.person),
        action.label_vi if action else appointment.action,
        appointment.title or "",
        scope.name(body) or appointment.organization_surface or "",
    )
    label = " ".join(word for word in words if word)
    person, organization, decider = map(scope.iri, (appointment.person, body, appointment.decided_by))
    content = (
        person, appointment.action, appointment.title, organization, appointment.organization_surface,
        decider, appointment.document, appointment.start, appointment.term,
    )  # fmt: skip
    iri = scope.provenance.claim(
        scope.claim_iri("appointment", label, *content), ns.APPOINTMENT, label, appointment.evidence
    )
    writer.link(iri, ns.APPOINTEE, person)
    writer.link(iri, ns.ACTION, concept_iri("actions", appointment.action))
    writer.link(iri, ns.ORG_ORGANIZATION, organization)
    if appointment.title is not None:
        post = write_post(scope, appointment.title, body, appointment.organization_surface)
        writer.link(iri, ns.ORG_POST, post)
        writer.link(iri, ns.ORG_ROLE, post_concept(appointment.title))
        writer.text(iri, ns.TITLE, appointment.title)
    writer.text(iri, ns.ORGANIZATION_SURFACE, appointment.organization_surface)
    writer.link(iri, ns.DECIDED_BY, decider)
    if appointment.document is not None:
        writer.link(iri, ns.BY_DOCUMENT, document_by_number(scope, appointment.document))
    writer.day(iri, ns.SCHEMA_START_DATE, appointment.start)
    writer.text(iri, ns.TERM, appointment.term)

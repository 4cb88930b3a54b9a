"""The facts of one article as a JSON object: a view of a resolution, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from kg.model.article import Article
from kg.model.entity import Entity, Place
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
    Reorganization,
)
from kg.model.resolution import Resolution
from kg.model.span import Span

E = TypeVar("E", bound=Entity)
Facts = dict[str, Any]
_NAMED_ROLES = ("chair", "attendee", "speaker", "opened_by", "concluded_by", "directed_by", "led_by")
_FIGURES = (
    "indicator", "value", "unit", "target", "pct_of_target", "target_basis", "change_pct", "change_abs",
    "direction", "change_basis", "total", "share_pct", "denominator", "value_max", "previous_value",
    "part_of", "comparator", "planned", "period",
)  # fmt: skip


def facts(resolution: Resolution) -> Facts:
    """Return what an article says as a JSON object; silent slots are null or empty, never guessed.

    Every item has ``spans``, half-open offsets, in code points, into the article's NFC text, with the
    ``rule`` that read them and its ``confidence``; so have the ``participants`` of an event, each name in
    each role.
    """
    names = resolution.names()
    return {
        "id": resolution.article.id,
        "source": resolution.article.source,
        "url": resolution.article.url,
        "article": _article(resolution),
        "persons": [
            {
                "name": person.name,
                "degree": person.degree,
                "roles": [_role(item, names) for item in resolution.memberships if item.person == person.id],
                **_found(person),
            }
            for person in resolution.persons
        ],
        "organizations": [
            {
                "name": body.name,
                "surface": body.surface,
                "kind": body.kind,
                "aliases": list(body.aliases),
                **_found(body),
            }
            for body in _mentioned(resolution.organizations)
        ],
        "places": [_place(together) for together in _alike(resolution.places)],
        "events": [_event(event, resolution.participations, names) for event in resolution.events],
        "appointments": [_appointment(item, names) for item in resolution.appointments],
        "metrics": [_metric(item, names) for item in resolution.observations],
        "documents": [_citation(item, names) for item in resolution.citations],
        "awards": [_conferral(item, names) for item in resolution.conferrals],
        "reorganizations": [_reorganization(item, names) for item in resolution.reorganizations],
    }


def _mentioned(entities: Iterable[E]) -> list[E]:
    return [entity for entity in entities if entity.mentions]


def _alike(places: Iterable[Place]) -> Iterable[list[Place]]:
    """Gather what has one name and one level: a commune and the one of its name that it was made of."""
    found: dict[tuple[str, str], list[Place]] = {}
    for place in _mentioned(places):
        found.setdefault((place.name.casefold(), place.level), []).append(place)
    return found.values()


def _place(together: list[Place]) -> Facts:
    first = min(together, key=lambda place: place.mentions)
    spans = sorted(span for place in together for span in place.mentions)
    facts = {"name": first.name, "surface": first.surface, "level": first.level}
    return facts | _found(first) | {"spans": _spans(spans)}


def _found(entity: Entity) -> Facts:
    return {"spans": _spans(entity.mentions), "rule": entity.rule, "confidence": entity.confidence}


def _support(evidence: Evidence) -> Facts:
    return {"spans": _spans(evidence.spans), "rule": evidence.rule, "confidence": evidence.confidence}


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _article(resolution: Resolution) -> Facts:
    article, published = resolution.article, resolution.article.published
    read = (article.title, article.author, article.publisher)
    title, author, publisher = (quote.value if quote else None for quote in read)
    return {
        "title": title,
        "published": published.day.isoformat() if published else None,
        "published_check": published.check.verdict if published else None,
        "published_check_note": published.check.note if published else None,
        "author": author,
        "source": publisher,
        "sha256": article.sha256,
        "spans": _spans(_article_spans(resolution.article)),
    }


def _article_spans(article: Article) -> list[Span]:
    stated = (article.title, article.author, article.publisher, article.published)
    spans = [each.span for each in stated if each is not None]
    return [*spans, article.published.weekday] if article.published and article.published.weekday else spans


def _role(item: Membership[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        "title": item.title,
        "org": names.get(item.organization or ""),
        "org_surface": item.organization_surface,
        "former": item.former,
        **_support(item.evidence),
    }


def _event(
    event: Event[EntityId], participations: Iterable[Participation[EntityId]], names: dict[EntityId, str]
) -> Facts:
    own = [item for item in participations if item.event == event.key]
    roles = {
        role: [names[item.person] for item in own if item.role == role and item.person in names]
        for role in _NAMED_ROLES
    }
    return {
        "kind": event.kind,
        "name": event.name,
        "date": event.date_text,
        "date_end": event.end.isoformat() if event.end else None,
        "date_check": event.date_check.verdict,
        "date_check_note": event.date_check.note,
        "session": event.session,
        "place": event.venue,
        "organizer": names.get(event.organizer or ""),
        "counterpart": names.get(event.counterpart or ""),
        **roles,
        "participants": [
            {"name": names[item.person], "as": item.role, **_support(item.evidence)}
            for item in own
            if item.person in names
        ],
        "attendee_orgs": [names[body] for body in event.attendee_organizations if body in names],
        "unnamed": [
            {
                "as": item.role,
                "title": item.title,
                "org": names.get(item.organization or "", item.organization_surface),
                **_support(item.evidence),
            }
            for item in own
            if item.person is None
        ],
        **_support(event.evidence),
    }


def _appointment(item: Appointment[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        "person": names.get(item.person),
        "action": item.action,
        "title": item.title,
        "org": names.get(item.organization or "", item.organization_surface),
        "decided_by": names.get(item.decided_by or ""),
        "document": item.document,
        "start": item.start.isoformat() if item.start else None,
        "term": item.term,
        **_support(item.evidence),
    }


def _metric(item: Observation[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        **{slot: _plain(getattr(item, slot)) for slot in _FIGURES},
        "org": names.get(item.about or ""),
        "org_inferred": item.about_inferred,
        "check": item.check,
        "check_note": item.check_note,
        **_support(item.evidence),
    }


def _plain(value: Any) -> Any:
    """Return a whole number as an integer: 81770 and not 81770.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _citation(item: Citation[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        "type": item.type,
        "number": item.number,
        "name": item.name,
        "date": item.day.isoformat() if item.day else None,
        "issuer": names.get(item.issuer or ""),
        **_support(item.evidence),
    }


def _conferral(item: Conferral[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        "award": item.award,
        "by": names.get(item.by or ""),
        "recipients_count": dict(item.recipients_count),
        "recipients": [names[recipient] for recipient in item.recipients if recipient in names],
        "status": "proposed" if item.proposed else "given",
        **_support(item.evidence),
    }


def _reorganization(item: Reorganization[EntityId], names: dict[EntityId, str]) -> Facts:
    return {
        "kind": item.kind,
        "originals": [names[body] for body in item.originals],
        "results": [names[body] for body in item.results],
        "start": item.start.isoformat() if item.start else None,
        "document": item.document,
        **_support(item.evidence),
    }

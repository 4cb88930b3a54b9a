"""Why each fact of an article was read: its characters, its rule and how far it is to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kg.model.article import Article, Paragraph, Zone
from kg.model.check import NOT_CHECKABLE, Check
from kg.model.entity import Entity, Organization, Person, Place
from kg.model.relation import EntityId, Event, Evidence, Observation
from kg.model.resolution import Resolution
from kg.model.span import Span

_NAMED_THROUGHOUT = frozenset({"person", "organization", "place"})
_STATED_ONCE = frozenset({"title", "published", "author", "source", "event", "metric", "document", "award"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFact:
    """One fact and what it rests on.

    Attributes:
        kind: title, published, author, source, person, role, organization, place, event, part, appointment,
            metric, document, award or change.
        statement: the fact in words, for people.
        spans: the characters that support it, the core first.
        rule: the name of the rule that read it.
        confidence: 0 to 1; None for what the layout of the page says.
    """

    kind: str
    statement: str
    spans: tuple[Span, ...]
    rule: str
    confidence: float | None

    @property
    def marks(self) -> tuple[Span, ...]:
        """The characters that name the fact's own thing, and not the words around it."""
        if self.kind in _NAMED_THROUGHOUT:
            return self.spans
        return self.spans[:1] if self.kind in _STATED_ONCE else ()


@dataclass(frozen=True, slots=True)
class ExplainedParagraph:
    """A paragraph with the facts whose core stands in it, in order of the text."""

    span: Span
    zone: Zone
    facts: tuple[ExplainedFact, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article with the reasons for all its facts."""

    article: Article
    paragraphs: tuple[ExplainedParagraph, ...]

    @property
    def facts(self) -> tuple[ExplainedFact, ...]:
        """All facts, paragraph by paragraph."""
        return tuple(chain.from_iterable(paragraph.facts for paragraph in self.paragraphs))

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as a JSON object; offsets are code points into ``text``, half-open."""
        article = self.article
        return {
            "id": article.id,
            "source": article.source,
            "sha256": article.sha256,
            "text": article.text,
            "paragraphs": [
                {
                    "zone": paragraph.zone.value,
                    "span": [paragraph.span.start, paragraph.span.end],
                    "facts": [_fact_as_json(fact, article) for fact in paragraph.facts],
                }
                for paragraph in self.paragraphs
            ],
        }


def explain(resolution: Resolution) -> Explanation:
    """Return every fact of an article with its characters, its rule and its confidence."""
    found = sorted(_facts(resolution), key=lambda fact: fact.spans[0].start)
    paragraphs = resolution.article.paragraphs
    shares: list[list[ExplainedFact]] = [[] for _ in paragraphs]
    position = 0
    for fact in found:
        # Both are in order of the text; a core that begins between two paragraphs goes to the later one.
        while position < len(paragraphs) - 1 and paragraphs[position].span.end <= fact.spans[0].start:
            position += 1
        shares[position].append(fact)
    return Explanation(resolution.article, tuple(map(_explained, paragraphs, shares)))


def _explained(paragraph: Paragraph, facts: list[ExplainedFact]) -> ExplainedParagraph:
    return ExplainedParagraph(paragraph.span, paragraph.zone, tuple(facts))


def _fact_as_json(fact: ExplainedFact, article: Article) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "statement": fact.statement,
        "rule": fact.rule,
        "confidence": fact.confidence,
        "spans": [[span.start, span.end] for span in fact.spans],
        "quotes": [article.surface(span) for span in fact.spans],
    }


def _facts(resolution: Resolution) -> Iterator[ExplainedFact]:
    names = resolution.names()
    yield from _page_facts(resolution.article)
    yield from _entity_facts("person", resolution.persons)
    yield from _entity_facts("organization", resolution.organizations)
    yield from _entity_facts("place", resolution.places)
    yield from _claims_about_people(resolution, names)
    for event in resolution.events:
        yield _claim("event", _with_details(event.name, *_day_and_kind(event)), event.evidence)
    for observation in resolution.observations:
        yield _claim("metric", _figure(observation, names), observation.evidence)
    for citation in resolution.citations:
        yield _claim("document", _joined(citation.type, citation.number, citation.name), citation.evidence)
    for conferral in resolution.conferrals:
        counts = (f"{count} {what}" for what, count in conferral.recipients_count)
        recipients = (names[recipient] for recipient in conferral.recipients if recipient in names)
        yield _claim("award", _with_details(conferral.award, *counts, *recipients), conferral.evidence)
    for change in resolution.reorganizations:
        before, after = (
            _listed(*(names[body] for body in side)) for side in (change.originals, change.results)
        )
        start = change.start.isoformat() if change.start else None
        yield _claim(
            "change",
            _with_details(f"{before} → {after}", change.kind, start, change.document),
            change.evidence,
        )


def _page_facts(article: Article) -> Iterator[ExplainedFact]:
    quotes = {"title": article.title, "author": article.author, "source": article.publisher}
    stated = {kind: (quote.value, quote.span) for kind, quote in quotes.items() if quote is not None}
    if article.published is not None:
        day = _with_details(article.published.day.isoformat(), *_checked(article.published.check))
        stated["published"] = (day, article.published.span)
    for kind, (statement, span) in stated.items():
        yield ExplainedFact(
            kind=kind, statement=statement, spans=(span,), rule=f"ingest.{kind}", confidence=None
        )


def _day_and_kind(event: Event[EntityId]) -> tuple[str | None, ...]:
    return (event.kind, event.date_text, *_checked(event.date_check))


def _checked(check: Check) -> tuple[str, ...]:
    return (check.verdict, check.note) if check.note else ()


def _entity_facts(kind: str, entities: Iterable[Entity]) -> Iterator[ExplainedFact]:
    for entity in entities:
        if entity.mentions:
            yield ExplainedFact(
                kind=kind,
                statement=_with_details(entity.name, _detail(entity)),
                spans=entity.mentions,
                rule=entity.rule,
                confidence=entity.confidence,
            )


def _detail(entity: Entity) -> str | None:
    match entity:
        case Person():
            return entity.degree
        case Organization():
            return entity.kind
        case Place():
            return entity.level
        case _:
            return None


def _claims_about_people(resolution: Resolution, names: dict[EntityId, str]) -> Iterator[ExplainedFact]:
    events = {event.key: event.name for event in resolution.events}
    for post in resolution.memberships:
        body = names.get(post.organization or "", post.organization_surface)
        held = _listed("former" if post.former else None, post.title, body)
        yield _claim("role", f"{names[post.person]}: {held}", post.evidence)
    for part in resolution.participations:
        body = names.get(part.organization or "", part.organization_surface)
        who = names.get(part.person or "") or _listed(part.title, body)
        yield _claim("part", f"{who}: {part.role}, {events.get(part.event, part.event)}", part.evidence)
    for change in resolution.appointments:
        body = names.get(change.organization or "", change.organization_surface)
        start = change.start.isoformat() if change.start else None
        given = _listed(
            change.title, body, names.get(change.decided_by or ""), change.document, start, change.term
        )
        yield _claim(
            "appointment", f"{names[change.person]}: {_joined(change.action, given)}", change.evidence
        )


def _figure(item: Observation[EntityId], names: dict[EntityId, str]) -> str:
    """Put a figure in words: "lượt khám: 81770 lượt; target 250000; 32.71 % of target; consistent"."""
    level = _number(item.value)
    if level is not None and item.value_max is not None:
        level = f"{level}–{_number(item.value_max)}"
    stated = _joined(item.comparator, level, item.unit, "(planned)" if item.planned else None)
    further = {
        "target": item.target,
        "% of target": item.pct_of_target,
        f"% {item.direction or 'change'}": item.change_pct,
        item.direction or "change": item.change_abs,
        "in all": item.total,
        "% of the whole": item.share_pct,
        "before": item.previous_value,
    }
    numbers = (f"{name} {_number(value)}" for name, value in further.items() if value is not None)
    check = item.check if item.check != NOT_CHECKABLE else None
    parts = (stated, *numbers, item.period, names.get(item.about or ""), check)
    return f"{item.indicator}: {'; '.join(part for part in parts if part)}"


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.15g}"


def _claim(kind: str, statement: str, evidence: Evidence) -> ExplainedFact:
    return ExplainedFact(
        kind=kind,
        statement=statement,
        spans=evidence.spans,
        rule=evidence.rule,
        confidence=evidence.confidence,
    )


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word)


def _listed(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


def _with_details(name: str, *details: str | None) -> str:
    stated = _listed(*details)
    return f"{name} ({stated})" if stated else name

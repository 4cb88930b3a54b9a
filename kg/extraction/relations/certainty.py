"""How sure a claim can be: no surer than the mention of what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from kg.extraction.reading import MentionIndex
from kg.model.extraction import Relations
from kg.model.mention import PROPOSED, Mention
from kg.model.span import Span


def temper(relations: Relations, mentions: MentionIndex) -> Relations:
    """Return the relations; one that leans on what an extension proposed carries that in its rule.

    Its confidence is at most that of the proposal.
    """
    proposed = {mention.span: mention for mention in mentions if mention.rule.startswith(PROPOSED)}
    if not proposed:
        return relations
    tempered: dict[str, Any] = {
        field.name: tuple(_tempered(relation, proposed) for relation in getattr(relations, field.name))
        for field in fields(relations)
    }
    return Relations(**tempered)


def _tempered(relation: Any, proposed: Mapping[Span, Mention]) -> Any:
    leaned_on = [proposed[span] for span in _core(relation) if span in proposed]
    if not leaned_on:
        return relation
    weakest = min(leaned_on, key=lambda mention: mention.confidence)
    rule = relation.evidence.rule
    evidence = replace(
        relation.evidence,
        rule=rule if rule.startswith(PROPOSED) else f"{weakest.rule}.{rule}",
        confidence=min(weakest.confidence, relation.evidence.confidence),
    )
    return replace(relation, evidence=evidence)


def _core(relation: Any) -> Iterator[Span]:
    """Yield the spans without which there would be no such claim: its words, and the person it is about."""
    yield from relation.evidence.spans
    person = getattr(relation, "person", None)
    if person is not None:
        yield person

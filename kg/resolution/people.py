"""The people of an article, each once."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.normalization import fold_space, matching_key
from kg.model.entity import Person
from kg.model.extraction import Extraction
from kg.model.mention import PersonMention
from kg.model.relation import EntityId
from kg.model.span import Span
from kg.resolution.naming import as_written


@dataclass(frozen=True, slots=True)
class People:
    """The people, and which of them each mention means."""

    entities: tuple[Person, ...]
    by_span: dict[Span, EntityId]


def resolve_people(extraction: Extraction) -> People:
    """Gather mentions of one full name; a given name means the one full name it is the end of.

    A given name that no full name of the article ends in, or several do, is nobody.
    """
    groups: dict[str, list[PersonMention]] = {}
    partial: list[PersonMention] = []
    for mention in extraction.mentions:
        if not isinstance(mention, PersonMention):
            continue
        if mention.partial:
            partial.append(mention)
        else:
            groups.setdefault(person_key(mention.text), []).append(mention)
    for mention in partial:
        owner = _owner(mention, groups)
        if owner is not None:
            groups[owner].append(mention)
    entities = []
    by_span: dict[Span, EntityId] = {}
    for number, mentions in enumerate(groups.values(), start=1):
        person = _entity(mentions, number)
        entities.append(person)
        by_span.update((mention.span, person.id) for mention in mentions)
    return People(tuple(entities), by_span)


def person_key(name: str) -> str:
    """Return what two spellings of one name share; tones count."""
    return matching_key(fold_space(name))


def _owner(mention: PersonMention, groups: dict[str, list[PersonMention]]) -> str | None:
    ending = " " + person_key(mention.text)
    owners = [name for name in groups if name.endswith(ending)]
    if len(owners) > 1:
        before = [name for name in owners if groups[name][0].span.start < mention.span.start]
        owners = before if len(before) == 1 else []
    return owners[0] if owners else None


def _entity(mentions: list[PersonMention], number: int) -> Person:
    full = [mention for mention in mentions if not mention.partial]
    name = next((mention.text for mention in full if not mention.text.isupper()), full[0].text)
    surest = max(mentions, key=lambda mention: mention.confidence)
    return Person(
        id=f"person-{number}",
        name=as_written(name),
        degree=next((mention.degree for mention in mentions if mention.degree), None),
        mentions=tuple(sorted(mention.span for mention in mentions)),
        rule=surest.rule,
        confidence=surest.confidence,
    )

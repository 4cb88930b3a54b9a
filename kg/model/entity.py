"""Entities: the things that an article speaks of, each once, whatever it calls them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.relation import EntityId
from kg.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing within one article.

    Attributes:
        id: names it within the article ("person-1"); IRIs are minted later, from what identifies it.
        name: the fullest name that the article makes plain.
        mentions: where the text names it, in order.
        rule: the rule that found the most certain mention; empty where the entity has none.
        confidence: 0 to 1.
    """

    id: EntityId
    name: str
    mentions: tuple[Span, ...]
    rule: str = ""
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """A person named in a public capacity; `degree` as written ("BS.CKII")."""

    degree: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Entity):
    """A body.

    Attributes:
        surface: the form that the text uses first.
        kind: a notation of the scheme of bodies.
        aliases: the other forms in the text.
        place: the place it is for, as far as the article makes it plain.
        parent: the body that it belongs to.
        inferred: part of the name was supplied from elsewhere in the article.
    """

    surface: str
    kind: str
    aliases: tuple[str, ...] = ()
    place: EntityId | None = None
    parent: EntityId | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Entity):
    """A named place.

    Attributes:
        surface: as written first.
        level: a notation of the scheme of places.
        within: the place that holds it, as far as the article makes it plain.
        within_inferred: the text does not say so; it is the only one of its places that can hold it.
        inferred: the text does not name it in its title, body or captions; it follows from the rest.
        clues: of an inferred place, the characters of the rest that it follows from.
        former: the text speaks of what bore the name before it was changed ("huyện Than Uyên cũ").
    """

    surface: str
    level: str
    within: EntityId | None = None
    within_inferred: bool = False
    inferred: bool = False
    clues: tuple[Span, ...] = ()
    former: bool = False

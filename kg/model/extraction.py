"""What was found in one article, before its mentions are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.article import Article
from kg.model.mention import Mention
from kg.model.relation import (
    Appointment,
    Citation,
    Conferral,
    Event,
    Membership,
    Observation,
    Participation,
    Reorganization,
)
from kg.model.sentence import Sentence
from kg.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Relations between mentions, kind by kind, each in order of the text."""

    memberships: tuple[Membership[Span], ...] = ()
    events: tuple[Event[Span], ...] = ()
    participations: tuple[Participation[Span], ...] = ()
    appointments: tuple[Appointment[Span], ...] = ()
    observations: tuple[Observation[Span], ...] = ()
    citations: tuple[Citation[Span], ...] = ()
    conferrals: tuple[Conferral[Span], ...] = ()
    reorganizations: tuple[Reorganization[Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article, its sentences, its mentions in order of the text, and the relations between them."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    relations: Relations

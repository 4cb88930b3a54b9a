"""What one article says, with every short form and every pronoun led back to a thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model.article import Article
from kg.model.entity import Organization, Person, Place
from kg.model.relation import (
    Appointment,
    Citation,
    Conferral,
    EntityId,
    Event,
    Membership,
    Observation,
    Participation,
    Reorganization,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The entities of one article and the claims about them.

    The ids in the claims are those of `persons`, `organizations` and `places`; no claim points elsewhere.

    Attributes:
        day: the day that the article speaks from: of publication, else the first that its text names.
    """

    article: Article
    day: date | None = None
    persons: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    memberships: tuple[Membership[EntityId], ...] = ()
    events: tuple[Event[EntityId], ...] = ()
    participations: tuple[Participation[EntityId], ...] = ()
    appointments: tuple[Appointment[EntityId], ...] = ()
    observations: tuple[Observation[EntityId], ...] = ()
    citations: tuple[Citation[EntityId], ...] = ()
    conferrals: tuple[Conferral[EntityId], ...] = ()
    reorganizations: tuple[Reorganization[EntityId], ...] = ()

    def names(self) -> dict[EntityId, str]:
        """Return the name of every entity by its id."""
        return {entity.id: entity.name for entity in (*self.persons, *self.organizations, *self.places)}

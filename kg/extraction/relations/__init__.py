"""Finding what a text says of the things it names, kind by kind."""

from __future__ import annotations

from dataclasses import fields

from kg.extraction.reading import Extractor, MentionIndex, Reading
from kg.extraction.relations.appointments import extract_appointments
from kg.extraction.relations.certainty import temper
from kg.extraction.relations.citations import extract_citations
from kg.extraction.relations.conferrals import extract_conferrals
from kg.extraction.relations.events import extract_events
from kg.extraction.relations.memberships import extract_memberships
from kg.extraction.relations.observations import extract_observations
from kg.extraction.relations.participations import extract_participations
from kg.extraction.relations.reorganizations import extract_reorganizations
from kg.model.extraction import Relations

EXTRACTORS: tuple[Extractor, ...] = (
    extract_memberships,
    extract_events,
    extract_participations,
    extract_appointments,
    extract_citations,
    extract_conferrals,
    extract_observations,
    extract_reorganizations,
)


def extract_relations(reading: Reading, mentions: MentionIndex) -> Relations:
    """Return the relations of all kinds; each extractor sees what those before it found."""
    relations = Relations()
    for extractor in EXTRACTORS:
        relations = _merged(relations, extractor(reading, mentions, relations))
    return temper(relations, mentions)


def _merged(left: Relations, right: Relations) -> Relations:
    return Relations(
        **{field.name: getattr(left, field.name) + getattr(right, field.name) for field in fields(left)}
    )

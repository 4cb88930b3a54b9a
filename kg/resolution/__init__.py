"""From mentions to things: within one article, every short form is led back to what it stands for."""

from __future__ import annotations

from dataclasses import replace

from kg.model.extraction import Extraction
from kg.model.resolution import Resolution
from kg.resolution.bodies import resolve_bodies
from kg.resolution.claims import resolve_claims
from kg.resolution.locality import article_day, find_locality
from kg.resolution.people import resolve_people
from kg.resolution.places import resolve_places


def resolve(extraction: Extraction) -> Resolution:
    """Return the things that an article speaks of, and what it says of them.

    A short form means what the article makes plain, and stays as it is where the article does not.
    """
    locality = find_locality(extraction)
    places = resolve_places(extraction, locality)
    bodies = resolve_bodies(extraction, locality, places)
    people = resolve_people(extraction)
    resolution = resolve_claims(extraction, places, bodies, people, locality)
    return replace(resolution, day=article_day(extraction))

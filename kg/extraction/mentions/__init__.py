"""Finding what a text names, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.extensions import NamedExtension
from kg.extraction.mentions.candidates import admit
from kg.extraction.mentions.dates import find_dates
from kg.extraction.mentions.official_documents import find_official_documents
from kg.extraction.mentions.organizations import find_organizations
from kg.extraction.mentions.people import find_people
from kg.extraction.mentions.places import find_places
from kg.extraction.mentions.posts import find_posts
from kg.extraction.mentions.quantities import find_quantities
from kg.extraction.mentions.title_bodies import find_title_bodies
from kg.extraction.reading import MentionIndex, Reading, Recognizer
from kg.model.mention import Mention

RECOGNIZERS: tuple[Recognizer, ...] = (
    find_dates,
    find_official_documents,
    find_places,
    find_organizations,
    find_title_bodies,
    find_posts,
    find_people,
    find_quantities,
)


def find_mentions(reading: Reading, extensions: Sequence[NamedExtension] = ()) -> MentionIndex:
    """Return the mentions of all kinds; each recognizer sees what those before it found.

    What extensions propose comes after all rules, so that a rule wins wherever the two overlap.
    """
    found: list[Mention] = []
    for recognizer in RECOGNIZERS:
        found.extend(recognizer(reading, MentionIndex(found)))
    mentions = MentionIndex(found)
    for extension in extensions:
        mentions = admit(reading, mentions, extension)
    return mentions

"""Readings of a few lines of text, for tests of recognizers and extractors."""

from kg.extraction.mentions.organizations import find_organizations
from kg.extraction.mentions.people import find_people
from kg.extraction.mentions.places import find_places
from kg.extraction.mentions.posts import find_posts
from kg.extraction.mentions.title_bodies import find_title_bodies
from kg.extraction.reading import MentionIndex, Reading
from kg.language.normalization import matching_key, normalize
from kg.language.sentences import split_sentences
from kg.model.article import Article, Paragraph, Zone
from kg.model.mention import Mention
from kg.model.span import Span


def reading(text: str) -> Reading:
    """Return a reading of body text, a paragraph a line."""
    text = normalize(text)
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(Span(start, start + len(line)), Zone.BODY))
        start += len(line) + 1
    article = Article("test", "test.txt", text, "0" * 64, tuple(paragraphs))
    return Reading(article, matching_key(text), split_sentences(article))


def named_things(text: str) -> tuple[Reading, MentionIndex]:
    """Return a reading with its places, bodies, posts and people."""
    read = reading(text)
    found: list[Mention] = []
    for recognizer in (find_places, find_organizations, find_title_bodies, find_posts, find_people):
        found.extend(recognizer(read, MentionIndex(found)))
    return read, MentionIndex(found)

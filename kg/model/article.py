"""What comes in, a document, and what is read from it, an article in zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.check import UNCHECKED, Check
from kg.model.span import Span


@dataclass(frozen=True, slots=True)
class Document:
    """The decoded input, before anything is understood.

    Attributes:
        id: short stable name of the input, the file's stem up to the first underscore.
        source: the file's name or the page's address, as given.
        text: the decoded characters, unnormalised.
        media_type: ``text/plain`` or ``text/html``.
        encoding: the encoding that the bytes were read with.
    """

    id: str
    source: str
    text: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"


class Zone(StrEnum):
    """What a line of an article is for. Facts come from `TITLE`, `BODY` and `CAPTION` alone."""

    TITLE = "title"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    SOURCE = "source"
    RELATED = "related"
    FURNITURE = "furniture"


FACT_ZONES = frozenset({Zone.TITLE, Zone.BODY, Zone.CAPTION})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text, without the white space around it, and its zone."""

    span: Span
    zone: Zone


@dataclass(frozen=True, slots=True)
class Quote:
    """A value that was read from the text, and where it stands there."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """The day of publication and the characters that state it.

    Attributes:
        weekday: the characters of the weekday that stands with it, where one does.
        check: whether the day falls on that weekday.
    """

    day: date
    span: Span
    weekday: Span | None = None
    check: Check = UNCHECKED


@dataclass(frozen=True, slots=True)
class Article:
    r"""A document's text in zones, with what the page says about itself.

    Attributes:
        id: the document's id.
        source: the document's source.
        text: NFC, lines separated by ``\n``; never changes after parsing, so every span of every later
            stage is an offset into it.
        sha256: of the text in UTF-8, lower-case hexadecimal.
        paragraphs: the non-empty lines in order; they do not overlap.
        title: the headline, whose span may cover several lines.
        author: the byline as written, without its label.
        publisher: the source that the page names ("Nguồn tin: …").
    """

    id: str
    source: str
    text: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    title: Quote | None = None
    published: PublishedDate | None = None
    author: Quote | None = None
    publisher: Quote | None = None
    url: str | None = None

    def surface(self, span: Span) -> str:
        """Return the characters of a span with white space folded to single spaces."""
        return " ".join(self.text[span.start : span.end].split())

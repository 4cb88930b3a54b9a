"""From the characters of a document to an article in zones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kg.ingest.bylines import Byline, is_pen_name, read_label, read_signature, site_name
from kg.ingest.datelines import read_dateline, read_opening
from kg.ingest.html import page_text
from kg.ingest.lines import Line, split_lines
from kg.ingest.parts import Part, split_lines_in_parts
from kg.ingest.shapes import shape
from kg.ingest.titles import find_title
from kg.ingest.zones import find_zones
from kg.language.normalization import fold_space, matching_key, normalize
from kg.model.article import Article, Document, Paragraph, PublishedDate, Quote, Zone


def parse_article(document: Document) -> Article:
    """Return the article in a document; of a page in HTML, in the lines that a reader sees of it.

    Every non-empty line is a paragraph with its zone (a line that opens with the site's name, or ends with a
    photographer's, is two); related news and furniture stay in the text, so that all offsets hold, outside
    the zones that facts come from.
    """
    is_html = document.media_type == "text/html"
    text = normalize(page_text(document.text) if is_html else document.text)
    lines = split_lines(text, matching_key(text))
    shapes = tuple(map(shape, lines))
    title = find_title(lines, shapes)
    zones = find_zones(lines, shapes, title)
    parts = tuple(split_lines_in_parts(lines, zones))
    return Article(
        id=document.id,
        source=document.source,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        paragraphs=tuple(Paragraph(part.span, zone) for part, zone in parts),
        title=_title(text, lines, title),
        published=_published(parts),
        author=_author(parts),
        publisher=_publisher(parts),
    )


def _title(text: str, lines: Sequence[Line], title: range | None) -> Quote | None:
    if title is None:
        return None
    span = lines[title.start].span.cover(lines[title.stop - 1].span)
    return Quote(fold_space(text[span.start : span.end]), span)


def _published(parts: Sequence[Part]) -> PublishedDate | None:
    """Return the date that stands below the headline, else directly above it; one with a label goes first."""
    title = next((index for index, (_, zone) in enumerate(parts) if zone is Zone.TITLE), -1)
    below: list[tuple[bool, PublishedDate]] = []
    above: list[tuple[bool, PublishedDate]] = []
    for index, (line, zone) in enumerate(parts):
        if zone is not Zone.DATELINE:
            continue
        dateline = read_dateline(line)
        opening = None if dateline else read_opening(line)
        if dateline and index > title:
            below.append((dateline.labelled, dateline.published))
        elif dateline and (dateline.labelled or index == title - 1):
            above.append((dateline.labelled, dateline.published))
        elif opening and opening[1]:
            below.append((False, opening[1]))
    # The site's own clock stands above the headline, in any place but directly before it.
    found = below[:1] or sorted(above, key=lambda each: not each[0])
    return found[0][1] if found else None


def _bylines(parts: Sequence[Part]) -> list[Byline]:
    found = (
        read_label(line) or (read_signature(line) if zone is Zone.BYLINE else None)
        for line, zone in parts
        if zone in {Zone.BYLINE, Zone.SOURCE}
    )
    return [byline for byline in found if byline is not None]


def _author(parts: Sequence[Part]) -> Quote | None:
    """Return the author: a name before "admin", one with a label before one without, a source last."""
    named = [
        ((is_pen_name(byline.author.value), byline.publisher is not None, not byline.labelled), byline.author)
        for byline in _bylines(parts)
        if byline.author
    ]
    for line, zone in parts:
        dateline = read_dateline(line) if zone is Zone.DATELINE else None
        if dateline and dateline.author:
            named.append(((is_pen_name(dateline.author.value), False, True), dateline.author))
    return min(named, key=lambda each: each[0])[1] if named else None


def _publisher(parts: Sequence[Part]) -> Quote | None:
    labelled = next((byline.publisher for byline in _bylines(parts) if byline.publisher), None)
    if labelled:
        return labelled
    line = next((line for line, zone in parts if zone is Zone.SOURCE), None)
    return site_name(line) if line else None

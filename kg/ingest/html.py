"""From a page's markup to the lines of its article."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.metadata import extract_metadata

from kg.ingest.bylines import name_in, read_label, read_signature
from kg.ingest.datelines import read_dateline
from kg.ingest.lines import Line, split_lines
from kg.ingest.shapes import Shape, is_prose, shape
from kg.ingest.titles import find_title
from kg.language.normalization import fold_space, matching_key, normalize

# What the extractor has to say of broken markup is nothing that a user can act on.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "footer", "select", "iframe", "head"}
)
_BREAKING = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_LARGEST = 3_000_000  # characters; the extractor's time grows faster than the page
_HEAD_LINES = 15  # above the first paragraph of a page without a visible headline
_TAIL_LINES = 8  # below the last paragraph, where a signature may stand
_PREFIX = 40  # characters by which a line and an extracted paragraph are told to be the same
_SITE = re.compile(r"\s+[-|–—•»]\s+[^-|–—•»]{2,80}$")


def is_page(text: str) -> bool:
    """Tell whether a text is the markup of a page."""
    return _MARKUP.match(text, 0, 5_000) is not None


def page_text(markup: str) -> str:
    """Return the article of a page as lines of plain text: its headline, what stands below it, its body.

    The extractor says where the article is; the lines are those that a reader sees there, so that dates,
    authors and captions are found in them as in any text. What only the page's metadata says (the date, the
    author) is added as a line with a label. A page without a recognisable article, or of several megabytes,
    gives all its lines.
    """
    tree = trafilatura.load_html(markup)
    if tree is None:
        return markup
    lines = _lines(tree)
    if len(markup) > _LARGEST:
        return "\n\n".join(line.text for line in lines)
    meta = _metadata(markup)
    start, stop = _extent(lines, trafilatura.extract(markup, favor_recall=True, include_comments=False) or "")
    title = _title_index(lines[: start + 1], meta.title)
    if title is None:
        head = _last_lines(lines[:start])
    else:
        start = max(start, title + 1)
        head = lines[title:start]
        if title > 0 and read_dateline(lines[title - 1]):
            head.insert(1, lines[title - 1])
    body = [*_without_boxes(lines[start:stop]), *_signatures(lines[stop : stop + _TAIL_LINES])]
    text = [line.text for line in (*head, *body)]
    if meta.title and find_title([*head, *body], [shape(line) for line in (*head, *body)]) is None:
        text.insert(0, meta.title)
    text[1:1] = _added(meta, [*head, *body[-_TAIL_LINES:]])
    return "\n\n".join(text)


@dataclass(frozen=True, slots=True)
class _Metadata:
    """What the page's head says."""

    title: str | None
    date: str | None
    author: str | None


def _metadata(markup: str) -> _Metadata:
    found = extract_metadata(markup, extensive=False)
    title = fold_space(found.title or "")
    return _Metadata(_SITE.sub("", title) or None, found.date or None, fold_space(found.author or "") or None)


def _lines(tree: Any) -> list[Line]:
    """Return what a reader sees of a page, line by line."""
    text = normalize("".join(_pieces(tree)))
    text = "\n".join(fold_space(line) for line in text.split("\n"))
    return list(split_lines(text, matching_key(text)))


def _pieces(tree: Any) -> Iterator[str]:
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            yield "" if hidden else _spaced(element.tail)
            continue
        breaks = "\n" if element.tag in _BREAKING else ""
        if event == "start":
            hidden += element.tag in _HIDDEN
            yield "" if hidden else breaks + _spaced(element.text)
        else:
            hidden -= element.tag in _HIDDEN
            yield "" if hidden else breaks + _spaced(element.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _extent(lines: Sequence[Line], extracted: str) -> tuple[int, int]:
    """Return the first line of the body and the one after its last."""
    wanted = {_prefix(each) for each in normalize(extracted).split("\n") if len(each.split()) >= 8}
    found = [index for index, line in enumerate(lines) if line.words >= 8 and _prefix(line.text) in wanted]
    return (found[0], found[-1] + 1) if found else (0, len(lines))


def _prefix(text: str) -> str:
    return fold_space(text).lstrip("-•|* ")[:_PREFIX].casefold()


def _title_index(lines: Sequence[Line], title: str | None) -> int | None:
    """Return the last line before the body that is the headline, or that the page's title begins with."""
    wanted = matching_key(normalize(title or ""))
    for index in range(len(lines) - 1, -1, -1):
        key = lines[index].key
        if wanted and (key == wanted or (lines[index].words >= 4 and wanted.startswith(key))):
            return index
    return None


def _last_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines directly above the body that say when or by whom, where no headline is seen."""
    return [line for line in lines[-_HEAD_LINES:] if read_dateline(line) or read_label(line)]


def _without_boxes(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines without lists of other articles; the markup puts such lists between paragraphs."""
    inside = False
    for line in lines:
        inside = shape(line) is Shape.RELATED or (inside and not is_prose(line))
        if not inside:
            yield line


def _signatures(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if read_label(line) or read_signature(line) or read_dateline(line)]


def _added(meta: _Metadata, seen: Sequence[Line]) -> list[str]:
    """Return lines for what the metadata alone says."""
    added = []
    if meta.date and not any(map(read_dateline, seen)):
        added.append(f"Ngày đăng: {meta.date}")
    if meta.author and not any(name_in(line) or _has_author(line) for line in seen):
        line = split_lines(meta.author, matching_key(meta.author))[0]
        if name_in(line) is not None:
            added.append(f"Tác giả: {meta.author}")
    return added


def _has_author(line: Line) -> bool:
    label = read_label(line)
    return label is not None and label.author is not None

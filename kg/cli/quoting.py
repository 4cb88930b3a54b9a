"""The words of articles that support something, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from kg.query.records import Quotation


def quoted(found: Quotation) -> Text:
    """Return a quotation with its article and offsets."""
    words = " ".join(found.quote.split())
    where = f" ({' '.join(found.article.name.split())}, {found.start}–{found.end})"
    return Text().append(f"“{words}”", "italic").append(where, "dim")


def most_telling(evidence: Iterable[Quotation]) -> list[Quotation]:
    """Return the longest quotation of each article, in the order of the articles."""
    longest: dict[str, Quotation] = {}
    for each in evidence:
        known = longest.setdefault(each.article.text, each)
        if each.end - each.start > known.end - known.start:
            longest[each.article.text] = each
    return list(longest.values())

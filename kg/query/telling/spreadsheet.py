"""Lists as CSV: one line a thing, its fields by the local names of the ontology's properties."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from kg.query.records import Claim, Thing, Value

_HEAD = ("id", "type", "label", "name")
_TAIL = (
    "confidence", "status", "rule", "article", "article.id", "published", "quote", "start", "end", "evidence",
    "claims",
)  # fmt: skip
_TOO_LONG = frozenset({"articleBody", "mentions"})
_LINE_END = "\r\n"  # as RFC 4180 wants it
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# What a spreadsheet takes for the beginning of a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def things_csv(things: Sequence[Thing], *, bom: bool = False, line_end: str = _LINE_END) -> bytes:
    """Return things as CSV with a head line.

    A field with several values has them in one cell, set apart by "; "; a thing has its name in the field and
    its IRI in the field ".id" beside it. Of evidence the first quotation is told, and how many there are.

    Args:
        things: in their order.
        bom: whether to begin with a byte order mark, without which Excel takes the text for another encoding.
        line_end: what ends a line.
    """
    fields = dict.fromkeys(name for thing in things for name in thing.values if name not in _TOO_LONG)
    linked = {
        name for thing in things for name, values in thing.values.items() if any(it.is_thing for it in values)
    }
    head = [column for name in fields for column in ((name, f"{name}.id") if name in linked else (name,))]
    rows = ([*_first(thing), *_fields(thing, fields, linked), *_last(thing)] for thing in things)
    return write_csv([*_HEAD, *head, *_TAIL], rows, bom=bom, line_end=line_end)


def write_csv(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False, line_end: str = _LINE_END
) -> bytes:
    """Return a table as CSV in which no cell is taken for a formula."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator=line_end)
    writer.writerow(head)
    writer.writerows([harmless("" if cell is None else str(cell)) for cell in row] for row in rows)
    return output.getvalue().encode("utf-8-sig" if bom else "utf-8")


def harmless(cell: str) -> str:
    """Return a cell so that a spreadsheet shows it and runs nothing; numbers stay numbers."""
    return f"'{cell}" if cell.startswith(_FORMULAS) and not _NUMBER.fullmatch(cell) else cell


def _first(thing: Thing) -> list[object]:
    return [thing.id, thing.kind, thing.label, thing.name]


def _fields(thing: Thing, fields: Iterable[str], linked: set[str]) -> list[object]:
    cells: list[object] = []
    for name in fields:
        values = thing.values.get(name, ())
        cells.append(_joined(value.name for value in values))
        if name in linked:
            cells.append(_joined(value.text for value in values if value.is_thing))
    return cells


def _last(thing: Thing) -> list[object]:
    trust: list[object] = [thing.confidence, thing.status, thing.rule]
    claims = _joined(_claim(claim) for claim in thing.claims)
    if not thing.evidence:
        return [*trust, *[None] * 6, 0, claims]
    it = thing.evidence[0]
    told = [it.article.name, it.article.text, it.published, it.quote, it.start, it.end]
    return [*trust, *told, len(thing.evidence), claims]


def _claim(claim: Claim) -> str:
    role: Value | None = claim.first("role") if claim.kind == "Participation" else None
    return claim.name if role is None else f"{claim.name} ({role.name})"


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)

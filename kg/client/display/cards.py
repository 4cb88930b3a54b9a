"""A thing as a card: what it is, the main facts, and every claim with the words that support it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.client.display.marked_text import QuotedArticle, by_article
from kg.client.display.templating import render
from kg.client.display.words import check_language, say
from kg.query.views import property_label
from kg.query.writing import written_day, written_number
from kg.vocabulary.concepts import load_concepts

Json = Mapping[str, Any]

_MOST_VALUES = 4
_MOST_OPEN = 3
_MOST_CLAIMS = 40
# Shown elsewhere on the card, in other words, or too long for it.
_HIDDEN = frozenset(
    {
        "id", "path", "type", "types", "label", "name", "name_", "confidence", "status", "rule", "evidence",
        "claims", "timeline", "limits", "history", "articleBody", "mentions", "wasDerivedFrom", "textHash",
        "inLanguage", "surface", "identifier", "headline", "role", "post", "inCapacity",
        "organizationSurface", "holdsPostIn", "standsUnder", "heldOn",
    }
)  # fmt: skip
# What one asks first; the rest follows in the order in which it is told.
_LEADING = (
    "classification", "level", "meetingKind", "startDate", "value", "valueMax", "target", "percentOfTarget",
    "changePercent", "changeAbsolute", "direction", "about", "period",
)  # fmt: skip
_LEVELS = frozenset({"value", "valueMax", "target", "total", "previousValue", "changeAbsolute"})
_PERCENTAGES = frozenset({"percentOfTarget", "sharePercent", "changePercent"})
# A check that could not be made says nothing of what was to be checked.
_NOT_CHECKABLE = "#not-checkable"
# What dates a claim, the best first; without any, the day of its article does.
_DATES = ("startDate", "periodEnd", "asOf")
# The order in which one asks about a person, a body or a meeting.
_ORDER = (
    "Membership", "Appointment", "Participation", "Observation", "Citation", "Award", "Location",
    "Affiliation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is read; `address` is the IRI of a thing."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What is said under one label; `left` values more are not shown."""

    label: str
    values: tuple[Value, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class ClaimLines:
    """A claim as a card shows it."""

    name: str
    date: str | None
    status: str | None
    confidence: float | None
    rule: str | None
    rows: tuple[Row, ...]
    articles: tuple[QuotedArticle, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The claims of one class, of which the first are shown; a long group begins closed."""

    label: str
    count: int
    claims: tuple[ClaimLines, ...]
    is_open: bool


def entity_html(thing: Json, *, language: str) -> str:
    """Return a card of a thing, or of a claim, as REST tells it.

    Raises:
        QueryError: there is no such language.
    """
    check_language(language)
    return render(
        "card.html",
        language,
        thing=thing,
        status=status_label(thing.get("status"), language),
        rows=_rows(thing, {thing["id"]}, language),
        groups=_groups(thing, language),
        articles=by_article(thing.get("evidence", ())),
    )


def status_label(status: str | None, language: str) -> str | None:
    """Return what a status of claims is called, by its notation."""
    for concept in load_concepts("statuses"):
        if concept.notation == status:
            return concept.label_en if language == "en" else concept.label_vi
    return status


def day_of(claim: Json) -> str | None:
    """Return what dates a claim: its own day, or else that of the first article that states it."""
    stated = next((claim[name] for name in _DATES if claim.get(name)), None)
    if stated is not None:
        return str(stated)
    days = (it["published"] for it in claim.get("evidence", ()) if it.get("published"))
    return min(days, default=None)


def _groups(thing: Json, language: str) -> tuple[ClaimGroup, ...]:
    ranked = sorted(
        thing.get("claims", ()),
        key=lambda it: (_rank(it["type"]), it["type"], day_of(it) or "9999", it["id"]),
    )
    grouped = [(label, tuple(claims)) for label, claims in groupby(ranked, key=lambda it: str(it["label"]))]
    return tuple(
        ClaimGroup(
            label,
            len(claims),
            tuple(_claim_lines(claim, thing["id"], language) for claim in claims[:_MOST_CLAIMS]),
            len(ranked) <= _MOST_OPEN,
        )
        for label, claims in grouped
    )


def _claim_lines(claim: Json, beside: str, language: str) -> ClaimLines:
    date = day_of(claim)
    said = {key: value for key, value in claim.items() if not (key in _DATES and value == date)}
    return ClaimLines(
        name=claim["name"],
        date=date,
        status=status_label(claim.get("status"), language),
        confidence=claim.get("confidence"),
        rule=claim.get("rule"),
        rows=_rows(said, {beside}, language),
        articles=by_article(claim.get("evidence", ())),
    )


def _rows(said: Json, told: Iterable[str], language: str) -> tuple[Row, ...]:
    """Return what is said, label by label, without what the name or what stands beside it tells already."""
    name, known = str(said["name"]), frozenset(told)
    rows = []
    for key in sorted(said, key=_place_of):
        found = said[key] if isinstance(said[key], list) else [said[key]]
        if key in _HIDDEN or (key == "unitOfMeasure" and "value" in said):
            continue
        values = dict.fromkeys(
            Value(_written(it, language) + _measure(key, said), _address(it))
            for it in found
            if not _is_told(it, name, known)
        )
        if values:
            shown = tuple(values)
            label = property_label(key.removesuffix("_"), language)
            rows.append(Row(label, shown[:_MOST_VALUES], max(0, len(shown) - _MOST_VALUES)))
    return tuple(rows)


def _is_told(value: Any, name: str, known: frozenset[str]) -> bool:
    """Tell whether a value need not be shown: it says nothing, or stands in the name, or beside it."""
    if value is None or value is False or value == "":
        return True
    address = _address(value)
    if address is not None and (address in known or address.endswith(_NOT_CHECKABLE)):
        return True
    text = value.get("name") if isinstance(value, Mapping) else value
    is_bare = address is not None and text == address.rpartition("/")[2]  # of what has no name of its own
    return is_bare or (isinstance(text, str) and text in name)


def _written(value: Any, language: str) -> str:
    match value:
        case {"id": address, **rest}:
            return str(rest.get("name") or address)
        case bool():
            return say("yes", language)
        case int() | float():
            return written_number(value, language)
        case _:
            return written_day(str(value), language)


def _address(value: Any) -> str | None:
    return str(value["id"]) if isinstance(value, Mapping) else None


def _measure(key: str, said: Json) -> str:
    """Return what a number is counted in, to be put after it."""
    if key in _PERCENTAGES:
        return " %"
    unit = said.get("unitOfMeasure")
    return f" {unit}" if key in _LEVELS and unit else ""


def _place_of(key: str) -> int:
    return _LEADING.index(key) if key in _LEADING else len(_LEADING)


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)

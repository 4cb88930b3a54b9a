"""How a thing and its claims are laid out on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any

from flask import render_template, url_for

from api.context import knowledge
from kg.query.records import Claim, Mark, Quotation, Thing, Value
from kg.query.views import DERIVED_PROPERTIES, View, property_label, read_marks

# What says most about a claim of each class, in the order in which it is read.
_HEADLINES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Membership": ("member", "title", "organization"),
        "Participation": ("role", "participant", "title", "organizationSurface", "meeting"),
        "Appointment": ("action", "appointee", "title", "organization"),
        "Observation": ("indicatorText", "comparatorText", "value", "valueMax", "unitOfMeasure"),
        "Award": ("awardName", "recipient"),
        "Citation": ("citedDocument",),
        "Location": ("located", "place"),
        "Affiliation": ("part", "whole"),
        "Reorganization": ("changeKind",),
    }
)
# Shown elsewhere on the page, or in other words.
_HIDDEN = DERIVED_PROPERTIES | {
    "articleBody", "mentions", "wasDerivedFrom", "textHash", "inLanguage", "indicator", "comparator", "post",
    "inCapacity", "identifier", "headline", "role", "standsUnder",
}  # fmt: skip
_ORDER = (
    "Membership",
    "Appointment",
    "Participation",
    "Observation",
    "Citation",
    "Award",
    "Location",
    "Affiliation",
    "Reorganization",
)
_ROLES = ("chair", "co-chair", "directs", "opens", "concludes", "leads-delegation", "organiser", "host")


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as one line: what says most, then the rest with labels."""

    claim: Claim
    headline: tuple[Value, ...]
    details: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's text that one set of marks covers.

    Attributes:
        thing: the innermost thing that it names.
        claims: names of the claims that it supports.
        start: its offset when a mark begins here, to be linked to; else None.
    """

    text: str
    thing: Mark | None
    claims: tuple[str, ...]
    start: int | None


def thing_page(view: View, thing: Thing, *, history: Mapping[str, Any] | None = None) -> str:
    """Return the page of a thing; of a place or body with its past and its future, as JSON has them."""
    base = knowledge().settings.base_iri
    segments: tuple[Segment, ...] = ()
    if thing.kind == "Article" and (body := thing.first("articleBody")) is not None:
        segments = cut(body.text, read_marks(view, thing.id), {claim.id for claim in thing.claims})
    return render_template(
        "thing.html",
        thing=thing,
        facts=_facts(view, thing),
        groups=_groups(view, thing),
        history=history,
        segments=segments,
        explanation=url_for("explanations.explanation", identifier=thing.id.removeprefix(base)),
    )


def lines(view: View, claims: Iterable[Claim], *, beside: str | None = None) -> tuple[Line, ...]:
    """Return claims as lines; `beside` is the thing on whose page they stand, which they need not repeat."""
    return tuple(_line(view, claim, beside) for claim in claims)


def by_article(evidence: Iterable[Quotation]) -> tuple[tuple[Value, tuple[Quotation, ...]], ...]:
    """Return quotations article by article, without those that lie inside another one shown."""
    grouped: dict[str, list[Quotation]] = {}
    for found in sorted(evidence, key=lambda found: (found.article.text, found.start, -found.end)):
        shown = grouped.setdefault(found.article.text, [])
        if not shown or found.end > shown[-1].end:
            shown.append(found)
    return tuple((shown[0].article, tuple(shown)) for shown in grouped.values())


def cut(text: str, marks: Iterable[Mark], claims: set[str]) -> tuple[Segment, ...]:
    """Cut a text wherever a mark begins or ends."""
    marks = [mark for mark in marks if mark.start < mark.end]
    starts = {mark.start for mark in marks}
    edges = sorted({0, len(text), *starts, *(mark.end for mark in marks)})
    segments = []
    for start, end in pairwise(edges):
        covering = [mark for mark in marks if mark.start <= start and end <= mark.end]
        things = [mark for mark in covering if mark.id not in claims]
        segments.append(
            Segment(
                text[start:end],
                min(things, key=lambda mark: mark.end - mark.start, default=None),
                tuple(dict.fromkeys(mark.name for mark in covering if mark.id in claims)),
                start if start in starts else None,
            )
        )
    return tuple(segments)


def _facts(view: View, thing: Thing) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Return what is said of a thing directly, without what repeats its name.

    That one article had to infer a place says nothing of the place.
    """
    hidden = _HIDDEN | ({"inferred"} if thing.kind == "AdministrativeUnit" else set())
    return tuple(
        (property_label(name, view.language), shown)
        for name, values in thing.values.items()
        if name not in hidden and (shown := tuple(value for value in values if value.name != thing.name))
    )


def _groups(view: View, thing: Thing) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the claims by class, in a fixed order of classes."""
    ranked = sorted(
        thing.claims, key=lambda claim: (_rank(_ORDER, claim.kind), claim.kind, _role_rank(claim))
    )
    return tuple(
        (label, lines(view, claims, beside=thing.id))
        for label, claims in groupby(ranked, key=lambda claim: claim.label)
    )


def _line(view: View, claim: Claim, beside: str | None) -> Line:
    leading = _HEADLINES.get(claim.kind, ())
    headline = tuple(
        value for name in leading for value in claim.values.get(name, ()) if value.text != beside
    )
    if not headline:
        headline = (Value(claim.name, claim.name),)
    told = {value.name for value in headline}
    details = tuple(
        (property_label(name, view.language), rest)
        for name, values in claim.values.items()
        if name not in _HIDDEN
        and name not in leading
        and (rest := tuple(value for value in values if value.text != beside and value.name not in told))
        and not all(value.text == "false" for value in rest)
    )
    return Line(claim, headline, details)


def _role_rank(claim: Claim) -> int:
    role = claim.first("role") if claim.kind == "Participation" else None
    return 0 if role is None else _rank(_ROLES, role.text.rsplit("#", 1)[-1])


def _rank(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)

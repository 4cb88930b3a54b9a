"""Things and claims as JSON: the fields go by the local names of the ontology's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.query.records import Claim, Page, Quotation, Thing, Value, Values
from kg.query.views import MOST_CLAIMS, MOST_QUOTATIONS

_NUMBERS = frozenset({"decimal", "integer", "double", "float"})
# These are lists even when they hold one value; any other property is a list only when it holds several.
_LISTS = frozenset({"altLabel", "surface", "mentions", "wasDerivedFrom", "recipient", "recipientGroup"})
# Told of one thing, but not of every item of a list.
_TOO_LONG = frozenset({"articleBody", "mentions", "timeline"})
# What dates a claim, the best first; without any, the day of its article does.
_DATES = ("startDate", "periodEnd", "asOf")
_RESERVED = frozenset(
    {"id", "type", "name", "path", "evidence", "claims", "confidence", "status", "rule", "label"}
)
_WHOLE = re.compile(r"[+-]?\d+")

Json = dict[str, Any]


def thing_json(thing: Thing) -> Json:
    """Return a thing with its evidence and claims."""
    return {
        "id": thing.id,
        "type": thing.kind,
        "types": list(thing.kinds),
        "label": thing.label,
        "name": thing.name,
        **_values_json(thing.values),
        **_trust_json(thing),
        "evidence": _evidence_json(thing.evidence),
        "claims": [claim_json(claim) for claim in thing.claims],
        "timeline": timeline_json(thing),
        **({"limits": {"claims": MOST_CLAIMS, "evidence": MOST_QUOTATIONS}} if thing.is_cut else {}),
    }


def timeline_json(thing: Thing) -> list[Json]:
    """Return the claims that have a day, in order of time, each by its id among the claims."""
    dated = [(day, claim) for claim in thing.claims if (day := _day_of(claim)) is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].id))
    return [
        {"date": day, "claim": claim.id, "type": claim.kind, "label": claim.label, "name": claim.name}
        for day, claim in dated
    ]


def claim_json(claim: Claim) -> Json:
    """Return a claim with its evidence."""
    return {
        "id": claim.id,
        "type": claim.kind,
        "label": claim.label,
        "name": claim.name,
        **_values_json(claim.values),
        "confidence": claim.confidence,
        "status": claim.status,
        "rule": claim.rule,
        "evidence": _evidence_json(claim.evidence),
    }


def page_json(page: Page) -> Json:
    """Return part of a list, with its size and where to go on."""
    return {
        "count": page.count,
        "items": [_item_json(thing) for thing in page.items],
        "next": page.next_after,
    }


def value_json(value: Value) -> Any:
    """Return a value: a thing as an object, a literal as what JSON has for it."""
    if value.is_thing:
        return {"id": value.text, "name": value.name}
    if value.datatype == "boolean":
        return value.text in ("true", "1")
    if value.datatype in _NUMBERS:
        return int(value.text) if _WHOLE.fullmatch(value.text) else float(value.text)
    return value.text


def _day_of(claim: Claim) -> str | None:
    stated = claim.first(*_DATES)
    if stated is not None:
        return stated.text
    return min((it.published for it in claim.evidence if it.published is not None), default=None)


def _trust_json(thing: Thing) -> Json:
    """Return how far what articles say of the thing itself is to be trusted; nothing of other things."""
    if thing.confidence is None and thing.status is None:
        return {}
    return {"confidence": thing.confidence, "status": thing.status, "rule": thing.rule}


def _item_json(thing: Thing) -> Json:
    return {name: value for name, value in thing_json(thing).items() if name not in _TOO_LONG}


def _values_json(values: Values) -> Json:
    shown: Json = {}
    for name, found in values.items():
        several = [value_json(value) for value in found]
        key = f"{name}_" if name in _RESERVED else name
        shown[key] = several if name in _LISTS or len(several) > 1 else several[0]
    return shown


def _evidence_json(evidence: Iterable[Quotation]) -> list[Json]:
    return [
        {
            "article": value_json(quotation.article),
            "published": quotation.published,
            "quote": quotation.quote,
            "start": quotation.start,
            "end": quotation.end,
        }
        for quotation in evidence
    ]

"""Records as JSON: the fields go by the local names of the ontology's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify

from api.context import page_of
from kg.query.paths import Path, Step
from kg.query.records import Claim, Page, Quotation, Thing, Value, Values

_NUMBERS = frozenset({"decimal", "integer", "double", "float"})
# These are lists even when they hold one value; any other property is a list only when it holds several.
_LISTS = frozenset({"altLabel", "surface", "mentions", "wasDerivedFrom", "recipient", "recipientGroup"})
# Told of one thing, but not of every item of a list.
_TOO_LONG = frozenset({"articleBody", "mentions"})
_RESERVED = frozenset(
    {"id", "type", "name", "path", "evidence", "claims", "confidence", "status", "rule", "label"}
)
_WHOLE = re.compile(r"[+-]?\d+")

Json = dict[str, Any]


def thing_json(thing: Thing) -> Json:
    """Return a thing with its evidence and claims."""
    return {
        "id": thing.id,
        "path": page_of(thing.id),
        "type": thing.kind,
        "types": list(thing.kinds),
        "label": thing.label,
        "name": thing.name,
        **_values_json(thing.values),
        "evidence": _evidence_json(thing.evidence),
        "claims": [claim_json(claim) for claim in thing.claims],
    }


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


def path_json(path: Path) -> Json:
    """Return a path with the claims of every step."""
    return {
        "source": value_json(path.source),
        "target": value_json(path.target),
        "length": len(path.steps),
        "steps": [_step_json(step) for step in path.steps],
    }


def page_response(page: Page) -> Response:
    """Return part of a list, with its size and where to go on."""
    body = {
        "count": page.count,
        "items": [_item_json(thing) for thing in page.items],
        "next": page.next_after,
    }
    response = jsonify(body)
    response.vary.add("Accept-Language")
    return response


def _item_json(thing: Thing) -> Json:
    return {name: value for name, value in thing_json(thing).items() if name not in _TOO_LONG}


def value_json(value: Value) -> Any:
    """Return a value: a thing as an object, a literal as what JSON has for it."""
    if value.is_thing:
        return {"id": value.text, "name": value.name}
    if value.datatype == "boolean":
        return value.text in ("true", "1")
    if value.datatype in _NUMBERS:
        return int(value.text) if _WHOLE.fullmatch(value.text) else float(value.text)
    return value.text


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
            "quote": quotation.quote,
            "start": quotation.start,
            "end": quotation.end,
        }
        for quotation in evidence
    ]


def _step_json(step: Step) -> Json:
    return {
        "source": value_json(step.source),
        "target": value_json(step.target),
        "links": [
            {
                "property": link.property,
                "label": link.label,
                "forward": link.forward,
                "claims": [claim_json(claim) for claim in link.claims],
            }
            for link in step.links
        ],
    }

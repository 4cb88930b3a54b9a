"""Candidates as JSON, for extensions that ask a service: the schema to ask with, the reading of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kg.extraction.extensions import KINDS, Candidate
from kg.vocabulary.concepts import load_concepts

_Check = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_FIELDS: Mapping[str, tuple[str, _Check]] = {
    "kind": ("string", _is_text),
    "quote": ("string", _is_text),
    "start": ("integer", _is_whole),
    "confidence": ("number", _is_number),
    "type": ("string", _is_text),
    "number": ("string", _is_text),
    "day": ("string", _is_text),
    "value": ("number", _is_number),
    "value_max": ("number", _is_number),
    "over": ("number", _is_number),
    "unit": ("string", _is_text),
}
_NEEDED = ("kind", "quote")


def candidate_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer: every property is required, null where nothing is to be said."""
    properties: dict[str, Any] = {
        name: {"type": kind if name in _NEEDED else [kind, "null"]} for name, (kind, _) in _FIELDS.items()
    }
    properties["kind"]["enum"] = list(KINDS)
    properties["quote"]["description"] = "characters copied from the text: a name, a number with its unit"
    bodies, levels = (
        ", ".join(concept.notation for concept in load_concepts(scheme))
        for scheme in ("organizations", "places")
    )
    properties["type"]["description"] = (
        f"of an organization one of: {bodies}; of a place one of: {levels}; of a document as written"
    )
    properties["day"]["description"] = "of a document, as YYYY-MM-DD"
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"candidates": {"type": "array", "items": item}},
        "required": ["candidates"],
        "additionalProperties": False,
    }


def read_candidates(answer: str) -> tuple[Candidate, ...]:
    """Return the candidates of an answer.

    Raises:
        ValueError: it is no JSON, or not of the schema; says where.
    """
    content = json.loads(answer)
    items = content.get("candidates") if isinstance(content, dict) else None
    if not isinstance(items, list):
        raise ValueError("the answer has no list of candidates")
    return tuple(_candidate(item, position) for position, item in enumerate(items))


def _candidate(item: Any, position: int) -> Candidate:
    if not isinstance(item, dict) or not item.keys() <= _FIELDS.keys():
        raise ValueError(f"candidate {position} has other properties than {', '.join(_FIELDS)}")
    given = {name: value for name, value in item.items() if value is not None}
    wrong = [name for name, value in given.items() if not _FIELDS[name][1](value)]
    wrong += [name for name in _NEEDED if name not in given]
    if wrong:
        raise ValueError(f"candidate {position} has no fitting {', '.join(wrong)}")
    if "day" in given:
        given["day"] = date.fromisoformat(given["day"])
    return Candidate(**given)

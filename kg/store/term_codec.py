"""Terms and tables as JSON, between a service and its processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.store.records import Solutions, Term, TermKind


def encode_terms(terms: Mapping[str, Term]) -> dict[str, Any]:
    """Return terms by name as what JSON can hold."""
    return {name: _encode(term) for name, term in terms.items()}


def decode_terms(encoded: Mapping[str, Any]) -> dict[str, Term]:
    """Return what `encode_terms` was given."""
    return {name: _decode(each) for name, each in encoded.items()}


def encode_solutions(solutions: Solutions) -> bytes:
    """Return a table as bytes."""
    rows = [[None if term is None else _encode(term) for term in row] for row in solutions.rows]
    return json.dumps({"variables": solutions.variables, "rows": rows}, ensure_ascii=False).encode("utf-8")


def decode_solutions(encoded: bytes) -> Solutions:
    """Return what `encode_solutions` was given."""
    told = json.loads(encoded)
    rows = tuple(tuple(None if each is None else _decode(each) for each in row) for row in told["rows"])
    return Solutions(tuple(told["variables"]), rows)


def _encode(term: Term) -> list[str | None]:
    return [term.kind.value, term.value, term.datatype, term.language]


def _decode(encoded: list[str]) -> Term:
    kind, value, datatype, language = encoded
    return Term(TermKind(kind), value, datatype, language)

"""Decisions of people as a file: one JSON object a line, sorted, to be read, compared and merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.identity_cuts import cut_iri
from kg.model.identity import Judgement

_ACTIONS = ("same", "different", "split")
_TEXTS = ("by", "made", "note")


def action_of(judgement: Judgement) -> str:
    """Return what a person did: same, different or split."""
    if judgement.same:
        return "same"
    return "split" if judgement.other is None or judgement.articles else "different"


def judgement_of(
    action: str, things: Iterable[str], articles: Iterable[str] = (), *, said: Mapping[str, str]
) -> Judgement:
    """Return the judgement that an action on things is.

    Args:
        action: same or different, on two things, or split, on one.
        things: their IRIs, in any order.
        articles: IRIs of the articles that a split is about; without them it is about all.
        said: who decided (by), when (made) and why (note).

    Raises:
        ValueError: the action does not fit the things; the message says how.
    """
    one, *others = sorted(set(things)) or [""]
    within = tuple(sorted(set(articles)))
    if action not in _ACTIONS:
        raise ValueError(f"{action!r} is none of {', '.join(_ACTIONS)}")
    if len(others) != (action != "split") or not one:
        raise ValueError(f"{action} is about {'one thing' if action == 'split' else 'two things'}")
    if within and action != "split":
        raise ValueError(f"articles belong to a split, not to {action}")
    other = others[0] if others else cut_iri(one, within) if within else None
    texts = {name: said.get(name, "") for name in _TEXTS}
    return Judgement(one, other, action == "same", **texts, articles=within)


def write_decisions(judgements: Iterable[Judgement]) -> str:
    """Return judgements as lines, sorted by what they are about."""
    return "".join(
        json.dumps(_record(judgement), ensure_ascii=False) + "\n"
        for judgement in sorted(judgements, key=lambda it: (it.things, it))
    )


def read_decisions(path: Path) -> tuple[Judgement, ...]:
    """Return the judgements in a file, sorted; of two on the same things the later one.

    Raises:
        InputError: the file cannot be read, or a line is no decision; the message says which and why.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is not UTF-8; write it with `kg identity export`") from None
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_judgement(json.loads(line)))
            except ValueError as error:
                raise InputError(f"{path}, line {number}: {error}") from None
    return merge(found)


def merge(*judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return one judgement on each pair or thing, sorted: the one made last, in whatever order they come."""
    last: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted((it for each in judgements for it in each), key=_age):
        last[judgement.things] = judgement
    return tuple(last[things] for things in sorted(last))


def _age(judgement: Judgement) -> tuple[datetime, str]:
    moment = datetime.fromisoformat(judgement.made) if judgement.made else datetime.min
    return moment.replace(tzinfo=moment.tzinfo or UTC), repr(judgement)


def _record(judgement: Judgement) -> dict[str, Any]:
    action = action_of(judgement)
    record: dict[str, Any] = {
        "decision": action,
        "things": list(judgement.things[:1] if action == "split" else judgement.things),
    }
    if judgement.articles:
        record["articles"] = list(judgement.articles)
    return record | {name: text for name in _TEXTS if (text := getattr(judgement, name))}


def _judgement(record: object) -> Judgement:
    if not isinstance(record, dict):
        raise ValueError('a decision is an object such as {"decision": "same", "things": [IRI, IRI]}')
    if unknown := sorted(set(record) - {"decision", "things", "articles", *_TEXTS}):
        raise ValueError(f"a decision has no {unknown[0]!r}")
    said = {name: record.get(name, "") for name in _TEXTS}
    if wrong := [name for name, value in said.items() if not isinstance(value, str)]:
        raise ValueError(f"{wrong[0]!r} must be a text")
    try:
        moment = said["made"] and datetime.fromisoformat(said["made"])
    except ValueError:
        moment = None
    if moment is None or (moment and moment.tzinfo is None):
        raise ValueError(f"'made' is {said['made']!r}, but must be a moment such as 2026-01-31T09:00:00Z")
    things, articles = _iris(record, "things"), _iris(record, "articles")
    return judgement_of(str(record.get("decision")), things, articles, said=said)


def _iris(record: Mapping[str, object], name: str) -> list[str]:
    values = record.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name!r} must be a list of IRIs")
    for value in values:
        try:
            ox.NamedNode(value)
        except ValueError:
            raise ValueError(f"{value!r} in {name!r} is no IRI") from None
    return values

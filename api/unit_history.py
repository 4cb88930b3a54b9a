"""What a body stood under, what it was and what it became, for its page and its JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.context import page_of, view
from api.representation import claim_json
from kg.query.records import Thing, Value
from kg.query.unit_history import Change, Standing, read_unit_history

Json = dict[str, Any]


def unit_history_of(thing: Thing, *, on: str | None = None) -> Json | None:
    """Return the order that a body is in; `on` keeps one day of what it stood under. None of other things."""
    if "Unit" not in thing.kinds:
        return None
    history = read_unit_history(view(), thing.id, on=on)
    return {
        "on": on,
        "standsUnder": [_standing_json(it) for it in history.above],
        "before": [_change_json(it) for it in history.before],
        "after": [_change_json(it) for it in history.after],
        "today": _bodies(history.today),
    }


def _standing_json(standing: Standing) -> Json:
    return {**_body(standing.upper), "validFrom": standing.since, "validThrough": standing.until}


def _change_json(change: Change) -> Json:
    return {
        "kind": {"id": change.kind.text, "name": change.kind.name},
        "since": change.day,
        "originals": _bodies(change.originals),
        "results": _bodies(change.results),
        "inferred": change.claim is None,
        "claim": None if change.claim is None else change.claim.id,
        "evidence": [] if change.claim is None else claim_json(change.claim)["evidence"],
    }


def _bodies(values: Iterable[Value]) -> list[Json]:
    return [_body(value) for value in values]


def _body(value: Value) -> Json:
    """Return a body; one that no article names has a name and no address."""
    if not value.is_thing:
        return {"name": value.name}
    return {"id": value.text, "path": page_of(value.text), "name": value.name}

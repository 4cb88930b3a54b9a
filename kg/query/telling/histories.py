"""What a place or body was before and what it became, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.query.place_facts import history_json, read_identifiers, units_of, version_of
from kg.query.places import place_history
from kg.query.records import Thing, Value
from kg.query.telling.things import Json, claim_json
from kg.query.unit_history import Change, Standing, read_unit_history
from kg.query.views import View
from kg.store import Store


def place_history_json(store: Store, thing: Thing) -> Json | None:
    """Return the past and the future of a place, as seen from its last day; None of other things."""
    code, since = thing.first("code"), thing.first("validFrom")
    if "AdministrativeUnit" not in thing.kinds or code is None:
        return None
    unit = version_of(code.text, since.text if since else None)
    if unit is None:
        return None
    history = place_history(unit, on=unit.valid_to or date.today())
    return history_json(history, read_identifiers(store, units_of(history)))


def unit_history_json(view: View, thing: Thing, *, on: str | None = None) -> Json | None:
    """Return the order that a body is in; `on` keeps one day of what it stood under. None of other things."""
    if "Unit" not in thing.kinds:
        return None
    history = read_unit_history(view, thing.id, on=on)
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
    """Return a body; one that no article names has a name alone."""
    return {"id": value.text, "name": value.name} if value.is_thing else {"name": value.name}

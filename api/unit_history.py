"""What the service adds to the order that a body is in: where each body is found."""

from __future__ import annotations

from api.context import view
from api.representation import Json, linked_before_name
from kg.query.records import Thing
from kg.query.telling.histories import unit_history_json


def unit_history_of(thing: Thing, *, on: str | None = None) -> Json | None:
    """Return the order that a body is in; `on` keeps one day of what it stood under. None of other things."""
    told = unit_history_json(view(), thing, on=on)
    if told is None:
        return None
    return {
        "on": told["on"],
        "standsUnder": _bodies(told["standsUnder"]),
        "before": [_change(it) for it in told["before"]],
        "after": [_change(it) for it in told["after"]],
        "today": _bodies(told["today"]),
    }


def _change(told: Json) -> Json:
    return {**told, "originals": _bodies(told["originals"]), "results": _bodies(told["results"])}


def _bodies(told: list[Json]) -> list[Json]:
    return [linked_before_name(it) for it in told]

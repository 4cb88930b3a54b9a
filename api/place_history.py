"""What a place of the graph was and what became of it, for its page and its JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.context import knowledge
from kg.query.place_facts import history_json, read_identifiers, units_of, version_of
from kg.query.places import place_history
from kg.query.records import Thing


def history_of(thing: Thing) -> dict[str, Any] | None:
    """Return the past and the future of a place, as seen from its last day; None of other things."""
    code, since = thing.first("code"), thing.first("validFrom")
    if "AdministrativeUnit" not in thing.kinds or code is None:
        return None
    unit = version_of(code.text, since.text if since else None)
    if unit is None:
        return None
    history = place_history(unit, on=unit.valid_to or date.today())
    return history_json(history, read_identifiers(knowledge().store, units_of(history)))

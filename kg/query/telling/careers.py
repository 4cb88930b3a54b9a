"""Who held which post when, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query.records import Value
from kg.query.telling.things import Json, claim_json
from kg.query.timelines import Holding, Spell, read_career, read_holders, read_staff, standing_on
from kg.query.views import View


def career_json(view: View, official: str) -> Json:
    """Return which posts an official, given by IRI, had when, with the claims that say so."""
    return _told(view, official, "career", read_career(view, official))


def holders_json(view: View, post: str) -> Json:
    """Return who held a post, given by IRI, when, with the claims that say so."""
    return _told(view, post, "holders", read_holders(view, post))


def staff_json(view: View, unit: str, *, on: str | None = None) -> Json:
    """Return who held a post of a body, given by IRI; `on` keeps who held one on that day."""
    spells = read_staff(view, unit)
    if on is None:
        return _told(view, unit, "officials", spells)
    standing = [_holding_json(it) for it in standing_on(spells, on)]
    return {**_named_json(view, unit), "on": on, "officials": standing}


def _told(view: View, identifier: str, field: str, spells: Iterable[Spell]) -> Json:
    return {**_named_json(view, identifier), field: [_spell_json(it) for it in spells]}


def _named_json(view: View, identifier: str) -> Json:
    return {"id": identifier, "name": view.names.label(identifier, "vi")}


def _holding_json(holding: Holding) -> Json:
    return {**_spell_json(holding.spell), "lastStated": holding.last, "stated": holding.is_stated}


def _spell_json(spell: Spell) -> Json:
    return {
        "official": _named(spell.official),
        "post": _named(spell.post),
        "title": spell.title,
        "unit": _named(spell.body),
        "standing": spell.standing,
        "first": spell.first,
        "last": spell.last,
        "claims": [claim_json(claim) for claim in spell.claims],
    }


def _named(value: Value | None) -> Json | None:
    return None if value is None else {"id": value.text, "name": value.name}

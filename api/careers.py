"""Time: who held a post when, and which posts an official had when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, page_of, view
from api.representation import claim_json
from kg.errors import NotFoundError
from kg.query.records import Value
from kg.query.timelines import Holding, Spell, read_career, read_holders, read_staff, standing_on

blueprint = Blueprint("careers", __name__, url_prefix="/api")

Json = dict[str, Any]


@blueprint.get("/officials/<path:identifier>/career")
def career(identifier: str) -> Response:
    """Show which posts an official had when, with the claims that say so."""
    parameters.check_names()
    official = _known(identifier, "Official")
    return _response(official, "career", read_career(view(), official))


@blueprint.get("/posts/<path:identifier>/holders")
def holders(identifier: str) -> Response:
    """Show who held a post when, with the claims that say so."""
    parameters.check_names()
    post = _known(identifier, "Post")
    return _response(post, "holders", read_holders(view(), post))


@blueprint.get("/units/<path:identifier>/officials")
def officials(identifier: str) -> Response:
    """Show who held a post of a body; `on` keeps who held one on that day."""
    parameters.check_names("on")
    unit, on = _known(identifier, "Unit"), parameters.day("on")
    spells = read_staff(view(), unit)
    if on is None:
        return _response(unit, "officials", spells)
    told = {**_named_json(unit), "on": on, "officials": [_holding_json(it) for it in standing_on(spells, on)]}
    return _answer(told)


def _known(identifier: str, kind: str) -> str:
    found = knowledge().identify(identifier, kind=kind, role="id")
    if len(found) > 1:
        raise NotFoundError(f"{len(found)} go by {identifier!r}: give one of {', '.join(found[:10])}")
    if kind not in knowledge().names.kinds.get(found[0], ()):
        raise NotFoundError(f"{found[0]} is no {kind}")
    return found[0]


def _response(identifier: str, field: str, spells: tuple[Spell, ...]) -> Response:
    return _answer({**_named_json(identifier), field: [_spell_json(it) for it in spells]})


def _answer(told: Json) -> Response:
    response = jsonify(told)
    response.vary.add("Accept-Language")
    return response


def _named_json(identifier: str) -> Json:
    return {"id": identifier, "path": page_of(identifier), "name": view().names.label(identifier, "vi")}


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
    return None if value is None else {"id": value.text, "name": value.name, "path": page_of(value.text)}

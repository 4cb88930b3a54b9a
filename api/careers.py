"""Time: who held a post when, and which posts an official had when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, page_of, view
from api.representation import claim_json
from kg.errors import NotFoundError
from kg.query.records import Value
from kg.query.timelines import Spell, read_career, read_holders

blueprint = Blueprint("careers", __name__, url_prefix="/api")

Json = dict[str, Any]


@blueprint.get("/officials/<path:identifier>/career")
def career(identifier: str) -> Response:
    """Show which posts an official had when, with the claims that say so."""
    official = _known(identifier, "Official")
    return _response(official, "career", read_career(view(), official))


@blueprint.get("/posts/<path:identifier>/holders")
def holders(identifier: str) -> Response:
    """Show who held a post when, with the claims that say so."""
    post = _known(identifier, "Post")
    return _response(post, "holders", read_holders(view(), post))


def _known(identifier: str, kind: str) -> str:
    parameters.check_names()
    found = knowledge().identify(identifier, kind=kind, role="id")
    if len(found) > 1:
        raise NotFoundError(f"{len(found)} go by {identifier!r}: give one of {', '.join(found[:10])}")
    if kind not in knowledge().names.kinds.get(found[0], ()):
        raise NotFoundError(f"{found[0]} is no {kind}")
    return found[0]


def _response(identifier: str, field: str, spells: tuple[Spell, ...]) -> Response:
    name = view().names.label(identifier, "vi")
    told = {
        "id": identifier,
        "path": page_of(identifier),
        "name": name,
        field: [_spell_json(it) for it in spells],
    }
    response = jsonify(told)
    response.vary.add("Accept-Language")
    return response


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

"""Time: who held a post when, and which posts an official had when."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, view
from api.representation import Json, linked, linked_before_name
from kg.query.names_asked import the_one
from kg.query.telling.careers import career_json, holders_json, staff_json

blueprint = Blueprint("careers", __name__, url_prefix="/api")

_ENDS = ("official", "post", "unit")


@blueprint.get("/officials/<path:identifier>/career")
def career(identifier: str) -> Response:
    """Show which posts an official had when, with the claims that say so."""
    parameters.check_names()
    return _answer(career_json(view(), the_one(knowledge(), identifier, "Official")), "career")


@blueprint.get("/posts/<path:identifier>/holders")
def holders(identifier: str) -> Response:
    """Show who held a post when, with the claims that say so."""
    parameters.check_names()
    return _answer(holders_json(view(), the_one(knowledge(), identifier, "Post")), "holders")


@blueprint.get("/units/<path:identifier>/officials")
def officials(identifier: str) -> Response:
    """Show who held a post of a body; `on` keeps who held one on that day."""
    parameters.check_names("on")
    unit = the_one(knowledge(), identifier, "Unit")
    return _answer(staff_json(view(), unit, on=parameters.day("on")), "officials")


def _answer(told: Json, field: str) -> Response:
    response = jsonify({**linked_before_name(told), field: [_linked_ends(it) for it in told[field]]})
    response.vary.add("Accept-Language")
    return response


def _linked_ends(spell: Json) -> Json:
    """Return somebody's standing to a post with the addresses of the things that it joins."""
    return {name: linked(it) if name in _ENDS and it is not None else it for name, it in spell.items()}

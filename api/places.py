"""Places: what a name or a code meant on a day, and what became of it."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge
from api.entities import list_response
from kg.errors import NotFoundError
from kg.query.place_facts import answer_json, history_json, read_identifiers, read_version, units_of
from kg.query.places import find_place, place_by_code, place_history
from kg.query.resources import BY_NAME
from kg.vocabulary.administrative_units import AdministrativeUnit

blueprint = Blueprint("places", __name__, url_prefix="/api")

_CODE = re.compile(r"\d{2}|\d{3}|\d{5}")


@blueprint.get("/places")
def places() -> Response:
    """List places; of a `name`, say what it means on a day, today if none is given.

    `within` names what it lies in.
    """
    name = parameters.given("name")
    if name is None:
        return list_response(BY_NAME["places"])
    parameters.check_names("name", "on", "within")
    answer = find_place(name, on=_on(), within=parameters.given("within"))
    return jsonify(answer_json(answer, read_identifiers(knowledge().store, units_of(answer))))


@blueprint.get("/places/<path:identifier>")
def place(identifier: str) -> Response:
    """Show the unit that bears a code on a day, or the version that has an IRI in the graph."""
    parameters.check_names("on")
    if _CODE.fullmatch(identifier):
        history = place_by_code(identifier, on=_on())
    else:
        history = place_history(_version(identifier), on=_on())
    return jsonify(history_json(history, read_identifiers(knowledge().store, units_of(history))))


def _on() -> date:
    given = parameters.day("on")
    return date.today() if given is None else date.fromisoformat(given)


def _version(identifier: str) -> AdministrativeUnit:
    """Return the unit of the lists that a place of the graph is."""
    found = knowledge().identify(identifier, kind="AdministrativeUnit", role="id")
    if len(found) > 1:
        raise NotFoundError(f"{len(found)} go by {identifier!r}: give one of {', '.join(found[:10])}")
    return read_version(knowledge().store, found[0])

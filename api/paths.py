"""Paths: how two things connect."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, language
from api.representation import path_json

blueprint = Blueprint("paths", __name__, url_prefix="/api")

_ENDS = "an IRI, the path of a thing, or a name"


@blueprint.get("/paths")
def paths() -> Response:
    """Show the shortest path from `source` to `target`, every step with its claims and their evidence."""
    parameters.check_names("source", "target")
    source, target = parameters.required("source", _ENDS), parameters.required("target", _ENDS)
    response = jsonify(path_json(knowledge().path(source, target, language())))
    response.vary.add("Accept-Language")
    return response

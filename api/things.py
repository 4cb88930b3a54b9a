"""Every thing at its own address, as a page, as JSON or as a graph, by negotiation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, jsonify

from api.context import knowledge, view
from api.negotiation import GRAPHS, choose, content_type
from api.presentation import thing_page
from api.representation import thing_json
from kg.query.catalog import QUESTIONS
from kg.query.views import read_thing

blueprint = Blueprint("things", __name__)

_FORMATS: Mapping[str, str] = MappingProxyType(
    {"json": "application/json", "html": "text/html", **{name: GRAPHS[name] for name in GRAPHS}}
)


@blueprint.get("/id/<path:path>")
def show(path: str) -> Response:
    """Show one thing: a page to browsers, else JSON or a graph as asked for."""
    identifier = knowledge().settings.base_iri + path
    media_type = choose(_FORMATS)
    thing = read_thing(view(), identifier)
    if media_type == "text/html":
        response = Response(thing_page(view(), thing), content_type="text/html; charset=utf-8")
    elif media_type == "application/json":
        response = jsonify(thing_json(thing))
    else:
        graph = QUESTIONS["describe"].construct(knowledge().store, media_type, thing=identifier)
        response = Response(graph, content_type=content_type(media_type))
    response.vary.update(["Accept", "Accept-Language"])
    return response

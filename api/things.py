"""Every thing at its own address, as a page, as JSON or as a graph, by negotiation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from api.context import knowledge, page_of, view
from api.negotiation import GRAPHS, choose, content_type
from api.place_history import history_of
from api.presentation import thing_page
from api.representation import thing_json
from api.unit_history import unit_history_of
from kg.query.catalog import QUESTIONS
from kg.query.views import read_thing

blueprint = Blueprint("things", __name__)

_FORMATS: Mapping[str, str] = MappingProxyType(
    {"json": "application/json", "html": "text/html", **{name: GRAPHS[name] for name in GRAPHS}}
)


@blueprint.get("/id/<path:path>")
def show(path: str) -> BaseResponse:
    """Show one thing: a page to browsers, else JSON or a graph as asked for."""
    identifier = knowledge().settings.base_iri + path
    if (canonical := knowledge().names.stands_for(identifier)) != identifier:
        return redirect(f"{page_of(canonical)}{_query()}", 308)
    media_type = choose(_FORMATS)
    thing = read_thing(view(), identifier)
    if media_type == "text/html":
        page = thing_page(view(), thing, history=history_of(thing) or unit_history_of(thing))
        response = Response(page, content_type="text/html; charset=utf-8")
    elif media_type == "application/json":
        history = history_of(thing) or unit_history_of(thing)
        response = jsonify(thing_json(thing) | ({} if history is None else {"history": history}))
    else:
        graph = QUESTIONS["describe"].construct(knowledge().store, media_type, thing=identifier)
        response = Response(graph, content_type=content_type(media_type))
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _query() -> str:
    """Return what the request asks of the address, to be asked of the canonical one as well."""
    asked = request.query_string.decode("ascii", "replace")
    return f"?{asked}" if asked else ""

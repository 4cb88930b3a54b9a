"""Every thing at its own address, which leads to its page, its JSON or its graph, by negotiation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from api import parameters
from api.context import knowledge, language, page_of, view
from api.formats import things_response
from api.negotiation import GRAPHS, choose, content_type
from api.presentation import thing_page
from api.representation import Json, thing_json
from api.unit_history import unit_history_of
from kg.query.descriptions import describe_things
from kg.query.names_asked import read_one
from kg.query.records import Thing
from kg.query.telling.histories import place_history_json
from kg.query.views import check_known, read_thing

blueprint = Blueprint("things", __name__)

_DATA: Mapping[str, str] = MappingProxyType({"json": "application/json", **GRAPHS})
_FORMATS: Mapping[str, str] = MappingProxyType({"json": "application/json", "html": "text/html", **GRAPHS})
_GRAPHS_OF_STORE = "graph/"


@blueprint.get("/id/<path:path>")
def show(path: str) -> BaseResponse:
    """Lead from a thing to what tells of it: its page, or its data in the format that is asked for."""
    identifier = _identifier(path)
    if (canonical := knowledge().names.stands_for(identifier)) != identifier:
        return redirect(f"{page_of(canonical)}{_query()}", 308)
    media_type = choose(_FORMATS)
    kept: dict[str, Any] = {"lang": language()} if "lang" in request.args else {}
    if path.startswith(_GRAPHS_OF_STORE) and " " not in path and knowledge().store.has_graph(identifier):
        address = url_for("graph_store.read", graph=identifier)
    else:
        check_known(view(), identifier)
        if media_type == "text/html":
            address = url_for("things.page", path=path, **kept)
        else:
            names = {known: name for name, known in _DATA.items()}
            address = url_for("things.data", path=path, format=names[media_type], **kept)
    response = redirect(address, 303)
    response.vary.update(["Accept", "Accept-Language"])
    return response


@blueprint.get("/page/<path:path>")
def page(path: str) -> BaseResponse:
    """Show one thing to people."""
    parameters.check_names()
    identifier = _identifier(path)
    if (canonical := knowledge().names.stands_for(identifier)) != identifier:
        return redirect(f"{page_of(canonical)}{_query()}", 308)
    thing = read_thing(view(), identifier)
    html = thing_page(view(), thing, history=_history_of(thing))
    response = Response(html, content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/data/<path:path>")
def data(path: str) -> BaseResponse:
    """Tell of one thing as JSON or as a graph, with its claims and their evidence."""
    parameters.check_names()
    identifier = _identifier(path)
    if (canonical := knowledge().names.stands_for(identifier)) != identifier:
        return redirect(f"{page_of(canonical)}{_query()}", 308)
    media_type = choose(_DATA)
    if media_type == "application/json":
        thing = read_thing(view(), identifier)
        history = _history_of(thing)
        response = jsonify(thing_json(thing) | ({} if history is None else {"history": history}))
    else:
        check_known(view(), identifier)
        most = knowledge().settings.result_rows
        graph = describe_things(knowledge().store, (identifier,), media_type, most=most)
        response = Response(graph, content_type=content_type(media_type))
    response.vary.update(["Accept", "Accept-Language"])
    return response


@blueprint.get("/api/things/<path:identifier>")
def named(identifier: str) -> BaseResponse:
    """Tell of the one thing of any kind that is meant by an IRI, a path or a name; `kind` keeps one kind."""
    parameters.check_names("kind", "bom")
    thing = read_one(knowledge(), identifier, parameters.given("kind"), language=language())
    history = _history_of(thing)
    told = thing_json(thing) | ({} if history is None else {"history": history})
    return things_response((thing,), told, described=True)


def _history_of(thing: Thing) -> Json | None:
    """Return what a place or body was and what became of it; None of other things."""
    return place_history_json(knowledge().store, thing) or unit_history_of(thing)


def _identifier(path: str) -> str:
    return knowledge().settings.base_iri + path


def _query() -> str:
    """Return what the request asks of the address, to be asked of the canonical one as well."""
    asked = request.query_string.decode("ascii", "replace")
    return f"?{asked}" if asked else ""

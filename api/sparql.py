"""SPARQL: the query protocol, and a page with a form and a table for people."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from api.context import knowledge, language
from api.errors import ForbiddenError, wants_html
from api.negotiation import GRAPHS, TABLES, choose, content_type
from kg.errors import QueryError
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.guard import QueryForm, check_query
from kg.query.workers import QueryResult
from kg.store import Dataset

blueprint = Blueprint("sparql", __name__)

_QUERY_BODY = "application/sparql-query"
_UPDATE_BODY = "application/sparql-update"
_FORM_BODY = "application/x-www-form-urlencoded"


@blueprint.get("/sparql")
def query() -> Response:
    """Answer the query in the address; without one, show the form."""
    if "update" in request.args:
        raise QueryError("updates are sent by POST, and this service answers queries only")
    if wants_html():
        return _page(request.args)
    return _answer(_only(request.args, "query"), request.args)


@blueprint.post("/sparql")
def query_by_post() -> Response:
    """Answer the query in the body."""
    body_type = request.mimetype
    if body_type == _UPDATE_BODY or "update" in request.form or "update" in request.args:
        raise ForbiddenError("this service answers queries only; it takes no updates")
    if body_type == _QUERY_BODY:
        if "query" in request.args:
            raise QueryError("the query is given twice, in the address and in the body")
        try:
            text = request.get_data().decode("utf-8")
        except UnicodeDecodeError:
            raise QueryError("the query is not in UTF-8") from None
        return _answer(text, request.args)
    if body_type == _FORM_BODY:
        return _answer(_only(request.form, "query"), request.form)
    raise QueryError(f"the body is {body_type or 'of no type'}, but must be {_QUERY_BODY} or {_FORM_BODY}")


def _only(parameters: MultiDict[str, str], name: str) -> str:
    values = parameters.getlist(name)
    if not values:
        raise QueryError(f"the parameter {name!r} is missing: /sparql?{name}=SELECT…, or see / for examples")
    if len(values) > 1:
        raise QueryError(f"the parameter {name!r} is given {len(values)} times, but counts once")
    return values[0]


def _answer(text: str, parameters: MultiDict[str, str]) -> Response:
    form = _check(text)
    result = _run(text, choose(GRAPHS if form.gives_graph else TABLES), parameters)
    response = Response(result.body, content_type=content_type(result.media_type))
    response.set_etag(result.version, weak=True)
    response.vary.add("Accept")
    response.make_conditional(request)
    return response


def _check(text: str) -> QueryForm:
    return check_query(text, max_characters=knowledge().settings.query_characters)


def _run(text: str, media_type: str, parameters: MultiDict[str, str]) -> QueryResult:
    default = tuple(parameters.getlist("default-graph-uri"))
    named = tuple(parameters.getlist("named-graph-uri"))
    dataset = Dataset(default_graphs=default, named_graphs=named) if default or named else Dataset()
    return knowledge().run(text, media_type, dataset=dataset)


def _page(parameters: MultiDict[str, str]) -> Response:
    text = (parameters.get("query") or "").strip()
    shown: dict[str, Any] = {}
    status = 200
    if text:
        try:
            form = _check(text)
            if form.gives_graph:
                shown["graph"] = _run(text, GRAPHS["turtle"], parameters).body.decode("utf-8")
            else:
                shown["table"] = json.loads(_run(text, TABLES["json"], parameters).body)
        except QueryError as error:
            shown["error"], status = str(error), 400
    page = render_template(
        "sparql.html",
        query=text,
        questions=PUBLIC_QUESTIONS,
        language=language(),
        **shown,
    )
    response = Response(page, status=status, content_type="text/html; charset=utf-8")
    response.vary.update(["Accept", "Accept-Language"])
    return response

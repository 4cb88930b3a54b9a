"""SPARQL: the protocol for queries and updates at one address, and a page with a form for people."""

from __future__ import annotations

from flask import Blueprint, Response, request

from api.context import knowledge
from api.errors import wants_html
from api.freshness import is_fresh, mark, not_modified
from api.negotiation import GRAPHS, TABLES, choose, content_type
from api.queries import ask
from api.service_description import describe_service
from api.sparql_page import sparql_page
from api.sparql_request import Operation, kind_of_body, read_address, read_body
from api.writing import require_token
from kg.query.guard import check_query
from kg.query.volatile import is_volatile

blueprint = Blueprint("sparql", __name__)


@blueprint.get("/sparql")
def query() -> Response:
    """Answer the query in the address; without one, describe the service, or show people the form."""
    asked = read_address()
    if wants_html():
        return sparql_page(asked)
    return describe_service() if asked is None else _answer(asked)


@blueprint.post("/sparql")
def query_by_post() -> Response:
    """Answer the query, or carry out the update, in the body."""
    if kind_of_body() == "query":
        return _answer(read_body("query"))
    require_token()
    asked = read_body("update")
    knowledge().update(asked.text, dataset=asked.dataset)
    return Response(status=204)


def _answer(asked: Operation) -> Response:
    form = check_query(asked.text, max_characters=knowledge().settings.query_characters)
    media_type = choose(GRAPHS if form.gives_graph else TABLES)
    repeatable = not is_volatile(asked.text)
    if repeatable and is_fresh(media_type):
        response = not_modified(media_type)
    else:
        result = ask(asked.text, media_type, dataset=asked.dataset)
        response = Response(result.body, content_type=content_type(media_type))
        if repeatable:
            mark(response, result.version, media_type)
    if "format" in request.args and media_type == TABLES["csv"]:
        response.headers["Content-Disposition"] = "attachment; filename=answer.csv"
    response.vary.add("Accept")
    return response

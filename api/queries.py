"""Queries on their way: each has an id, by which whoever knows it can cancel it."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g, request

from api.context import knowledge
from api.observation import note
from api.traffic import client_of
from kg.errors import InputError, NotFoundError
from kg.query.workers import Asker, QueryResult
from kg.store import Dataset

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

blueprint = Blueprint("queries", __name__)

HEADER = "X-Query-Id"
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_ANY_DATASET = Dataset()
# Where every answer carries an id.
_NAMED = "sparql"


@blueprint.delete("/sparql/queries/<query_id>")
def cancel(query_id: str) -> Response:
    """End a query that waits or runs; its client is told that it was cancelled."""
    if not knowledge().workers.cancel(query_id):
        raise NotFoundError("no query of this id waits or runs: it is over, or there was none")
    return Response(status=HTTPStatus.NO_CONTENT)


def ask(text: str, media_type: str, *, dataset: Dataset = _ANY_DATASET) -> QueryResult:
    """Put the query of the present request to the store; note for log and metrics what it was and gave."""
    note(query=text)
    result = knowledge().run(text, media_type, dataset=dataset, asker=present_asker())
    note(**notes_of(result))
    return result


def notes_of(result: QueryResult) -> dict[str, Any]:
    """Return what log and metrics note of an answer."""
    return {"rows": result.rows, "version": result.version, "cached": result.cached or None}


def present_asker() -> Asker:
    """Return who asks the present request."""
    return asker_of(request.environ, g.get("query_id", ""))


def asker_of(environ: WSGIEnvironment, query_id: str) -> Asker:
    """Return who asks a request, by what the server says of it."""
    client = client_of(environ.get("REMOTE_ADDR", ""))
    # waitress alone offers this; another server leaves a query to its limits.
    gone = environ.get("waitress.client_disconnected")
    asker = Asker(client=client, query_id=query_id)
    return asker if gone is None else replace(asker, gone=gone)


@blueprint.before_app_request
def name_query() -> None:
    """Give the request an id, its client's own or one that nobody guesses."""
    if request.blueprint != _NAMED:
        return
    given = request.headers.get(HEADER)
    if given is not None and not _ID.fullmatch(given):
        raise InputError(
            f"the header {HEADER} must be 1 to 64 letters, digits and hyphens (a to z, no marks)"
        )
    g.query_id = given or secrets.token_hex(16)
    note(query_id=g.query_id)


@blueprint.after_app_request
def tell_id(response: Response) -> Response:
    """Say by which id the query went."""
    if "query_id" in g:
        response.headers[HEADER] = g.query_id
    return response

"""Things in the format that a request asks for: JSON, CSV or a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, jsonify, request

from api import parameters
from api.context import knowledge
from api.errors import NotAcceptableError
from api.negotiation import GRAPHS, choose, content_type
from kg.query.descriptions import describe_things
from kg.query.records import Thing
from kg.query.telling.spreadsheet import things_csv

FORMATS: Mapping[str, str] = MappingProxyType({"json": "application/json", "csv": "text/csv", **GRAPHS})


def things_response(things: Sequence[Thing], told: Mapping[str, Any], *, described: bool = False) -> Response:
    """Return things as JSON that is told already, or in another format that the request asks for.

    Args:
        things: what the answer is about.
        told: the answer in JSON.
        described: it is about one thing alone, which a sheet is named after.
    """
    media_type = _choose()
    if media_type == "application/json":
        response = jsonify(told)
    elif media_type == "text/csv":
        bom = parameters.flag("bom")
        response = Response(things_csv(things, bom=bom), content_type=content_type(media_type))
        name = "thing" if described else request.path.rsplit("/", 1)[-1]
        response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    else:
        most = knowledge().settings.result_rows
        graph = describe_things(knowledge().store, [thing.id for thing in things], media_type, most=most)
        response = Response(graph, content_type=content_type(media_type))
    if not described and (following := told.get("next")) is not None:
        # A CSV or a graph has no place of its own to say that there is more.
        asked = urlencode({**request.args.to_dict(), "after": following})
        response.headers["Link"] = f"<{quote(request.path)}?{asked}>; rel=next"
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _choose() -> str:
    """Return the format that is asked for; who takes none of ours, as pages do, gets JSON."""
    try:
        return choose(FORMATS)
    except NotAcceptableError:
        if "format" in request.args:
            raise
        return FORMATS["json"]

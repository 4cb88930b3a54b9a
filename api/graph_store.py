"""The Graph Store protocol: whole graphs, named by a parameter or by an address below ``/graph-store``."""

from __future__ import annotations

import re
import secrets
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.context import knowledge
from api.description import address_of
from api.errors import PreconditionError, wants_html
from api.freshness import is_fresh, mark, not_modified, tag_of
from api.negotiation import GRAPHS, choose, content_type, graph_media_type
from api.queries import present_asker
from api.service_description import describe_service
from api.writing import require_token
from kg.errors import QueryError

blueprint = Blueprint("graph_store", __name__, url_prefix="/graph-store")

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_WRITING = ("PUT", "POST", "DELETE")
_PATH_SAFE = "/:@!$&'()*+,;=~-._"


@blueprint.before_request
def let_pass() -> None:
    """Let only those write who may, before anything else of a request is looked at."""
    if request.method in _WRITING:
        require_token()


@blueprint.get("")
def read() -> Response:
    """Answer with the graph that a parameter names; without one, describe the service."""
    if not request.args and not wants_html():
        return describe_service()
    return _read(_indirect())


@blueprint.get("/<path:path>")
def read_direct(path: str) -> Response:
    """Answer with the graph whose name is this address."""
    return _read(_direct(path))


@blueprint.put("")
def put() -> Response:
    """Put what the body holds in place of the graph that a parameter names."""
    return _put(_indirect())


@blueprint.put("/<path:path>")
def put_direct(path: str) -> Response:
    """Put what the body holds in place of the graph whose name is this address."""
    return _put(_direct(path))


@blueprint.post("")
def add() -> Response:
    """Add what the body holds to the graph that a parameter names; without one, to a new graph."""
    if "graph" in request.args or "default" in request.args:
        return _add(_indirect())
    _refuse_parameters()
    name = f"{_root()}/{secrets.token_hex(8)}"
    response = _add(name)
    response.status_code = 201
    response.headers["Location"] = name
    return response


@blueprint.post("/<path:path>")
def add_direct(path: str) -> Response:
    """Add what the body holds to the graph whose name is this address."""
    return _add(_direct(path))


@blueprint.delete("")
def delete() -> Response:
    """Remove the graph that a parameter names."""
    return _delete(_indirect())


@blueprint.delete("/<path:path>")
def delete_direct(path: str) -> Response:
    """Remove the graph whose name is this address."""
    return _delete(_direct(path))


def _root() -> str:
    """Return the address of the graph store, as the client wrote it."""
    return address_of("/graph-store")


def _direct(path: str) -> str:
    _refuse_parameters()
    if "\ufffd" in path:
        raise QueryError("the address is not in UTF-8")
    return f"{_root()}/{quote(path, safe=_PATH_SAFE)}"


def _refuse_parameters() -> None:
    for name in ("graph", "default"):
        if name in request.args:
            raise QueryError(f"the address is the graph's name already: leave out {name!r}")


def _indirect() -> str | None:
    """Return the name of the graph that the parameters mean; None for the default graph."""
    names, default = request.args.getlist("graph"), request.args.getlist("default")
    if len(names) + len(default) != 1:
        said = "no graph" if not names and not default else "more than one graph"
        raise QueryError(f"the request names {said}: give one ?graph=IRI, or ?default for the default graph")
    if default:
        if default[0]:
            raise QueryError("the parameter 'default' takes no value: write ?default")
        return None
    if _ABSOLUTE.fullmatch(names[0]) is None:
        raise QueryError(f"the graph is named {names[0]!r}, but takes an IRI such as {_root()}/notes")
    return names[0]


def _read(name: str | None) -> Response:
    media_type = choose(GRAPHS)
    if is_fresh(media_type):
        return not_modified(media_type, strong=True)
    version = knowledge().store.version
    data = knowledge().read_graph(name, media_type, asker=present_asker())
    response = Response(data, content_type=content_type(media_type))
    # One version of a graph is always read in the same order.
    mark(response, version, media_type, strong=True)
    response.vary.add("Accept")
    return response


def _put(name: str | None) -> Response:
    media_type = _body_type(request.mimetype, request.mimetype_params)
    new = knowledge().put_graph(name, request.get_data(), media_type, base=name or _root(), condition=_meets)
    return Response(status=201 if new else 204)


def _add(name: str | None) -> Response:
    new = knowledge().add_to_graph(name, _parts(), base=name or _root(), condition=_meets)
    return Response(status=201 if new else 204)


def _delete(name: str | None) -> Response:
    knowledge().delete_graph(name, condition=_meets)
    return Response(status=204)


def _meets(there: bool) -> None:
    """Refuse a write to a graph that is not as its client believes, by ``If-Match`` and ``If-None-Match``.

    Raises:
        PreconditionError: it is not.
    """
    version = knowledge().store.version
    tags = [tag_of(version, media_type) for media_type in GRAPHS.values()] if there else []
    wanted, unwanted = request.if_match, request.if_none_match
    if wanted and not (there if wanted.star_tag else any(map(wanted.is_strong, tags))):
        raise PreconditionError(
            "nothing was changed: the content is no longer what If-Match names; read the graph again"
            if there
            else "nothing was changed: there is no such graph, and If-Match asks for one"
        )
    if unwanted and (there if unwanted.star_tag else any(map(unwanted.contains_weak, tags))):
        raise PreconditionError("nothing was changed: there is a graph that If-None-Match excludes")


def _parts() -> tuple[tuple[bytes, str], ...]:
    """Return what the body holds, with its format: itself, or each of the files of a form."""
    if request.mimetype != "multipart/form-data":
        return ((request.get_data(), _body_type(request.mimetype, request.mimetype_params)),)
    if request.form or not request.files:
        raise QueryError(
            "every part of the form must be a file with a name and a content type, and one is not"
        )
    files = tuple(file for found in request.files.listvalues() for file in found)
    return tuple((file.read(), _body_type(file.mimetype, file.mimetype_params)) for file in files)


def _body_type(mimetype: str, parameters: dict[str, str]) -> str:
    """Return the format of a body or of one of its parts."""
    known = graph_media_type(mimetype)
    if not known:
        said = f"is {mimetype}" if mimetype else "has no content type"
        raise UnsupportedMediaType(f"the body {said}, but a graph comes as {', '.join(GRAPHS.values())}")
    charset = parameters.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"the body is in {charset}, but must be in UTF-8")
    return known

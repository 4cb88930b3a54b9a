"""What a request asks by the SPARQL protocol: a query or an update, and the graphs that it is to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from kg.errors import QueryError
from kg.store import Dataset

QUERY_BODY = "application/sparql-query"
UPDATE_BODY = "application/sparql-update"
FORM_BODY = "application/x-www-form-urlencoded"

_FIELDS = 1000
# Parameters that name graphs: of the default graph, and of those that GRAPH sees.
_GRAPHS: Mapping[str, tuple[str, str]] = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One query or update.

    Attributes:
        kind: "query" or "update".
        text: in SPARQL.
        dataset: the graphs that the protocol's parameters name.
    """

    kind: str
    text: str
    dataset: Dataset


def read_address() -> Operation | None:
    """Return the query in the address; None where there is none.

    Raises:
        QueryError: it is given twice, is not in UTF-8, or is an update.
    """
    given = _decode(request.query_string, "address")
    if "update" in given:
        raise QueryError("updates are sent by POST, never in an address")
    return _operation("query", given) if "query" in given else None


def kind_of_body() -> str:
    """Return what the body of the request asks for, "query" or "update", before all of it is looked at.

    Raises:
        UnsupportedMediaType: the body is of no type in which it can be asked.
        QueryError: a form holds neither, or both.
    """
    body_type = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"the body is in {charset}, but must be in UTF-8")
    if body_type in (QUERY_BODY, UPDATE_BODY):
        return "query" if body_type == QUERY_BODY else "update"
    if body_type != FORM_BODY:
        known = f"{FORM_BODY}, {QUERY_BODY} or {UPDATE_BODY}"
        raise UnsupportedMediaType(f"the body is {body_type or 'of no type'}, but must be {known}")
    request.get_data()  # kept, so that the bytes are still there once they have been read as a form
    asked = [kind for kind in _GRAPHS if kind in request.form]
    if len(asked) != 1:
        said = "both a query and an update" if asked else "neither a query nor an update"
        raise QueryError(f"the form holds {said}: send query=… or update=…")
    return asked[0]


def read_body(kind: str) -> Operation:
    """Return the query or update in the body; its graphs may be named in the address as well.

    Raises:
        QueryError: it is given twice or is not in UTF-8, or a parameter does not fit it.
    """
    given = _decode(request.query_string, "address")
    if kind in given:
        raise QueryError(f"the {kind} is given twice, in the address and in the body")
    if any(other in given for other in _GRAPHS):
        raise QueryError(f"the address asks for something else than the {kind} in the body")
    body = request.get_data()
    if request.mimetype == FORM_BODY:
        given.update(_decode(body, "form"))
    else:
        try:
            given.add(kind, body.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise QueryError(f"the {kind} is not in UTF-8: see byte {error.start + 1}") from None
    return _operation(kind, given)


def _decode(encoded: bytes, where: str) -> MultiDict[str, str]:
    try:
        pairs = parse_qsl(
            encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise QueryError(f"the {where} is not in UTF-8") from None
    except ValueError:
        raise QueryError(f"the {where} has more than {_FIELDS} parameters") from None
    return MultiDict(pairs)


def _operation(kind: str, given: MultiDict[str, str]) -> Operation:
    texts = given.getlist(kind)
    if len(texts) > 1:
        raise QueryError(f"the parameter {kind!r} is given {len(texts)} times, but counts once")
    for other, names in _GRAPHS.items():
        for name in names:
            if other != kind and name in given:
                raise QueryError(
                    f"{name} is for {'updates' if other == 'update' else 'queries'}: "
                    f"with a{'n' * (kind == 'update')} {kind} it is {' or '.join(_GRAPHS[kind])}"
                )
    default, named = (tuple(given.getlist(name)) for name in _GRAPHS[kind])
    dataset = Dataset(default_graphs=default, named_graphs=named) if default or named else Dataset()
    return Operation(kind, texts[0], dataset)

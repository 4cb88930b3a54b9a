"""One shape for everything that goes wrong: a problem document, or a page where a browser asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from api.context import knowledge, language
from api.observation import note
from api.texts import text_of
from kg.errors import InputError, KgError, NotFoundError, QueryError, StoreError, WithdrawnError
from kg.query.limits import (
    BusyError,
    QueryCancelledError,
    QueryIdInUseError,
    QueryMemoryError,
    QueryTimeoutError,
    ResultTooLargeError,
    TooManyRowsError,
)
from kg.query.updates import WriteRefusedError, WriteTimeoutError, WriteTooLargeError
from kg.settings import variable_of

_LOG = logging.getLogger(__name__)
_TYPES = "https://yte-kg.org/problems/"
_KNOWN: tuple[tuple[type[KgError], HTTPStatus, str], ...] = (
    (WriteRefusedError, HTTPStatus.UNPROCESSABLE_ENTITY, "write-refused"),
    (WriteTimeoutError, HTTPStatus.SERVICE_UNAVAILABLE, "write-timeout"),
    (WriteTooLargeError, HTTPStatus.UNPROCESSABLE_ENTITY, "write-too-large"),
    (QueryTimeoutError, HTTPStatus.SERVICE_UNAVAILABLE, "query-timeout"),
    (QueryMemoryError, HTTPStatus.SERVICE_UNAVAILABLE, "query-memory"),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE, "busy"),
    (ResultTooLargeError, HTTPStatus.UNPROCESSABLE_ENTITY, "result-too-large"),
    (TooManyRowsError, HTTPStatus.UNPROCESSABLE_ENTITY, "too-many-rows"),
    (QueryCancelledError, HTTPStatus.CONFLICT, "query-cancelled"),
    (QueryIdInUseError, HTTPStatus.CONFLICT, "query-id-in-use"),
    (QueryError, HTTPStatus.BAD_REQUEST, "bad-query"),
    (InputError, HTTPStatus.BAD_REQUEST, "bad-input"),
    (WithdrawnError, HTTPStatus.GONE, "withdrawn"),
    (NotFoundError, HTTPStatus.NOT_FOUND, "not-found"),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE, "store"),
)
# The settings behind those problems that are limits, by the last part of their type.
_LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "query-timeout": "query_seconds",
        "query-memory": "query_memory",
        "write-timeout": "write_seconds",
        "write-too-large": "write_statements",
        "busy": "queue_seconds",
        "result-too-large": "result_bytes",
        "too-many-rows": "result_rows",
        "body-too-large": "request_bytes",
        "upload-too-large": "upload_bytes",
        "too-many-requests": "requests_per_minute",
    }
)


class NotAcceptableError(KgError):
    """None of the formats that the client takes can hold the answer."""


class ForbiddenError(KgError):
    """What this service does not do."""


class PreconditionError(KgError):
    """What a write is to change is not what its client believes it to be."""


def register(app: Flask) -> None:
    """Let the service answer with problems."""
    app.register_error_handler(KgError, answer_to)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _from_fault)


def problem(status: HTTPStatus, detail: str, *, slug: str | None = None) -> Response:
    """Return a problem document, or a page that says the same.

    Args:
        status: of the answer.
        detail: what was wrong, where, and what to do.
        slug: the last part of the problem's type; that of a limit is told with the limit and its value.
    """
    reached = _limit(slug)
    note(problem=slug or status.phrase.lower().replace(" ", "-"))
    if reached:
        note(limit=slug)
    if wants_html():
        shown = text_of(f"problem_{status.value}", language(), default=status.phrase)
        page = render_template("problem.html", title=shown, status=status.value, detail=detail)
        response = Response(page, status=status, content_type="text/html; charset=utf-8")
    else:
        body = {
            "type": "about:blank" if slug is None else _TYPES + slug,
            "title": status.phrase,
            "status": status.value,
            "detail": detail,
            "instance": request.full_path.rstrip("?"),
            **reached,
        }
        response = Response(
            json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
        )
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _limit(slug: str | None) -> dict[str, Any]:
    """Return the setting behind a problem that is a limit, and what it is set to."""
    if slug is None or slug not in _LIMITS:
        return {}
    name = _LIMITS[slug]
    value = getattr(knowledge().settings, name)
    return {"limit": variable_of(name)} | ({"limit_value": value} if value else {})


def wants_html() -> bool:
    """Tell whether a browser asks: it names HTML and prefers it; ``*/*`` alone does not."""
    if "format" in request.args:
        return request.args["format"] == "html"
    accepted = request.accept_mimetypes
    data = max(accepted["application/problem+json"], accepted["application/json"])
    named = any(media_type == "text/html" for media_type, _ in accepted)
    return named and accepted["text/html"] >= data


def answer_to(error: KgError) -> Response:
    """Return the answer that says what went wrong, and to people as a page."""
    if isinstance(error, NotAcceptableError):
        return problem(HTTPStatus.NOT_ACCEPTABLE, str(error))
    if isinstance(error, ForbiddenError):
        return problem(HTTPStatus.FORBIDDEN, str(error))
    if isinstance(error, PreconditionError):
        return problem(HTTPStatus.PRECONDITION_FAILED, str(error))
    for kind, status, slug in _KNOWN:
        if isinstance(error, kind):
            response = problem(status, str(error), slug=slug)
            if isinstance(error, BusyError):
                response.headers["Retry-After"] = "5"
            return response
    return _from_fault(error)


def _from_http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        # A redirect is an HTTPException too.
        return error.get_response(request.environ)
    response = problem(HTTPStatus(error.code), _detail(error), slug=_slug(error))
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _slug(error: HTTPException) -> str | None:
    if error.code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return None
    may_write = request.max_content_length == knowledge().settings.upload_bytes
    return "upload-too-large" if may_write else "body-too-large"


def _detail(error: HTTPException) -> str:
    match error.code:
        case HTTPStatus.NOT_FOUND:
            return f"there is nothing at {request.path}: / lists what there is"
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            return f"{request.method} is not possible here, but {allowed} is"
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return f"the body of the request has more than {request.max_content_length} bytes: send less"
        case _:
            return error.description or HTTPStatus(error.code or 500).phrase


def _from_fault(error: Exception) -> Response:
    _LOG.error("fault while answering %s", request.path, exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "the service has a fault and has written it to its log: try again, or report it with this address",
    )

"""The short way of a plain query: what programs ask most often is answered without the framework.

A look-up takes the engine a tenth of a millisecond and the framework three. So a query of a program is taken
up here if nothing about it is out of the ordinary: a GET of /sparql with ``query`` alone, one format for
tables in ``Accept``, no header that would change the answer. It is answered in the very same bytes and
headers (a test compares both ways); everything else goes on to the framework, and so does what fails.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Flask, Response, g

from api.freshness import CACHE_CONTROL, tag_of
from api.negotiation import TABLES, content_type
from api.observation import NOTES
from api.queries import HEADER
from api.readiness import Readiness
from api.traffic import RateLimit, client_of, is_limited
from kg.errors import QueryError
from kg.query.guard import check_query
from kg.query.knowledge import Knowledge
from kg.query.volatile import is_volatile
from kg.query.workers import Asker, QueryResult

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATH = "/sparql"
_BEGINNING = "query="
_FORMATS = frozenset(TABLES.values())
# Each of these asks for more than the answer, or for another one.
_OUT_OF_THE_ORDINARY = ("HTTP_ORIGIN", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_X_QUERY_ID", "HTTP_EXPECT")


class ShortWay:
    """The way round the framework; `application` is what answers everything else."""

    def __init__(self, app: Flask, application: WSGIApplication, *, protection: Response) -> None:
        """Take the service, what it answers with otherwise, and an answer with the headers that all have."""
        self._app = app
        self._application = application
        self._knowledge: Knowledge = app.extensions["knowledge"]
        self._readiness: Readiness = app.extensions["readiness"]
        self._limit: RateLimit = app.extensions["rate-limit"]
        self._headers = [pair for pair in protection.headers if not pair[0].startswith("Content-T")]
        self._open = not self._knowledge.settings.cors_origins

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a plain query, and hand on everything else."""
        text = self._plain(environ)
        if text is None or not self._may_pass(environ):
            return self._application(environ, start_response)
        query_id = secrets.token_hex(16)
        notes = environ.setdefault(NOTES, {})
        notes.update(route=_PATH, query=text, query_id=query_id)
        asker = Asker(
            client=client_of(environ.get("REMOTE_ADDR", "")),
            query_id=query_id,
            gone=environ.get("waitress.client_disconnected", _stays),
        )
        try:
            result = self._knowledge.run(text, environ["HTTP_ACCEPT"], asker=asker)
        except Exception as error:
            return self._tell(error, query_id, environ)(environ, start_response)
        notes.update(rows=result.rows, version=result.version, cached=result.cached or None)
        start_response("200 OK", self._headers_of(result, query_id))
        return (result.body,)

    def _plain(self, environ: WSGIEnvironment) -> str | None:
        """Return the query of a request in which nothing is out of the ordinary; None of all others."""
        address = environ.get("QUERY_STRING", "")
        if (
            environ.get("PATH_INFO") != _PATH
            or environ.get("REQUEST_METHOD") != "GET"
            or environ.get("HTTP_ACCEPT") not in _FORMATS
            or not address.startswith(_BEGINNING)
            or "&" in address
            or not address.isascii()
            or any(name in environ for name in _OUT_OF_THE_ORDINARY)
        ):
            return None
        try:
            ((_, text),) = parse_qsl(address, keep_blank_values=True, errors="strict")
            form = check_query(text, max_characters=self._knowledge.settings.query_characters)
        except (ValueError, QueryError):
            return None
        return None if form.gives_graph or is_volatile(text) else text

    def _may_pass(self, environ: WSGIEnvironment) -> bool:
        """Tell whether the service takes the request; if so, it has counted for its client."""
        if not self._open or self._readiness.stopping:
            return False
        peer = environ.get("REMOTE_ADDR", "")
        if not is_limited(peer, self._knowledge.settings):
            return True
        return not self._limit.wait(client_of(peer), time.monotonic())

    def _headers_of(self, result: QueryResult, query_id: str) -> list[tuple[str, str]]:
        return [
            ("Content-Type", content_type(result.media_type)),
            ("Content-Length", str(len(result.body))),
            ("ETag", f'W/"{tag_of(result.version, result.media_type)}"'),
            ("Cache-Control", CACHE_CONTROL),
            ("Vary", "Accept"),
            (HEADER, query_id),
            *self._headers,
        ]

    def _tell(self, error: Exception, query_id: str, environ: WSGIEnvironment) -> WSGIApplication:
        """Return the answer to a query that failed, as the framework gives it."""
        with self._app.request_context(environ):
            g.query_id = query_id
            told = self._app.make_response(self._app.handle_user_exception(error))
            return self._app.process_response(told)


def _stays() -> bool:
    return False

"""The short way of a plain query: it is answered without the framework.

The very same bytes and headers come either way (a test compares them); everything else goes on to the
framework, and so does what fails. The server's loop answers most plain queries by itself (`api.direct_way`)
and leaves here what takes longer.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, g

from api.observation import NOTES
from api.plain_queries import PATH, PlainQueries
from api.queries import asker_of, notes_of
from api.traffic import client_of
from kg.query.knowledge import Knowledge
from kg.query.under_way import QueryUnderWay
from kg.query.workers import QueryResult
from kg.store import Dataset

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where the environment of a request has the query that the server's loop has begun for it.
HANDED_OVER = "kg.handed-over"
_BEGINNING = "query="
_ANY_DATASET = Dataset()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A plain query that the server's loop has taken up and counted, and that a thread is to go on with.

    Attributes:
        text: of the query.
        query_id: that it was given.
        under_way: what has become of it; None of one that could not be begun.
    """

    text: str
    query_id: str
    under_way: QueryUnderWay | None

    def close(self) -> None:
        """Stop the query, if it is not over."""
        if self.under_way is not None:
            self.under_way.close()


class ShortWay:
    """The way round the framework; `application` is what answers everything else."""

    def __init__(self, app: Flask, application: WSGIApplication, *, plain: PlainQueries) -> None:
        self._app = app
        self._application = application
        self._plain = plain
        self._knowledge: Knowledge = app.extensions["knowledge"]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a plain query, and hand on everything else."""
        taken: HandedOver | None = environ.get(HANDED_OVER) or self._take_up(environ)
        if taken is None:
            return self._application(environ, start_response)
        notes = environ.setdefault(NOTES, {})
        notes.update(route=PATH, query=taken.text, query_id=taken.query_id)
        try:
            result = self._result(taken, environ)
        except Exception as error:
            return self._tell(error, taken.query_id, environ)(environ, start_response)
        notes.update(notes_of(result))
        start_response("200 OK", [*self._plain.headers(result, taken.query_id)])
        return (result.body,)

    def _take_up(self, environ: WSGIEnvironment) -> HandedOver | None:
        """Return a request in which nothing is out of the ordinary, and count it; None of all others."""
        address = environ.get("QUERY_STRING", "")
        if (
            not self._plain.fits(environ)
            or not address.startswith(_BEGINNING)
            or "&" in address
            or not address.isascii()
        ):
            return None
        text = self._plain.read(address.removeprefix(_BEGINNING).encode("ascii"))
        peer = environ.get("REMOTE_ADDR", "")
        if text is None or not self._plain.may_pass(client_of(peer), limited=self._plain.is_limited(peer)):
            return None
        return HandedOver(text, secrets.token_hex(16), None)

    def _result(self, taken: HandedOver, environ: WSGIEnvironment) -> QueryResult:
        if taken.under_way is not None:
            result = taken.under_way.wait()
            self._knowledge.cache.put(taken.text, _ANY_DATASET, result)
            return result
        asker = asker_of(environ, taken.query_id)
        return self._knowledge.run(taken.text, environ["HTTP_ACCEPT"], asker=asker)

    def _tell(self, error: Exception, query_id: str, environ: WSGIEnvironment) -> WSGIApplication:
        """Return the answer to a query that failed, as the framework gives it."""
        with self._app.request_context(environ):
            g.query_id = query_id
            told = self._app.make_response(self._app.handle_user_exception(error))
            return self._app.process_response(told)

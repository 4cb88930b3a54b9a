"""Plain queries: what programs ask most often, and what may therefore be answered without the framework.

A look-up takes the engine a tenth of a millisecond and the framework three. Plain is a GET of /sparql with
``query`` alone, one format for tables in ``Accept``, and no header that would change the answer.
"""

from __future__ import annotations

import re
import time
from binascii import a2b_qp
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, Response

from api.freshness import CACHE_CONTROL, tag_of
from api.negotiation import TABLES, content_type
from api.queries import HEADER
from api.readiness import Readiness
from api.traffic import RateLimit, is_limited
from kg.errors import QueryError
from kg.query.guard import check_query
from kg.query.knowledge import Knowledge
from kg.query.volatile import is_volatile
from kg.query.workers import QueryResult

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PATH = "/sparql"
_FORMATS = frozenset(TABLES.values())
# Each of these asks for more than the answer, or for another one.
_OUT_OF_THE_ORDINARY = ("HTTP_ORIGIN", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_X_QUERY_ID", "HTTP_EXPECT")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class PlainQueries:
    """What is a plain query, and with what headers it is answered; threads may share it."""

    def __init__(self, app: Flask, *, protection: Response) -> None:
        """Take the service, and an answer with the headers that all have."""
        self._knowledge: Knowledge = app.extensions["knowledge"]
        self._readiness: Readiness = app.extensions["readiness"]
        self._limit: RateLimit = app.extensions["rate-limit"]
        self._headers = [pair for pair in protection.headers if not pair[0].startswith("Content-T")]
        self._open = not self._knowledge.settings.cors_origins

    def fits(self, environ: WSGIEnvironment) -> bool:
        """Tell whether nothing but the text of the query is left to look at."""
        return (
            environ.get("PATH_INFO") == PATH
            and environ.get("REQUEST_METHOD") == "GET"
            and environ.get("HTTP_ACCEPT") in _FORMATS
            and not any(name in environ for name in _OUT_OF_THE_ORDINARY)
        )

    def read(self, written: bytes) -> str | None:
        """Return the text of a query from how it stands in the address; None of one that is not plain."""
        try:
            text = _unescaped(written).decode("utf-8")
            form = check_query(text, max_characters=self._knowledge.settings.query_characters)
        except (ValueError, QueryError):
            return None
        return None if form.gives_graph or is_volatile(text) else text

    def is_limited(self, peer: str) -> bool:
        """Tell whether the requests from an address are counted."""
        return is_limited(peer, self._knowledge.settings)

    def may_pass(self, client: str, *, limited: bool) -> bool:
        """Tell whether the service takes a query of a client; if so, it has counted."""
        if not self._open or self._readiness.stopping:
            return False
        return not (limited and self._limit.wait(client, time.monotonic()))

    def headers(self, result: QueryResult, query_id: str) -> Sequence[tuple[str, str]]:
        """Return the headers of an answer."""
        return [
            ("Content-Type", content_type(result.media_type)),
            ("Content-Length", str(len(result.body))),
            ("ETag", f'W/"{tag_of(result.version, result.media_type)}"'),
            ("Cache-Control", CACHE_CONTROL),
            ("Vary", "Accept"),
            (HEADER, query_id),
            *self._headers,
        ]


def _unescaped(written: bytes) -> bytes:
    """Undo the escapes of a value in an address.

    Quoted-printable has the same escapes behind another sign, and the library undoes those in a microsecond:
    a twentieth of what it takes for addresses.

    Raises:
        ValueError: a percent sign stands alone.
    """
    if _BROKEN_ESCAPE.search(written):
        raise ValueError(written)
    return a2b_qp(written.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"="))

"""Plain queries as they come over HTTP and are answered, for the server's loop: nothing is read twice.

A program sends the same lines with each request, so what they say is read when they come for the first time
over a connection, by the parser that reads all requests. What stands above an answer differs from the next in
three places.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from waitress.parser import HTTPRequestParser
from waitress.task import Task, WSGITask
from waitress.utilities import build_http_date

from api.plain_queries import PlainQueries
from api.proxies import read_networks, see_client
from api.queries import HEADER
from api.traffic import client_of
from kg.query.workers import QueryResult

# A whole request in one piece: its first line, its other lines and the empty one.
_REQUEST = re.compile(rb"GET /sparql\?query=([\w%+.~*'()!$,;:@/?=-]*+) HTTP/1\.1\r\n")
_END = b"\r\n\r\n"
_SOME_QUERY = b"GET /sparql?query= HTTP/1.1\r\n"
_PLACES = {"Content-Length": "%(length)d", "Date": "%(date)s", HEADER: "%(query_id)s"}


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines of a request below the first say.

    Attributes:
        sent: as they came.
        plain: whether nothing in them is out of the ordinary; if not, the rest is empty.
        media_type: of the answer.
        address: of the client, behind proxies.
        client: what it is counted under.
        limited: whether it is counted.
    """

    sent: bytes
    plain: bool = False
    media_type: str = ""
    address: str = ""
    client: str = ""
    limited: bool = False


class PlainHttp:
    """Reads requests and writes answers; for one thread."""

    def __init__(self, plain: PlainQueries, trusted_proxies: tuple[str, ...]) -> None:
        self._plain = plain
        self._networks = read_networks(trusted_proxies)
        self._heads: dict[tuple[str, str], bytes] = {}

    def read(self, channel: Any, request: bytes) -> str | None:
        """Return the query of a request, if it is one and plain; None of all else.

        Args:
            channel: the connection, which keeps what its `lines` say.
            request: all that has come.
        """
        found = _REQUEST.match(request)
        if found is None or request.find(_END) != len(request) - len(_END):
            return None
        sent = request[found.end() :]
        if channel.lines.sent != sent:
            channel.lines = self._read_lines(channel, sent)
        return self._plain.read(found[1]) if channel.lines.plain else None

    def answer(self, channel: Any, result: QueryResult, query_id: str) -> bytes:
        """Return the whole answer to the latest request of a connection."""
        key = (result.media_type, result.version)
        if key not in self._heads:
            if any(version != result.version for _, version in self._heads):
                self._heads.clear()
            self._heads[key] = self._write_head(channel, result)
        head = self._heads[key] % {
            b"length": len(result.body),
            b"date": build_http_date(int(time.time())).encode("ascii"),
            b"query_id": query_id.encode("ascii"),
        }
        return head + result.body

    def _read_lines(self, channel: Any, sent: bytes) -> Lines:
        request: Any = HTTPRequestParser(channel.adj)
        request.received(_SOME_QUERY + sent)
        if request.error or not request.completed or request.connection_close:
            return Lines(sent)
        environ: Any = WSGITask(channel, request).get_environment()
        see_client(environ, self._networks)
        if not self._plain.fits(environ):
            return Lines(sent)
        address = environ["REMOTE_ADDR"]
        return Lines(
            sent,
            plain=True,
            media_type=environ["HTTP_ACCEPT"],
            address=address,
            client=client_of(address),
            limited=self._plain.is_limited(address),
        )

    def _write_head(self, channel: Any, result: QueryResult) -> bytes:
        """Return the lines above an answer, with places for what differs from one to the next."""
        request: Any = HTTPRequestParser(channel.adj)
        request.received(_SOME_QUERY + channel.lines.sent)
        task = Task(channel, request)
        task.response_headers = [
            (name, _PLACES.get(name) or value.replace("%", "%%"))
            for name, value in (*self._plain.headers(result, ""), ("Date", ""))
        ]
        return bytes(task.build_response_header())

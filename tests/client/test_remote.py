"""A service that is slow, busy, broken, gone, or none of ours: what is tried again, and what is said."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

import kg
from kg.errors import InputError, KgError, NotFoundError, QueryError, ServiceError, StoreError, WithdrawnError
from kg.query.limits import BusyError, QueryTimeoutError, TooManyRowsError

_NOTHING = {"count": 0, "items": [], "next": None}
_ROWS = {"head": {"vars": ["a"]}, "results": {"bindings": []}}


@dataclass
class Server:
    """A little service that answers as a test says, and notes what it is asked.

    Attributes:
        answers: what the next requests are answered with: status, headers and body; else plainly.
        asked: method, path, headers and body of each request but the first, which sees whether it is ours.
    """

    address: str = ""
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    dropped: int = 0
    silent: threading.Event | None = None


@contextmanager
def serving() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path == "/health":
                self._send(200, {}, json.dumps({"status": "ok", "content": "1"}).encode())
                return
            length = int(self.headers.get("Content-Length") or 0)
            told.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
            if told.silent is not None:
                told.silent.wait(10)
            if told.dropped:
                told.dropped -= 1
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            plain = _ROWS if self.path.startswith("/sparql") else _NOTHING
            answer = told.answers.pop(0) if told.answers else (200, {}, json.dumps(plain).encode())
            self._send(*answer)

        do_POST = do_GET  # noqa: N815

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        told.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield told
        finally:
            if told.silent is not None:
                told.silent.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as told:
        yield told


@pytest.fixture
def graph(server: Server) -> Iterator[kg.Graph]:
    with kg.connect(server.address, timeout=5, retries=2, token="a-token") as graph:  # noqa: S106
        yield graph


def _problem(status: int, slug: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    body = {"type": f"https://yte-kg.org/problems/{slug}", "status": status, "detail": f"this is {slug}"}
    return status, {"Content-Type": "application/problem+json", **headers}, json.dumps(body).encode()


def test_a_connection_that_breaks_is_tried_again(server: Server, graph: kg.Graph) -> None:
    server.dropped = 2
    assert len(graph.officials()) == 0
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "answer",
    [
        (502, {}, b"<h1>Bad Gateway</h1>"),
        _problem(503, "busy", **{"Retry-After": "0"}),
        _problem(429, "too-many-requests", **{"Retry-After": "1"}),
    ],
)
def test_a_service_that_is_busy_is_asked_again(
    server: Server, graph: kg.Graph, answer: tuple[int, dict[str, str], bytes]
) -> None:
    server.answers = [answer]
    assert len(graph.sparql("SELECT ?a { ?a ?b ?c }")) == 0
    assert len(server.asked) == 2


def test_a_service_that_stays_busy_says_so(server: Server, graph: kg.Graph) -> None:
    server.answers = [_problem(503, "busy", **{"Retry-After": "0"})] * 9
    with pytest.raises(BusyError, match="this is busy"):
        graph.officials()
    assert len(server.asked) == 3


def test_a_service_that_is_busy_for_long_is_not_waited_for(server: Server, graph: kg.Graph) -> None:
    server.answers = [_problem(429, "too-many-requests", **{"Retry-After": "3600"})]
    with pytest.raises(BusyError, match="this is too-many-requests"):
        graph.officials()
    assert len(server.asked) == 1


def test_a_query_that_ran_too_long_is_not_asked_again(server: Server, graph: kg.Graph) -> None:
    server.answers = [_problem(503, "query-timeout")]
    with pytest.raises(QueryTimeoutError, match="this is query-timeout"):
        graph.sparql("SELECT ?a { ?a ?b ?c }")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "slug", "kind"),
    [
        (400, "bad-query", QueryError),
        (404, "not-found", NotFoundError),
        (410, "withdrawn", WithdrawnError),
        (422, "too-many-rows", TooManyRowsError),
        (500, "store", StoreError),
        (418, "teapot", ServiceError),
    ],
)
def test_problems_are_our_own_errors(
    server: Server, graph: kg.Graph, status: int, slug: str, kind: type[KgError]
) -> None:
    server.answers = [_problem(status, slug)]
    with pytest.raises(kind, match=f"this is {slug}"):
        graph.units()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b"Traceback (most recent call last)"), "status 500, and not as yte-kg does"),
        ((403, {}, b"[]"), "status 403, and not as yte-kg does"),
        ((200, {}, b"<html>Sign in</html>"), "not as a service of yte-kg does"),
        ((200, {}, b"[1, 2]"), "not as a service of yte-kg does"),
        ((301, {"Location": "/api/units"}, b""), "not as a service of yte-kg does"),
    ],
)
def test_what_is_no_answer_of_ours_is_told(
    server: Server, graph: kg.Graph, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    server.answers = [answer] * 9
    with pytest.raises(ServiceError, match=said):
        graph.units()


def test_a_service_that_is_silent_is_given_up(server: Server) -> None:
    server.silent = threading.Event()
    with (
        kg.connect(server.address, timeout=0.2, retries=0) as graph,
        pytest.raises(ServiceError, match=r"did not answer within 0\.2 seconds"),
    ):
        graph.officials()


def test_a_service_that_is_gone_is_told() -> None:
    with serving() as server:
        graph = kg.connect(server.address, retries=1)
    with graph, pytest.raises(ServiceError, match=r"cannot be reached .*: check the address and whether"):
        graph.officials()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "kind", "said"),
    [
        (lambda: f"http://127.0.0.1:{_free_port()}", ServiceError, "Connection refused"),
        (
            lambda: "http://no-such-host.invalid",
            ServiceError,
            "no-such-host.invalid/health cannot be reached",
        ),
        (lambda: "http://", InputError, "no address of a service"),
        (lambda: "https:///path", InputError, "no address of a service"),
    ],
)
def test_a_wrong_address_is_told_at_once(address: Callable[[], str], kind: type[KgError], said: str) -> None:
    with pytest.raises(kind, match=said):
        kg.connect(address(), retries=0, timeout=2)


def test_a_request_says_who_asks_and_in_which_language(server: Server, graph: kg.Graph) -> None:
    graph.search("y tế", place="hòa bình")
    method, path, headers, _ = server.asked[0]
    assert (method, path) == ("GET", "/api/search?q=y+t%E1%BA%BF&place=h%C3%B2a+b%C3%ACnh&limit=20")
    assert headers["Accept-Language"] == "vi"
    assert headers["Authorization"] == "Bearer a-token"
    assert headers["User-Agent"] == f"yte-kg/{kg.__version__}"


def test_a_name_is_sent_whole_whatever_is_in_it(server: Server, graph: kg.Graph) -> None:
    with pytest.raises(KeyError):  # the little service knows no things
        _ = graph.get("a/b?c#d%20 é").id
    assert server.asked[0][1] == "/api/things/a/b%3Fc%23d%2520%20%C3%A9"


def test_a_short_query_is_asked_and_a_long_one_sent(server: Server, graph: kg.Graph) -> None:
    graph.sparql("SELECT ?a { ?a ?b ?c }")
    graph.sparql(f"SELECT ?a {{ ?a ?b '{'x' * 3000}' }}")
    (first, path, headers, _), (second, _, _, body) = server.asked
    assert (first, second) == ("GET", "POST")
    assert path == "/sparql?query=SELECT+%3Fa+%7B+%3Fa+%3Fb+%3Fc+%7D"
    assert "application/sparql-results+json" in headers["Accept"]
    assert b"xxx" in body


def test_a_dump_that_breaks_off_is_told(server: Server, graph: kg.Graph) -> None:
    server.answers = [(200, {}, b"\x1f\x8b\x08\x00half")]
    with pytest.raises(ServiceError, match="incomplete"):
        graph.to_rdflib()

"""Plain queries go from the server's loop to a worker and back; nobody can tell but by the time it takes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from api import create_app
from kg.settings import Settings
from kg.store import Store, open_store
from tests.api.looping import Looping, looping
from tests.query.sample_graph import fill
from tests.query.test_workers import wait_until

JSON = "application/sparql-results+json"
NAMES = "SELECT ?s ?name WHERE { ?s rdfs:label ?name } ORDER BY ?s ?name LIMIT 3"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
LARGE = 'SELECT (CONCAT(STR(?a), STR(?c), "n") AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 9000'


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = open_store(None)
    fill(opened)
    yield opened
    opened.close()


@contextmanager
def served(store: Store, *, patience: float | None = None, **settings: Any) -> Iterator[Looping]:
    app = create_app(store, Settings(**{"query_seconds": 60, **settings}))
    with looping(app, patience=patience) as found:
        yield found
        found.knowledge.close()


@pytest.fixture(scope="module")
def usual(store: Store) -> Iterator[Looping]:
    """A server whose patience no machine is too slow for."""
    with served(store, patience=60) as found:
        wait_until(lambda: len(idle(found)) == 5)
        yield found


def idle(found: Looping) -> list[int]:
    generation = found.knowledge.workers._pool._generation
    return [] if generation is None else [worker.pid for worker in generation.idle]


class Client:
    """One connection, on which bytes are sent as they are."""

    def __init__(self, found: Looping) -> None:
        self._socket = socket.create_connection(("127.0.0.1", found.port), timeout=60)
        self._reader = self._socket.makefile("rb")

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._socket.sendall(piece)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        status = int(self._reader.readline().split()[1])
        headers = {}
        while line := self._reader.readline().decode("latin-1").strip():
            name, _, value = line.partition(": ")
            headers[name] = value
        return status, headers, self._reader.read(int(headers.get("Content-Length", 0)))

    def ask(self, query: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        self.send(request(query, **headers))
        return self.answer()

    def close(self) -> None:
        self._reader.close()
        self._socket.close()


@contextmanager
def client(found: Looping) -> Iterator[Client]:
    opened = Client(found)
    try:
        yield opened
    finally:
        opened.close()


def request(query: str, **headers: str) -> bytes:
    given = {"Host": "localhost", "Accept": JSON} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"GET /sparql?query={quote(query, safe='')} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")


def told(body: bytes) -> str:
    kind: str = json.loads(body)["type"]
    return kind.rpartition("/")[2]


@pytest.mark.parametrize(
    "accept", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
@pytest.mark.parametrize(
    "query",
    [
        NAMES,
        "ASK {}",
        "SELECT ?nothing { ?nothing a <urn:nothing> }",
        'SELECT ("Mường Lát + 5 %" AS ?tên) {}',
    ],
)
def test_the_same_bytes_come_by_every_way(usual: Looping, query: str, accept: str) -> None:
    text = f"{query} # {accept}"
    whole = request(text, Accept=accept)
    with client(usual) as one:
        before = usual.left
        answers = [one.ask(text, Accept=accept) for _ in range(2)]
        assert usual.left == before
        one.send(whole[:40])  # what does not come in one piece is left to a thread
        wait_until(lambda: any(it.request is not None for it in usual.server.active_channels.values()))
        one.send(whole[40:])
        answers.append(one.answer())
        assert usual.left == before + 1
        answers.append(one.ask(text, Accept=f"{accept};q=0.9"))  # the framework
    ids = {headers.pop("X-Query-Id") for _, headers, _ in answers}
    assert len(ids) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)
    for _, headers, _ in answers:
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", headers.pop("Date"))
    assert [answer[0] for answer in answers] == [200] * 4
    assert all(answer == answers[0] for answer in answers)
    assert list(answers[0][1]) == list(answers[2][1])


def test_a_plain_query_takes_no_thread(usual: Looping) -> None:
    before = usual.left
    with client(usual) as one, client(usual) as other:
        for number in range(20):
            for each in (one, other):
                status, _, body = each.ask(f"SELECT ({number} AS ?n) {{}}")
                assert (status, json.loads(body)["results"]["bindings"][0]["n"]["value"]) == (
                    200,
                    str(number),
                )
    assert usual.left == before


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", {"Accept": "text/turtle"}),
        ("SELECT (NOW() AS ?now) {}", {}),
        (NAMES, {"Origin": "https://example.org"}),
        (NAMES, {"X_Query_Id": "of-my-own"}),
        (NAMES, {"Accept": "*/*"}),
        (NAMES, {"Connection": "close"}),
    ],
)
def test_whatever_is_out_of_the_ordinary_is_left_to_a_thread(
    usual: Looping, query: str, headers: dict[str, str]
) -> None:
    with client(usual) as one:
        before = usual.left
        assert one.ask(query, **headers)[0] == 200
        assert usual.left == before + 1
        # What the lines of one request say is not believed of the next, which has others.
        if "Connection" not in headers:
            assert (
                one.ask(query, Accept="nothing/known", **{k: v for k, v in headers.items() if k != "Accept"})[
                    0
                ]
                == 406
            )


def test_what_a_connection_said_before_counts_for_the_same_lines_alone(usual: Looping) -> None:
    with client(usual) as one:
        for accept, begins in ((JSON, b"{"), ("text/csv", b"s,name"), (JSON, b"{")):
            assert one.ask(NAMES, Accept=accept)[2].startswith(begins)


@pytest.mark.parametrize("written", [b"%zz", b"%", b"%c3%28", b"ASK+{}&format=csv", b"ASK%7B%7D#x"])
def test_what_is_written_in_another_way_is_read_as_the_framework_reads_it(
    usual: Looping, written: bytes
) -> None:
    with client(usual) as one:
        before = usual.left
        one.send(
            b"GET /sparql?query="
            + written
            + b" HTTP/1.1\r\nHost: localhost\r\nAccept: "
            + JSON.encode()
            + b"\r\n\r\n"
        )
        assert one.answer()[0] in (200, 400)
        assert usual.left == before + 1


def test_requests_that_come_together_are_answered_in_their_order(usual: Looping) -> None:
    with client(usual) as one:
        one.send(b"".join(request(f"SELECT ({number} AS ?n) {{ # together\n}}") for number in range(5)))
        values = [json.loads(one.answer()[2])["results"]["bindings"][0]["n"]["value"] for _ in range(5)]
    assert values == ["0", "1", "2", "3", "4"]


def test_a_request_behind_one_that_is_on_its_way_waits_for_it(store: Store) -> None:
    with served(store, query_workers=1) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 2)
        for worker in idle(found):
            os.kill(worker, signal.SIGSTOP)
        one.send(request("SELECT (1 AS ?n) {}"))
        wait_until(lambda: found.knowledge.workers.counts() == (1, 0))
        one.send(request("SELECT (2 AS ?n) {}"))
        wait_until(lambda: found.left)
        for worker in found.knowledge.workers._pool._generation.idle:
            os.kill(worker.pid, signal.SIGCONT)
        for turn in found.knowledge.workers._turns._running:
            os.kill(turn._worker.pid, signal.SIGCONT)
        assert [b'"1"' in one.answer()[2], b'"2"' in one.answer()[2]] == [True, True]


def test_a_query_that_takes_too_long_is_stopped_at_its_deadline(store: Store) -> None:
    with served(store, query_seconds=0.5) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 5)
        workers = set(idle(found))
        status, headers, body = one.ask(ENDLESS)
        assert (status, told(body), found.left) == (503, "query-timeout", 1)
        assert len(headers["X-Query-Id"]) == 32
        wait_until(lambda: len(idle(found)) == 5)
        assert len(workers & set(idle(found))) == 4
        assert one.ask(NAMES)[0] == 200


def test_a_limit_on_rows_is_told(store: Store) -> None:
    with served(store, result_rows=2) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 5)
        status, _, body = one.ask(NAMES)
        assert (status, told(body)) == (422, "too-many-rows")
        status, _, body = one.ask("SELECT * WHERE { broken")
        assert (status, told(body)) == (400, "bad-query")


def test_a_worker_that_dies_is_told_and_replaced(store: Store) -> None:
    with served(store, patience=60) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 5)
        workers = idle(found)
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        one.send(request(NAMES))
        wait_until(lambda: len(idle(found)) == 4)
        for worker in set(workers) - set(idle(found)):
            os.kill(worker, signal.SIGKILL)
        status, _, body = one.answer()
        assert (status, found.left) == (503, 1)
        assert b"signal SIGKILL" in body
        for worker in idle(found):
            os.kill(worker, signal.SIGCONT)
        assert one.ask(NAMES)[0] == 200


def test_a_client_that_hangs_up_frees_its_worker(store: Store) -> None:
    with served(store) as found:
        wait_until(lambda: len(idle(found)) == 5)
        workers = set(idle(found))
        with client(found) as one:
            one.send(request(ENDLESS))
            wait_until(lambda: found.knowledge.workers.counts() == (1, 0))
        wait_until(lambda: found.knowledge.workers.counts() == (0, 0))
        wait_until(lambda: len(idle(found)) == 5)
        assert len(workers & set(idle(found))) == 4


def test_a_query_can_be_cancelled(store: Store) -> None:
    with served(store) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 5)
        one.send(request(ENDLESS))
        wait_until(lambda: found.knowledge.workers.counts() == (1, 0))
        (turn,) = found.knowledge.workers._turns._running
        assert found.knowledge.workers.cancel(turn.asker.query_id)
        status, headers, body = one.answer()
        assert (status, told(body), headers["X-Query-Id"]) == (409, "query-cancelled", turn.asker.query_id)


def test_queries_that_wait_for_their_turn_need_no_thread_either(store: Store) -> None:
    def ask(number: int) -> int:
        with client(found) as one:
            return sum(one.ask(f"SELECT ({number * 100 + it} AS ?n) {{}}")[0] == 200 for it in range(30))

    settings = {"query_workers": 2, "query_places": 16, "patience": 60}
    with served(store, **settings) as found, ThreadPoolExecutor(8) as threads:
        wait_until(lambda: len(idle(found)) == 3)
        assert list(threads.map(ask, range(8))) == [30] * 8
        assert found.left == 0
        assert found.knowledge.workers.counts() == (0, 0)


def test_a_query_that_waits_long_is_answered_when_its_turn_comes(store: Store) -> None:
    with served(store, query_workers=1) as found, client(found) as one, client(found) as other:
        wait_until(lambda: len(idle(found)) == 2)
        one.send(request(ENDLESS))
        wait_until(lambda: found.knowledge.workers.counts() == (1, 0))
        other.send(request(NAMES))
        wait_until(lambda: found.left == 2)
        (turn,) = found.knowledge.workers._turns._running
        found.knowledge.workers.cancel(turn.asker.query_id)
        assert (one.answer()[0], other.answer()[0]) == (409, 200)


def test_no_more_are_at_work_than_there_are_processors(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.direct_way._AT_ONCE", 2)
    with served(store, patience=60) as found, ExitStack() as stack:
        wait_until(lambda: len(idle(found)) == 5)
        workers = idle(found)
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        clients = [stack.enter_context(client(found)) for _ in range(4)]
        for number, each in enumerate(clients):
            each.send(request(f"SELECT ({number} AS ?n) {{}}"))
        wait_until(lambda: found.knowledge.workers.counts() == (3, 1))
        assert len(idle(found)) == 3
        for worker in workers:
            os.kill(worker, signal.SIGCONT)
        assert [each.answer()[0] for each in clients] == [200] * 4
        assert (found.left, found.knowledge.workers.counts()) == (0, (0, 0))


def test_it_counts_for_the_client_once(store: Store) -> None:
    with served(store, requests_per_minute=3, query_seconds=0.3) as found, client(found) as one:
        answers = [one.ask(query)[0] for query in (NAMES, ENDLESS, "SELECT * { broken", NAMES, NAMES)]
    assert answers == [200, 503, 400, 429, 429]


def test_an_answer_that_is_large_is_sent_by_a_thread(usual: Looping) -> None:
    with client(usual) as one:
        before = usual.left
        first, again = one.ask(LARGE), one.ask(LARGE)
        assert usual.left == before + 2
    assert len(first[2]) > 1 << 18
    assert first[2] == again[2]


def test_a_write_is_seen_by_the_next_query(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    fill(store)
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with served(store) as found, client(found) as one:
        first = one.ask(count)
        store.replace_graph(store.graphs()[0], [])
        second = one.ask(count)
    store.close()
    assert first[1]["Etag"] != second[1]["Etag"]
    assert first[2] != second[2]


def test_nothing_is_begun_when_the_service_is_about_to_stop(store: Store) -> None:
    app = create_app(store, Settings())
    with looping(app) as found, client(found) as one:
        assert one.ask(NAMES)[0] == 200
        app.extensions["readiness"].stop()
        assert one.ask(NAMES)[0] == 503
        found.knowledge.close()


def test_log_and_metrics_see_it(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with served(store, access_log=str(log), trusted_proxies=("127.0.0.1",)) as found, client(found) as one:
        wait_until(lambda: len(idle(found)) == 5)
        given = [one.ask(NAMES, X_Forwarded_For=address)[1] for address in ("192.0.2.1", "192.0.2.2")]
        wait_until(lambda: log.exists() and log.read_text("utf-8").count("\n") == 2)
        one.send(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        shown = one.answer()[2].decode("utf-8")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()][:2]
    lines.sort(key=lambda line: str(line["client"]))
    assert [line["client"] for line in lines] == ["192.0.2.1", "192.0.2.2"]
    assert [line["query_id"] for line in lines] == [headers["X-Query-Id"] for headers in given]
    assert [line.get("cached") for line in lines] == [None, True]
    assert {line["rows"] for line in lines} == {3}
    assert {line["bytes"] for line in lines} == {int(given[0]["Content-Length"])}
    assert 'kg_http_requests_total{method="GET",route="/sparql",status="200"} 2.0' in shown
    assert 'kg_queries_total{outcome="answered"} 2.0' in shown

"""Limits of the live service: killers are stopped, and whoever asks good queries does not notice."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.bench.killers import attacks
from tests.bench.killers.queries import KILLERS
from tests.bench.killers.stream import Stream
from tests.bench.killers.world import fill, resident, service, tree
from tests.query.test_workers import wait_until

WORKERS = 2
PROCESSES = 1 + WORKERS + 1 + 2  # the service, its workers, one to spare, two for the next snapshot
CHOSEN = {
    "cross product, counted": "503 query-timeout",
    "group by over a product": "503 query-timeout",
    "path: paths of paths": "503 query-timeout",
    "names of blank nodes": "422 too-many-rows",
    "text of a megabyte": "400 bad-query",
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    directory = tmp_path_factory.mktemp("limits")
    fill(directory / "store", graphs=40)
    limits = {"query_seconds": 2, "result_rows": 20_000, "slow_seconds": 1, "connections_per_client": 20}
    with service(directory / "store", directory / "log", query_workers=WORKERS, **limits) as found:
        yield found


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)


def asked(address: str, method: str, path: str, **headers: str) -> Answer:
    with closing(attacks.connect(address)) as connection:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def test_killers_are_stopped_and_good_queries_do_not_notice(live: tuple[str, int]) -> None:
    address, pid = live
    good = Stream(address)
    running = good.start()
    wait_until(lambda: len(tree(pid)) == PROCESSES and len(good.seconds) > 10)
    before = resident(pid)
    with ThreadPoolExecutor(3) as threads:
        outcomes = threads.map(partial(attacks.ask, address), [KILLERS[name] for name in CHOSEN])
        assert dict(zip(CHOSEN, outcomes, strict=True)) == CHOSEN
    good.end()
    running.join()
    assert good.sent
    assert good.lost == []
    assert resident(pid) < 1.5 * before
    wait_until(lambda: len(tree(pid)) == PROCESSES)


def test_a_limit_says_which_it_is_and_what_to_do(live: tuple[str, int]) -> None:
    connection = attacks.connect(live[0])
    attacks.post(connection, KILLERS["cross product, counted"], X_Query_Id="a-killer")
    response = connection.getresponse()
    told = json.loads(response.read())
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Query-Id"] == "a-killer"
    assert (told["status"], told["limit"], told["limit_value"]) == (503, "KG_QUERY_SECONDS", 2.0)
    assert "add a LIMIT" in told["detail"]
    connection.close()


def test_a_query_is_cancelled_by_its_id(live: tuple[str, int]) -> None:
    assert attacks.cancel(live[0]) == "204; 409 query-cancelled"
    unknown = asked(live[0], "DELETE", "/sparql/queries/nobody-knows")
    assert (unknown.status, unknown.told["type"].rpartition("/")[2]) == (404, "not-found")


def test_a_client_that_hangs_up_frees_its_worker(live: tuple[str, int]) -> None:
    assert attacks.hang_up(live[0]).startswith("freed")


def test_every_answer_has_an_id_that_nobody_guesses(live: tuple[str, int]) -> None:
    made = {asked(live[0], "GET", "/sparql?query=ASK%7B%7D").headers["X-Query-Id"] for _ in range(3)}
    assert {len(each) for each in made} == {32}
    assert len(made) == 3
    assert (
        asked(live[0], "GET", "/sparql?query=x", X_Query_Id="of-my-own").headers["X-Query-Id"] == "of-my-own"
    )
    for wrong in ("a b", "x" * 65, "ü", ""):
        refused = asked(live[0], "GET", "/sparql?query=ASK%7B%7D", X_Query_Id=wrong)
        assert (refused.status, "64 letters" in refused.told["detail"]) == (400, True)


@pytest.mark.parametrize(
    "attack", ["slow reader", "reader that stops", "slow writer of a body", "slow writer of a head"]
)
def test_a_slow_client_is_cut_off(
    live: tuple[str, int], attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        attacks, "_LARGE", attacks._LARGE.replace("x" * 60, "x" * 600).replace("30000", "15000")
    )
    assert attacks.ATTACKS[attack](live[0]) == "cut off"


def test_one_address_cannot_hold_all_connections(live: tuple[str, int]) -> None:
    parts = urlsplit(live[0])
    held = [
        socket.create_connection((parts.hostname, parts.port), 60, source_address=("127.0.0.4", 0))
        for _ in range(21)
    ]
    refusal = held[-1].recv(10_000).decode()
    assert refusal.startswith("HTTP/1.1 503 ")
    assert "application/problem+json" in refusal
    assert "too many connections" in refusal
    assert asked(live[0], "GET", "/health").status == 200
    for connection in held:
        connection.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"no http at all\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 300_000 + b"\r\n\r\n", 431),
        (b"POST /sparql HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n", 413),
    ],
)
def test_what_is_not_taken_is_a_problem_too(live: tuple[str, int], sent: bytes, status: int) -> None:
    parts = urlsplit(live[0])
    with socket.create_connection((parts.hostname, parts.port), 60) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection)
        response.begin()
        told = json.loads(response.read())
    assert (response.status, told["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_the_service_says_that_its_workers_are_confined(live: tuple[str, int]) -> None:
    assert asked(live[0], "GET", "/ready").told["unconfined"] == []

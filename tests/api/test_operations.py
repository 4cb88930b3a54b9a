"""What an operator leans on: health, readiness, metrics, the access log, limits on traffic, a calm stop."""

from __future__ import annotations

import json
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from api.proxies import behind_proxies
from api.traffic import RateLimit
from kg.errors import StoreError
from kg.settings import Settings
from kg.store import open_store
from tests.api.running import TOKEN, Running, running
from tests.query.sample_graph import fill

_ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_ASK = "/sparql?query=ASK%20%7B%7D"


@contextmanager
def service(**settings: Any) -> Iterator[Flask]:
    """A service in this process over a graph of its own."""
    store = open_store(None)
    fill(store)
    made = create_app(store, Settings(**settings))
    try:
        yield made
    finally:
        made.extensions["knowledge"].close()
        store.close()


class _Buffering(FlaskClient):
    """A client that fetches each answer to its end, which is when the service takes note of it."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        return super().open(*arguments, **{"buffered": True, **named})


def _client(app: Flask) -> FlaskClient:
    return _Buffering(app, app.response_class)


def samples(client: FlaskClient) -> dict[str, float]:
    """Return the value of each metric by its name with labels."""
    lines = client.get("/metrics").text.splitlines()
    return {name: float(value) for name, _, value in (it.rpartition(" ") for it in lines if it[:1] != "#")}


def test_a_service_is_ready_when_all_its_parts_stand_on_one_version() -> None:
    with service() as app:
        client, store, readiness = (
            app.test_client(), app.extensions["knowledge"].store, app.extensions["readiness"],
        )  # fmt: skip
        before = client.get("/ready")
        assert (before.status_code, before.json["ready"]) == (503, False)
        assert before.json["versions"] == {"store": store.version, "search": None, "paths": None}
        readiness.renew()
        after = client.get("/ready")
        assert (after.status_code, after.json["ready"]) == (200, True)
        assert set(after.json["versions"].values()) == {store.version}
        store.remove_graph(store.graphs()[0])
        assert client.get("/ready").status_code == 503
        assert client.get("/health").json["status"] == "ok"
        readiness.renew()
        assert client.get("/ready").json["versions"]["paths"] == store.version


def test_what_a_write_leaves_behind_is_renewed_without_being_asked() -> None:
    with service() as app:
        client, store, readiness = (
            app.test_client(), app.extensions["knowledge"].store, app.extensions["readiness"],
        )  # fmt: skip
        readiness.start()
        store.remove_graph(store.graphs()[0])
        client.get("/health")
        deadline = time.monotonic() + 30
        while not readiness.ready and time.monotonic() < deadline:
            time.sleep(0.01)
        assert client.get("/ready").status_code == 200
        readiness.close()
        assert samples(client)["kg_dataset_statements"] > 100


def test_metrics_count_requests_queries_and_limits() -> None:
    with service(result_rows=1, query_seconds=20) as app, service() as other:
        client = _client(app)
        client.get("/api/officials")
        client.get("/api/officials?limit=0")
        client.get(_ASK)
        client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
        client.get("/sparql", query_string={"query": "SELECT"})
        client.open("/nowhere", method="BREW")
        found = samples(client)
        assert found['kg_http_requests_total{method="GET",route="/api/officials",status="200"}'] == 1
        assert found['kg_http_requests_total{method="GET",route="/api/officials",status="400"}'] == 1
        assert found['kg_http_requests_total{method="other",route="",status="404"}'] == 1
        assert found['kg_http_request_seconds_count{route="/sparql"}'] == 3
        assert found['kg_queries_total{outcome="answered"}'] == 1
        assert found['kg_queries_total{outcome="bad-query"}'] == 1
        assert found['kg_limit_hits_total{limit="too-many-rows"}'] == 1
        assert found["kg_dataset_graphs"] == len(app.extensions["knowledge"].store.graphs())
        assert found["process_resident_memory_bytes"] > 0
        assert found["kg_workers"] >= 1
        assert "kg_queries_total" not in "".join(samples(other.test_client()))


def test_the_access_log_tells_each_request_and_no_secret(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    query = "SELECT ?name { ?o a kg:Official ; rdfs:label ?name }"
    with service(access_log=str(log), write_token=TOKEN, result_bytes=1000) as app:
        client = _client(app)
        client.get("/sparql", query_string={"query": query}, headers={"X-Query-Id": "mine-1"})
        client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
        client.post("/sparql", data={"update": "DROP ALL"}, headers={"Authorization": f"Bearer not-{TOKEN}"})
        client.get(f"/api/officials?secret={TOKEN}")
        written = log.read_text(encoding="utf-8")
        log.rename(tmp_path / "old.log")
        client.get("/health")
    answered, limited, refused, odd = (json.loads(line) for line in written.splitlines())
    assert answered["time"].endswith("+00:00")
    assert (answered["client"], answered["method"], answered["path"]) == ("127.0.0.1", "GET", "/sparql")
    assert (answered["status"], answered["query_id"], answered["rows"]) == (200, "mine-1", 3)
    assert answered["bytes"] > 100
    assert answered["ms"] > 0
    assert re.fullmatch(r"[0-9a-f]{64}", answered["query_sha256"])
    assert (limited["status"], limited["limit"]) == (422, "result-too-large")
    assert (refused["status"], refused["problem"]) == (401, "unauthorized")
    assert odd["status"] == 400
    assert "Official" not in written
    assert TOKEN not in written
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


def test_the_access_log_holds_queries_where_the_operator_wants_them(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with service(access_log=str(log), log_queries=True) as app:
        _client(app).get(_ASK)
    assert json.loads(log.read_text(encoding="utf-8"))["query"] == "ASK {}"


def test_an_access_log_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="the access log cannot be written"),
        service(access_log=str(tmp_path)),
    ):
        pass


def test_a_client_that_asks_too_often_is_told_when_to_go_on() -> None:
    with service(requests_per_minute=3) as app:
        client = app.test_client()
        assert [client.get("/api/units").status_code for _ in range(3)] == [200] * 3
        refused = client.get("/api/units")
        assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
        assert 1 <= int(refused.headers["Retry-After"]) <= 20
        assert refused.json["limit"] == "KG_REQUESTS_PER_MINUTE"
        assert client.get("/health").status_code == 200
        other = client.get("/api/units", environ_base={"REMOTE_ADDR": "198.51.100.7"})
        assert other.status_code == 200


def test_unless_it_is_set_only_clients_elsewhere_are_limited() -> None:
    with service() as app:
        client = app.test_client()
        app.extensions["rate-limit"] = RateLimit(1)
        far = {"REMOTE_ADDR": "2001:db8::1"}
        assert [client.get("/favicon.ico").status_code for _ in range(3)] == [302] * 3
        assert [client.get("/favicon.ico", environ_base=far).status_code for _ in range(2)] == [302, 429]
        neighbour = client.get("/favicon.ico", environ_base={"REMOTE_ADDR": "2001:db8::2"})
        assert neighbour.status_code == 429, "one network of IPv6 is one client"


def test_a_limit_fills_up_again_as_time_goes_by_and_forgets_those_long_gone() -> None:
    limit = RateLimit(60, clients=2)
    assert [limit.wait("a", 0.0) for _ in range(60)] == [0] * 60
    assert limit.wait("a", 0.0) == pytest.approx(1.0)
    assert limit.wait("a", 1.0) == 0
    assert limit.wait("a", 1.0) > 0
    assert [limit.wait(each, 1.0) for each in ("b", "c")] == [0, 0]
    assert limit.wait("a", 1.0) == 0


@pytest.mark.parametrize(
    ("trusted", "forwarded", "client"),
    [
        ((), "203.0.113.9", "127.0.0.1"),
        (("127.0.0.0/8",), "203.0.113.9", "203.0.113.9"),
        (("127.0.0.1", "10.0.0.0/8"), "192.0.2.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (("127.0.0.1",), "192.0.2.1, 203.0.113.9, 10.1.2.3", "10.1.2.3"),
        (("127.0.0.1",), "nonsense", "127.0.0.1"),
        (("10.0.0.0/8",), "203.0.113.9", "127.0.0.1"),
        (("127.0.0.1",), "2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_forwarded_address_is_believed_of_trusted_proxies_alone(
    trusted: tuple[str, ...], forwarded: str, client: str
) -> None:
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ)
        return []

    environ = {
        "REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "http",
    }  # fmt: skip
    behind_proxies(application, trusted)(environ, lambda *_: lambda _: None)
    assert seen[0]["REMOTE_ADDR"] == client
    assert "HTTP_X_FORWARDED_FOR" not in seen[0]
    believed = client != "127.0.0.1" or forwarded == "nonsense"
    assert seen[0]["wsgi.url_scheme"] == ("https" if believed else "http")


def test_pages_of_named_origins_may_read_and_send_a_token() -> None:
    with service(cors_origins=("https://map.example.org",)) as app:
        client = app.test_client()
        asked = {"Origin": "https://map.example.org", "Access-Control-Request-Method": "PUT"}
        allowed = client.options("/graph-store?graph=http://example.org/g", headers=asked).headers
        assert allowed["Access-Control-Allow-Origin"] == "https://map.example.org"
        assert "PUT" in allowed["Access-Control-Allow-Methods"]
        assert "Authorization" in allowed["Access-Control-Allow-Headers"]
        read = client.get("/api/units", headers={"Origin": "https://map.example.org"})
        assert read.headers["Access-Control-Allow-Origin"] == "https://map.example.org"
        assert "X-Query-Id" in read.headers["Access-Control-Expose-Headers"]
        assert "Origin" in read.headers["Vary"]
        stranger = client.get("/api/units", headers={"Origin": "https://map.example.org.evil.example"})
        assert "Access-Control-Allow-Origin" not in stranger.headers
        assert "Access-Control-Allow-Credentials" not in read.headers


def test_every_route_answers_a_preflight_and_strangers_pages_can_only_read() -> None:
    with service(cors_origins=("*",)) as app:
        client = app.test_client()
        asked = {"Origin": "https://anywhere.example", "Access-Control-Request-Method": "POST"}
        for rule in app.url_map.iter_rules():
            path = re.sub(r"<[^>]*:?name>", "units", rule.rule)
            path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
            answer = client.options(re.sub(r"<[^>]+>", "x", path), headers=asked)
            assert answer.status_code == 200
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "Authorization" not in answer.headers["Access-Control-Allow-Headers"]
            assert "PUT" not in answer.headers["Access-Control-Allow-Methods"]
            assert "Access-Control-Allow-Credentials" not in answer.headers


def test_without_the_setting_no_other_origin_may_read(client: FlaskClient) -> None:
    answer = client.get("/api/units", headers={"Origin": "https://anywhere.example"})
    assert not any(name.startswith("Access-Control") for name, _ in answer.headers)


@pytest.mark.parametrize("path", ["/", "/api/units", "/nowhere", "/metrics", "/static/style.css"])
def test_every_answer_keeps_browsers_from_doing_more_than_showing_it(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_browsers_are_told_to_come_back_by_https_where_there_is_https() -> None:
    with service(https=True) as app:
        assert "max-age" in app.test_client().get("/").headers["Strict-Transport-Security"]


def test_a_body_that_is_too_large_is_told_with_its_limit(client: FlaskClient) -> None:
    answer = client.post("/api/explain", data="x" * 200_001, content_type="text/plain")
    assert answer.status_code == 413
    assert (answer.json["limit"], answer.json["limit_value"]) == ("KG_REQUEST_BYTES", 200_000)


def test_a_service_that_is_told_to_stop_finishes_what_it_has_begun(seed_store: Path, tmp_path: Path) -> None:
    with running(seed_store, tmp_path, "--query-seconds", "4") as found, ThreadPoolExecutor(1) as pool:
        _wait_until(lambda: _ask(found, "/ready")[0] == 200)
        endless = pool.submit(_ask, found, f"/sparql?query={quote(_ENDLESS)}")
        _wait_until(lambda: "\nkg_queries_running 1.0" in _ask(found, "/metrics")[1])
        found.process.send_signal(signal.SIGTERM)
        _wait_until(lambda: _ask(found, "/ready")[0] == 503)
        assert json.loads(_ask(found, "/ready")[1])["stopping"] is True
        status, body = _ask(found, "/api/units")
        assert (status, json.loads(body)["type"].rsplit("/")[-1]) == (503, "stopping")
        status, body = endless.result(timeout=30)
        assert (status, json.loads(body)["type"].rsplit("/")[-1]) == (503, "query-timeout")
        assert found.process.wait(timeout=30) == 0


def test_a_stop_does_not_wait_longer_than_it_may(seed_store: Path, tmp_path: Path) -> None:
    options = ("--query-seconds", "60", "--stop-seconds", "0.5")
    with running(seed_store, tmp_path, *options) as found, ThreadPoolExecutor(1) as pool:
        endless = pool.submit(_ask, found, f"/sparql?query={quote(_ENDLESS)}")
        _wait_until(lambda: "\nkg_queries_running 1.0" in _ask(found, "/metrics")[1])
        found.process.send_signal(signal.SIGTERM)
        assert found.process.wait(timeout=30) == 0
        # Its worker is gone: it is told so, if there is still time for that.
        assert endless.exception(timeout=30) is not None or endless.result()[0] in (409, 503)


def _ask(found: Running, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(found.address + path, timeout=60) as answer:  # noqa: S310 (our own service)
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


def _wait_until(met: Any) -> None:
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)

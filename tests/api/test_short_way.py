"""A plain query is answered without the framework, and nobody can tell but by the time it takes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from kg.settings import Settings
from kg.store import Store, open_store
from tests.query.sample_graph import fill

JSON = "application/sparql-results+json"
NAMES = "SELECT ?s ?name WHERE { ?s rdfs:label ?name } ORDER BY ?s ?name LIMIT 3"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Paths:
    """Counts the requests that the framework gets."""

    def __init__(self, app: Flask) -> None:
        self.taken = 0
        app.before_request(self._count)

    def _count(self) -> None:
        self.taken += 1


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = open_store(None)
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    made = create_app(store, Settings(query_seconds=0.5, query_workers=2))
    yield made
    made.extensions["knowledge"].close()


@pytest.fixture
def framework(app: Flask) -> Paths:
    return Paths(app)


@pytest.fixture
def client(app: Flask, framework: Paths) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str, **headers: str) -> TestResponse:
    named = {"Accept": JSON} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/sparql?query={quote(query, safe='')}", headers=named)


def told(response: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """What the client is told, but for the id, another one each time, and the date, which the server adds."""
    headers = {name: value for name, value in response.headers if name not in ("X-Query-Id", "Date")}
    return response.status_code, response.data, headers


@pytest.mark.parametrize("media_type", [JSON, "application/sparql-results+xml", "text/csv"])
def test_both_ways_give_the_same_bytes_and_headers(
    client: FlaskClient, framework: Paths, media_type: str
) -> None:
    short = ask(client, NAMES, Accept=media_type)
    assert (short.status_code, framework.taken) == (200, 0)
    assert len(short.headers["X-Query-Id"]) == 32
    long = ask(client, NAMES, Accept=media_type, X_Query_Id="mine")
    assert (long.headers["X-Query-Id"], framework.taken) == ("mine", 1)
    assert told(short) == told(long)


@pytest.mark.parametrize(
    "query", [ENDLESS, "SELECT ?s WHERE { ?s ", "SELECT * { SERVICE <http://127.0.0.1/> {} }", " "]
)
def test_what_goes_wrong_is_told_alike(client: FlaskClient, query: str) -> None:
    short, long = ask(client, query), ask(client, query, X_Query_Id="mine")
    assert short.status_code >= 400
    assert short.mimetype == "application/problem+json"
    assert len(short.headers["X-Query-Id"]) == 32
    assert told(short) == told(long)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "*/*"},
        {"Accept": f"{JSON};q=0.5"},
        {"Origin": "https://example.org"},
        {"If_None_Match": "x"},
        {"X_Query_Id": "mine"},
    ],
)
def test_whatever_is_out_of_the_ordinary_goes_the_long_way(
    client: FlaskClient, framework: Paths, headers: dict[str, str]
) -> None:
    assert ask(client, NAMES, **headers).status_code == 200
    assert framework.taken == 1


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "SELECT (NOW() AS ?n) WHERE {}"])
def test_a_graph_and_what_changes_by_the_moment_go_the_long_way(
    client: FlaskClient, framework: Paths, query: str
) -> None:
    ask(client, query)
    assert framework.taken == 1


def test_further_parameters_go_the_long_way(client: FlaskClient, framework: Paths) -> None:
    found = client.get("/sparql", query_string={"query": "ASK {}", "format": "xml"}, headers={"Accept": JSON})
    assert (found.mimetype, framework.taken) == ("application/sparql-results+xml", 1)


def test_it_counts_for_the_client_as_every_request_does(store: Store) -> None:
    app = create_app(store, Settings(requests_per_minute=3))
    client = app.test_client()
    assert [ask(client, NAMES).status_code for _ in range(4)] == [200, 200, 200, 429]
    app.extensions["knowledge"].close()


def test_nothing_is_begun_when_the_service_is_about_to_stop(app: Flask, client: FlaskClient) -> None:
    app.extensions["readiness"].stop()
    assert ask(client, NAMES).status_code == 503


def test_metrics_see_it_and_tell_what_came_from_the_cache(client: FlaskClient) -> None:
    for _ in range(3):
        with ask(client, NAMES) as found:  # counted when it has been handed over
            assert found.data
    shown = client.get("/metrics").text
    assert 'kg_http_requests_total{method="GET",route="/sparql",status="200"} 3.0' in shown
    assert 'kg_queries_total{outcome="answered"} 3.0' in shown
    assert "kg_query_cache_hits_total 2.0" in shown

"""The Graph Store protocol and updates: who may write, which graph is meant, and what is answered."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from kg.settings import Settings
from kg.store import open_store

TOKEN = "a token for these tests alone"  # noqa: S105
TRUSTED = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = "text/turtle"
ONE, TWO = "<urn:a> <urn:p> 1 .", "<urn:a> <urn:p> 2 ."


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    store = open_store(None)
    settings = Settings(write_token=TOKEN, validate_writes=False, upload_bytes=100_000, request_bytes=50_000)
    found = create_app(store, settings)
    yield found
    found.extensions["knowledge"].close()
    store.close()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    client = app.test_client()
    yield client
    update(client, "DROP ALL")


def send(client: FlaskClient, method: str, path: str, data: str = "", **headers: str) -> TestResponse:
    return client.open(path, method=method, data=data, content_type=TURTLE, headers={**TRUSTED, **headers})


def update(client: FlaskClient, text: str) -> TestResponse:
    return client.post("/sparql", data=text, content_type="application/sparql-update", headers=TRUSTED)


def statements(client: FlaskClient, path: str) -> set[ox.Triple]:
    answer = client.get(path, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return {quad.triple for quad in ox.parse(answer.get_data(), ox.RdfFormat.N_TRIPLES)}


def test_a_graph_is_put_added_to_read_and_removed(client: FlaskClient) -> None:
    path = "/graph-store?graph=urn:notes"
    assert send(client, "PUT", path, ONE).status_code == 201
    assert send(client, "PUT", path, ONE).status_code == 204
    assert send(client, "POST", path, TWO).status_code == 204
    assert len(statements(client, path)) == 2
    assert len(statements(client, "/graph-store?default")) == 2
    head = client.head(path)
    assert (head.status_code, head.content_type, head.get_data()) == (200, "text/turtle; charset=utf-8", b"")
    assert send(client, "DELETE", path).status_code == 204
    for method in ("GET", "HEAD", "DELETE"):
        assert send(client, method, path).status_code == 404


@pytest.mark.parametrize("path", ["/graph-store/notes/1", "/graph-store/ghi-ch%C3%BA/m%E1%BB%99t%20hai"])
def test_an_address_below_the_graph_store_names_a_graph(client: FlaskClient, path: str) -> None:
    assert send(client, "PUT", path, "<#a> <urn:p> <b> .").status_code == 201
    name = f"http://localhost{path}"
    (triple,) = statements(client, path)
    assert triple.subject == ox.NamedNode(f"{name}#a")
    assert statements(client, f"/graph-store?graph={name.replace('%', '%25')}") == {triple}
    assert send(client, "DELETE", path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_graph_without_a_name_gets_one(client: FlaskClient) -> None:
    created = send(client, "POST", "/graph-store", ONE)
    assert created.status_code == 201
    address = created.headers["Location"]
    assert address.startswith("http://localhost/graph-store/")
    assert len(statements(client, address)) == 1
    assert send(client, "POST", "/graph-store", ONE).headers["Location"] != address


def test_the_files_of_a_form_are_added_all_or_none(client: FlaskClient) -> None:
    def form(second: str) -> dict[str, tuple[io.BytesIO, str, str]]:
        return {
            "first": (io.BytesIO(b"_:x <urn:p> 1 ."), "first.ttl", TURTLE),
            "second": (io.BytesIO(second.encode()), "second.nt", "application/n-triples"),
        }

    path = "/graph-store?graph=urn:form"
    wrong = client.post(path, data=form("_:x <urn:p>"), headers=TRUSTED)
    assert wrong.status_code == 400
    assert client.get(path).status_code == 404
    assert client.post(path, data=form("_:x <urn:q> <urn:b> ."), headers=TRUSTED).status_code == 201
    # Blank nodes of one file are not those of another, though they go by one name.
    assert len({triple.subject for triple in statements(client, path)}) == 2


@pytest.mark.parametrize("media_type", [
    "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
    "application/n-quads",
])  # fmt: skip
def test_a_graph_comes_and_goes_in_every_format(client: FlaskClient, media_type: str) -> None:
    path = "/graph-store?graph=urn:formats"
    send(client, "PUT", path, '<urn:a> <urn:p> "một"@vi, 2, <urn:b> .')
    held = statements(client, path)
    read = client.get(path, headers={"Accept": media_type})
    assert read.mimetype == media_type
    send(client, "PUT", path, ONE)
    assert client.put(path, data=read.get_data(), content_type=media_type, headers=TRUSTED).status_code == 204
    assert statements(client, path) == held


def test_what_was_read_carries_the_version_until_something_is_written(client: FlaskClient) -> None:
    path = "/graph-store?graph=urn:versions"
    send(client, "PUT", path, ONE)
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert (
        client.get(path, headers={"If-None-Match": tag, "Accept": "application/n-quads"}).status_code == 200
    )
    send(client, "PUT", path, TWO)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_write_counts_only_while_the_graph_is_what_the_writer_has_read(client: FlaskClient) -> None:
    path = "/graph-store?graph=urn:conditions"
    send(client, "PUT", path, ONE)
    tag = client.get(path, headers={"Accept": "application/n-quads"}).headers["ETag"]
    assert not tag.startswith("W/")
    assert (
        client.get(path, headers={"Accept": "application/n-quads", "If-None-Match": tag}).headers["ETag"]
        == tag
    )
    assert send(client, "PUT", path, TWO, **{"If-Match": f'"another", {tag}'}).status_code == 204
    held = statements(client, path)
    for method, condition in (
        ("PUT", {"If-Match": tag}),
        ("POST", {"If-Match": tag}),
        ("DELETE", {"If-Match": tag}),
        ("PUT", {"If-Match": f"W/{client.get(path).headers['ETag']}"}),
        ("PUT", {"If-None-Match": "*"}),
        ("DELETE", {"If-None-Match": client.get(path).headers["ETag"]}),
        ("PUT", {"If-Match": "*", "If-None-Match": "*"}),
    ):
        refused = send(client, method, path, ONE, **condition)
        assert (refused.status_code, refused.mimetype) == (412, "application/problem+json")
        assert refused.get_json()["detail"].startswith("nothing was changed")
    assert statements(client, path) == held
    for method in ("PUT", "POST", "DELETE"):
        assert send(client, method, path, ONE, **{"If-Match": "*", "If-None-Match": tag}).status_code == 204


def test_a_graph_is_made_only_if_there_is_none_or_changed_only_if_there_is_one(client: FlaskClient) -> None:
    path = "/graph-store/made"
    for method in ("PUT", "POST", "DELETE"):
        assert send(client, method, path, ONE, **{"If-Match": "*"}).status_code == 412
    assert send(client, "PUT", path, ONE, **{"If-None-Match": "*"}).status_code == 201
    assert send(client, "PUT", path, TWO, **{"If-None-Match": "*"}).status_code == 412
    assert send(client, "PUT", path, TWO, **{"If-Match": "*"}).status_code == 204
    assert send(client, "POST", "/graph-store", ONE, **{"If-None-Match": "*"}).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("PUT", "/graph-store", 400, "names no graph"),
        ("GET", "/graph-store?x=1", 400, "names no graph"),
        ("PUT", "/graph-store?graph=urn:a&default", 400, "more than one graph"),
        ("PUT", "/graph-store?graph=urn:a&graph=urn:b", 400, "more than one graph"),
        ("GET", "/graph-store?graph=notes", 400, "takes an IRI such as http://localhost/graph-store/notes"),
        ("GET", "/graph-store?graph=", 400, "takes an IRI"),
        ("GET", "/graph-store?graph=urn:a b", 400, "takes an IRI"),
        ("GET", "/graph-store?default=yes", 400, "takes no value"),
        ("GET", "/graph-store/notes?graph=urn:a", 400, "leave out 'graph'"),
        ("GET", "/graph-store?graph=urn:absent", 404, "no graph urn:absent"),
        ("GET", "/graph-store/absent", 404, "no graph http://localhost/graph-store/absent"),
        ("PUT", "/graph-store/%FF", 400, "not in UTF-8"),
        ("PUT", "/graph-store?default", 422, "name a graph"),
        ("PATCH", "/graph-store?graph=urn:a", 405, "PATCH is not possible here"),
    ],
)
def test_a_request_that_cannot_be_meant_is_told_why(
    client: FlaskClient, method: str, path: str, status: int, said: str
) -> None:
    response = send(client, method, path, ONE)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("content_type", "data", "status", "said"),
    [
        ("text/csv", "a,b", 415, "the body is text/csv, but a graph comes as text/turtle"),
        (None, ONE, 415, "the body has no content type"),
        ("text/turtle; charset=iso-8859-1", ONE, 415, "must be in UTF-8"),
        ("text/turtle", "<urn:a> <urn:p>", 400, "not Turtle"),
        ("application/trig", "<urn:g> { <urn:a> <urn:p> 1 }", 400, "named graphs"),
        ("text/turtle", "#" * 100_001, 413, "more than 100000 bytes"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(
    client: FlaskClient, content_type: str | None, data: str, status: int, said: str
) -> None:
    path = "/graph-store?graph=urn:bodies"
    response = client.put(path, data=data, content_type=content_type, headers=TRUSTED)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Bearer ", "Basic YTpi", f"Bearer {TOKEN}x", TOKEN])
def test_nobody_writes_without_the_token(client: FlaskClient, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given}
    graph = {"data": ONE, "content_type": TURTLE, "headers": headers}
    for response in (
        client.put("/graph-store?graph=urn:a", **graph),
        client.post("/graph-store?graph=urn:a", **graph),
        client.post("/graph-store", **graph),
        client.delete("/graph-store?graph=urn:a", headers=headers),
        client.put("/graph-store", **graph),
        client.post("/graph-store?graph=notes", **graph),
        client.delete("/graph-store/notes?default", headers=headers),
        client.post("/sparql", data={"update": "INSERT DATA { <urn:a> <urn:p> 1 }"}, headers=headers),
    ):
        assert (response.status_code, response.mimetype) == (401, "application/problem+json")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert TOKEN not in response.get_data(as_text=True)
    assert client.get("/graph-store?graph=urn:a").status_code == 404


def test_an_update_may_be_larger_than_other_requests(client: FlaskClient) -> None:
    rows = "".join(f"<urn:a> <urn:p> {number} ." for number in range(3000))
    assert update(client, f"INSERT DATA {{ GRAPH <urn:large> {{ {rows} }} }}").status_code == 204
    assert len(statements(client, "/graph-store?graph=urn:large")) == 3000


def test_an_update_chooses_its_graphs_by_the_protocol_too(client: FlaskClient) -> None:
    send(client, "PUT", "/graph-store?graph=urn:one", ONE)
    send(client, "PUT", "/graph-store?graph=urn:two", TWO)
    text = "INSERT { GRAPH <urn:found> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    for sent in (
        {"data": {"update": text, "using-graph-uri": "urn:two"}},
        {
            "data": text,
            "content_type": "application/sparql-update",
            "query_string": {"using-graph-uri": "urn:two"},
        },
    ):
        assert client.post("/sparql", headers=TRUSTED, **sent).status_code == 204
        assert statements(client, "/graph-store?graph=urn:found") == statements(
            client, "/graph-store?graph=urn:two"
        )
        send(client, "DELETE", "/graph-store?graph=urn:found")


def test_an_update_with_a_mistake_changes_nothing(client: FlaskClient) -> None:
    wrong = update(client, "INSERT DATA { GRAPH <urn:a> { <urn:a> <urn:p> 1 } } ; INSERT DATA { <urn:a> }")
    assert (wrong.status_code, wrong.mimetype) == (400, "application/problem+json")
    assert "malformed" in wrong.get_json()["detail"]
    assert client.get("/graph-store?graph=urn:a").status_code == 404


@pytest.mark.parametrize("host", ["", "a b", '"><x>'])
def test_a_host_that_is_none_names_no_graph(client: FlaskClient, host: str) -> None:
    response = send(client, "PUT", "/graph-store/notes", ONE, Host=host)
    assert (response.status_code, response.get_json()["detail"][:15]) == (400, "the header Host")

"""Nothing is fetched or read on a stranger's word: a listener hears nothing, a canary stays unread."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.settings import Settings
from kg.store import open_store
from tests.query.test_guard_fuzz import Listener

TOKEN = "a-token-for-tests"  # noqa: S105
SONG = "the canary sings"


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    assert found.calls == 0
    found.close()


@pytest.fixture
def canary(tmp_path: Path) -> str:
    """The IRI of a file that every parser here could read."""
    path = tmp_path / "canary.nt"
    path.write_text(f'<urn:s> <urn:p> "{SONG}" .\n', encoding="utf-8")
    return f"<{path.as_uri()}>"


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    store = open_store(None)
    app = create_app(store, Settings(write_token=TOKEN))
    yield app.test_client()
    app.extensions["knowledge"].close()
    store.close()


QUERIES = (
    "SELECT * { SERVICE %s { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT%s{ ?s ?p ?o } }",
    "SELECT * { service#\n%s{ ?s ?p ?o } }",
    r"SELECT * { S\u0045RVICE %s { ?s ?p ?o } }",
    "SELECT * { VALUES ?g { %s } SERVICE ?g { ?s ?p ?o } }",
    "PREFIX a: %s SELECT * { SERVICE a: { ?s ?p ?o } }",
    "BASE %s SELECT * { SERVICE <> { ?s ?p ?o } }",
)
UPDATES = (
    "LOAD %s",
    "LOADSILENT%sINTO GRAPH<urn:g>",
    "INSERT DATA { <urn:a> <urn:b> 1 } ; LOAD %s",
    r"L\u004FAD %s",
    "PREFIX a: %s LOAD a: INTO GRAPH <urn:g>",
    "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE SILENT %s { ?s ?p ?o } }",
)
DATASETS = (
    "SELECT * FROM %s { ?s ?p ?o }",
    "SELECT * FROM NAMED %s { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH %s { ?s ?p ?o } }",
)


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_calls_or_reads(client: FlaskClient, listener: Listener, canary: str, query: str) -> None:
    for place in (listener.address, canary):
        response = client.get("/sparql", query_string={"query": query % place})
        assert response.status_code == 400
        assert response.json is not None
        assert "allowed" in response.json["detail"]


@pytest.mark.parametrize("update", UPDATES)
def test_no_update_calls_or_reads(client: FlaskClient, listener: Listener, canary: str, update: str) -> None:
    for place in (listener.address, canary):
        response = client.post(
            "/sparql", data={"update": update % place}, headers={"Authorization": f"Bearer {TOKEN}"}
        )
        assert response.status_code == 400
        assert response.json is not None
        assert "allowed" in response.json["detail"]


@pytest.mark.parametrize("query", DATASETS)
def test_a_graph_that_is_not_here_is_empty_and_a_file_is_refused(
    client: FlaskClient, listener: Listener, canary: str, query: str
) -> None:
    asked = {"query": query % listener.address, "format": "csv"}
    assert len(client.get("/sparql", query_string=asked).text.splitlines()) == 1
    for beside in ("default-graph-uri", "named-graph-uri"):
        named = {"query": "SELECT * { ?s ?p ?o }", "format": "csv", beside: listener.address.strip("<>")}
        assert len(client.get("/sparql", query_string=named).text.splitlines()) == 1
        refused = client.get("/sparql", query_string=named | {beside: canary.strip("<>")})
        assert (refused.status_code, "file: IRIs are not allowed" in refused.text) == (400, True)
        relative = client.get("/sparql", query_string=named | {beside: "../canary.nt"})
        assert (relative.status_code, "is no IRI" in relative.text) == (400, True)
    refused = client.get("/sparql", query_string={"query": query % canary})
    assert (refused.status_code, "file: IRIs are not allowed" in refused.text) == (400, True)


def test_a_relative_address_is_never_a_path(client: FlaskClient) -> None:
    """It is relative to where things have their addresses, so what it names is a graph, and empty."""
    asked = {"query": "SELECT * FROM <../../../../etc/passwd> { ?s ?p ?o }", "format": "csv"}
    assert len(client.get("/sparql", query_string=asked).text.splitlines()) == 1


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">%s</rdf:RDF>'
THING = '<rdf:Description rdf:about="urn:a"><x:p>%s</x:p></rdf:Description>'


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("application/ld+json", '{"@context": "%s", "@id": "urn:a", "p": "v"}'),
        ("application/ld+json", '{"@context": [{}, "%s"], "@id": "urn:a", "p": "v"}'),
        ("application/ld+json", '{"@context": {"@version": 1.1, "@import": "%s"}, "@id": "urn:a"}'),
        ("application/ld+json", '{"@id": "urn:a", "urn:p": [{"@context": "%s", "p": 1}]}'),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "%s">]>' + RDF % (THING % "&x;")),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY %% x SYSTEM "%s"> %%x;]>' + RDF % (THING % "1")),
        ("application/rdf+xml", '<!DOCTYPE r SYSTEM "%s">' + RDF % (THING % "1")),
    ],
)
def test_no_upload_fetches_or_reads(
    client: FlaskClient, listener: Listener, canary: str, media_type: str, text: str
) -> None:
    for place in (listener.address, canary):
        response = client.put(
            "/graph-store?graph=urn:g",
            data=text % place.strip("<>"),
            content_type=media_type,
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        assert response.status_code == 400
        assert client.get("/graph-store?graph=urn:g").status_code == 404


def test_entities_that_grow_are_refused(client: FlaskClient) -> None:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    text = f'<!DOCTYPE r [<!ENTITY a "ha"> {entities}]>' + RDF % (THING % "&j;")
    response = client.put(
        "/graph-store?graph=urn:g",
        data=text,
        content_type="application/rdf+xml",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert (response.status_code, "entities are not allowed" in response.text) == (400, True)

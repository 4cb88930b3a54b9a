"""The service describes itself and its dataset, and what it says is what there is."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, VOID, Graph, Literal, Namespace, URIRef
from werkzeug.test import TestResponse

from api import create_app
from kg.settings import Settings
from kg.store import open_store

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DATASET = URIRef("http://localhost/.well-known/void#dataset")
FORMATS = [
    "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
    "application/n-quads",
]  # fmt: skip
TOKEN = "a token for this test alone"  # noqa: S105


def described(client: FlaskClient, path: str) -> Graph:
    return Graph().parse(client.get(path, headers={"Accept": "text/turtle"}).get_data(), format="turtle")


def ask(client: FlaskClient, query: str) -> int:
    table = client.get("/sparql", query_string={"query": query, "format": "json"}).get_json(force=True)
    return int(table["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/graph-store"])
@pytest.mark.parametrize("media_type", FORMATS)
def test_a_description_comes_in_every_format_for_graphs(
    client: FlaskClient, path: str, media_type: str
) -> None:
    response = client.get(path, headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.headers["Vary"]
    assert _quads(response) == _quads(client.get(path, headers={"Accept": "text/turtle"}))


def _quads(response: TestResponse) -> set[ox.Quad]:
    return set(ox.parse(response.get_data(), ox.RdfFormat.from_media_type(response.mimetype)))


def test_the_service_says_what_it_can_do(client: FlaskClient) -> None:
    graph = described(client, "/sparql")
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert set(graph.objects(service, SD.endpoint)) == {URIRef("http://localhost/sparql")}
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
    assert not set(graph.objects(service, SD.inputFormat))
    count = ask(client, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert set(graph.objects(None, RDF.value)) == {Literal(count)}


def test_the_counts_of_the_dataset_are_those_of_queries(client: FlaskClient) -> None:
    graph = described(client, "/.well-known/void")
    for prop, query in [
        (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctObjects, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        (
            VOID.entities,
            "SELECT (COUNT(DISTINCT ?s) AS ?n) {"
            ' ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://yte-kg.org/id/")) }',
        ),
    ]:
        assert graph.value(DATASET, prop) == Literal(ask(client, query)), prop
    (officials,) = graph.subjects(VOID["class"], URIRef("https://yte-kg.org/ontology#Official"))
    assert (DATASET, VOID.classPartition, officials) in graph
    assert graph.value(officials, VOID.entities) == Literal(3)
    (labels,) = graph.subjects(VOID.property, URIRef("https://yte-kg.org/ontology#chaired"))
    assert graph.value(labels, VOID.triples) == Literal(2)


def test_the_dataset_says_where_it_is_asked_and_fetched_and_under_which_licence(client: FlaskClient) -> None:
    graph = described(client, "/.well-known/void")
    assert {VOID.Dataset, DCAT.Dataset} <= set(graph.objects(DATASET, RDF.type))
    assert graph.value(DATASET, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert {title.language for title in graph.objects(DATASET, DCTERMS.title)} == {"vi", "en"}
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert graph.value(service, DCAT.endpointURL) == graph.value(DATASET, VOID.sparqlEndpoint)
    samples = list(graph.objects(DATASET, VOID.exampleResource))
    assert len(samples) == 5
    for sample in samples:
        assert client.get(str(sample).replace("https://yte-kg.org/id/", "/id/")).status_code == 200
    for dump in graph.objects(DATASET, VOID.dataDump):
        with client.get(str(dump).removeprefix("http://localhost")) as response:
            assert response.status_code == 200


@pytest.fixture
def writable() -> Iterator[Flask]:
    store = open_store(None)
    found = create_app(store, Settings(write_token=TOKEN, validate_writes=False))
    yield found
    found.extensions["knowledge"].close()
    store.close()


def test_the_description_follows_the_content_and_so_does_its_entity_tag(writable: Flask) -> None:
    client = writable.test_client()
    before = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    tag = before.headers["ETag"]
    assert client.get("/.well-known/void", headers={"If-None-Match": tag}).status_code == 304
    written = client.put(
        "/graph-store?graph=urn:one", data="<urn:a> a <urn:Kind> .", content_type="text/turtle",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )  # fmt: skip
    assert written.status_code == 201
    after = client.get("/.well-known/void", headers={"If-None-Match": tag})
    assert after.status_code == 200
    graph = Graph().parse(after.get_data(), format="turtle")
    assert graph.value(DATASET, VOID.triples) == Literal(1)
    assert set(graph.objects(None, VOID["class"])) == {URIRef("urn:Kind")}
    service = described(client, "/sparql")
    assert set(service.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert len(set(service.objects(None, SD.inputFormat))) == 6

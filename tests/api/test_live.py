"""A real server, asked over HTTP by a SPARQL client that others wrote."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from flask import Flask
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from api import serve
from kg.errors import StoreError
from kg.query.catalog import QUESTIONS

CHAIRED = {
    ("Lò Thị Mẫu", "buổi làm việc tại xã Chế Tạo"),
    ("Đinh Thử Nghiệm", "Hội nghị sơ kết công tác y tế"),
}


def get(address: str, path: str, **parameters: str) -> dict:
    with urllib.request.urlopen(f"{address}{path}?{urlencode(parameters)}") as response:  # noqa: S310 (our own)
        return json.load(response)


def wrapper(service: str, query: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"{service}/sparql")
    found.setQuery(query)
    found.setReturnFormat(form)
    return found


def test_who_chaired_which_meeting_is_answered_alike_in_three_ways(service: str) -> None:
    table = wrapper(service, QUESTIONS["who_chaired"].text, JSON).queryAndConvert()
    by_sparql = {
        (row["officialName"]["value"], row["meetingName"]["value"]) for row in table["results"]["bindings"]
    }
    by_rest = {
        (official["name"], meeting["name"])
        for official in get(service, "/api/officials")["items"]
        for meeting in get(service, "/api/meetings", chair=official["id"])["items"]
    }
    by_path = {
        (official["name"], meeting["name"])
        for official in get(service, "/api/officials")["items"]
        for meeting in get(service, "/api/meetings")["items"]
        for steps in [get(service, "/api/paths", source=official["id"], target=meeting["id"])["steps"]]
        if len(steps) == 1 and "chaired" in {link["property"] for link in steps[0]["links"]}
    }
    assert by_sparql == by_rest == by_path == CHAIRED


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_a_query_can_be_posted_in_both_ways(service: str, way: str) -> None:
    asked = wrapper(service, "ASK { ?meeting a kg:Meeting }", JSON)
    asked.setMethod(POST)
    asked.setRequestMethod(way)
    assert asked.queryAndConvert()["boolean"] is True


def test_each_format_is_what_the_client_asked_for(service: str) -> None:
    query = "SELECT ?name WHERE { ?o a kg:Official ; rdfs:label ?name } ORDER BY ?name"
    assert wrapper(service, query, CSV).queryAndConvert().splitlines()[0] == b"name"
    assert wrapper(service, query, TSV).queryAndConvert().splitlines()[0] == b"?name"
    names = wrapper(service, query, XML).queryAndConvert().getElementsByTagName("literal")
    assert [name.firstChild.data for name in names] == ["Giàng A Ví", "Lò Thị Mẫu", "Đinh Thử Nghiệm"]
    described = wrapper(service, "CONSTRUCT WHERE { ?o a kg:Official }", TURTLE).queryAndConvert()
    assert described.count(b"kg:Official") == 3


def test_a_malformed_query_is_a_bad_request(service: str) -> None:
    with pytest.raises(QueryBadFormed, match="malformed SPARQL at line 1"):
        wrapper(service, "SELECT * WHERE { ?s ?p ", JSON).query()


def test_many_clients_are_answered_at_once(service: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?m a kg:Meeting }"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: get(service, "/sparql", query=query, format="json"), range(24)))
    assert {answer["results"]["bindings"][0]["n"]["value"] for answer in answers} == {"2"}


def test_an_error_is_a_problem_over_http_too(service: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(service, "/id/person/nobody")
    with caught.value as error:
        assert (error.code, error.headers.get_content_type()) == (404, "application/problem+json")
        assert "Server" not in error.headers or "waitress" not in error.headers["Server"]
        assert json.load(error)["status"] == 404


def test_a_port_in_use_is_said_in_one_line(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=rf"cannot listen on 127\.0\.0\.1 port {port}: .* in use"):
            serve(app, "127.0.0.1", port)
    with pytest.raises(StoreError, match="cannot listen on no such host"):
        serve(app, "no such host", 0)

"""Which format an answer gets, by the rules of RFC 9110: quality, exactness, and what is not taken at all."""

from __future__ import annotations

import pytest
from flask import Flask

from api.errors import NotAcceptableError
from api.negotiation import GRAPHS, TABLES, choose, graph_media_type

JSON, XML, CSV, TSV = TABLES.values()


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv, */*", CSV),
        ("*/*, text/csv", CSV),
        ("text/*, text/csv;q=0.5", TSV),
        ("text/csv;q=0, text/*", TSV),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.3", TSV),
        ("application/sparql-results+json;q=0, */*;q=0.1", XML),
        ("application/json", JSON),
        ("application/json;q=0.9, text/csv;q=0.8", JSON),
        ("application/xml;q=0.9, */*;q=0.8", XML),
        ("TEXT/CSV", CSV),
        ("text/csv; charset=utf-8", CSV),
        ("text/csv; charset=utf-16, application/json;q=0.1", JSON),
        ("text/csv;q=nonsense, application/json;q=0.1", JSON),
        ("text/csv;header=present", CSV),
        ("image/png, */*;q=0.1", JSON),
    ],
)
def test_the_client_gets_what_it_likes_best_of_what_there_is(
    app: Flask, accept: str, media_type: str
) -> None:
    with app.test_request_context("/sparql", headers={"Accept": accept}):
        assert choose(TABLES) == media_type


@pytest.mark.parametrize(
    "accept", ["image/png", "text/html", "text/turtle", "*/*;q=0", "text/csv;q=0", "text/*;q=0, text/plain"]
)
def test_what_the_client_does_not_take_is_not_sent(app: Flask, accept: str) -> None:
    with (
        app.test_request_context("/sparql", headers={"Accept": accept}),
        pytest.raises(NotAcceptableError, match="this answer comes as application/sparql-results\\+json, "),
    ):
        choose(TABLES)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("csv", CSV),
        ("text/csv", CSV),
        ("application/sparql-results%2Bxml", XML),
    ],
)
def test_people_name_a_format_in_the_address_and_accept_does_not_count(
    app: Flask, name: str, media_type: str
) -> None:
    with app.test_request_context(f"/sparql?format={name}", headers={"Accept": "image/png"}):
        assert choose(TABLES) == media_type


@pytest.mark.parametrize("name", ["ttl", "turtle", "text/turtle"])
def test_a_format_has_short_names_too(app: Flask, name: str) -> None:
    with app.test_request_context(f"/sparql?format={name}"):
        assert choose(GRAPHS) == "text/turtle"


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/json", "application/ld+json"),
        ("text/xml", "application/rdf+xml"),
        ("text/plain", "application/n-triples"),
        ("text/csv", ""),
        ("", ""),
    ],
)
def test_a_graph_that_is_sent_is_known_by_its_content_type(content_type: str, media_type: str) -> None:
    assert graph_media_type(content_type) == media_type

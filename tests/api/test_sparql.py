"""The query protocol: ways to ask, formats by negotiation, and what is refused."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

SELECT = "SELECT ?name WHERE { ?o a kg:Official ; rdfs:label ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT WHERE { ?o a kg:Official }"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("image/png, text/*;q=0.1", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_a_table_comes_as_the_client_prefers(
    client: FlaskClient, accept: str | None, media_type: str
) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Giàng A Ví" in response.get_data(as_text=True)
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;q=0.5, application/n-triples;q=0.6", "application/n-triples"),
    ],
)
def test_a_graph_comes_as_the_client_prefers(
    client: FlaskClient, accept: str | None, media_type: str
) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.get("/sparql", query_string={"query": CONSTRUCT}, headers=headers)
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "giang-a-vi" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "form", "media_type"),
    [
        (SELECT, "csv", "text/csv"),
        (SELECT, "tsv", "text/tab-separated-values"),
        (SELECT, "xml", "application/sparql-results+xml"),
        (SELECT, "json", "application/sparql-results+json"),
        (CONSTRUCT, "turtle", "text/turtle"),
        (CONSTRUCT, "ttl", "text/turtle"),
        (CONSTRUCT, "nt", "application/n-triples"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
    ],
)
def test_people_can_name_the_format(client: FlaskClient, query: str, form: str, media_type: str) -> None:
    browser = {"Accept": "text/html, */*;q=0.5"}
    response = client.get("/sparql", query_string={"query": query, "format": form}, headers=browser)
    assert (response.status_code, response.mimetype) == (200, media_type)


def test_a_query_can_be_asked_in_three_ways(client: FlaskClient) -> None:
    asked = client.get("/sparql", query_string={"query": SELECT}).get_data()
    assert client.post("/sparql", data={"query": SELECT}).get_data() == asked
    direct = client.post("/sparql", data=SELECT, content_type="application/sparql-query; charset=utf-8")
    assert direct.get_data() == asked
    assert direct.headers["ETag"].startswith('W/"')


def test_an_answer_that_is_still_good_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": SELECT})
    again = client.get(
        "/sparql", query_string={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.get_data()) == (304, b"")


def test_each_format_of_an_answer_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tag = client.get("/sparql", query_string={"query": SELECT}).headers["ETag"]
    other = {"query": SELECT, "format": "csv"}
    as_csv = client.get("/sparql", query_string=other, headers={"If-None-Match": tag})
    assert (as_csv.status_code, as_csv.mimetype) == (200, "text/csv")
    assert as_csv.headers["ETag"] != tag


def test_the_time_is_never_taken_for_still_good(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"}).headers


@pytest.mark.parametrize(
    "path", ["/", "/api/meetings", "/api/officials", "/browse/units", "/sparql", "/.well-known/void"]
)
def test_what_depends_on_the_content_carries_its_version(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers={"Accept-Language": "en"})
    again = {"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    assert client.get(path, headers=again).status_code == 304
    if path in ("/", "/browse/units"):
        assert client.get(path, headers={**again, "Accept-Language": "vi"}).status_code == 200


def test_relative_names_belong_to_the_service(client: FlaskClient) -> None:
    graph = client.get("/sparql?query=CONSTRUCT { <person/x> <knows> 1 } {}&format=nt").get_data(as_text=True)
    assert "<https://yte-kg.org/id/person/x> <https://yte-kg.org/id/knows>" in graph


def test_people_save_a_table_as_a_file(client: FlaskClient) -> None:
    saved = client.get("/sparql", query_string={"query": SELECT, "format": "csv"})
    assert saved.headers["Content-Disposition"] == "attachment; filename=answer.csv"
    asked = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": "text/csv"})
    assert "Content-Disposition" not in asked.headers


def test_graphs_can_be_named_beside_the_query(client: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?o a kg:Official }"
    graphs = client.get("/sparql?format=csv&query=SELECT DISTINCT ?g { GRAPH ?g { ?o a kg:Article } }")
    names = graphs.get_data(as_text=True).split()[1:]
    assert len(names) == 2
    for graph, expected in [(names[0], "2"), ("http://127.0.0.1:9/unknown", "0")]:
        parameters = {"query": count, "default-graph-uri": graph, "format": "csv"}
        for response in (
            client.get("/sparql", query_string=parameters),
            client.post("/sparql", data=parameters),
            client.post(
                "/sparql", query_string={"default-graph-uri": graph, "format": "csv"}, data=count,
                content_type="application/sparql-query",
            ),
        ):  # fmt: skip
            assert response.get_data(as_text=True).split() == ["n", expected]


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"query_string": {"query": ""}}, 400, "empty"),
        ({"query_string": "query=ASK{}&query=ASK{}"}, 400, "given 2 times"),
        ({"query_string": {"query": "SELECT * {"}}, 400, "malformed SPARQL at line 1, column 11"),
        ({"query_string": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}}, 400, "SERVICE"),
        ({"query_string": {"query": "DROP ALL"}}, 400, "DROP is an update"),
        ({"query_string": {"update": "DROP ALL"}}, 400, "updates are sent by POST"),
        ({"query_string": {"query": SELECT, "format": "pdf"}}, 406, "format is 'pdf'"),
        ({"query_string": {"query": SELECT, "format": "turtle"}}, 406, "json, xml, csv, tsv"),
        ({"query_string": {"query": SELECT}, "headers": {"Accept": "image/png"}}, 406, "accept one of these"),
        ({"query_string": {"query": SELECT, "default-graph-uri": "no iri"}}, 400, "name of a graph"),
        (
            {"query_string": {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c. ?d ?e ?f. ?g ?h ?i }"}},
            503,
            "longer than 1 s",
        ),
        ({"method": "POST", "data": {"update": "DROP ALL"}}, 403, "writing is off"),
        (
            {"method": "POST", "data": "DROP ALL", "content_type": "application/sparql-update"},
            403,
            "writing is off",
        ),
        ({"method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415, "body is text/plain"),
        ({"method": "POST", "data": "ASK {}"}, 415, "of no type"),
        (
            {"method": "POST", "data": "ASK {}", "content_type": "application/sparql-query; charset=utf-16"},
            415,
            "utf-16, but must be in UTF-8",
        ),
        ({"method": "POST", "data": {"query": "ASK {}", "update": "DROP ALL"}}, 400, "both a query and an"),
        ({"method": "POST", "data": {"quary": "ASK {}"}}, 400, "neither a query nor an update"),
        ({"method": "POST", "query_string": "query=ASK{}", "data": {"query": "ASK {}"}}, 400, "given twice"),
        (
            {"method": "POST", "query_string": "update=DROP+ALL", "data": {"query": "ASK {}"}},
            400,
            "asks for something else than the query",
        ),
        ({"query_string": "query=ASK{}&using-graph-uri=urn:a"}, 400, "using-graph-uri is for updates"),
        ({"query_string": "query=ASK{+?s+?p+'%FF'+}"}, 400, "the address is not in UTF-8"),
        (
            {
                "method": "POST",
                "data": b"query=ASK{+?s+?p+'%FF'+}",
                "content_type": "application/x-www-form-urlencoded",
            },
            400,
            "the form is not in UTF-8",
        ),
        (
            {"method": "POST", "data": b"ASK { ?s ?p '\xff' }", "content_type": "application/sparql-query"},
            400,
            "not in UTF-8",
        ),
        (
            {
                "method": "POST",
                "query_string": {"query": "ASK {}"},
                "data": "ASK {}",
                "content_type": "application/sparql-query",
            },
            400,
            "given twice",
        ),
        (
            {"method": "POST", "data": "#" * 200_001, "content_type": "application/sparql-query"},
            413,
            "more than 200000 bytes",
        ),
        (
            {"method": "POST", "data": "#" * 150_000, "content_type": "application/sparql-query"},
            400,
            "150000",
        ),
        ({"method": "PUT"}, 405, "PUT is not possible here"),
    ],
)
def test_what_is_refused_is_a_problem_that_says_why(
    client: FlaskClient, request_: dict, status: int, said: str
) -> None:
    response = client.open("/sparql", **request_)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = response.get_json()
    assert problem["status"] == status
    assert said in problem["detail"]


def test_people_see_a_form_and_a_table(client: FlaskClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    form = client.get("/sparql?lang=en", headers=browser).get_data(as_text=True)
    assert "<textarea" in form
    assert "Who chaired which meeting?" in form
    table = client.get("/sparql", query_string={"query": SELECT, "lang": "en"}, headers=browser)
    assert table.mimetype == "text/html"
    assert "<td>Giàng A Ví</td>" in table.get_data(as_text=True)
    graph = client.get("/sparql", query_string={"query": CONSTRUCT, "lang": "en"}, headers=browser)
    assert "@prefix" in graph.get_data(as_text=True)
    asked = client.get(
        "/sparql", query_string={"query": "ASK { ?s a kg:Meeting }", "lang": "en"}, headers=browser
    )
    assert ">yes<" in asked.get_data(as_text=True)
    wrong = client.get("/sparql", query_string={"query": "SELECT <script>", "lang": "en"}, headers=browser)
    assert wrong.status_code == 400
    assert "<script>" not in wrong.get_data(as_text=True)
    assert "malformed SPARQL" in wrong.get_data(as_text=True)


def test_people_see_where_a_query_is_wrong_and_which_limit_it_reached(client: FlaskClient) -> None:
    browser = {"Accept": "text/html"}
    wrong = client.get("/sparql?lang=vi&query=SELECT * {%0A ?s ?p <b>%0A ; }} }", headers=browser)
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 400
    assert 'aria-label="dòng 3, cột ' in page
    assert "<mark>" in page
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c. ?d ?e ?f. ?g ?h ?i }"
    stopped = client.get("/sparql", query_string={"lang": "en", "query": long}, headers=browser)
    assert stopped.status_code == 503
    assert "longer than 1 s" in stopped.get_data(as_text=True)
    assert "</textarea>" in stopped.get_data(as_text=True)


def test_a_long_table_says_how_much_of_it_is_shown(client: FlaskClient) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 600"
    browser = {"Accept": "text/html"}
    page = client.get("/sparql", query_string={"lang": "en", "query": query}, headers=browser)
    assert "showing 500 of 600" in page.get_data(as_text=True)

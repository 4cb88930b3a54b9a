"""Resources over HTTP: lists in every format, one thing with what supports it, IRIs that lead somewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kg.query.resources import RESOURCES
from kg.query.telling.spreadsheet import harmless, write_csv
from kg.settings import Settings
from kg.store import open_store
from tests.query.figures import fill_figures

CENTRE = "Trung tâm Y tế huyện Mù Cang Chải"
LISTS = [resource.name for resource in RESOURCES]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def figures() -> Iterator[FlaskClient]:
    store = open_store(None)
    fill_figures(store)
    app = create_app(store)
    yield app.test_client()
    app.extensions["knowledge"].close()
    store.close()


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client that follows nothing."""
    return app.test_client()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("json", "application/json"),
        ("csv", "text/csv"),
        ("turtle", "text/turtle"),
        ("jsonld", "application/ld+json"),
    ],
)
def test_every_list_comes_in_every_format(client: FlaskClient, name: str, form: str, media_type: str) -> None:
    asked = client.get(f"/api/{name}", query_string={"format": form})
    negotiated = client.get(f"/api/{name}", headers={"Accept": media_type})
    assert (
        (asked.status_code, asked.mimetype)
        == (negotiated.status_code, negotiated.mimetype)
        == (200, media_type)
    )
    assert asked.data == negotiated.data


def test_who_takes_no_format_of_ours_gets_json_and_a_wrong_format_is_said(client: FlaskClient) -> None:
    assert client.get("/api/units", headers={"Accept": "text/html"}).mimetype == "application/json"
    assert client.get("/api/units?format=pdf").status_code == 406


def test_a_sheet_has_a_line_for_each_thing_with_its_words(client: FlaskClient) -> None:
    shown = client.get("/api/metrics?format=csv&bom=1")
    assert shown.data.startswith("\ufeff".encode())
    (line,) = csv.DictReader(io.StringIO(shown.data.decode("utf-8-sig")))
    assert (line["value"], line["percentOfTarget"], line["about"]) == ("1200", "60", CENTRE)
    assert line["about.id"].startswith("https://yte-kg.org/id/organization/")
    assert (line["quote"], line["published"], line["status"]) == ("1.200 lượt", "2024-07-06", "extracted")
    assert int(line["end"]) - int(line["start"]) == len(line["quote"])
    assert not client.get("/api/metrics?format=csv").data.startswith("\ufeff".encode())


@pytest.mark.parametrize("cell", ["=1+1", "+84 1", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    (row,) = list(csv.reader(io.StringIO(write_csv(["a"], [[cell]]).decode(), newline="")))[1:]
    assert row == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5.2", "+3", "12", "a=b", ""])
def test_what_is_no_formula_stays(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_page_says_where_it_goes_on_in_every_format(client: FlaskClient) -> None:
    first = client.get("/api/officials?limit=2&format=csv&sort=-name")
    link = first.headers["Link"]
    address = link.removeprefix("<").partition(">")[0]
    assert link.endswith("; rel=next")
    rest = list(csv.DictReader(io.StringIO(client.get(address).text)))
    assert [line["name"] for line in rest] == ["Đinh Thử Nghiệm"]
    assert "Link" not in client.get(address).headers


def test_one_thing_tells_its_claims_in_order_of_time(client: FlaskClient) -> None:
    official = client.get("/api/officials/lo thi mau").get_json()
    days = [entry["date"] for entry in official["timeline"]]
    assert days == sorted(days)
    assert {entry["claim"] for entry in official["timeline"]} <= {claim["id"] for claim in official["claims"]}
    for claim in official["claims"]:
        assert {"confidence", "status", "rule"} <= claim.keys()
        for evidence in claim["evidence"]:
            assert {"article", "published", "quote", "start", "end"} <= evidence.keys()


def test_one_figure_tells_how_far_it_is_to_be_trusted(client: FlaskClient) -> None:
    item = client.get("/api/metrics").get_json()["items"][0]
    figure = client.get(f"/api/metrics/{item['id']}").get_json()
    for short in (item["path"].removeprefix("/id/"), item["id"].rsplit("/", 1)[1]):
        assert client.get(f"/api/metrics/{short}").get_json() == figure
    assert client.get("/api/metrics/nothing").status_code == 404
    assert (figure["name"], figure["confidence"]) == ("lượt khám bệnh: 1200 lượt", 0.9)
    assert (figure["status"], figure["rule"]) == ("extracted", "tests.by-hand")
    assert figure["evidence"][0]["quote"] == "1.200 lượt"


def test_a_graph_of_a_list_holds_the_words_too(client: FlaskClient) -> None:
    graph = client.get("/api/officials?name=lo thi mau&format=ntriples").text
    assert '"bà Lò Thị Mẫu"' in graph
    assert "<http://www.w3.org/ns/oa#start>" in graph


def test_a_graph_that_is_too_large_is_refused_with_its_limit() -> None:
    store = open_store(None)
    fill_figures(store)
    app = create_app(store, Settings(result_rows=50))
    refused = app.test_client().get("/api/units?format=turtle")
    assert (refused.status_code, refused.get_json()["limit_value"]) == (422, 50)
    assert "more than 50 statements" in refused.get_json()["detail"]
    app.extensions["knowledge"].close()
    store.close()


def test_who_held_a_post_on_a_day(client: FlaskClient) -> None:
    def holders(**asked: str) -> list[tuple[str, bool]]:
        told = client.get(f"/api/units/{CENTRE}/officials", query_string=asked).get_json()
        return [(it["official"]["name"], it.get("stated", True)) for it in told["officials"]]

    assert holders(on="2024-07-05") == []
    assert holders(on="2024-07-06") == [("Đinh Thử Nghiệm", True), ("Lò Thị Mẫu", True)]
    assert holders(on="2024-08") == [("Đinh Thử Nghiệm", False), ("Lò Thị Mẫu", True)]
    assert holders(on="2025") == [("Đinh Thử Nghiệm", False), ("Lò Thị Mẫu", False)]
    assert sorted(holders()) == [("Lò Thị Mẫu", True), ("Đinh Thử Nghiệm", True)]


def test_an_indicator_is_compared_with_a_warning_where_areas_changed(figures: FlaskClient) -> None:
    told = figures.get("/api/metrics?indicator=surgeries&lang=en").get_json()
    assert told["comparison"]["years"] == ["2023", "2024", "2026"]
    row = next(it for it in told["comparison"]["rows"] if "Yên Bái" in it["about"]["name"])
    assert [it["value"] for it in row["figures"]["2024"]] == [1000]
    assert row["places"][0]["name"] == "tỉnh Yên Bái"
    details = [warning["detail"] for warning in told["comparison"]["warnings"]]
    assert any(
        "On 1 July 2025" in it and "tỉnh Yên Bái" in it and "became tỉnh Lào Cai" in it for it in details
    )
    assert "comparison" not in figures.get("/api/metrics").get_json()
    page = figures.get("/browse/metrics?indicator=surgeries&lang=vi").text
    assert all(words in page for words in ("Theo nơi và năm", "Từ 1/7/2025", "<th>2026</th>", "1.500 ca"))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_list_has_a_page_with_its_filters(client: FlaskClient, name: str, language: str) -> None:
    page = client.get(f"/browse/{name}?lang={language}", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    resource = next(it for it in RESOURCES if it.name == name)
    assert all(f'name="{each.name}"' in page.text for each in resource.filters)


def test_a_page_keeps_what_was_asked_and_says_what_was_wrong(client: FlaskClient) -> None:
    page = client.get("/browse/meetings?kind=conference&from=2024&limit=1&lang=en").text
    assert '<option value="conference" selected>' in page
    assert 'value="2024"' in page
    wrong = client.get("/browse/meetings?from=yesterday&lang=en", headers=BROWSER)
    assert (wrong.status_code, "from is &#39;yesterday&#39;" in wrong.text) == (400, True)
    unknown = client.get("/browse/meetings?chair=nobody", headers=BROWSER)
    assert (unknown.status_code, "nobody" in unknown.text) == (404, True)
    assert client.get("/browse/nothing").status_code == 404


@pytest.mark.parametrize(
    ("accept", "leads"),
    [
        (BROWSER["Accept"], "/page/{path}"),
        ("text/turtle", "/data/{path}?format=turtle"),
        ("application/ld+json", "/data/{path}?format=jsonld"),
        ("*/*", "/data/{path}?format=json"),
    ],
)
def test_an_iri_leads_to_a_page_or_to_data(plain: FlaskClient, accept: str, leads: str) -> None:
    path = plain.get("/api/officials").get_json()["items"][0]["path"].removeprefix("/id/")
    led = plain.get(f"/id/{path}", headers={"Accept": accept})
    assert (led.status_code, led.headers["Location"]) == (303, leads.format(path=path))
    assert "Accept" in led.headers["Vary"]
    assert plain.get(led.headers["Location"], headers={"Accept": accept}).status_code == 200


def test_the_iri_of_a_graph_leads_to_the_graph(plain: FlaskClient) -> None:
    led = plain.get("/id/graph/ontology")
    assert led.status_code == 303
    assert led.headers["Location"].startswith("/graph-store?graph=")
    assert plain.get("/id/graph/nothing").status_code == 404


def test_the_ontology_is_at_its_address_with_every_term(client: FlaskClient) -> None:
    page = client.get("/ontology?lang=en", headers=BROWSER).text
    assert 'id="Official"' in page
    assert "A person named in a public capacity." in page
    assert 'id="chaired"' in page
    events = client.get("/ontology/events?lang=vi", headers=BROWSER).text
    assert 'id="conference"' in events
    turtle = client.get("/ontology/events")
    assert (turtle.mimetype, "events#conference>" in turtle.text) == ("text/turtle", True)
    assert "ontology#Official" not in turtle.text
    assert "kg:Official a owl:Class" in client.get("/ontology?format=turtle").text
    assert client.get("/ontology/nothing").status_code == 404


def test_a_kind_on_a_page_leads_to_its_place_in_the_ontology(client: FlaskClient) -> None:
    meeting = client.get("/api/meetings").get_json()["items"][0]
    page = client.get(meeting["path"], headers=BROWSER).text
    assert 'href="/ontology/events#' in page

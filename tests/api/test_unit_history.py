"""A body's page and JSON tell what it stood under on a day, what it was before and what it is now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.completion import complete_articles
from kg.graph import build_graph, validate_graph
from kg.ingest import parse_article
from kg.model.article import Document
from kg.pipeline import extract_article
from kg.settings import Settings
from kg.store import Store, open_store
from tests.api.following import Following

BASE = "https://example.org/id/"
EARLIER = """Sở Y tế tỉnh Bình Phước giao ban
Thứ năm - 14/03/2024

Sáng 14/3/2024, Sở Y tế tỉnh Bình Phước tổ chức hội nghị giao ban.
Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Bình Phước chủ trì.
Dự hội nghị có bà Lê Thị Thử, Giám đốc Trung tâm Y tế huyện Đồng Phú, tỉnh Bình Phước.
Ông Bùi Văn Khá, Bí thư Đảng ủy thị trấn Tân Phú, huyện Đồng Phú cũng dự.
Ông Phạm Văn Đạt, Bí thư Huyện ủy Đồng Phú phát biểu.
"""
LATER = """Công bố quyết định về Trung tâm Y tế khu vực Đồng Phú
Thứ hai - 10/11/2025

Từ ngày 10/11/2025, Trung tâm Y tế huyện Đồng Phú được tổ chức lại thành Trung tâm Y tế khu vực Đồng Phú theo
Quyết định số 45/QĐ-UBND của UBND tỉnh Đồng Nai.
"""


def put(store: Store, name: str, text: str) -> None:
    document = Document(id=name, source=f"{name}.txt", text=text)
    graph = build_graph(extract_article(parse_article(document)), base=BASE)
    assert validate_graph(graph.quads).violations == ()
    store.replace_graph(graph.name, graph.quads)
    complete_articles(store, [graph.name], base=BASE)


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with closing(open_store(None)) as store:
        put(store, "a1", EARLIER)
        put(store, "a2", LATER)
        app = create_app(store, Settings(base_iri=BASE))
        yield Following(app, app.response_class)
        app.extensions["knowledge"].close()


def unit(client: FlaskClient, name: str, query: str = "") -> dict[str, Any]:
    found = client.get(f"/api/units/{name}{query}")
    assert found.status_code == 200, found.text
    told: dict[str, Any] = found.get_json()
    return told


def test_what_a_body_stood_under_is_told_with_its_days(client: FlaskClient) -> None:
    history = unit(client, "Trung tâm Y tế huyện Đồng Phú")["history"]
    (above,) = history["standsUnder"]
    assert (above["name"], above["validFrom"], above["validThrough"]) == (
        "Sở Y tế tỉnh Bình Phước",
        None,
        "2025-06-30",
    )
    assert client.get(above["path"], headers={"Accept": "application/json"}).status_code == 200


@pytest.mark.parametrize(("day", "count"), [("2024-05-01", 1), ("2025-06-30", 1), ("2025-07-01", 0)])
def test_one_day_can_be_asked_for(client: FlaskClient, day: str, count: int) -> None:
    history = unit(client, "Trung tâm Y tế huyện Đồng Phú", f"?on={day}")["history"]
    assert (history["on"], len(history["standsUnder"])) == (day, count)


def test_what_took_its_place_is_told_with_day_reason_and_words(client: FlaskClient) -> None:
    (change,) = unit(client, "Trung tâm Y tế huyện Đồng Phú")["history"]["after"]
    assert [it["name"] for it in change["results"]] == ["Trung tâm Y tế khu vực Đồng Phú"]
    assert (change["since"], change["kind"]["name"], change["inferred"]) == (
        "2025-11-10",
        "tổ chức lại",
        False,
    )
    assert any("được tổ chức lại thành" in it["quote"] for it in change["evidence"])
    (back,) = unit(client, "Trung tâm Y tế khu vực Đồng Phú")["history"]["before"]
    assert back == change


def test_a_merged_province_leads_to_the_body_of_today_though_no_article_names_it(client: FlaskClient) -> None:
    history = unit(client, "Sở Y tế tỉnh Bình Phước")["history"]
    first = history["after"][0]
    assert first["results"] == [{"name": "Sở Y tế tỉnh Đồng Nai"}]
    assert (first["since"], first["inferred"], first["claim"]) == ("2025-07-01", True, None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Trực thuộc (suy ra)", "Nay", "từ 10/11/2025")),
        ("en", ("Stands under (inferred)", "since 10 November 2025")),
    ],
)
def test_the_page_tells_it_in_both_languages(
    client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    path = unit(client, "Trung tâm Y tế huyện Đồng Phú")["path"]
    page = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text
    assert [word for word in words if word not in page] == []
    assert "Trung tâm Y tế khu vực Đồng Phú</a>" in page


def test_other_things_have_no_order_of_bodies(client: FlaskClient) -> None:
    path = client.get("/api/officials?name=Le Thi Thu").get_json()["items"][0]["path"]
    assert "history" not in client.get(path, headers={"Accept": "application/json"}).get_json()


def test_the_question_of_a_day_can_be_put_in_sparql(client: FlaskClient) -> None:
    query = """PREFIX kg: <https://yte-kg.org/ontology#> PREFIX schema: <https://schema.org/>
      PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?upper { ?it kg:lower/rdfs:label "Đảng ủy thị trấn Tân Phú"@vi ; kg:upperName ?upper .
        OPTIONAL { ?it schema:validThrough ?last }
        FILTER (COALESCE(?last, "9999-12-31"^^xsd:date) >= "2025-06-30"^^xsd:date) }"""
    found = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
    rows = found.get_json()["results"]["bindings"]
    assert [row["upper"]["value"] for row in rows] == ["Huyện ủy Đồng Phú"]

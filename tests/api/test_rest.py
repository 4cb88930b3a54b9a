"""REST: lists with filters, one thing with its evidence, paths, search, and things at their own addresses."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.store import open_store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def names(client: FlaskClient, path: str, **parameters: str) -> list[str]:
    response = client.get(path, query_string=parameters)
    assert response.status_code == 200, response.get_data(as_text=True)
    return [item["name"] for item in response.get_json()["items"]]


def first(client: FlaskClient, path: str, **parameters: str) -> dict[str, Any]:
    return client.get(path, query_string=parameters).get_json()["items"][0]


INSPECTION, REVIEW = "buổi làm việc tại xã Chế Tạo", "Hội nghị sơ kết công tác y tế"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, [INSPECTION, REVIEW]),
        ({"chair": "lo thi mau"}, [INSPECTION]),
        ({"chair": "Đinh Thử Nghiệm"}, [REVIEW]),
        ({"chair": "giang a vi"}, []),
        ({"unit": "trung tam y te huyen mu cang chai"}, [INSPECTION, REVIEW]),
        ({"unit": "tram y te xa che tao"}, [INSPECTION]),
        ({"from": "2024-08-01"}, [INSPECTION]),
        ({"to": "2024-08"}, [REVIEW]),
        ({"from": "2024", "to": "2024"}, [INSPECTION, REVIEW]),
        ({"from": "2025"}, []),
        ({"chair": "lo thi mau", "to": "2024-08-31"}, []),
        ({"name": "hoi nghi"}, [REVIEW]),
        ({"limit": "1"}, [INSPECTION]),
    ],
)
def test_meetings_are_filtered(client: FlaskClient, parameters: dict[str, str], found: list[str]) -> None:
    assert names(client, "/api/meetings", **parameters) == found


def test_a_filter_takes_an_iri_a_path_or_a_name(client: FlaskClient) -> None:
    official = first(client, "/api/officials", name="lo thi mau")
    for chair in (official["id"], official["path"].removeprefix("/id/"), official["id"].rsplit("/", 1)[1]):
        assert names(client, "/api/meetings", chair=chair) == [INSPECTION]


def test_a_meeting_names_who_took_part_with_the_words_and_the_article(client: FlaskClient) -> None:
    meeting = first(client, "/api/meetings", chair="lo thi mau", lang="en")
    assert meeting["startDate"] == "2024-09"
    assert meeting["meetingKind"]["name"] == "working session"
    (chair,) = (claim for claim in meeting["claims"] if claim["role"]["name"] == "chair")
    assert chair["participant"]["name"] == "Lò Thị Mẫu"
    assert (chair["confidence"], chair["status"], chair["rule"]) == (0.9, "extracted", "tests.by-hand")
    (evidence,) = chair["evidence"]
    article = client.get(evidence["article"]["id"].replace("https://yte-kg.org", "")).get_json()
    assert article["articleBody"][evidence["start"] : evidence["end"]] == evidence["quote"] == "bà Lò Thị Mẫu"


@pytest.mark.parametrize(
    ("path", "parameters", "found"),
    [
        ("/api/officials", {}, ["Đinh Thử Nghiệm", "Giàng A Ví", "Lò Thị Mẫu"]),
        ("/api/officials", {"sort": "-name"}, ["Lò Thị Mẫu", "Giàng A Ví", "Đinh Thử Nghiệm"]),
        ("/api/officials", {"unit": "tram y te xa che tao"}, ["Giàng A Ví"]),
        ("/api/officials", {"name": "lo thi mau"}, ["Lò Thị Mẫu"]),
        ("/api/officials", {"name": "nobody"}, []),
        ("/api/units", {"name": "trung tam"}, ["Trung tâm Y tế huyện Mù Cang Chải"]),
        ("/api/units", {"place": "tỉnh Yên Bái", "name": "trung tam"}, ["Trung tâm Y tế huyện Mù Cang Chải"]),
        ("/api/articles", {"from": "2024-09"}, ["Đoàn kiểm tra làm việc tại xã <b>Chế Tạo</b>"]),
        ("/api/articles", {"to": "2024-09-01"}, [REVIEW]),
    ],
)
def test_lists_are_filtered(
    client: FlaskClient, path: str, parameters: dict[str, str], found: list[str]
) -> None:
    assert names(client, path, **parameters) == found


def test_a_list_goes_on_where_it_stopped(client: FlaskClient) -> None:
    page = client.get("/api/officials?limit=2").get_json()
    assert (page["count"], len(page["items"])) == (3, 2)
    rest = client.get("/api/officials", query_string={"limit": 2, "after": page["next"]}).get_json()
    assert [item["name"] for item in rest["items"]] == ["Lò Thị Mẫu"]
    assert rest["next"] is None


@pytest.mark.parametrize("kind", ["officials", "units", "meetings", "articles"])
def test_one_of_a_list_is_shown_by_any_of_its_names(client: FlaskClient, kind: str) -> None:
    item = first(client, f"/api/{kind}")
    for identifier in (item["id"], item["path"].removeprefix("/id/"), item["id"].rsplit("/", 1)[1]):
        shown = client.get(f"/api/{kind}/{identifier}")
        assert shown.status_code == 200
        assert shown.get_json()["id"] == item["id"]
    assert client.get(f"/api/{kind}/nothing-of-the-kind").status_code == 404


def test_a_thing_of_another_kind_is_not_shown_as_one(client: FlaskClient) -> None:
    meeting = first(client, "/api/meetings")
    response = client.get(f"/api/officials/{meeting['id']}")
    assert response.status_code == 404
    assert "is no Official" in response.get_json()["detail"]


def test_a_path_carries_claims_and_words(client: FlaskClient) -> None:
    path = client.get("/api/paths", query_string={"source": "lo thi mau", "target": INSPECTION, "lang": "en"})
    body = path.get_json()
    assert body["length"] == 1
    (link,) = body["steps"][0]["links"]
    assert (link["property"], link["label"], link["forward"]) == ("chaired", "chaired", True)
    assert link["claims"][0]["evidence"][0]["quote"] == "bà Lò Thị Mẫu"


def test_search_finds_names_as_people_type_them(client: FlaskClient) -> None:
    found = client.get("/api/search?q=giang a vi").get_json()["items"][0]
    assert (found["name"], found["fit"]) == ("Giàng A Ví", "without_marks")
    assert client.get("/api/search?q=zzz").get_json()["items"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/api/meetings?wer=x",
            "no parameter 'wer' here; allowed are chair, official, unit, place, kind, from, to",
        ),
        ("/api/meetings?from=5/7/2024", "from is '5/7/2024', but takes a day"),
        ("/api/meetings?from=2024-13", "from is '2024-13'"),
        ("/api/meetings?to=0000", "to is '0000'"),
        ("/api/meetings?limit=0", "limit is '0', but takes a number from 1 to 1000"),
        ("/api/meetings?limit=x", "limit is 'x'"),
        ("/api/meetings?after=urn:x", "after is 'urn:x', which is not in this list"),
        ("/api/meetings?chair=a&chair=b", "given 2 times"),
        ("/api/meetings?chair=http://x/%3E%7DDROP", "takes an IRI"),
        ("/api/paths?source=lo", "'target' is missing"),
        ("/api/search", "'q' is missing"),
    ],
)
def test_a_wrong_parameter_is_a_bad_request_that_names_it(client: FlaskClient, path: str, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert said in response.get_json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/id/person/nobody",
        "/id/no iri>",
        "/api/officials/nobody",
        "/api/meetings?chair=nobody",
        "/api/meetings?unit=nothing",
        "/api/paths?source=nobody&target=lo thi mau",
        "/static/nothing.css",
    ],
)
def test_what_is_unknown_is_not_found_in_one_shape(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert set(response.get_json()) == {"type", "title", "status", "detail", "instance"}
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    page = client.get(path, headers={**BROWSER, "Accept-Language": "vi"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Không có ở đây" in page.get_data(as_text=True)


def test_a_fault_is_a_problem_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(open_store(None))

    @app.get("/fault")
    def fault() -> str:
        raise ZeroDivisionError("the inside of the program")

    response = app.test_client().get("/fault")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert "inside" not in response.get_data(as_text=True)
    assert "the inside of the program" in caplog.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("application/json", "application/json"),
        (BROWSER["Accept"], "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "application/rdf+xml"),
    ],
)
@pytest.mark.parametrize("kind", ["officials", "units", "meetings", "articles"])
def test_every_thing_is_at_its_address_in_every_format(
    client: FlaskClient, kind: str, accept: str | None, media_type: str
) -> None:
    path = first(client, f"/api/{kind}")["path"]
    response = client.get(path, headers={} if accept is None else {"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)


def test_claims_evidence_and_posts_have_addresses_too(client: FlaskClient) -> None:
    query = (
        "SELECT DISTINCT ?s WHERE { GRAPH ?g { ?s a ?class } FILTER(CONTAINS(STR(?g), '/graph/article/')) }"
    )
    rows = client.get("/sparql", query_string={"query": query}).get_json()["results"]["bindings"]
    assert len(rows) > 50
    for row in rows:
        path = row["s"]["value"].replace("https://yte-kg.org", "")
        assert client.get(path).get_json()["id"] == row["s"]["value"]
        assert client.get(path, headers=BROWSER).status_code == 200


def test_no_format_is_said(client: FlaskClient) -> None:
    path = first(client, "/api/officials")["path"]
    response = client.get(path, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert client.get(f"{path}?format=pdf").status_code == 406
    assert client.get(f"{path}?format=turtle").mimetype == "text/turtle"


def test_health_names_the_content(client: FlaskClient) -> None:
    health = client.get("/health").get_json()
    assert (health["status"], health["graphs"]) == (
        "ok",
        9,
    )  # two an article, one a name, an indicator in a year, the ontology

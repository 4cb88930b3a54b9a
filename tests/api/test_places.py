"""Places over HTTP: by name, by code and by IRI, and their pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

IN_2020 = {"on": "2020-06-29"}


def test_a_name_is_answered_as_on_the_command_line(client: FlaskClient) -> None:
    body = client.get("/api/places", query_string={"name": "Than Uyên", **IN_2020}).get_json()
    assert (body["place"]["name"], body["place"]["inForce"]) == ("huyện Than Uyên", True)
    assert len(body["place"]["communes"]) == 12
    assert body["candidates"] == []


def test_an_ambiguous_name_is_answered_by_candidates(client: FlaskClient) -> None:
    response = client.get("/api/places", query_string={"name": "Tân Uyên", **IN_2020})
    body = response.get_json()
    assert (response.status_code, body["place"], len(body["candidates"])) == (200, None, 2)
    within = client.get("/api/places", query_string={"name": "Tân Uyên", "within": "Lai Châu", **IN_2020})
    assert within.get_json()["place"]["code"] == "111"


def test_what_the_graph_knows_has_its_iri_which_leads_back(client: FlaskClient) -> None:
    by_name = client.get("/api/places", query_string={"name": "huyện Mù Cang Chải", **IN_2020}).get_json()
    identifier = by_name["place"]["id"]
    assert identifier.startswith("https://yte-kg.org/id/place/huyen-mu-cang-chai-")
    short = identifier.rsplit("/", 1)[1]
    for given in (identifier, short, f"place/{short}", by_name["place"]["code"]):
        shown = client.get(f"/api/places/{given}", query_string=IN_2020).get_json()
        assert (shown["id"], shown["inForce"], shown["replacedOn"]) == (identifier, True, "2025-07-01")


def test_a_code_is_read_on_its_day(client: FlaskClient) -> None:
    assert client.get("/api/places/24?on=2020").get_json()["name"] == "tỉnh Bắc Giang"
    assert client.get("/api/places/24?on=2026-01").get_json()["name"] == "tỉnh Bắc Ninh"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/places?kind=star", 400, "kind is 'star', but no concept of places goes by that"),
        ("/api/places?name=Than+Uy%C3%AAn&on=29/6/2020", 400, "on is '29/6/2020'"),
        ("/api/places?name=Than+Uy%C3%AAn&day=1", 400, "no parameter 'day'"),
        ("/api/places?day=1", 400, "no parameter 'day'"),
        ("/api/places?name=Than+Uyen", 404, "near in spelling: Than Uyên"),
        ("/api/places/999", 404, "has the code '999'"),
        ("/api/places/nowhere", 404, "no AdministrativeUnit goes by 'nowhere'"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: FlaskClient, path: str, status: int, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Trước và nay", "khi ấy thuộc", "Từ 1/7/2025 được thay bằng", "Từng xã, phường, thị trấn")),
        ("en", ("Then and now", "then in", "Replaced on 1 July 2025 by", "Commune by commune")),
    ],
)
def test_the_page_of_a_place_tells_then_and_now(
    client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    found = client.get("/api/places", query_string={"name": "huyện Mù Cang Chải", **IN_2020}).get_json()
    address = found["place"]["id"].replace("https://yte-kg.org", "")
    page = client.get(f"{address}?format=html&lang={language}").get_data(as_text=True)
    assert all(word in page for word in (*words, "tỉnh Lào Cai", "xã Chế Tạo"))
    assert client.get(f"{address}?format=json").get_json()["history"]["replacedOn"] == "2025-07-01"

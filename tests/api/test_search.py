"""Search over HTTP: answers, suggestions and the page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def test_an_answer_tells_kind_place_and_fit(client: FlaskClient) -> None:
    body = client.get("/api/search?q=giang a vi&lang=en").get_json()
    found = body["items"][0]
    assert (found["name"], found["types"], found["label"]) == ("Giàng A Ví", ["Official"], "official")
    assert found["detail"].startswith("Trạm trưởng Trạm Y tế xã Chế Tạo")
    assert (found["fit"], body["capped"]) == ("without_marks", False)
    assert client.get("/api/search?q=zzz").get_json() == {"count": 0, "capped": False, "items": []}


def test_short_forms_kinds_and_places_are_understood(client: FlaskClient) -> None:
    def names(**asked: str) -> list[str]:
        return [item["name"] for item in client.get("/api/search", query_string=asked).get_json()["items"]]

    assert names(q="ttyt mu cang chai", kind="Unit")[0] == "Trung tâm Y tế huyện Mù Cang Chải"
    assert names(q="lo thi mau yen bai") == ["Lò Thị Mẫu"]
    assert names(q="tram y te", place="yên bái", kind="Unit") == ["Trạm Y tế xã Chế Tạo"]
    assert names(q="mau", place="mù cang chải", kind="Official") == ["Lò Thị Mẫu"]


def test_what_is_left_out_is_said(client: FlaskClient) -> None:
    body = client.get("/api/search?q=y te&limit=1").get_json()
    assert (body["count"], body["capped"]) == (1, True)


def test_suggestions_are_short_and_come_while_a_name_is_typed(client: FlaskClient) -> None:
    whole = "Đinh Thử Nghiệm"
    for length in range(2, len(whole) + 1):
        items = client.get("/api/suggest", query_string={"q": whole[:length]}).get_json()["items"]
        assert whole in [item["name"] for item in items], whole[:length]
    assert set(items[0]) == {"id", "name", "label", "detail"}
    assert len(client.get("/api/suggest?q=y te&limit=2").get_json()["items"]) == 2


@pytest.mark.parametrize("address", ["/api/search", "/api/suggest"])
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("", 400, "'q' is missing"),
        ("q=a&kind=Person", 400, "kind is 'Person', but takes one of Official, Unit"),
        ("q=a&limit=1000", 400, "limit is '1000', but takes a number from 1 to"),
        ("q=a&from=2024", 400, "no parameter 'from' here"),
        (f"q={'a' * 501}", 400, "501 characters is too long"),
        ("q=a&place=nowhere", 404, "place: no AdministrativeUnit goes by 'nowhere'"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: FlaskClient, address: str, asked: str, status: int, said: str
) -> None:
    response = client.get(f"{address}?{asked}")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_tells_namesakes_apart_and_keeps_what_was_asked(client: FlaskClient, language: str) -> None:
    page = client.get(
        "/search",
        query_string={"q": "mau", "kind": "Official", "place": "mù cang chải", "lang": language},
        headers=BROWSER,
    ).get_data(as_text=True)
    assert "Lò Thị Mẫu" in page
    assert "Phó Giám đốc Trung tâm Y tế huyện Mù Cang Chải" in page
    assert re.search(r'<option value="Official" selected>', page)
    assert 'value="mù cang chải"' in page
    assert "<script" not in page


def test_the_page_says_what_it_cannot_find(client: FlaskClient) -> None:
    nowhere = client.get("/search?q=mau&place=nowhere&lang=en", headers=BROWSER)
    assert (nowhere.status_code, "There is no place by the name" in nowhere.text) == (200, True)
    assert "Nothing goes by the name" in client.get("/search?q=zzz&lang=en", headers=BROWSER).text
    assert "<script>" not in client.get("/search?q=<script>", headers=BROWSER).text
    assert client.get("/search", headers=BROWSER).status_code == 200

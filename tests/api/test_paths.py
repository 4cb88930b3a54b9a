"""Paths, neighbourhoods and patterns over HTTP, for programs and for people."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

ENDS = {"source": "đinh thử nghiệm", "target": "lo thi mau"}


def _claims(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [claim for step in steps for link in step["links"] for claim in link["claims"]]


def test_one_path_is_told_as_ever(client: FlaskClient) -> None:
    one = client.get("/api/path", query_string={**ENDS, "lang": "en"}).json
    several = client.get("/api/paths", query_string={**ENDS, "lang": "en"}).json
    assert set(one) == {"source", "target", "length", "steps"}
    assert one == {name: several[name] for name in one}
    assert several["paths"] == [one]
    assert several["limits"] == []


def test_several_paths_come_with_the_evidence_of_every_edge(client: FlaskClient) -> None:
    found = client.get("/api/paths", query_string={**ENDS, "k": "4"}).json
    assert found["count"] == len(found["paths"]) >= 2
    assert found["steps"] == found["paths"][0]["steps"]
    for path in found["paths"]:
        assert path["length"] == len(path["steps"])
        assert all(link["claims"] for step in path["steps"] for link in step["links"])
        assert all(claim["evidence"] for claim in _claims(path["steps"]))


def test_paths_go_through_and_around_what_is_asked_for(client: FlaskClient) -> None:
    by_body = client.get("/api/paths", query_string={**ENDS, "through": "Unit"}).json
    assert [link["property"] for step in by_body["steps"] for link in step["links"]] == ["holdsPostIn"] * 2
    around = client.get(
        "/api/paths", query_string=[*ENDS.items(), ("avoiding", "Unit"), ("avoiding", "Post")]
    )
    assert "holdsPostIn" not in around.text
    never = client.get("/api/paths", query_string={**ENDS, "on": "1999"})
    assert never.status_code == 404
    assert "1999" in never.json["detail"]


def test_a_neighbourhood_is_capped_and_says_so(client: FlaskClient) -> None:
    near = client.get("/api/neighbourhood/lo thi mau", query_string={"lang": "en"}).json
    assert near["count"] == len(near["things"])
    assert near["things"][0]["id"] == near["thing"]["id"]
    assert all(claim["evidence"] for claim in _claims(near["steps"]))
    few = client.get("/api/neighbourhood/lo thi mau", query_string={"depth": "3", "limit": "5"}).json
    assert few["count"] == 5
    assert few["limits"] == [{"name": "things", "value": 5}]


def test_the_catalogue_of_patterns_tells_what_each_takes(client: FlaskClient) -> None:
    told = client.get("/api/patterns", query_string={"lang": "en"}).json
    chaired = next(each for each in told["patterns"] if each["name"] == "chaired")
    assert chaired["title"] == "Who chaired which meeting?"
    assert {"name": "official", "type": "Official"} in chaired["parameters"]
    assert "Meeting" in told["kinds"]
    assert "chaired" in told["properties"]
    for each in told["patterns"]:
        found = client.get(f"/api/patterns/{each['name']}", query_string={"limit": "2"})
        assert found.status_code == 200
        assert found.json["count"] == len(found.json["matches"]) <= 2


def test_a_pattern_is_asked_by_its_parameters_or_sent(client: FlaskClient) -> None:
    named = client.get("/api/patterns/chaired", query_string={"official": "lo thi mau"}).json
    sent = client.post(
        "/api/patterns",
        json={
            "nodes": [{"name": "official", "is": "lo thi mau"}, {"name": "meeting", "kind": "Meeting"}],
            "steps": [{"properties": ["chaired"]}],
        },
    ).json
    assert named["matches"] == sent["matches"]
    ((match),) = named["matches"]
    assert match["things"]["official"]["name"] == "Lò Thị Mẫu"
    assert all(claim["evidence"] for claim in _claims(match["steps"]))


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/paths?source=lo+thi+mau", 400, "'target' is missing"),
        ("/api/paths?source=a&target=b&k=many", 400, "k is 'many', but takes a number from 1 to 10"),
        ("/api/paths?source=a&target=b&max_length=13", 400, "max_length is '13'"),
        ("/api/paths?source=a&target=b&on=soon", 400, "on is 'soon', but takes a day"),
        ("/api/paths?source=a&target=b&hubs=perhaps", 400, "hubs is 'perhaps'"),
        ("/api/paths?source=a&target=b&via=c", 400, "there is no parameter 'via'"),
        ("/api/paths?source=nobody&target=lo+thi+mau", 404, "source: no thing goes by 'nobody'"),
        ("/api/paths?source=lo+thi+mau&target=lo+thi+mau&through=Nowhere", 404, "through is 'Nowhere'"),
        ("/api/neighbourhood/nobody", 404, "no thing goes by 'nobody'"),
        ("/api/neighbourhood/lo thi mau?depth=9", 400, "depth is '9', but takes a number from 1 to 3"),
        ("/api/patterns/danced", 404, "there are chaired"),
        ("/api/patterns/chaired?who=x", 400, "there is no parameter 'who' here; allowed are official"),
        ("/api/patterns/chaired?limit=101", 400, "limit is '101'"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(
    client: FlaskClient, address: str, status: int, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert words in answer.json["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "the body is no object"),
        ({"nodes": [], "steps": [], "depth": 1}, "the body has 'depth'"),
        ({"nodes": [{}, {}], "steps": [{}], "limit": "all"}, "limit is 'all'"),
        ({"nodes": [{}, {}], "steps": [{}], "limit": 0}, "limit is 0"),
        ({"nodes": [{}, {}], "steps": [{}], "on": 2024}, "on is 2024"),
        ({"nodes": [{}, {"kind": "'; DROP"}], "steps": [{}]}, "nodes[1].kind"),
    ],
)
def test_a_pattern_that_is_sent_wrongly_is_refused(client: FlaskClient, body: Any, words: str) -> None:
    answer = client.post("/api/patterns", json=body)
    assert answer.status_code == 400
    assert words in answer.json["detail"]
    assert client.post("/api/patterns", data="x", content_type="text/plain").status_code == 415


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_shows_paths_and_asks_for_others(client: FlaskClient, language: str) -> None:
    page = client.get("/path", query_string={**ENDS, "lang": language})
    assert page.status_code == 200
    assert page.text.count('<ol class="path">') >= 2
    assert 'name="through"' in page.text
    assert "<q cite=" in page.text
    none = client.get("/path", query_string={**ENDS, "lang": language, "on": "1999", "avoiding": "<b>"})
    assert none.status_code == 404
    assert "<b>" not in none.text
    assert "&lt;b&gt;" in none.text
    assert client.get("/path").status_code == 302

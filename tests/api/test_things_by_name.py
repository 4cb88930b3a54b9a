"""One thing of any kind by what people call it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("typed", ["Giàng A Ví", "giang a vi", "Trạm Y tế xã Chế Tạo", "huyện Mù Cang Chải"])
def test_a_thing_goes_by_its_name(client: FlaskClient, typed: str) -> None:
    found = client.get(f"/api/things/{typed}").json
    assert found["claims"]
    by_iri = client.get(f"/api/things/{found['id']}")
    assert by_iri.json == found
    assert client.get(f"/api/things{found['path'].removeprefix('/id')}").json == found
    assert client.get(found["path"].replace("/id/", "/data/")).json == found


def test_a_body_is_told_with_what_it_stood_under(client: FlaskClient) -> None:
    assert "standsUnder" in client.get("/api/things/Trạm Y tế xã Chế Tạo").json["history"]


def test_a_kind_keeps_things_of_that_kind(client: FlaskClient) -> None:
    assert client.get("/api/things/giang a vi?kind=Official").json["type"] == "Official"
    refused = client.get("/api/things/giang a vi?kind=Unit")
    assert (refused.status_code, refused.mimetype) == (404, "application/problem+json")
    unknown = client.get("/api/things/giang a vi?kind=Person")
    assert unknown.status_code == 400
    assert "kind is 'Person', but takes one of Official, Unit" in unknown.json["detail"]


def test_a_thing_comes_as_a_graph_or_a_sheet_too(client: FlaskClient) -> None:
    assert client.get("/api/things/giang a vi?format=turtle").mimetype == "text/turtle"
    assert client.get("/api/things/giang a vi?format=csv").mimetype == "text/csv"

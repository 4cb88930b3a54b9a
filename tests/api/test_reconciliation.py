"""The reconciliation service as OpenRefine uses it, each answer held to the protocol's schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api import create_app
from kg.settings import Settings
from kg.store import open_store
from tests.api.protocol import check
from tests.query.sample_graph import fill


@pytest.fixture(scope="module")
def open_app() -> Iterator[Flask]:
    """A service whose answers every page may read, as the protocol wants it."""
    store = open_store(None)
    fill(store)
    app = create_app(store, Settings(cors_origins=("*",)))
    yield app
    app.extensions["knowledge"].close()
    store.close()


@pytest.fixture
def client(open_app: Flask) -> FlaskClient:
    return open_app.test_client()


def _ask(client: FlaskClient, **queries: Any) -> dict[str, list[dict[str, Any]]]:
    response = client.post("/reconcile?lang=en", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    batch = check("reconciliation-result-batch", response.get_json())
    return {key: said["result"] for key, said in batch.items()}


def _one(client: FlaskClient, name: str) -> str:
    found = _ask(client, q={"query": name})["q"][0]
    assert found["match"]
    identifier: str = found["id"]
    return identifier


def _extend(client: FlaskClient, ids: list[str], *properties: dict[str, Any]) -> dict[str, Any]:
    asked = {"ids": ids, "properties": properties}
    response = client.post("/reconcile?lang=en", data={"extend": json.dumps(asked)})
    found: dict[str, Any] = check("data-extension-response", response.get_json())
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manifest_says_where_everything_is(client: FlaskClient, language: str) -> None:
    manifest = check("manifest", client.get("/reconcile", query_string={"lang": language}).get_json())
    root = "http://localhost"
    assert manifest["identifierSpace"] == "https://yte-kg.org/id/"
    person = quote(_one(client, "Lò Thị Mẫu"), safe="")
    addresses = [
        manifest["view"]["url"].replace("{{id}}", person),
        manifest["preview"]["url"].replace("{{id}}", person),
        manifest["logo"],
        manifest["documentation"],
    ]
    ids = {"entity": person, "property": "inPlace", "type": "Unit"}
    for subject, said in manifest["suggest"].items():
        addresses.append(said["service_url"] + said["service_path"] + "?prefix=a")
        flyout = said["flyout_service_url"] + said["flyout_service_path"]
        addresses.append(flyout.replace("${id}", ids[subject]))
    proposing = manifest["extend"]["propose_properties"]
    addresses.append(f"{proposing['service_url']}{proposing['service_path']}?type=Unit")
    for address in addresses:
        assert address.startswith(root)
        with client.get(address.removeprefix(root), follow_redirects=True) as response:
            assert response.status_code == 200, address


def test_a_batch_is_answered_query_by_query(client: FlaskClient) -> None:
    found = _ask(
        client,
        sure={"query": "Đinh Thử Nghiệm", "type": "Official"},
        proposed={"query": "dinh thu nghiem", "type": ["Official"], "limit": 3},
        body={"query": "TTYT huyện Mù Cang Chải", "properties": [{"pid": "inPlace", "v": "Yên Bái"}]},
        nothing={"query": "Kha Chẳng Có"},
    )
    assert [each["match"] for each in found["sure"]] == [True]
    assert found["sure"][0]["type"] == [{"id": "Official", "name": "official"}]
    assert not found["proposed"][0]["match"]
    assert (found["body"][0]["name"], found["body"][0]["match"]) == (
        "Trung tâm Y tế huyện Mù Cang Chải",
        True,
    )
    assert {"id": "inPlace", "value": True} in found["body"][0]["features"]
    assert found["nothing"] == []


def test_get_answers_as_post_does(client: FlaskClient) -> None:
    queries = json.dumps({"q0": {"query": "Lò Thị Mẫu"}})
    by_get = client.get("/reconcile", query_string={"queries": queries, "lang": "en"}).get_json()
    assert by_get == client.post("/reconcile?lang=en", data={"queries": queries}).get_json()


def test_what_was_reconciled_before_can_be_said_of_another(client: FlaskClient) -> None:
    body = _one(client, "Trung tâm Y tế huyện Mù Cang Chải")
    said = [{"pid": "holdsPostIn", "v": [{"id": body, "name": "as it was called"}]}]
    alone = _ask(client, q={"properties": said, "type": "Official"})["q"]
    assert {each["name"] for each in alone} == {"Đinh Thử Nghiệm", "Lò Thị Mẫu"}
    named = _ask(client, q={"query": "Lò Thị Mẫu", "properties": said})["q"]
    assert named[0]["match"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"queries": "{"}, "queries is not JSON"),
        ({"queries": "[]"}, "queries takes a JSON object"),
        ({"queries": '{"q": {}}'}, "q has neither query nor properties"),
        ({"queries": '{"q": {"query": 5}}'}, "q.query takes a text"),
        ({"queries": '{"q": {"query": "a", "limit": 0}}'}, "q.limit is 0"),
        ({"queries": '{"q": {"query": "a", "limit": Infinity}}'}, "q.limit is inf"),
        ({"queries": '{"q": {"query": "a", "type": "Ship"}}'}, "takes Official, Unit"),
        ({"queries": '{"q": {"query": "a", "type_strict": "no"}}'}, "takes any, all, should"),
        ({"queries": '{"q": {"query": "a", "nom": "b"}}'}, "allowed are query"),
        ({"queries": '{"q": {"query": "a", "properties": [{"pid": "mass", "v": 1}]}}'}, "takes inPlace"),
        ({"queries": '{"q": {"query": "a", "properties": [{"pid": "code"}]}}'}, "has no v"),
        ({"extend": '{"ids": []}'}, "extend.properties takes a list"),
        ({"extend": '{"ids": [], "properties": [{"id": "on"}]}'}, "takes inPlace"),
        ({}, "neither queries nor extend"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(
    client: FlaskClient, sent: dict[str, str], said: str
) -> None:
    response = client.post("/reconcile", data=sent)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert said in response.get_json()["detail"]


_FIELDS = ("query", "type", "limit", "properties", "pid", "v", "id", "ids", "settings", "q")
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(field=st.sampled_from(["queries", "extend"]), said=_JSON)
def test_whatever_is_sent_is_answered_or_refused(open_app: Flask, field: str, said: Any) -> None:
    response = open_app.test_client().post("/reconcile", data={field: json.dumps(said)})
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.mimetype == "application/problem+json"


def test_too_much_at_once_is_refused_with_the_limit(client: FlaskClient) -> None:
    queries = {str(number): {"query": "a"} for number in range(51)}
    assert client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 413
    extend = {"ids": [str(number) for number in range(201)], "properties": []}
    response = client.post("/reconcile", data={"extend": json.dumps(extend)})
    assert (response.status_code, "200 are answered at once" in response.get_json()["detail"]) == (413, True)


def test_suggestions_follow_what_is_typed(client: FlaskClient) -> None:
    # What OpenRefine sends beside the prefix is of another service's making.
    sent = {"prefix": "lò th", "spell": "always", "exact": "false", "type": "Official", "lang": "en"}
    found = client.get("/reconcile/suggest/entity", query_string=sent).get_json()["result"]
    assert [each["name"] for each in found] == ["Lò Thị Mẫu"]
    assert found[0]["notable"] == [{"id": "Official", "name": "official"}]
    assert "Mù Cang Chải" in found[0]["description"]
    check("suggest-entities-response", {"result": found})
    by_id = client.get("/reconcile/suggest/entity", query_string={"prefix": found[0]["id"]}).get_json()
    assert [each["name"] for each in by_id["result"]] == ["Lò Thị Mẫu"]


def test_suggestions_go_on_after_the_cursor(client: FlaskClient) -> None:
    def suggest(**window: int) -> list[str]:
        answer = client.get("/reconcile/suggest/entity", query_string={"prefix": "t", **window}).get_json()
        return [each["id"] for each in answer["result"]]

    every = suggest()
    assert len(every) >= 3
    assert [*suggest(limit=2), *suggest(cursor=2)] == every
    wrong = client.get("/reconcile/suggest/entity", query_string={"prefix": "t", "cursor": "x"})
    assert (wrong.status_code, "cursor" in wrong.get_json()["detail"]) == (400, True)


def test_properties_and_types_are_suggested_in_either_language(client: FlaskClient) -> None:
    for prefix in ("địa bàn", "dia ban", "in place", "inPlace"):
        answer = client.get("/reconcile/suggest/property", query_string={"prefix": prefix}).get_json()
        assert "inPlace" in [each["id"] for each in check("suggest-properties-response", answer)["result"]]
    of_places = client.get("/reconcile/suggest/property?prefix=&type=AdministrativeUnit&limit=50").get_json()
    assert "code" in (ids := {each["id"] for each in of_places["result"]})
    assert "chaired" not in ids
    types = client.get("/reconcile/suggest/type?prefix=facility&lang=en").get_json()
    (facility,) = check("suggest-types-response", types)["result"]
    assert (facility["id"], facility["broader"][0]["id"]) == ("HealthFacility", "Unit")


def test_data_are_fetched_column_by_column(client: FlaskClient) -> None:
    person = _one(client, "Đinh Thử Nghiệm")
    found = _extend(
        client, [person, "person/nobody"], {"id": "holdsPostIn"}, {"id": "inPlace"}, {"id": "chaired"}
    )
    assert [each["id"] for each in found["meta"]] == ["holdsPostIn", "inPlace", "chaired"]
    assert found["meta"][0]["type"]["id"] == "Unit"
    row = found["rows"][person]
    assert row["holdsPostIn"][0]["name"] == "Trung tâm Y tế huyện Mù Cang Chải"
    assert row["inPlace"][0]["id"].startswith("place/huyen-mu-cang-chai-")
    assert row["chaired"][0]["id"].startswith("meeting/")
    assert found["rows"]["person/nobody"] == {"holdsPostIn": [], "inPlace": [], "chaired": []}


def test_settings_of_a_column_count(client: FlaskClient) -> None:
    body = _one(client, "Trung tâm Y tế huyện Mù Cang Chải")
    kinds = {
        language: _extend(client, [body], {"id": "classification", "settings": {"language": language}})
        for language in ("vi", "en")
    }
    assert kinds["en"]["rows"][body]["classification"] == [{"str": "health centre"}]
    assert kinds["vi"]["rows"][body]["classification"] == [{"str": "Trung tâm Y tế"}]
    district = _ask(client, q={"query": "huyện Mù Cang Chải", "type": "AdministrativeUnit"})["q"][0]["id"]
    found = _extend(client, [district], {"id": "validThrough"}, {"id": "code", "settings": {"limit": "1"}})
    assert found["rows"][district]["validThrough"] == [{"date": "2025-06-30T00:00:00Z"}]
    assert len(found["rows"][district]["code"]) == 1


def test_properties_are_proposed_for_a_class(client: FlaskClient) -> None:
    answer = client.get("/reconcile/properties?type=HealthFacility&limit=3").get_json()
    assert len(check("data-extension-property-proposal", answer)["properties"]) == 3
    assert client.get("/reconcile/properties?type=Ship").status_code == 400


def test_a_flyout_is_safe_html(client: FlaskClient) -> None:
    person = _one(client, "Lò Thị Mẫu")
    flyout = client.get("/reconcile/flyout/entity", query_string={"id": person}).get_json()
    assert flyout["id"] == person
    assert "<strong>Lò Thị Mẫu</strong>" in flyout["html"]
    assert client.get("/reconcile/flyout/entity?id=<script>").status_code == 404
    assert client.get("/reconcile/flyout/entity").status_code == 400


def test_a_preview_may_be_framed_and_nothing_else_may(client: FlaskClient) -> None:
    person = _one(client, "Lò Thị Mẫu")
    preview = client.get("/reconcile/preview", query_string={"id": person, "lang": "en"})
    assert (preview.status_code, preview.mimetype) == (200, "text/html")
    policy = preview.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script" not in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in preview.headers
    assert "Trung tâm Y tế huyện Mù Cang Chải" in preview.text
    for other in ("/", "/reconcile", f"/id/{person}", "/reconcile/preview?id=nobody"):
        assert "frame-ancestors 'none'" in client.get(other).headers["Content-Security-Policy"], other


def test_other_pages_may_ask_where_the_setting_says_so(client: FlaskClient, app: Flask) -> None:
    origin = {"Origin": "https://tables.example"}
    for path in ("/reconcile", "/reconcile/suggest/type?prefix=", "/reconcile/properties"):
        assert client.get(path, headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    refused = app.test_client().get("/reconcile", headers=origin)
    assert "Access-Control-Allow-Origin" not in refused.headers

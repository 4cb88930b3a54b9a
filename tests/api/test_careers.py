"""Over HTTP a person is one: merged addresses lead to the canonical one, careers and holders are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.settings import Settings
from kg.store import open_store
from tests.graph.officials import BASE, Told, article, put

NAME = "Lò Thị Mẫu"
THAN_UYEN = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu")
ONCE = Told(NAME, "Giám đốc", "huyện Than Uyên", "tỉnh Lai Châu", former=True)
TAN_UYEN = Told(NAME, "Giám đốc", "huyện Tân Uyên", "tỉnh Lai Châu")


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with closing(open_store(None)) as store:
        put(
            store,
            article("a1", "2019-03-01", THAN_UYEN),
            article("a2", "2021-06-01", TAN_UYEN, ONCE),
        )
        app = create_app(store, Settings(base_iri=BASE))
        yield app.test_client()
        app.extensions["knowledge"].close()


def members(client: FlaskClient) -> list[str]:
    names = client.application.extensions["knowledge"].names
    (canonical,) = names.identify(NAME, base=BASE)
    return [iri.removeprefix(BASE) for iri in names.members(canonical)]


def test_a_merged_address_answers_308_to_the_canonical_one(client: FlaskClient) -> None:
    canonical, merged = members(client)
    moved = client.get(f"/id/{merged}?lang=en")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"/id/{canonical}?lang=en")
    shown = client.get(f"/id/{merged}", headers={"Accept": "application/json"}, follow_redirects=True)
    assert shown.get_json()["id"] == BASE + canonical
    assert client.get(f"/api/officials/{merged}").get_json()["id"] == BASE + canonical


def test_a_graph_of_a_person_has_the_claims_of_all_articles(client: FlaskClient) -> None:
    asked = {"Accept": "application/n-triples"}
    graph = client.get(f"/id/{members(client)[0]}", headers=asked, follow_redirects=True).text
    assert graph.count("<https://yte-kg.org/ontology#Membership>") == 3


def test_a_career_and_the_holders_of_a_post(client: FlaskClient) -> None:
    career = client.get(f"/api/officials/{NAME}/career").get_json()
    assert [(spell["first"], spell["unit"]["name"]) for spell in career["career"]] == [
        ("2019-03-01", "Trung tâm Y tế huyện Than Uyên"),
        ("2021-06-01", "Trung tâm Y tế huyện Tân Uyên"),
        ("2021-06-01", "Trung tâm Y tế huyện Than Uyên"),
    ]
    assert all(spell["claims"][0]["evidence"] for spell in career["career"])
    post = career["career"][0]["post"]
    holders = client.get(f"/api/posts/{post['path'].rsplit('/', 1)[-1]}/holders").get_json()
    assert holders["id"] == post["id"]
    assert [spell["official"]["name"] for spell in holders["holders"]] == [NAME, NAME]


def test_what_is_no_official_has_no_career(client: FlaskClient) -> None:
    assert client.get("/api/officials/nobody/career").status_code == 404
    assert client.get(f"/api/posts/{NAME}/holders").status_code == 404

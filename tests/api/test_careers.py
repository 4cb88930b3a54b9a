"""Over HTTP a person is one: merged addresses lead to the canonical one, careers and holders are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.completion import write_decided
from kg.model.identity import Judgement
from kg.query.catalog import QUESTIONS
from kg.query.timelines import find_contradictions
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


def test_a_title_in_bodies_that_are_one_is_one_post() -> None:
    rival = Told("Vàng A Ví", "Giám đốc", "huyện Sìn Hồ", "tỉnh Lai Châu")
    again = Told(NAME, "GĐ", "huyện Sìn Hồ", "tỉnh Lai Châu")
    deputy = Told("Tẩn Văn Thử", "Phó Giám đốc", "huyện Sìn Hồ", "tỉnh Lai Châu")
    with closing(open_store(None)) as store:
        put(
            store,
            article("b1", "2019-03-01", THAN_UYEN),
            article("b2", "2019-05-01", rival, deputy),
            article("b3", "2019-06-01", again),
        )
        app = create_app(store, Settings(base_iri=BASE))
        client = app.test_client()
        apart = client.get("/api/posts").get_json()
        units = [each["id"] for each in client.get("/api/units").get_json()["items"]]
        people = app.extensions["knowledge"].identify(NAME)
        write_decided(store, [Judgement(*sorted(each), same=True) for each in (units, people)], base=BASE)

        posts = client.get("/api/posts").get_json()
        assert (len(apart["items"]), len(posts["items"])) == (3, 2)
        (post,) = (each for each in posts["items"] if each["name"].startswith("Giám đốc"))
        told = []
        for each in apart["items"]:
            if each["name"].startswith("Giám đốc"):
                found = client.get(f"/api/posts/{each['path'].rsplit('/', 1)[-1]}/holders").get_json()
                assert found["id"] == post["id"]
                told.append([(it["official"]["name"], it["first"], it["last"]) for it in found["holders"]])
        assert told == [[(NAME, "2019-03-01", "2019-06-01"), ("Vàng A Ví", "2019-05-01", "2019-05-01")]] * 2
        (spell,) = client.get(f"/api/officials/{NAME}/career").get_json()["career"]
        assert (spell["post"]["id"], len(spell["claims"])) == (post["id"], 2)
        names = app.extensions["knowledge"].names
        held = QUESTIONS["holders_of_posts"].select(store, unit=names.stands_for(units[0])).records()
        assert {row["post"] for row in held} == {each["id"] for each in posts["items"]}
        own = QUESTIONS["career_of_official"].select(store, official=names.stands_for(people[0])).records()
        assert [(row["post"], row["firstSeen"], row["lastSeen"]) for row in own] == [
            (post["id"], "2019-03-01", "2019-06-01")
        ]
        (moved,) = {each["path"] for each in apart["items"]} - {each["path"] for each in posts["items"]}
        assert client.get(moved).headers["Location"] == post["path"]
        (found,) = find_contradictions(app.extensions["knowledge"].view())
        assert found.post.text == post["id"]
        app.extensions["knowledge"].close()

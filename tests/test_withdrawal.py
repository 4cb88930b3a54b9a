"""Withdrawing for good: all said of it leaves the graph, its address says so, no build brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.errors import NotFoundError
from kg.model.withdrawal import Withdrawal
from kg.query.knowledge import Knowledge
from kg.settings import Settings
from kg.store import Store, open_store
from kg.withdrawal import withdraw, withdrawn_things
from tests.conftest import SEEDS, Kg
from tests.query.sample_graph import BASE, fill

DEPUTY = "Lò Thị Mẫu"


@pytest.fixture
def store() -> Iterator[Store]:
    found = open_store(None)
    fill(found)
    yield found
    found.close()


def known(store: Store, name: str, kind: str) -> str:
    knowledge = Knowledge(store, Settings())
    try:
        (found,) = knowledge.identify(name, kind=kind)
        return found
    finally:
        knowledge.close()


def statements(store: Store, thing: str) -> list[str]:
    """Return the statements that name a thing, without the record of its withdrawal."""
    return [
        str(quad)
        for quad in store.quads()
        if f"<{thing}>" in (str(quad.subject), str(quad.object)) and "withdrawals" not in str(quad.graph_name)
    ]


def test_nothing_names_a_person_who_was_withdrawn(store: Store) -> None:
    person = known(store, DEPUTY, "Official")
    assert statements(store, person)
    before = len(list(store.quads()))
    given = Withdrawal("", made="2026-01-02T03:04:05Z", note="asked for", by="An")
    assert withdraw(store, [person], base=BASE, given=given) == {person}
    assert statements(store, person) == []
    claims = [quad for quad in store.quads() if "lo-thi-mau" in str(quad.subject)]
    assert claims == []
    assert len(list(store.quads())) < before
    assert known(store, "Đinh Thử Nghiệm", "Official")  # everybody else stays
    assert withdrawn_things(store) == {person}


def test_evidence_goes_that_supports_nothing_else(store: Store) -> None:
    withdraw(store, [known(store, DEPUTY, "Official")], base=BASE)
    quoted = {str(quad.object) for quad in store.quads() if str(quad.predicate).endswith("#exact>")}
    assert not any(f'"{DEPUTY}"' in words for words in quoted)
    assert any("Đinh Thử Nghiệm" in words for words in quoted)


def test_an_article_goes_with_its_graph_and_all_that_followed(store: Store) -> None:
    article = known(store, "Đoàn kiểm tra", "Article")
    withdraw(store, [article], base=BASE)
    assert statements(store, article) == []
    assert not any("502-" in graph for graph in store.graphs())
    with pytest.raises(NotFoundError, match="no Official goes by 'giang a vi'"):
        known(store, "giang a vi", "Official")
    assert known(store, DEPUTY, "Official")  # the other article names her too


def test_withdrawing_twice_changes_nothing(store: Store) -> None:
    person = known(store, DEPUTY, "Official")
    withdraw(store, [person], base=BASE)
    before = sorted(map(str, store.quads()))
    withdraw(store, [person], base=BASE)
    assert sorted(map(str, store.quads())) == before


def test_what_is_not_there_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(NotFoundError, match="nothing is known of urn:nobody"):
        withdraw(store, ["urn:nobody"], base=BASE)
    assert withdrawn_things(store) == frozenset()


def test_a_build_does_not_bring_back_what_was_withdrawn(kg: Kg, seed_store: Path, tmp_path: Path) -> None:
    target = tmp_path / "store"
    assert kg("build", SEEDS, "--store", target).returncode == 0
    with open_store(target) as store:  # type: ignore[attr-defined]
        person, article = (
            known(store, "Nguyễn Tăng", "Official"),
            known(store, "HỘI NGHỊ TỔNG KẾT", "Article"),
        )
        withdraw(store, [person, article], base=BASE)
        before = sorted(map(str, store.quads()))
    again = kg("build", SEEDS, "--store", target)
    assert again.returncode == 0, again.stderr
    with open_store(target) as store:  # type: ignore[attr-defined]
        assert statements(store, person) == statements(store, article) == []
        assert sorted(map(str, store.quads())) == before


@pytest.fixture
def client(store: Store) -> Iterator[tuple[FlaskClient, str]]:
    person = known(store, DEPUTY, "Official")
    withdraw(store, [person], base=BASE)
    app = create_app(store)
    yield app.test_client(), person
    app.extensions["knowledge"].close()


def test_its_address_says_that_it_is_gone(client: tuple[FlaskClient, str]) -> None:
    asking, person = client
    path = person.removeprefix("https://yte-kg.org")
    short = person.rsplit("/", 1)[1]
    for address in (
        path,
        path.replace("/id/", "/data/"),
        f"/api/officials/{short}",
        f"/api/officials/{person}",
    ):
        gone = asking.get(address)
        assert (gone.status_code, gone.mimetype) == (410, "application/problem+json"), address
        assert gone.get_json()["type"].endswith("/withdrawn")
        assert "withdrawn for good" in gone.get_json()["detail"]
    page = asking.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (410, "text/html")
    assert DEPUTY not in page.text
    listed = asking.get("/api/officials").get_json()
    assert DEPUTY not in [item["name"] for item in listed["items"]]

"""Withdrawing for good: all said of it leaves the graph, its address says so, no build brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.errors import InputError, NotFoundError
from kg.graph import validate_graph
from kg.graph.withdrawal_file import read_withdrawals, write_withdrawals
from kg.query.knowledge import Knowledge
from kg.query.updates import WriteRefusedError
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.backup import restore_backup, write_backup
from kg.vocabulary import namespaces as ns
from kg.withdrawal import Reason, carry_out, plan_withdrawal, read_withdrawn, take_in, withdraw
from tests.query.sample_graph import BASE, fill

DEPUTY = "Lò Thị Mẫu"
REASON = Reason("2026-01-02T03:04:05Z", "asked", "An")
QUOTES = """SELECT ?body ?exact ?start ?end WHERE {
  ?evidence oa:hasSource ?article ; oa:hasSelector ?place, ?quote . ?article schema:articleBody ?body .
  ?place oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }"""


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


def gone(store: Store, *things: str) -> None:
    withdraw(store, [plan_withdrawal(store, it, base=BASE, reason=REASON) for it in things], base=BASE)


def content(store: Store) -> list[str]:
    """Return all that the store says, but for the records of runs."""
    return sorted(line for quad in store.quads() if "/runs/" not in (line := str(quad)))


def speaking_of(store: Store, *words: str) -> list[str]:
    """Return the statements that hold one of some words, in an IRI, a text or the name of their graph."""
    lowered = [word.lower() for word in words]
    return [line for line in content(store) if any(word in line.lower() for word in lowered)]


def test_nothing_names_a_person_who_was_withdrawn(store: Store) -> None:
    person = known(store, DEPUTY, "Official")
    assert speaking_of(store, person, DEPUTY)
    gone(store, person)
    assert speaking_of(store, person, DEPUTY, "lo-thi-mau") == []
    assert known(store, "Đinh Thử Nghiệm", "Official")  # everybody else stays
    assert read_withdrawn(store).has(person)


def test_the_list_of_what_was_withdrawn_tells_no_name_and_is_in_no_graph(store: Store) -> None:
    gone(store, known(store, DEPUTY, "Official"))
    lines = store.withdrawals().lower()
    assert "an" in lines
    assert not any(word in lines for word in (DEPUTY.lower(), "lo-thi-mau", "yte-kg.org"))
    assert not any("withdraw" in line for line in content(store))
    (kept,) = read_withdrawals(store.withdrawals())
    assert (kept.kind, kept.made, kept.by, kept.note, kept.done) == (
        "person",
        REASON.made,
        "An",
        "asked",
        True,
    )
    assert write_withdrawals([kept]) == store.withdrawals()


def test_the_text_keeps_its_length_and_every_quote_its_place(store: Store) -> None:
    bodies = dict(store.pairs(ns.SCHEMA_ARTICLE_BODY))
    gone(store, known(store, DEPUTY, "Official"))
    blacked = dict(store.pairs(ns.SCHEMA_ARTICLE_BODY))
    assert {it: len(text) for it, text in blacked.items()} == {it: len(text) for it, text in bodies.items()}
    assert any("█" * len(DEPUTY) in text for text in blacked.values())
    for row in store.query(QUOTES).records():  # type: ignore[union-attr]
        start, end = int(row["start"] or 0), int(row["end"] or 0)
        assert str(row["body"])[start:end] == row["exact"]
    for name in (name for name in store.graphs() if "/graph/article/" in name):
        assert validate_graph(tuple(store.quads(name))).conforms


def test_evidence_goes_that_supports_nothing_else(store: Store) -> None:
    before = len(list(store.pairs(ns.OA_EXACT)))
    gone(store, known(store, DEPUTY, "Official"))
    quoted = [words for _, words in store.pairs(ns.OA_EXACT)]
    assert len(quoted) < before
    assert any("Đinh Thử Nghiệm" in words for words in quoted)


def test_an_article_goes_with_its_graph_and_all_that_followed(store: Store) -> None:
    article = known(store, "Đoàn kiểm tra", "Article")
    gone(store, article)
    assert speaking_of(store, article) == []
    assert not any("502-" in graph for graph in store.graphs())
    with pytest.raises(NotFoundError, match="no Official goes by 'giang a vi'"):
        known(store, "giang a vi", "Official")
    assert known(store, DEPUTY, "Official")  # the other article names her too


def test_withdrawing_twice_changes_nothing(store: Store) -> None:
    person = known(store, DEPUTY, "Official")
    plan = plan_withdrawal(store, person, base=BASE)
    withdraw(store, [plan], base=BASE)
    before = content(store)
    withdraw(store, [plan], base=BASE)
    carry_out(store, base=BASE)
    assert content(store) == before


def test_what_is_not_there_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(NotFoundError, match="urn:nobody is not in the graph"):
        plan_withdrawal(store, "urn:nobody", base=BASE)
    with pytest.raises(NotFoundError, match="neither an article nor anything that articles tell of"):
        plan_withdrawal(store, "https://yte-kg.org/ontology#Official", base=BASE)
    assert not read_withdrawn(store)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[]", "line 2: a withdrawal is an object"),
        ('{"kind": "person"}', "'marks' is missing"),
        ('{"kind": "person", "marks": ["nguyen-tang"]}', "must hold digests"),
        ('{"kind": "person", "marks": "x"}', "must be a list"),
        ('{"kind": "person", "who": 1}', "has no 'who'"),
        ("{", "line 2: "),
    ],
)
def test_a_damaged_list_is_refused_with_its_line(line: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read_withdrawals(f"\n{line}\n")


def test_a_write_that_speaks_of_what_was_withdrawn_is_refused(store: Store) -> None:
    person = known(store, DEPUTY, "Official")
    (graph,) = (name for name in store.graphs() if "/graph/article/501-" in name)
    with closing(Knowledge(store, Settings())) as knowledge:
        text = knowledge.read_graph(graph, "text/turtle")
        gone(store, person)
        before = content(store)
        for update in (
            f"INSERT DATA {{ GRAPH <urn:notes> {{ <{person}> <urn:p> 1 }} }}",
            f"INSERT DATA {{ GRAPH <urn:notes> {{ <urn:it> <urn:p> <{person}> }} }}",
            f"INSERT DATA {{ GRAPH <{person}> {{ <urn:it> <urn:p> 1 }} }}",
        ):
            with pytest.raises(WriteRefusedError, match="was withdrawn for good"):
                knowledge.update(update)
        with pytest.raises(WriteRefusedError, match="nothing was changed"):
            knowledge.put_graph(graph, text, "text/turtle", base="urn:")
        knowledge.update(f"DELETE WHERE {{ GRAPH <urn:notes> {{ <{person}> ?p ?o }} }}")
        assert content(store) == before


def test_a_backup_from_before_does_not_bring_it_back(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "store")) as store:
        fill(store)
        person = known(store, DEPUTY, "Official")
        snapshot = store.snapshot()
        write_backup(snapshot, tmp_path / "backup", default_graph="union")
        gone(store, person)
        left, lines = content(store), store.withdrawals()

    def prepare(path: Path) -> None:
        with closing(open_store(path)) as restored:
            take_in(restored, read_withdrawals(lines), base=BASE)

    restore_backup(tmp_path / "backup", tmp_path / "other", prepare=prepare)
    with closing(open_store(tmp_path / "other")) as restored:
        assert content(restored) == left


@pytest.fixture
def client(store: Store) -> Iterator[tuple[FlaskClient, str]]:
    person = known(store, DEPUTY, "Official")
    gone(store, person)
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
        answer = asking.get(address)
        assert (answer.status_code, answer.mimetype) == (410, "application/problem+json"), address
        assert answer.get_json()["type"].endswith("/withdrawn")
        assert "withdrawn for good" in answer.get_json()["detail"]
    page = asking.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (410, "text/html")
    assert DEPUTY not in page.text
    listed = asking.get("/api/officials").get_json()
    assert DEPUTY not in [item["name"] for item in listed["items"]]

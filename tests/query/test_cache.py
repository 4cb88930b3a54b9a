"""Kept answers: given out again for the same content alone, and never more bytes than were allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query.cache import AnswerCache
from kg.query.knowledge import Knowledge
from kg.query.workers import QueryResult
from kg.settings import Settings
from kg.store import Dataset, Store, open_store

JSON = "application/sparql-results+json"
ALL = Dataset()
ONE_GRAPH = Dataset(default_graphs=("urn:one",))
SUBJECTS = "SELECT ?s WHERE { ?s ?p ?o }"


def answer(body: bytes = b"{}", version: str = "v1", media_type: str = JSON) -> QueryResult:
    return QueryResult(body, media_type, version, rows=1)


def put(store: Store, subject: str, graph: str = "urn:one") -> None:
    store.replace_graph(
        graph, [ox.Quad(ox.NamedNode(subject), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode(graph))]
    )


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    store = open_store(None)
    put(store, "urn:a")
    known = Knowledge(store, Settings(query_workers=1))
    yield known
    known.close()
    store.close()


def test_an_answer_is_found_by_query_format_graphs_and_version_together() -> None:
    cache = AnswerCache(100_000)
    cache.put("ASK {}", ALL, answer(b"yes"))
    found = cache.get("ASK {}", JSON, ALL, version="v1")
    assert found == replace(answer(b"yes"), cached=True)
    assert cache.get("ASK { }", JSON, ALL, version="v1") is None
    assert cache.get("ASK {}", "text/csv", ALL, version="v1") is None
    assert cache.get("ASK {}", JSON, ONE_GRAPH, version="v1") is None
    assert cache.get("ASK {}", JSON, ALL, version="v2") is None
    assert (cache.counts().hits, cache.counts().misses) == (1, 4)


def test_what_it_holds_never_outgrows_its_limit_and_the_least_asked_for_goes_first() -> None:
    cache = AnswerCache(50_000)
    for number in range(100):
        cache.put(f"ASK {{ {number} }}", ALL, answer(b"x" * 1000))
        assert cache.get("ASK { 0 }", JSON, ALL, version="v1") is not None
        assert cache.counts().size <= 50_000
    assert cache.get("ASK { 1 }", JSON, ALL, version="v1") is None
    assert cache.get("ASK { 99 }", JSON, ALL, version="v1") is not None


def test_one_answer_that_would_drive_out_all_others_is_not_kept() -> None:
    cache = AnswerCache(50_000)
    cache.put("ASK {}", ALL, answer(b"x" * 10_000))
    assert cache.counts().entries == 0


def test_a_cache_of_no_bytes_keeps_nothing() -> None:
    cache = AnswerCache(0)
    cache.put("ASK {}", ALL, answer())
    assert cache.counts().entries == 0


@pytest.mark.parametrize("call", ["NOW()", "rand ( )", "xUUID()", "STRUUID #\n ()"])
def test_an_answer_that_comes_out_otherwise_each_time_is_not_kept(call: str) -> None:
    cache = AnswerCache(100_000)
    cache.put(f"SELECT ({call} AS ?it) WHERE {{}}", ALL, answer())
    assert cache.counts().entries == 0


def test_the_second_who_asks_is_answered_from_the_cache_with_the_same_bytes(knowledge: Knowledge) -> None:
    first, second = (knowledge.run(SUBJECTS, JSON) for _ in range(2))
    assert (first.cached, second.cached) == (False, True)
    assert (first.body, first.rows, first.version) == (second.body, second.rows, second.version)
    assert knowledge.cache.counts().hits == 1


def test_after_a_write_nobody_is_given_the_answer_of_before(knowledge: Knowledge) -> None:
    knowledge.run(SUBJECTS, JSON)
    put(knowledge.store, "urn:b", "urn:two")
    found = knowledge.run(SUBJECTS, JSON)
    subjects = {row["s"]["value"] for row in json.loads(found.body)["results"]["bindings"]}
    assert subjects == {"urn:a", "urn:b"}
    assert not found.cached


def test_a_query_that_fails_is_not_kept(knowledge: Knowledge) -> None:
    for _ in range(2):
        with pytest.raises(QueryError):
            knowledge.run("SELECT ?s WHERE { ?s ", JSON)
    assert knowledge.cache.counts().entries == 0

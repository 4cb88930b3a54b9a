"""Strangers' queries in processes of their own: answered in every format, stopped at every limit."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.query.workers import (
    BusyError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryWorkers,
    ResultTooLargeError,
    run_query,
)
from kg.settings import Settings
from kg.store import Dataset, Snapshot, Store, open_store

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store" if request.param == "disk" else None)
    fill(opened, "urn:g", 400)
    yield opened
    opened.close()


def fill(store: Store, name: str, size: int) -> None:
    store.replace_graph(
        name,
        [
            ox.Quad(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), ox.Literal(f"{name} {number}"))
            for number in range(size)
        ],
    )


@pytest.fixture
def workers(store: Store) -> Iterator[QueryWorkers]:
    found = QueryWorkers(
        store, Settings(query_seconds=1, queue_seconds=0.1, query_workers=1, result_bytes=5000)
    )
    yield found
    found.close()


def count(workers: QueryWorkers, dataset: Dataset | None = None) -> int:
    answer = workers.run(COUNT, "application/sparql-results+json", dataset=dataset or Dataset())
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def test_a_query_sees_what_is_stored_at_its_time(store: Store, workers: QueryWorkers) -> None:
    assert count(workers) == 400
    fill(store, "urn:h", 7)
    assert count(workers) == 407
    assert workers.run(COUNT, "text/csv").version == store.version


def test_a_runaway_query_is_stopped_and_the_next_one_is_answered(workers: QueryWorkers) -> None:
    with pytest.raises(QueryTimeoutError, match="longer than 1 seconds"):
        workers.run(ENDLESS, "text/csv")
    assert count(workers) == 400


def test_an_answer_that_is_too_large_is_not_cut_but_refused(workers: QueryWorkers) -> None:
    with pytest.raises(ResultTooLargeError, match="more than 5000 bytes"):
        workers.run("SELECT * WHERE { ?s ?p ?o }", "text/csv")
    assert count(workers) == 400


def test_a_query_that_takes_too_much_memory_is_stopped(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=30, query_memory=400 * 1024**2))
    doubled = " ".join(f"BIND(CONCAT(?c{n}, ?c{n}) AS ?c{n + 1})" for n in range(27))
    with pytest.raises(QueryMemoryError, match="more memory"):
        workers.run(f"SELECT (STRLEN(?c27) AS ?n) WHERE {{ <urn:s1> ?b ?c0 {doubled} }}", "text/csv")
    assert count(workers) == 400
    workers.close()


def test_graphs_are_chosen_by_the_query_or_beside_it_and_never_fetched(
    store: Store, workers: QueryWorkers
) -> None:
    fill(store, "urn:h", 7)
    assert count(workers, Dataset(default_graphs=("urn:h",))) == 7
    assert count(workers, Dataset(default_graphs=("http://127.0.0.1:9/unknown",))) == 0
    unknown = "SELECT ?s FROM <http://127.0.0.1:9/unknown> WHERE { ?s ?p ?o }"
    assert workers.run(unknown, "text/csv").body == b"s\r\n"
    named = "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:h> WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert workers.run(named, "text/csv").body == b"n\r\n7\r\n"
    with pytest.raises(QueryError, match="name of a graph"):
        count(workers, Dataset(default_graphs=("no iri",)))


@pytest.mark.parametrize(
    ("media_type", "begins"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"n\r\n400"),
        ("text/tab-separated-values", b"?n\n"),
    ],
)
def test_tables_come_in_every_format(workers: QueryWorkers, media_type: str, begins: bytes) -> None:
    assert workers.run(COUNT, media_type).body.startswith(begins)


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
    ],
)
def test_graphs_come_in_every_format(workers: QueryWorkers, media_type: str) -> None:
    assert b"urn:g 1" in workers.run("DESCRIBE <urn:s1>", media_type).body


def test_a_format_that_does_not_fit_is_refused(workers: QueryWorkers) -> None:
    with pytest.raises(QueryError, match="cannot hold the graph"):
        workers.run("DESCRIBE <urn:s1>", "text/csv")
    with pytest.raises(QueryError, match="cannot hold the table"):
        workers.run(COUNT, "text/turtle")


def test_a_malformed_query_is_refused_by_guard_and_engine(workers: QueryWorkers) -> None:
    with pytest.raises(QueryError, match="malformed SPARQL at line 1"):
        workers.run("SELECT * WHERE {", "text/csv")
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        workers.run("SELECT * WHERE { SERVICE <urn:x> {} }", "text/csv")


def test_a_query_that_finds_no_turn_is_turned_away(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_workers=1, queue_seconds=0.01))
    assert workers._turns.acquire(timeout=1)
    with pytest.raises(BusyError, match="try again"):
        count(workers)
    workers._turns.release()
    assert count(workers) == 400
    workers.close()


def test_a_worker_that_cannot_open_its_snapshot_is_not_the_querys_fault(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    workers = QueryWorkers(store, Settings())
    workers._snapshot = Snapshot(tmp_path / "nothing", store.version, None)
    with pytest.raises(StoreError, match=r"could not be started on the store: .*nothing"):
        count(workers)
    workers._snapshot = None
    assert count(workers) == 0
    workers.close()
    store.close()


def test_a_worker_that_died_while_idle_is_replaced(workers: QueryWorkers) -> None:
    assert count(workers) == 400
    (idle,) = workers._idle
    os.kill(idle._process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, idle._process.pid, os.WEXITED | os.WNOWAIT)

    assert count(workers) == 400
    assert workers._idle != [idle]


def test_a_worker_that_is_ended_from_outside_did_not_need_more_memory(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    assert count(workers) == 400
    (worker,) = workers._idle
    os.kill(worker._process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(workers.run, COUNT, "text/csv")
        while workers._idle and not asked.done():
            time.sleep(0.01)
        with workers._lock:  # it is taken
            pass
        os.kill(worker._process.pid, signal.SIGKILL)
        with pytest.raises(StoreError, match="ended before it answered, with signal SIGKILL: try again"):
            asked.result()
    assert count(workers) == 400
    workers.close()


def test_one_query_can_be_asked_of_a_read_only_store(tmp_path: Path) -> None:
    written = open_store(tmp_path / "store")
    fill(written, "urn:g", 3)
    written.close()
    store = open_store(tmp_path / "store", read_only=True)
    assert run_query(store, COUNT, "text/csv") == b"n\r\n3\r\n"
    assert store.query("ASK { ?s ?p ?o }") is True
    store.close()

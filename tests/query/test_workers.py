"""Strangers' queries in processes of their own: answered in every format, stopped at every limit."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.query.worker_pool import _Generation
from kg.query.worker_process import WorkerProcess, how_it_ended
from kg.query.workers import (
    Asker,
    QueryCancelledError,
    QueryIdInUseError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryWorkers,
    ResultTooLargeError,
    TooManyRowsError,
    run_query,
)
from kg.settings import Settings
from kg.store import Dataset, Store, open_store

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


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def idle(workers: QueryWorkers, size: int) -> list[int]:
    """The numbers of the processes that wait for queries, as soon as there are so many."""
    generation = workers._pool._generation
    assert generation is not None
    wait_until(lambda: len(generation.idle) == size)
    with workers._pool._lock:  # one that is being taken is looked at under the lock, and is taken after it
        return [worker.pid for worker in generation.idle]


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
    with pytest.raises(QueryError, match="file: IRIs are not allowed"):
        count(workers, Dataset(named_graphs=("file:///etc/hosts",)))
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


def test_an_answer_with_too_many_rows_is_not_cut_but_refused(store: Store) -> None:
    workers = QueryWorkers(store, Settings(result_rows=399))
    for query, media_type in (
        ("SELECT ?s { ?s ?p ?o }", "application/sparql-results+json"),
        ("SELECT ?s { ?s ?p ?o }", "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"),
    ):
        with pytest.raises(TooManyRowsError, match="more than 399 rows: add a LIMIT"):
            workers.run(query, media_type)
        assert workers.run(f"{query} LIMIT 399", media_type).rows == 399
    assert workers.run("ASK {}", "text/csv").rows is None
    workers.close()


def test_a_worker_reaches_no_file_but_its_snapshot_and_no_network(workers: QueryWorkers) -> None:
    assert count(workers) == 400
    assert workers.unconfined == ()


def test_a_worker_that_cannot_open_its_snapshot_is_not_the_querys_fault(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    workers = QueryWorkers(store, Settings())
    snapshot = store.snapshot()
    snapshot.remove()
    workers._pool._generation = _Generation(snapshot)
    with pytest.raises(StoreError, match="could not be started on the store: "):
        count(workers)
    workers._pool._generation = None
    assert count(workers) == 0
    workers.close()
    store.close()


def test_workers_that_are_prepared_wait_for_queries_and_one_is_to_spare(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_workers=2, query_seconds=1))
    workers.prepare()
    first = idle(workers, 3)
    with pytest.raises(QueryTimeoutError):
        workers.run(ENDLESS, "text/csv")
    assert len(set(idle(workers, 3)) - set(first)) == 1
    fill(store, "urn:h", 7)
    assert count(workers) == 407
    assert not set(idle(workers, 3)) & set(first)
    workers.close()
    assert not workers._pool._generation


def test_a_running_query_is_not_disturbed_by_a_write(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(CONTAINS(STR(?c), STR(?f))) }"
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(workers.run, slow, "text/csv")
        wait_until(lambda: workers.counts()[0] == 1)
        fill(store, "urn:h", 7)
        assert count(workers) == 407
        assert asked.result().version != store.version
    workers.close()


def test_the_first_query_after_a_write_finds_a_process_that_has_started(
    store: Store, workers: QueryWorkers
) -> None:
    workers.prepare()
    blanks = workers._pool._blanks
    wait_until(lambda: len(blanks) == 2)
    started = {worker.pid for worker in blanks}
    fill(store, "urn:h", 3)
    assert count(workers) == 403
    generation = workers._pool._generation
    assert generation is not None
    assert started & {worker.pid for worker in generation.idle}


def test_a_worker_that_died_while_idle_is_replaced(workers: QueryWorkers) -> None:
    assert count(workers) == 400
    (before,) = idle(workers, 1)
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)

    assert count(workers) == 400
    assert idle(workers, 1) != [before]


def test_a_worker_that_is_ended_from_outside_did_not_need_more_memory(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    assert count(workers) == 400
    (worker,) = idle(workers, 1)
    os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(workers.run, COUNT, "text/csv")
        idle(workers, 0)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(StoreError, match="ended before it answered, with signal SIGKILL: try again"):
            asked.result()
    assert count(workers) == 400
    workers.close()


def test_a_query_is_cancelled_by_its_id_while_it_runs_and_while_it_waits(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60, queue_seconds=60, query_workers=1))
    with ThreadPoolExecutor() as threads:
        running = threads.submit(workers.run, ENDLESS, "text/csv", asker=Asker(query_id="a"))
        wait_until(lambda: workers.counts() == (1, 0))
        waiting = threads.submit(workers.run, ENDLESS, "text/csv", asker=Asker(query_id="b"))
        wait_until(lambda: workers.counts() == (1, 1))
        with pytest.raises(QueryIdInUseError, match="choose another"):
            workers.run(COUNT, "text/csv", asker=Asker(query_id="a"))
        assert not workers.cancel("c")
        assert not workers.cancel("")
        for query_id, asked in (("b", waiting), ("a", running)):
            assert workers.cancel(query_id)
            with pytest.raises(QueryCancelledError, match="was cancelled"):
                asked.result()
    assert workers.counts() == (0, 0)
    assert count(workers) == 400
    assert not workers.cancel("a")
    workers.close()


def test_a_query_ends_when_its_client_has_gone(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    gone = threading.Event()
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(workers.run, ENDLESS, "text/csv", asker=Asker(gone=gone.is_set))
        wait_until(lambda: workers.counts() == (1, 0))
        gone.set()
        with pytest.raises(QueryCancelledError, match="client has gone"):
            asked.result()
    assert count(workers) == 400
    workers.close()


def test_closing_ends_what_still_runs(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(workers.run, ENDLESS, "text/csv")
        wait_until(lambda: workers.counts() == (1, 0))
        workers.close()
        with pytest.raises(QueryCancelledError):
            asked.result()


def test_a_query_outlives_its_deadline_by_a_second_even_when_its_parent_has_died(store: Store) -> None:
    # The process is left alone with a request, as when the service is killed.
    snapshot = store.snapshot()
    worker = WorkerProcess("kg.store.worker", [str(snapshot.path), str(2**31), "best"])
    request = {"query": ENDLESS, "base": "urn:x", "media_type": "text/csv", "seconds": 0.1}
    limits = {"max_bytes": 1000, "max_rows": 10}
    dataset = {"default_graphs": None, "named_graphs": None}
    with pytest.raises(EOFError):
        worker.ask(request | limits | {"dataset": dataset}, deadline=time.monotonic() + 30)
    assert how_it_ended(worker.end()) == "signal SIGALRM"
    snapshot.remove()


def test_one_query_can_be_asked_of_a_read_only_store(tmp_path: Path) -> None:
    written = open_store(tmp_path / "store")
    fill(written, "urn:g", 3)
    written.close()
    store = open_store(tmp_path / "store", read_only=True)
    assert run_query(store, COUNT, "text/csv") == b"n\r\n3\r\n"
    assert store.query("ASK { ?s ?p ?o }") is True
    store.close()

"""A query on its way, moved on by a loop that never waits, and left to a thread where that is needed."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.errors import StoreError
from kg.query.limits import Asker, BusyError, QueryCancelledError, TooManyRowsError
from kg.query.under_way import QueryResult, QueryUnderWay
from kg.query.workers import QueryWorkers
from kg.settings import Settings
from kg.store import Store, open_store
from tests.query.test_workers import ENDLESS, fill, idle, wait_until

CSV = "text/csv"
ALL = "SELECT ?s WHERE { ?s ?p ?o }"
FEW = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 2"


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(None)
    fill(opened, "urn:g", 400)
    yield opened
    opened.close()


@pytest.fixture
def workers(store: Store) -> Iterator[QueryWorkers]:
    found = QueryWorkers(store, Settings(query_workers=1, result_rows=300, query_seconds=60))
    found.prepare()
    idle(found, 2)
    yield found
    found.close()


def moved_on(under_way: QueryUnderWay) -> QueryResult | None:
    """Do what a loop does, until there is an answer or the query is stuck."""
    pipe = under_way.start()
    while pipe is not None and not under_way.stuck:
        assert select.select([pipe], [], [], 60)[0]
        if (result := under_way.receive()) is not None:
            return result
    return None


def test_an_answer_comes_without_waiting_and_its_worker_is_kept(workers: QueryWorkers) -> None:
    before = set(idle(workers, 2))
    found = moved_on(workers.begin(FEW, CSV))
    assert found == workers.run(FEW, CSV)
    assert workers.counts() == (0, 0)
    assert set(idle(workers, 2)) == before


def test_reading_before_anything_has_come_does_not_wait(workers: QueryWorkers) -> None:
    for worker in idle(workers, 2):
        os.kill(worker, signal.SIGSTOP)
    under_way = workers.begin(FEW, CSV)
    assert under_way.start() is not None
    assert under_way.receive() is None
    assert not under_way.stuck
    under_way.close()
    under_way.close()
    assert workers.counts() == (0, 0)


def test_a_limit_is_told_by_waiting(workers: QueryWorkers) -> None:
    under_way = workers.begin(ALL, CSV)
    assert moved_on(under_way) is None
    assert under_way.stuck
    with pytest.raises(TooManyRowsError):
        under_way.wait()
    assert workers.counts() == (0, 0)


def test_a_worker_that_ends_is_told_by_waiting(workers: QueryWorkers) -> None:
    under_way = workers.begin(ENDLESS, CSV)
    assert under_way.start() is not None
    (turn,) = workers._turns._running
    assert turn._worker is not None
    turn._worker.kill()
    with pytest.raises(StoreError, match="signal SIGKILL"):
        under_way.wait()
    assert moved_on(workers.begin(FEW, CSV)) is not None


def test_a_thread_goes_on_from_wherever_the_query_is(workers: QueryWorkers) -> None:
    whole = workers.run(FEW, CSV)
    not_begun, started, read = (workers.begin(FEW, CSV) for _ in range(3))
    with ThreadPoolExecutor(3) as threads:
        assert started.start() is None  # it waits for its turn
        assert not_begun.start() is not None
        assert threads.submit(not_begun.wait).result(60) == whole
        assert started.start() is not None
        assert threads.submit(started.wait).result(60) == whole
        assert moved_on(read) == whole


def test_who_waits_for_a_turn_is_called_once_it_is_there(workers: QueryWorkers) -> None:
    called: list[str] = []
    first = workers.begin(FEW, CSV, call=lambda: called.append("first"))
    second = workers.begin(FEW, CSV, call=lambda: called.append("second"))
    assert called == ["first"]
    assert second.start() is None
    assert not second.stuck
    assert moved_on(first) is not None
    assert called == ["first", "second"]
    assert moved_on(second) is not None


def test_a_query_that_is_cancelled_while_it_waits_is_stuck(workers: QueryWorkers) -> None:
    first = workers.begin(FEW, CSV)
    second = workers.begin(FEW, CSV, asker=Asker(query_id="b"))
    assert workers.cancel("b")
    assert second.start() is None
    assert second.stuck
    with pytest.raises(QueryCancelledError):
        second.wait()
    assert moved_on(first) is not None


def test_too_many_are_refused_at_once(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_workers=1, query_places=1))
    waiting = [workers.begin(FEW, CSV) for _ in range(2)]
    with pytest.raises(BusyError, match="too many"):
        workers.begin(FEW, CSV)
    for each in waiting:
        each.close()
    assert workers.counts() == (0, 0)
    workers.close()


def test_where_a_worker_must_be_started_first_only_a_thread_goes_on(store: Store) -> None:
    workers = QueryWorkers(store, Settings())
    under_way = workers.begin(FEW, CSV)
    assert under_way.start() is None
    assert under_way.stuck
    assert under_way.wait().rows == 2
    fill(store, "urn:h", 3)
    behind = workers.begin(FEW, CSV)
    assert behind.start() is None
    assert behind.wait().version == store.version
    workers.close()


def test_closing_the_workers_ends_what_a_loop_has_begun(store: Store) -> None:
    workers = QueryWorkers(store, Settings(query_seconds=60))
    workers.prepare()
    idle(workers, 5)
    under_way = workers.begin(ENDLESS, CSV)
    assert under_way.start() is not None
    workers.close()
    with pytest.raises(QueryCancelledError):
        under_way.wait()
    wait_until(lambda: workers.counts() == (0, 0))

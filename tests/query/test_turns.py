"""Whose query runs next when there are more than workers."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from kg.query.limits import Asker, BusyError, QueryCancelledError
from kg.query.turns import Turn, Turns
from tests.query.test_workers import wait_until


def asked(threads: ThreadPoolExecutor, turns: Turns, client: str) -> Future[Turn]:
    waiting = turns.counts()[1]
    turn = threads.submit(turns.take, Asker(client=client), 60)
    wait_until(lambda: turns.counts()[1] == waiting + 1 or turn.done())
    return turn


def test_one_client_leaves_a_worker_to_the_others() -> None:
    turns = Turns(3, 10)
    with ThreadPoolExecutor() as threads:
        first = [turns.take(Asker(client="a"), 1) for _ in range(2)]
        third = asked(threads, turns, "a")
        assert not third.done()
        other = turns.take(Asker(client="b"), 1)
        turns.give_back(first[0])
        assert third.result(60).asker.client == "a"
        for turn in (other, first[1], third.result()):
            turns.give_back(turn)
    assert turns.counts() == (0, 0)


def test_who_has_fewest_queries_running_comes_next_and_then_who_came_first() -> None:
    turns = Turns(2, 10)
    with ThreadPoolExecutor() as threads:
        greedy, other = turns.take(Asker(client="a"), 1), turns.take(Asker(client="b"), 1)
        waiting = {client: asked(threads, turns, client) for client in ("a", "c", "d")}
        turns.give_back(other)
        assert waiting["c"].result(60)
        assert not waiting["d"].done()
        turns.give_back(greedy)
        assert waiting["a"].result(60)
        turns.give_back(waiting["a"].result())
        assert waiting["d"].result(60)


def test_a_query_that_finds_no_turn_is_turned_away() -> None:
    turns = Turns(1, 2)
    running = turns.take(Asker(), 1)
    with pytest.raises(BusyError, match="busy with other queries: try again"):
        turns.take(Asker(), 0.01)
    with ThreadPoolExecutor() as threads:
        waiting = asked(threads, turns, "a")
        with pytest.raises(BusyError, match="too many queries wait"):
            turns.take(Asker(client="a"), 60)
        other = asked(threads, turns, "b")
        with pytest.raises(BusyError, match="too many queries wait"):
            turns.take(Asker(), 60)
        turns.cancel_all()
        assert running.cancelled
        for cancelled in (waiting, other):
            with pytest.raises(QueryCancelledError):
                cancelled.result(60)
    turns.give_back(running)
    assert turns.take(Asker(), 1)


def test_a_program_of_our_own_may_use_every_worker() -> None:
    turns = Turns(2, 2)
    assert turns.take(Asker(), 1) is not turns.take(Asker(), 1)

"""A writing process that is killed at any moment leaves a store that opens and holds whole graphs only."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreInUseError
from kg.store import Store, open_store
from tests.writers import GRAPHS, STATEMENTS, build, put_graphs, update_graphs

ARTICLES = {
    "a.txt": "Sáng ngày 5/3/2024, Trung tâm Y tế huyện Than Uyên tổ chức hội nghị tổng kết. "
    "Đồng chí Nguyễn Văn Bình, Giám đốc Trung tâm Y tế huyện Than Uyên, chủ trì hội nghị. "
    "Năm 2023, số lượt khám bệnh đạt 12.500 lượt.",
    "b.txt": "Ngày 7/4/2024, Sở Y tế tỉnh Lai Châu làm việc với Trung tâm Y tế huyện Than Uyên. "
    "Dự buổi làm việc có đồng chí Nguyễn Văn Bình, Giám đốc Trung tâm Y tế huyện Than Uyên.",
    "c.txt": "Chiều 9/5/2024, đồng chí Trần Thị Hòa, Phó Giám đốc Sở Y tế tỉnh Lai Châu, "
    "kiểm tra công tác tiêm chủng tại Trung tâm Y tế huyện Tân Uyên. "
    "Năm 2023, số lượt khám bệnh đạt 9.300 lượt.",
}


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that need not import everything anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.writers"])
    return context


def seconds_of(processes: ForkServerContext, target: Callable[..., None], *arguments: Any) -> float:
    """Let a writer finish; return how long it took once it was ready."""
    ready = processes.Event()
    writer = processes.Process(target=target, args=(*arguments, ready))
    writer.start()
    ready.wait()
    started = time.monotonic()
    writer.join()
    assert writer.exitcode == 0
    return time.monotonic() - started


def kill_after(
    processes: ForkServerContext, seconds: float, target: Callable[..., None], *arguments: Any
) -> None:
    """Kill a writer so long after it was ready."""
    ready = processes.Event()
    writer = processes.Process(target=target, args=(*arguments, ready))
    writer.start()
    ready.wait()
    writer.join(seconds)
    writer.kill()
    writer.join()


def opened(path: Path) -> Store:
    """Open a store whose writer was killed; a process that it was starting may hold the lock a moment."""
    for _ in range(100):
        try:
            return open_store(path)
        except StoreInUseError:
            time.sleep(0.1)
    return open_store(path)


def union_is_whole(store: Store) -> bool:
    """Tell whether the default graph holds each statement of the named graphs, and nothing else."""
    named = {quad.triple for name in store.graphs() for quad in store.quads(name)}
    return named == {quad.triple for quad in store.default_quads()}


def generation_of(store: Store, name: str) -> str:
    """Return the generation that all statements of a graph are of."""
    quads = list(store.quads(name))
    assert len(quads) == STATEMENTS + 1
    (generation,) = {str(quad.object) for quad in quads}
    return generation


@pytest.mark.parametrize(("write", "within", "seed"), [(put_graphs, 0.5, 1), (update_graphs, 1.0, 2)])
def test_graphs_are_old_or_new_after_a_kill(
    processes: ForkServerContext, tmp_path: Path, write: Callable[..., None], within: float, seed: int
) -> None:
    moments, path = random.Random(seed), tmp_path / "store"  # noqa: S311
    seconds_of(processes, put_graphs, path, 0, 0)
    for number in range(20):
        kill_after(processes, moments.uniform(0, within), write, path, 1000 * number, None)
        with closing(opened(path)) as store:
            assert store.graphs() == GRAPHS
            for name in GRAPHS:
                assert generation_of(store, name)
            assert union_is_whole(store)
    seconds_of(processes, write, path, 99_999, 99_999)
    with closing(opened(path)) as store:
        assert {generation_of(store, name).split('"')[1] for name in GRAPHS} == {"99999"}
        assert union_is_whole(store)


def test_a_build_that_is_killed_is_completed_by_the_next(
    processes: ForkServerContext, tmp_path: Path
) -> None:
    moments = random.Random(3)  # noqa: S311
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(f"Tin y tế {name}\n\n{text}\n", encoding="utf-8")
    seconds = seconds_of(processes, build, tmp_path / "whole", articles)
    whole = graphs_of(tmp_path / "whole")
    assert any("/graph/indicator-year/" in name for name in whole)
    for path in (tmp_path / "one", tmp_path / "two"):
        for _ in range(5):
            kill_after(processes, moments.uniform(0, seconds), build, path, articles)
            with closing(opened(path)) as store:
                assert union_is_whole(store)
                for name in store.graphs():
                    if "/graph/article/" in name:
                        assert frozenset(map(str, store.quads(name))) == whole[name]
        seconds_of(processes, build, path, articles)
        assert graphs_of(path) == whole


def graphs_of(path: Path) -> dict[str, frozenset[str]]:
    """Return what the graphs of a store hold, but for the records of runs, which tell the time."""
    with closing(opened(path)) as store:
        assert union_is_whole(store)
        return {
            name: frozenset(map(str, store.quads(name))) for name in store.graphs() if "/runs/" not in name
        }

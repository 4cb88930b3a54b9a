"""The same articles in any order, batches and number of processes give the same graph, but for the runs."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from kg.cli import main
from kg.graph.iris import runs_graph_iri
from kg.pipeline import article_graphs
from kg.settings import Settings
from kg.store import open_store
from tests.conftest import ROOT
from tests.truth.records import TrueArticle
from tests.truth.trial import build, save
from tests.truth.world import SMALL, make_world
from tests.truth.writer import write_articles

COUNT = 20


def trying() -> tuple[TrueArticle, ...]:
    """Return articles that identity is put to the test by: of namesakes, and of careers."""
    world = make_world(11, SMALL)
    movers = {move.person for move in world.moves}
    namesakes = {person for pair in world.namesakes for person in pair}
    articles = write_articles(world, 150, 11)

    def told(article: TrueArticle) -> int:
        people = set(article.event.people)
        return 2 * len(people & movers) + len(people & namesakes)

    return tuple(sorted(articles, key=lambda article: (-told(article), article.name))[:COUNT])


def exported(store: Path) -> dict[str, bytes]:
    """Return what each graph holds, but those of the runs."""
    runs, graphs = runs_graph_iri(Settings.from_environment().base_iri), {}
    with closing(open_store(store, read_only=True)) as opened:
        for name in opened.graphs():
            if not name.startswith(runs):
                output = io.BytesIO()
                opened.dump(output, "application/n-triples", graph=name)
                graphs[name] = output.getvalue()
    assert len(graphs) > COUNT
    return graphs


def built_in(batches: Iterable[list[Path]], store: Path) -> dict[str, bytes]:
    for batch in batches:
        assert build(batch, store) == 0
    return exported(store)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(save(trying(), tmp_path_factory.mktemp("order") / "texts"))


@pytest.fixture(scope="module")
def at_once(texts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The graph of all articles built by one command."""
    return built_in([texts], tmp_path_factory.mktemp("at-once") / "store")


def test_one_by_one_backwards(texts: list[Path], at_once: dict[str, bytes], tmp_path: Path) -> None:
    assert built_in([[path] for path in reversed(texts)], tmp_path / "store") == at_once


@pytest.mark.parametrize("seed", [1, 2])
def test_in_any_order_and_any_batches(
    seed: int, texts: list[Path], at_once: dict[str, bytes], tmp_path: Path
) -> None:
    chance = Random(seed)  # noqa: S311 - to be the same each time is the point
    order = chance.sample(texts, len(texts))
    cuts = [0, *sorted(chance.sample(range(1, len(order)), 4)), len(order)]
    batches = [order[start:end] for start, end in pairwise(cuts)]
    assert built_in(batches, tmp_path / "store") == at_once


def test_articles_that_come_again_change_nothing(
    texts: list[Path], at_once: dict[str, bytes], tmp_path: Path
) -> None:
    assert built_in([texts, texts[:5], texts[10:12]], tmp_path / "store") == at_once


def test_by_several_processes_that_read(texts: list[Path], at_once: dict[str, bytes], tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert main(["build", *map(str, texts), "--store", str(store), "--workers", "3"]) == 0
    assert exported(store) == at_once


def test_by_several_commands_at_once_on_parts_that_overlap(
    texts: list[Path], at_once: dict[str, bytes], tmp_path: Path
) -> None:
    parts = (texts[:9], texts[14:5:-1], texts[12:])
    running = [started(part, tmp_path / "store", "--wait", "600") for part in parts]
    assert [process.wait(timeout=600) for process in running] == [0, 0, 0]
    assert exported(tmp_path / "store") == at_once


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_ended_half_way_and_built_again(
    ending: signal.Signals, code: int, texts: list[Path], at_once: dict[str, bytes], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    process = started(texts, store, "--workers", "2")
    while not (store / "version").exists():  # which is written with the first article
        assert process.poll() is None
        time.sleep(0.02)
    readers = children(process.pid)
    process.send_signal(ending)
    assert process.wait(timeout=120) == code
    assert len(readers) >= 2
    while any(map(alive, readers)):
        time.sleep(0.02)
    with closing(open_store(store)) as opened:
        assert len(article_graphs(opened)) < COUNT
    assert built_in([texts], store) == at_once


def started(texts: Iterable[Path], store: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    command = [sys.executable, "-m", "kg", "build", *map(str, texts), "--store", str(store), *options]
    # Who runs the tests in the background may have set SIGINT to be ignored, which processes inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)


def children(parent: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def alive(process: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

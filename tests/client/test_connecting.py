"""Connecting to stores and articles, what is said where that cannot be, and the examples in docstrings."""

from __future__ import annotations

import doctest
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import kg
from kg.client import connection, graph, lists
from kg.errors import InputError, QueryError, StoreError
from kg.graph.withdrawal_file import write_withdrawals
from kg.model.withdrawal import Withdrawal, mark
from kg.store import open_store
from tests.conftest import ROOT, SEEDS, Kg


def _run(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, capture_output=True, cwd=ROOT, encoding="utf-8", check=False)


@pytest.mark.parametrize("module", [graph, lists, connection], ids=lambda module: module.__name__)
def test_the_examples_are_true(
    graphs: dict[str, kg.Graph], module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for kind in ("service", "store"):
        result = doctest.testmod(module, extraglobs={"g": graphs[kind]})  # type: ignore[arg-type]
        assert result.failed == 0
    assert result.attempted > 0


def test_articles_may_be_files_and_directories_and_one_path_alone() -> None:
    first, second = sorted(SEEDS.glob("*.txt"))[:2]
    with kg.connect(first) as one, kg.connect([str(first), second]) as two:
        assert repr(one) == "Graph(1 article)"
        assert repr(two) == "Graph(2 articles)"
        assert len(two.articles()) == 2


def test_an_article_that_cannot_be_read_is_left_out_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(
        next(SEEDS.glob("004*.txt")).read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.warns(UserWarning, match=r"left out: .*empty.txt") as warned, kg.connect(tmp_path) as found:
        assert len(found.articles()) == 1
    assert Path(warned[0].filename) == Path(__file__)


def test_a_store_with_a_withdrawal_that_was_ended_half_way_is_not_read(
    seed_store: Path, tmp_path: Path
) -> None:
    half_way = tmp_path / "graph"
    shutil.copytree(seed_store, half_way)
    with closing(open_store(half_way)) as store:
        store.keep_withdrawals(write_withdrawals([Withdrawal("article", (mark("id", "017"),))]))
    with pytest.raises(StoreError, match="ended half-way"):
        kg.connect(half_way)


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("no/such/place", InputError, "no such file or directory"),
        ([], InputError, "no article is given"),
        ([SEEDS, "no/such/file.txt"], InputError, "no such file or directory"),
    ],
)
def test_what_is_not_there_is_told(source: object, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        kg.connect(source)  # type: ignore[arg-type]


def test_nothing_that_can_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with (
        pytest.warns(UserWarning, match="left out"),
        pytest.raises(InputError, match="nothing to answer from"),
    ):
        kg.connect(tmp_path)
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="no articles"):
        kg.connect(tmp_path / "none")


def test_wrong_options_are_told() -> None:
    with pytest.raises(QueryError, match="language 'fr'"):
        kg.connect(SEEDS, language="fr")
    with pytest.raises(QueryError, match="timeout is 0"):
        kg.connect(SEEDS, timeout=0)


def test_a_store_is_read_beside_a_service_and_many_readers(seed_store: Path, live_service: str) -> None:
    with kg.connect(seed_store) as one, kg.connect(str(seed_store)) as two, kg.connect(live_service) as three:
        assert len(one.officials()) == len(two.officials()) == len(three.officials()) > 0


def test_a_graph_that_was_closed_is_not_asked(seed_store: Path) -> None:
    with kg.connect(seed_store) as found:
        pass
    with pytest.raises(StoreError, match="closed"):
        found.get("Bùi Thu Hằng")
    found.close()  # again, which does nothing


def test_what_nobody_closes_is_closed_at_the_end(seed_store: Path, tmp_path: Path) -> None:
    program = f"""
import tempfile
tempfile.tempdir = {str(tmp_path)!r}
import kg
store = kg.connect({str(seed_store)!r})
print(store.sparql("ASK {{ ?s ?p ?o }}"))
articles = kg.connect({str(next(SEEDS.glob("004*.txt")))!r})
print(articles.sparql("ASK {{ ?s ?p ?o }}"))
forgotten = kg.connect({str(seed_store)!r})
del forgotten
"""
    told = _run(program)
    assert (told.stdout, told.stderr) == ("True\nTrue\n", "")
    assert list(tmp_path.iterdir()) == []


def test_labels_come_in_the_language_that_is_wanted(seed_store: Path) -> None:
    with kg.connect(seed_store, language="en") as found:
        assert found.get("Bùi Thu Hằng").label == "official"
        assert found.path("Nguyễn Tăng", "Hồ Văn Vinh").frame["label"].iloc[0] == "chaired"
        assert found.question("counts").attrs["title"].isascii()


def test_without_the_packages_one_line_says_what_to_install() -> None:
    program = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pandas", "ipysigma"):
            raise ModuleNotFoundError(name)
sys.modules["pandas"] = None
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in ("pandas", "ipysigma") else found(name)
import kg
try:
    kg.connect("seeds")
except kg.errors.MissingExtraError as error:
    print(error)
"""
    told = _run(program.replace("import kg\n", "import kg, kg.errors\n"))
    assert told.stdout == (
        "kg.connect needs pandas, ipysigma: install them with pip install 'yte-kg[notebook]'\n"
    ), told.stderr


def test_the_command_line_does_without_the_packages(kg: Kg) -> None:
    told = _run(
        "import sys, kg.cli.entry; print([it for it in ('pandas', 'matplotlib') if it in sys.modules])"
    )
    assert told.stdout == "[]\n", told.stderr
    told = _run("import kg; print(kg.__version__, dir(kg), hasattr(kg, 'nothing'))")
    assert told.stdout == "0.1.0 ['Graph', '__version__', 'connect'] False\n", told.stderr
    assert kg("--help").returncode == 0

"""The examples in the help of the commands work, each on a copy of what it speaks of."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from tests.conftest import ROOT, SEEDS
from tests.documentation.blocks import read_blocks

_DOCUMENT = "kg/cli/REFERENCE.md"
# What does not end by itself, needs a service or takes long; by how it begins or what is in it.
_ELSEWHERE = {
    "kg serve": "tests/api starts services",
    "kg mcp": "tests/test_mcp.py speaks to it",
    "kg watch articles --store graph$": "tests/test_watch.py stops it",
    "--interval 10": "tests/test_watch.py stops it",
    "--service": "tests/test_backup.py and tests/test_withdraw_command.py have a service",
    "--workers 4": "tests/truth/test_order.py builds in several processes",
    "kg evaluate": "tests/quality measures the same",
    "kg train-crf": "CONTRIBUTING.md shows it too, and that runs",
    "kg completion|eval": "tests/cli/test_completion.py has shells",
    "kg withdraw \"": "asks a person; tests/test_withdraw_command.py answers",
}  # fmt: skip


def _commands() -> list[str]:
    shown = [block.text for block in read_blocks(_DOCUMENT) if block.language == "sh"]
    lines = dict.fromkeys(line for text in shown for line in text.splitlines() if line.strip())
    return [line for line in lines if not any(re.search(each, line) for each in _ELSEWHERE)]


@pytest.fixture(scope="module")
def copies(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with all that the examples name."""
    directory = tmp_path_factory.mktemp("reference")
    for name in ("seeds", "articles"):
        shutil.copytree(SEEDS, directory / name)
    shutil.copytree(seed_store, directory / "graph")
    assert main(["backup", "--store", str(seed_store), str(directory / "graph-monday")]) == 0
    (directory / "token").write_text("of an example", encoding="utf-8")
    (directory / "service.toml").write_text("query_seconds = 30\n", encoding="utf-8")
    return directory


def test_most_examples_run_here() -> None:
    assert len(_commands()) >= 40
    assert (ROOT / _DOCUMENT).exists()


@pytest.mark.parametrize("command", _commands())
def test_an_example_does_what_its_help_shows(
    command: str,
    copies: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = shlex.split(re.sub(r" [|>] .*", "", command))
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        monkeypatch.setenv(name, value)
    assert words.pop(0) == "kg"
    # What is asked is the same of articles and of their store, which is there at once.
    if words[0] not in ("extract", "explain", "validate", "build", "export") and words[-1] == "seeds":
        words[-1:] = ["--store", "graph"]
    where = tmp_path / "here"
    shutil.copytree(copies, where)
    if words[0] == "backup":
        shutil.rmtree(where / "graph-monday")
    if words[0] == "restore" and "--force" not in words:
        shutil.rmtree(where / "graph")
    monkeypatch.chdir(where)
    try:
        code = main(words)
    except SystemExit as ended:  # --help
        code = ended.code if isinstance(ended.code, int) else 1
    written = capsys.readouterr()
    assert code == 0, f"{command}\n{written.out}\n{written.err}"

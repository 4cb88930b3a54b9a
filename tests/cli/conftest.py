"""Stores that commands look into, and a quick way to run many commands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kg.cli import main
from kg.store import open_store
from tests.conftest import Kg
from tests.query.figures import fill_figures


@pytest.fixture(scope="session")
def figure_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One indicator of two hospitals in provinces that were merged."""
    path = tmp_path_factory.mktemp("figures") / "store"
    with open_store(path) as store:
        fill_figures(store)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Kg:
    """Run the command in this process, for it takes a second to start; otherwise the same as `kg`."""

    def called(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in arguments]
        capsys.readouterr()
        code = main(words)
        written = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, written.out, written.err)

    return called

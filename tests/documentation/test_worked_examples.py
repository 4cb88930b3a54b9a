"""How to add a recognizer, a relation, a question: done in a copy as CONTRIBUTING.md shows it, it works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.documentation.blocks import Block, read_blocks, read_examples

_FROM, _TO = "## Three worked examples", "## Extractors of your own"


def _shown() -> list[Block]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text[text.index(_FROM) : text.index(_TO)]
    return [block for block in read_blocks("CONTRIBUTING.md") if block.text in section]


def _insert(name: str, lines: list[str], copy: Path) -> None:
    """Put each line with a plus behind the line above it, which stands in the file as it is shown."""
    have = (copy / name).read_text(encoding="utf-8").splitlines()
    position = 0
    for line in lines:
        if line.startswith("+"):
            have.insert(position, line[1:])
            position += 1
        else:
            assert line[1:] in have[position:], f"{name} has no line {line[1:]!r} where it is shown"
            position = have.index(line[1:], position) + 1
    (copy / name).write_text("\n".join(have) + "\n", encoding="utf-8")


def _carry_out(block: Block, copy: Path) -> None:
    if block.language == "diff":
        for part in re.split(r"^--- ", block.text, flags=re.MULTILINE)[1:]:
            name, *lines = part.splitlines()
            _insert(name, lines, copy)
    elif block.file is not None:
        assert not (copy / block.file).exists(), f"{block.file} is there already"
        (copy / block.file).write_text(block.text.partition("\n")[2], encoding="utf-8")
    else:
        assert block.language == "console", block
        for example in read_examples(block):
            printed = _kg(shlex.split(example.command)[1:], copy)
            assert printed.returncode == 0, printed.stderr
            assert example.fits(printed.stdout), f"{example.command}\n{printed.stdout}"


def _kg(arguments: list[str], copy: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("copy")
    for package in ("kg", "ontology"):
        shutil.copytree(ROOT / package, directory / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", directory)
    return directory


def test_the_examples_work_when_they_are_done_one_after_the_other(copy: Path) -> None:
    blocks = _shown()
    assert sum(block.language == "console" for block in blocks) == 3
    for block in blocks:
        _carry_out(block, copy)
    added = copy / "kg/extraction/relations/twinnings.py"
    assert _kg(["validate", "article.txt"], copy).returncode == 0
    told = subprocess.run(
        [sys.executable, "-m", "kg.vocabulary.dictionary"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "### kg:Twinning" in told.stdout
    if (ruff := Path(sys.executable).with_name("ruff")).exists():
        files = [copy / block.file for block in blocks if block.language == "python" and block.file]
        assert added in files
        for command in (["check"], ["format", "--check"]):
            checked = subprocess.run(
                [ruff, *command, *files], cwd=copy, capture_output=True, text=True, check=False
            )
            assert checked.returncode == 0, checked.stdout

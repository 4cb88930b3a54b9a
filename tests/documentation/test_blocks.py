"""Every block of code in every document runs here, or is named here with the reason why it does not."""

from __future__ import annotations

import doctest
import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, SEEDS, Kg
from tests.documentation.blocks import Block, every_block, read_examples

_SERVICE = "http://127.0.0.1:8000"
_BLOCKS = every_block()

# Blocks that do not run here, by document and how the first line begins: where they run, or why they cannot.
ELSEWHERE = (
    ("README.md", "python3 -m venv", "installs; .ci/run takes these steps, which a test compares"),
    ("README.md", "file ─", "a drawing"),
    ("README.md", "kg evaluate", "tests/quality measures the same, and holds the figures above it"),
    ("CONTRIBUTING.md", "python3 -m venv", "runs all tests, this one too"),
    ("CONTRIBUTING.md", "# ", "the worked examples run in test_worked_examples.py"),
    ("CONTRIBUTING.md", "--- ", "the worked examples run in test_worked_examples.py"),
    ("CONTRIBUTING.md", "$ ", "the worked examples run in test_worked_examples.py"),
    ("api/deployment/README.md", "", "tests/deployment does all of it that needs no container engine"),
    ("kg/client/README.md", "pip install", "installs; .ci/run installs the same"),
    ("kg/cli/WATCHING.md", "kg serve", "tests/test_watch.py starts it and stops it again"),
    ("kg/cli/WATCHING.md", "curl", "tests/test_watch.py runs it on an address of its own"),
    ("kg/cli/REFERENCE.md", "kg ", "what each command takes, and examples that tests/cli runs"),
    ("kg/cli/REFERENCE.md", "eval ", "for a shell of one's own; tests/cli sources what it prints"),
    ("tests/bench/README.md", "", "benches take minutes"),
    ("tests/quality/README.md", "", "test_floors.py measures all of it"),
    ("tests/truth/README.md", "", "takes minutes; tests/truth/test_measure.py does it on less"),
)


def _elsewhere(block: Block) -> bool:
    return any(
        block.document == document and block.first.startswith(start) for document, start, _ in ELSEWHERE
    )


RUN_HERE = [block for block in _BLOCKS if not _elsewhere(block)]


@pytest.fixture
def directory(seed_store: Path, tmp_path: Path) -> Path:
    """A directory with the seeds, a graph of them and the project's tests, as in a clone."""
    (tmp_path / "seeds").symlink_to(SEEDS)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    shutil.copytree(seed_store, tmp_path / "my-graph")
    return tmp_path


def test_what_is_named_as_running_elsewhere_is_there() -> None:
    for document, start, _ in ELSEWHERE:
        assert any(each.document == document and each.first.startswith(start) for each in _BLOCKS), start


@pytest.mark.parametrize("document", sorted({block.document for block in RUN_HERE}))
def test_what_a_document_shows_is_true(
    document: str, directory: Path, kg: Kg, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if document == "README.md":
        shutil.rmtree(directory / "my-graph")  # it shows how that is built
    monkeypatch.chdir(directory)
    for block in RUN_HERE:
        if block.document == document:
            text = block.text
            if _SERVICE in text and block.language != "indented":
                text = text.replace(_SERVICE, request.getfixturevalue("live_service"))
            _run(Block(document, block.language, block.section, text), directory, kg)


def _run(block: Block, where: Path, kg: Kg) -> None:
    match block.language:
        case "console":
            _console(block, where, kg)
        case "sh":
            _shell(block, where)
        case "python":
            _python(block)
        case "json":
            json.loads(block.text)
        case "toml":
            tomllib.loads(block.text)
        case "yaml":
            yaml.safe_load(block.text)
        case "text":
            assert "$ " not in block.text
        case _:
            raise AssertionError(
                f"{block}: run what is {block.language!r}, or name it with the reason why not"
            )


def _console(block: Block, where: Path, kg: Kg) -> None:
    for example in read_examples(block):
        if not example.command.startswith("kg "):
            assert example.command.startswith("curl ")
            if shutil.which("curl"):  # the addresses are asked in test_documentation.py in any case
                _shell(Block(block.document, "sh", "", example.command), where)
            continue
        printed = kg(*shlex.split(example.command, comments=True)[1:], cwd=where)
        assert printed.returncode == 0, printed.stderr
        assert example.fits(printed.stdout), f"{example.command}\n{printed.stdout}"


def _shell(block: Block, where: Path) -> None:
    programs = where / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "kg"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {
        **os.environ,
        "HOME": str(where),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", block.text],  # noqa: S607
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block.text}\n{done.stdout}\n{done.stderr}"


def _python(block: Block) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, block.document, "exec"), {"__name__": "shown"})  # noqa: S102 - our own document
        return
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(parser.get_doctest(block.text, {}, str(block), block.document, 0))
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries > 0

"""Help and reference: every command and option is described, and the file says what the parser knows."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.arguments import make_parser
from kg.cli.arguments.program import read_words
from kg.cli.reference import PATH, render
from tests.conftest import ROOT

HEAVY = ("rdflib", "pyoxigraph", "pyshacl", "numpy", "networkx", "pandas", "flask", "lxml", "shtab", "yaml")


def _commands(
    parser: argparse.ArgumentParser, name: str = "kg"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner, command in action.choices.items():
                yield f"{name} {inner}", command
                yield from _commands(command, f"{name} {inner}")


COMMANDS = dict(_commands(make_parser()))


def test_the_reference_is_fresh() -> None:
    assert PATH.read_text(encoding="utf-8") == render(), "run: python -m kg.cli.reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described_with_examples_that_can_be_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("of an example", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command = COMMANDS[name]
    assert command.description
    for action in command._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), action
    title, *examples = (command.epilog or "").splitlines()
    assert title == "examples:"
    assert examples
    for example in examples:
        written = re.sub(r" [|>] .*", "", example.strip()).replace('eval "$(', "").removesuffix(')"')
        words = [word for word in shlex.split(written) if not re.match(r"KG_\w+=", word)]
        assert words[0] == "kg"
        assert f"kg {' '.join(words[1:])}".startswith(name)
        if "--help" not in words:
            assert read_words(words[1:]).command == words[1]


def test_help_comes_without_anything_heavy() -> None:
    program = (
        "import sys, kg.cli.entry\nfrom kg.cli.arguments import make_parser\nmake_parser().format_help()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert told.stdout == b"[]\n"

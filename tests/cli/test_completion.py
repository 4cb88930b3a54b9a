"""Shells complete what can be written: bash is asked for real, the others' scripts are looked at."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.windows import read_all
from tests.conftest import Kg

BASH = shutil.which("bash") or "bash"


@pytest.fixture
def script(run: Kg, tmp_path: Path) -> Path:
    """The script for bash, in a file."""
    file = tmp_path / "kg.bash"
    file.write_text(run("completion", "bash").stdout, encoding="utf-8")
    return file


def _completed(script: Path, *words: str) -> list[str]:
    """Return what bash proposes for the last of the words."""
    asked = """
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
    _shtab_kg kg "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    outcome = subprocess.run(
        [BASH, "--norc", "-c", asked, "bash", str(script), *words],
        capture_output=True, check=True, encoding="utf-8", cwd=script.parent,
    )  # fmt: skip
    assert outcome.stderr == ""
    return outcome.stdout.split()


def test_bash_knows_commands_options_choices_and_directories(script: Path) -> None:
    (script.parent / "a-store").mkdir()
    assert _completed(script, "kg", "se") == ["search", "serve"]
    assert "officials" in _completed(script, "kg", "list", "")
    assert _completed(script, "kg", "list", "officials", "--ro") == ["--role"]
    assert _completed(script, "kg", "show", "--format", "") == ["text", "json"]
    assert _completed(script, "kg", "identity", "spl") == ["split"]
    assert _completed(script, "kg", "doctor", "--store", "a-") == ["a-store"]
    assert _completed(script, "kg", "build", "--no-such") == []


def test_the_key_completes_on_a_terminal(script: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [BASH, "--norc", "--noprofile", "-i"],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={"PATH": os.environ["PATH"], "TERM": "dumb", "PS1": "$ ", "HISTFILE": ""},
    ) as shell:  # fmt: skip
        os.close(theirs)
        os.write(ours, f"source {script}; kg() {{ printf '<%s>' \"$@\"; echo; }}\n".encode())
        os.write(ours, b"kg doct\t--fo\tjs\t\nexit\n")
        shown = read_all(ours)
    os.close(ours)
    assert shell.returncode == 0
    assert "<doctor><--format><json>" in shown


@pytest.mark.parametrize(("shell", "begins"), [("zsh", "#compdef kg"), ("fish", "")])
def test_the_scripts_of_other_shells_name_every_command(run: Kg, shell: str, begins: str) -> None:
    script = run("completion", shell).stdout
    assert script.startswith(begins)
    assert all(command in script for command in ("doctor", "officials", "--indicator", "--store"))


def test_an_unknown_shell_is_wrong_usage(run: Kg) -> None:
    refused = run("completion", "tcsh")
    assert refused.returncode == 2
    assert "bash" in refused.stderr

"""Commands in a window: what a terminal of some width gets to see."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from tests.conftest import ROOT

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_RUNNER = """
import json, sys
from kg.cli import main
for words in json.loads(sys.argv[1]):
    print(f"\\x1c{main(words)}\\x1d", end="", flush=True)
"""
_UNWANTED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES")


@dataclass(frozen=True)
class Shown:
    """What a window showed, and how the command ended."""

    raw: str
    code: int

    @property
    def text(self) -> str:
        return _CODES.sub("", self.raw)

    @property
    def widest(self) -> int:
        return max(map(cell_len, self.text.splitlines()), default=0)


def in_window(columns: int, *arguments: str | Path, **variables: str) -> Shown:
    """Run a command in a window; its standard error goes elsewhere."""
    return all_in_window(columns, [arguments], **variables)[0]


def all_in_window(columns: int, commands: Sequence[Sequence[str | Path]], **variables: str) -> list[Shown]:
    """Run commands one after the other in one window and one process, which takes a second to start."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    environment = {**plain, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **variables}
    words = json.dumps([[str(word) for word in command] for command in commands])
    with subprocess.Popen(
        [sys.executable, "-c", _RUNNER, words],
        stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment, cwd=ROOT,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = read_all(ours)
    os.close(ours)
    assert process.returncode == 0, shown
    parts = re.findall(r"(.*?)\x1c(\d+)\x1d", shown, flags=re.DOTALL)
    return [Shown(raw, int(code)) for raw, code in parts]


def read_all(descriptor: int) -> str:
    """Return what is shown on a terminal until its other end is closed, which Linux tells as an error."""
    found = b""
    try:
        while chunk := os.read(descriptor, 65536):
            found += chunk
    except OSError:
        pass
    return found.decode("utf-8").replace("\r\n", "\n")

"""A service of its own for a test: `kg serve` as a process, with what it writes kept in a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-for-tests"  # noqa: S105
_START_SECONDS = 120


@dataclass(frozen=True)
class Running:
    """A service that answers.

    Attributes:
        process: to be signalled.
        address: without a slash at its end.
        said: what it has written to standard error.
    """

    process: subprocess.Popen[bytes]
    address: str
    said: Path


@contextmanager
def running(
    store: Path, directory: Path, *options: str, variables: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Serve a store until the block ends, which ends the process in any case."""
    said = directory / "said.txt"
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})}
    with (
        said.open("wb") as errors,
        subprocess.Popen(command, stderr=errors, cwd=ROOT, env=environment) as process,
    ):
        try:
            yield Running(process, _address(process, said), said)
        finally:
            process.kill()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://\S+:\d+", said.read_text(encoding="utf-8")):
            return found.group()
        time.sleep(0.05)
    raise AssertionError(f"the service did not start:\n{said.read_text(encoding='utf-8')}")

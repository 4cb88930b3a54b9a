"""What end-to-end tests share: the command as a process, a store of the seeds, a live service over it."""

import os
import re
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
Kg = Callable[..., subprocess.CompletedProcess[str]]

# What the developer has configured for their own use is not what is tested.
os.environ["KG_CONFIG"] = ""


def start_kg(*arguments: str | Path, cwd: Path) -> subprocess.Popen[str]:
    """Start the command as a process of its own, whose end is the caller's matter."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def kg() -> Kg:
    """Run the command as a shell would, in the root of the repository."""

    def run(*arguments: str | Path, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        with start_kg(*arguments, cwd=cwd) as process:
            output, errors = process.communicate(stdin, timeout=240)
            return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    return run


@pytest.fixture(scope="session")
def seed_store(kg: Kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the seeds in it; tests only read it."""
    store = tmp_path_factory.mktemp("seeds") / "store"
    built = kg("build", SEEDS, "--store", store)
    assert built.returncode == 0, built.stderr
    return store


@pytest.fixture(scope="session")
def live_service(seed_store: Path) -> Iterator[str]:
    """The address of a service over the seeds, in a process of its own."""
    with start_kg("serve", "--store", seed_store, "--port", "0", cwd=ROOT) as process:
        try:
            yield address_of(process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def address_of(process: subprocess.Popen[str]) -> str:
    """Return the address that a starting service announces on standard error."""
    assert process.stderr is not None
    said = ""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        deadline = time.monotonic() + 120
        while selector.select(deadline - time.monotonic()):
            line = process.stderr.readline()
            said += line
            if found := re.search(r"http://\S+:\d+", line):
                return found.group()
            if not line:
                break
    raise AssertionError(f"the service did not start:\n{said}")

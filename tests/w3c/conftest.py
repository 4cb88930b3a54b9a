"""The server that the suite is run against, and the table that tells how it went."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT, address_of
from tests.w3c.client import TOKEN, Client
from tests.w3c.manifests import read_cases
from tests.w3c.outcomes import OUTCOMES, SKIPPED


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of `kg serve` over an empty store of its own, which takes writes without looking at shapes."""
    store = tmp_path_factory.mktemp("w3c") / "store"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KG_WRITE_TOKEN": TOKEN,
        "KG_DEFAULT_GRAPH": "own",
        "KG_VALIDATE_WRITES": "0",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        encoding="utf-8",
    ) as process:
        try:
            found = Client(address_of(process))
            yield found
            found.close()
        finally:
            process.terminate()
            process.communicate(timeout=30)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print how each section went, and why tests fail that are known to."""
    outcomes = config.stash.get(OUTCOMES, [])
    if not outcomes:
        return
    counted: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        counted.setdefault(outcome.section, Counter())["fail" if outcome.problem else "pass"] += 1
    terminalreporter.section("W3C SPARQL 1.1")
    terminalreporter.write_line(f"{'section':24}{'pass':>6}{'fail':>6}{'not run':>9}")
    for section in sorted(counted):
        row = counted[section]
        terminalreporter.write_line(f"{section:24}{row['pass']:>6}{row['fail']:>6}{0:>9}")
    for section, reason in sorted(SKIPPED.items()):
        count = len(read_cases(section))
        terminalreporter.write_line(f"{section:24}{0:>6}{0:>6}{count:>9}  {reason}")
    total = sum(counted.values(), Counter[str]())
    terminalreporter.write_line(f"{'all':24}{total['pass']:>6}{total['fail']:>6}")
    for outcome in outcomes:
        if outcome.problem:
            terminalreporter.write_line(f"  fails {outcome.section}/{outcome.name}: {outcome.reason}")

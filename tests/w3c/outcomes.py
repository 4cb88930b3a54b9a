"""What is expected of each test, from `expected.toml`, and what came of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

_FILE = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))

SKIPPED: dict[str, str] = _FILE["not-run"]
"""The reasons why sections are not run."""

FAILING: dict[str, str] = {
    f"{section}/{name}": reason for section, tests in _FILE["fails"].items() for name, reason in tests.items()
}
"""The reasons why tests fail that are known to."""


@dataclass(frozen=True)
class Outcome:
    """How a test went; `problem` is None where it passed."""

    section: str
    name: str
    problem: str | None

    @property
    def reason(self) -> str:
        return FAILING.get(f"{self.section}/{self.name}", "NOT EXPECTED TO FAIL")


OUTCOMES = pytest.StashKey[list[Outcome]]()

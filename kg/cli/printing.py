"""Results for programs: JSON and CSV on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from kg.query.records import Thing
from kg.query.telling.spreadsheet import things_csv, write_csv

_LINE_END = "\n"


def print_json(told: Any) -> None:
    """Print JSON for programs and people, in UTF-8."""
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def print_csv(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Print a table as CSV with a head line; no cell is taken for a formula by a spreadsheet."""
    sys.stdout.write(write_csv(head, rows, line_end=_LINE_END).decode())


def print_things(things: Sequence[Thing]) -> None:
    """Print things as CSV, with the columns that the service gives."""
    sys.stdout.write(things_csv(things, line_end=_LINE_END).decode())

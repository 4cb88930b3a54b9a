"""What people see on the terminal."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from rich.cells import cell_len

FAULT = 70
"""The exit code of a fault of the program itself: EX_SOFTWARE of sysexits.h."""


def say(message: str) -> None:
    """Write one line to standard error; standard output is kept for results."""
    sys.stderr.write(f"kg: {' '.join(message.split())}\n")
    sys.stderr.flush()


class _Lines(logging.Handler):
    """Writes each record as one line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record's message."""
        say(record.getMessage())


def show_log(*, debug: bool) -> None:
    """Show what the stages warn of, a line each; with `debug` what they note as well."""
    log = logging.getLogger("kg")
    log.handlers = [_Lines()]
    log.setLevel(logging.INFO if debug else logging.WARNING)


def fault_of(error: Exception) -> str:
    """Return what to tell of an error that should not have happened."""
    return (
        f"unexpected {type(error).__name__}: {error} - this is a fault of kg: "
        "please report it with what --debug prints"
    )


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in aligned columns under their names; no cell may hold a line break."""
    lines = [names, *rows]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(names))]
    lines.insert(1, ["─" * width for width in widths])
    return "".join(f"{_line(line, widths)}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()

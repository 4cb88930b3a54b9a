"""What people see on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.cells import cell_len


def say(message: str) -> None:
    """Write one line to standard error; standard output is kept for results."""
    sys.stderr.write(f"kg: {' '.join(message.split())}\n")
    sys.stderr.flush()


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in aligned columns under their names; no cell may hold a line break."""
    lines = [names, *rows]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(names))]
    lines.insert(1, ["─" * width for width in widths])
    return "".join(f"{_line(line, widths)}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()

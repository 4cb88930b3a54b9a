"""Where results are printed: a window with a width and colours, or a pipe that takes everything as it is."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

_HEIGHT = 25
_UNBOUNDED = 1_000_000
_LEAST = 20  # columns; in less nothing can be read anyway


def open_screen(arguments: argparse.Namespace, stream: TextIO | None = None) -> Console:
    """Return the console that a command prints to.

    In a window it has the window's width; in a pipe or a file it has none, so that nothing is broken into
    lines or shortened there. Colours are shown as `kg.cli.arguments.settling` settled.
    """
    stream = sys.stdout if stream is None else stream
    in_window = stream.isatty()
    coloured = arguments.color == "always" or (
        arguments.color == "auto" and in_window and os.environ.get("TERM") not in (None, "", "dumb")
    )
    columns = max(shutil.get_terminal_size().columns, _LEAST) if in_window else _UNBOUNDED
    return Console(
        file=stream,
        force_terminal=coloured,
        no_color=not coloured,
        width=columns,
        height=_HEIGHT,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def has_window(console: Console) -> bool:
    """Tell whether lines have to fit into a width."""
    return console.width < _UNBOUNDED


def print_lines(console: Console, lines: Iterable[Text | str]) -> None:
    """Print lines that are already as wide as they may be."""
    for line in lines:
        if isinstance(line, str) or console.color_system is None:
            console.file.write(f"{line}\n")
        else:
            console.print(line, soft_wrap=True)


def hanging(console: Console, text: Text, *, first: str = "", rest: str = "") -> list[Text]:
    """Return a text as lines that fit the window, behind what the first and the others begin with."""
    if not has_window(console):
        return [Text(first).append_text(text)]
    width = max(console.width - max(Text(first).cell_len, Text(rest).cell_len), _LEAST // 2)
    broken = text.wrap(console, width)
    lines = []
    for number, line in enumerate(broken):
        line.rstrip()
        lines.append(Text(first if number == 0 else rest).append_text(line))
    return lines


def fitted(console: Console, line: str) -> list[Text]:
    """Return a line that begins with blanks as lines that fit the window, the others indented further."""
    indent = line[: len(line) - len(line.lstrip())]
    return hanging(console, Text(line.lstrip()), first=indent, rest=f"{indent}    ")

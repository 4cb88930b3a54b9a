"""Tables on the terminal: as wide as they are in a pipe, and made to fit in a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kg.cli.screen import hanging, has_window, print_lines

_GAP = "  "
_NARROWEST = 8
_MOST_LINES = 4  # of one cell
_NO_MORE = "…"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column.

    Attributes:
        is_number: its cells are set to the right.
        is_whole: its cells are worth nothing if they are broken or cut.
    """

    name: str
    is_number: bool = False
    is_whole: bool = False


def print_table(console: Console, headings: Sequence[Heading | str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in aligned columns under their headings.

    In a window columns that are too wide are broken into lines, and what is longer than a few lines is cut;
    where the window has no room for the columns beside each other, each row is told one cell a line.

    Args:
        console: as `open_screen` gives it.
        headings: of the columns.
        rows: their cells, in which white space is as good as one blank.
    """
    heads = [Heading(each) if isinstance(each, str) else each for each in headings]
    told = [[" ".join(cell.split()) for cell in row] for row in rows]
    names = [head.name for head in heads]
    widths = [max(map(cell_len, column)) for column in zip(names, *told, strict=True)]
    fitting: list[int] | None = widths
    if has_window(console):
        least = [width if head.is_whole else _NARROWEST for head, width in zip(heads, widths, strict=True)]
        fitting = _fit(widths, least, console.width)
    if fitting is None:
        print_lines(console, _one_below_the_other(console, names, told))
        return
    columns = [(width, head.is_number) for head, width in zip(heads, fitting, strict=True)]
    print_lines(console, _lines(console, [Text(name, "bold") for name in names], columns))
    print_lines(console, [Text(_GAP.join("─" * width for width in fitting), "dim")])
    for row in told:
        print_lines(console, _lines(console, [Text(cell) for cell in row], columns))


def _fit(widths: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Return widths that fit, the widest columns made narrower first; None where there is no room."""
    free = room - len(_GAP) * (len(widths) - 1)

    def capped(cap: int) -> list[int]:
        return [min(width, max(cap, low)) for width, low in zip(widths, least, strict=True)]

    fitting = [cap for cap in range(_NARROWEST, free + 1) if sum(capped(cap)) <= free]
    if not fitting:
        return None
    found = capped(fitting[-1])
    spare = free - sum(found)
    for column, width in enumerate(widths):
        if spare and width > found[column]:
            found[column] += 1
            spare -= 1
    return found


def _lines(console: Console, cells: Sequence[Text], columns: Sequence[tuple[int, bool]]) -> Iterator[Text]:
    """Yield one row, of several lines where a cell does not fit into one.

    Args:
        console: as `open_screen` gives it.
        cells: of the row.
        columns: their widths, and whether their cells are set to the right.
    """
    broken = [
        [cell] if cell.cell_len <= width else _broken(console, cell, width)
        for cell, (width, _) in zip(cells, columns, strict=True)
    ]
    for parts in zip_longest(*broken, fillvalue=Text()):
        line = Text()
        for part, (width, to_the_right) in zip(parts, columns, strict=True):
            space = " " * (width - part.cell_len)
            line.append(space * to_the_right).append_text(part).append(space * (not to_the_right) + _GAP)
        line.rstrip()
        yield line


def _broken(console: Console, cell: Text, width: int) -> list[Text]:
    lines = list(cell.wrap(console, width))
    for line in lines:
        line.rstrip()
    if len(lines) > _MOST_LINES:
        del lines[_MOST_LINES:]
        lines[-1].truncate(width - 1)
        lines[-1].rstrip()
        lines[-1].append(_NO_MORE)
    return lines


def _one_below_the_other(
    console: Console, names: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[Text]:
    for number, row in enumerate(rows):
        if number:
            yield Text()
        for name, cell in zip(names, row, strict=True):
            if cell:
                heading = Text().append(f"{name}: ", "bold").append(cell)
                yield from hanging(console, heading, rest=_GAP)

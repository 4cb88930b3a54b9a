"""How far long work has got, on standard error and only where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

T = TypeVar("T")


def watched(items: Sequence[T], doing: str, *, source: Iterable[T] | None = None) -> Iterator[T]:
    """Yield the items, with a bar if standard error is a terminal; rich heeds NO_COLOR.

    Rich itself would take FORCE_COLOR for a terminal.

    Args:
        items: which are gone over.
        doing: what is done with them, in a word or two.
        source: what gives the items in place of themselves, such as one that reads ahead.
    """
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        yield from progress.track(items if source is None else source, total=len(items), description=doing)

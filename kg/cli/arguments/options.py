"""Options that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kg.query.writing import LANGUAGES

_DAY = 86_400


def add_paths(command: argparse.ArgumentParser, *, nargs: str) -> None:
    """Let a command take articles."""
    command.add_argument(
        "paths", nargs=nargs, type=Path, metavar="PATH", help="articles or directories (*.txt, *.html)"
    )


def add_sources(command: argparse.ArgumentParser) -> None:
    """Let a command read a store, or build articles in memory; which, is settled when all is read."""
    add_paths(command, nargs="*")
    command.add_argument("--store", type=Path, metavar="DIR", help="a store that `kg build` wrote")
    command.set_defaults(needs_source=True)


def add_store(command: argparse.ArgumentParser, about: str = "a store that `kg build` wrote") -> None:
    """Let a command take a store, without which it can do nothing."""
    command.add_argument("--store", type=Path, metavar="DIR", help=about)
    command.set_defaults(needs_store=True)


def add_extractors(command: argparse.ArgumentParser) -> None:
    """Let a command name extractors; `kg.cli.extractors` opens them."""
    command.add_argument(
        "--extractor",
        action="append",
        dest="extractors",
        metavar="NAME",
        help="read with this extractor too, beside the rules (default: those of KG_EXTRACTORS)",
    )


def add_format(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Let a command print in one of several formats, the first unless another is asked for."""
    command.add_argument("--format", choices=formats, default=formats[0], help="default: %(default)s")


def add_language(command: argparse.ArgumentParser, about: str = "of what is printed") -> None:
    """Let a command speak one of two languages; what was configured counts where none is named."""
    command.add_argument(
        "--language", choices=LANGUAGES, help=f"{about} (default: that of KG_LANGUAGE, else vi)"
    )


def add_limit(
    command: argparse.ArgumentParser, usual: int, *, what: str = "rows", most: int = 100_000
) -> None:
    """Let a command say how much it prints at most."""
    command.add_argument(
        "--limit",
        type=number(1, most),
        default=usual,
        metavar="N",
        help=f"the most {what} (default: %(default)s)",
    )


def number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number in bounds."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return value

    return read


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2020-06-29") from None


def seconds(text: str) -> float:
    """Read a length of time, which may have a fraction."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= _DAY:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to {_DAY}")
    return value


def add_watching(command: argparse.ArgumentParser) -> None:
    """Let a command say how a folder is watched."""
    command.add_argument(
        "--interval",
        type=seconds,
        default=2.0,
        metavar="SECONDS",
        help="between two looks at the folder (default: %(default)g)",
    )
    command.add_argument(
        "--settle",
        type=seconds,
        default=2.0,
        metavar="SECONDS",
        help="for which a file must have been as it is before it is read (default: %(default)g)",
    )
    command.add_argument(
        "--may-empty",
        action="store_true",
        help="believe a folder in which nothing is left; else it is taken for one that is not mounted",
    )

"""Commands as argparse knows them, with errors of one line and help that shows examples."""

from __future__ import annotations

import argparse
from typing import NoReturn

from kg.errors import KgError

COLORS = ("auto", "always", "never")


class UsageError(KgError):
    """Arguments that make no command."""

    exit_code = 2


class Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage as the rest of the program reports its errors: in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{message} (see `{self.prog} --help`)")


# argparse has no public name for what `add_subparsers` returns.
Commands = argparse._SubParsersAction


class Help(argparse.HelpFormatter):
    """Help in which what has lines of its own keeps them, such as examples; the rest fits the window."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" not in text:
            return super()._fill_text(text, width, indent)
        return "".join(indent + line for line in text.splitlines(keepends=True))


def add_command(commands: Commands[Parser], name: str, summary: str, *examples: str) -> Parser:
    """Add a command and return its parser.

    Args:
        commands: where it goes.
        name: what is typed; `kg.cli` has a module of that name.
        summary: what it does, as a phrase that begins in lower case and has no full stop.
        examples: commands that a reader can try, the plainest first.
    """
    command: Parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog="\n  ".join(["examples:", *examples]),
        formatter_class=Help,
    )
    # Also behind the command; there they must not reset what was said before it.
    add_everywhere(command, default=argparse.SUPPRESS)
    return command


def add_everywhere(parser: argparse.ArgumentParser, *, default: str | None = None) -> None:
    """Let a parser take the options that all commands take, before the command and behind it."""
    parser.add_argument(
        "--debug",
        action="store_true",
        default=False if default is None else default,
        help="show the traceback of an unexpected error",
    )
    parser.add_argument(
        "--color",
        choices=COLORS,
        metavar="WHEN",
        default=default,
        help="colours: auto (in a window alone), always or never",
    )

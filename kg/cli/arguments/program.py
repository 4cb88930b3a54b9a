"""The program as a whole: its commands, its exit codes, and the way from words to arguments."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from kg import __version__
from kg.cli.arguments import (
    asking,
    deciding,
    listing,
    looking_up,
    reading,
    searching,
    serving,
    storing,
    upkeep,
)
from kg.cli.arguments.commands import Help, Parser, UsageError, add_everywhere
from kg.cli.arguments.settling import settle, settle_words

SUBJECTS = (reading, storing, searching, listing, looking_up, asking, deciding, serving, upkeep)
"""The modules that add commands, in the order in which help shows them."""

EXIT_CODES = (
    (0, "done"),
    (1, "some input was rejected, each with its reason, and the rest is done"),
    (2, "wrong usage, or a malformed query"),
    (3, "a store cannot be opened, read or written, or a port is taken"),
    (4, "not found: no such thing, no path"),
    (5, "a graph does not conform to the shapes"),
)
_EPILOG = "\n".join(
    [
        "exit codes:",
        *(f"  {code}  {meaning}" for code, meaning in EXIT_CODES),
        "",
        "examples:",
        "  kg serve seeds",
    ]
)


def make_parser() -> Parser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="kg",
        description="A knowledge graph of Vietnam's local health sector, read from news articles.",
        epilog=_EPILOG,
        formatter_class=Help,
    )
    parser.add_argument("--version", action="version", version=f"yte-kg {__version__}")
    add_everywhere(parser)
    parser.set_defaults(configured=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for subject in SUBJECTS:
        subject.add(commands)
    return parser


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the arguments of one command; what they leave open comes from the environment.

    Raises:
        UsageError: they make none.
    """
    arguments = read_words(argv)
    settle(arguments, os.environ)
    return arguments


def read_words(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the arguments as they were written, before anything that was configured counts.

    Raises:
        UsageError: they make no command.
    """
    arguments, rest = make_parser().parse_known_args(argv)
    if any(word.startswith("-") for word in rest) or (rest and "paths" not in arguments):
        command = f"list {arguments.resource}" if arguments.command == "list" else arguments.command
        raise UsageError(f"unrecognized arguments: {' '.join(rest)} (see `kg {command} --help`)")
    if "paths" in arguments:
        settle_words(arguments, rest)
    return arguments

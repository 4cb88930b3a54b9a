"""``kg completion``: a script with which a shell completes commands, options, choices and files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import shtab

from kg.cli.arguments import make_parser

_DIRECTORIES = ("DIR", "GOLD_DIR", "BACKUP", "TARGET")


def run(arguments: argparse.Namespace) -> int:
    """Print the script; what it completes is written into it, so that no key waits for Python."""
    parser = make_parser()
    for action in _actions(parser):
        if action.type is Path:
            wanted = shtab.DIRECTORY if action.metavar in _DIRECTORIES else shtab.FILE
            action.complete = wanted  # type: ignore[attr-defined] # which is how shtab is told
    sys.stdout.write(shtab.complete(parser, arguments.shell).rstrip() + "\n")
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)

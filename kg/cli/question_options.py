"""What can be written behind ``kg question`` and ``kg ask``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

ASKING = {
    "question": (
        "answer a question by its name, or list all of them",
        'kg question head_of_unit unit="Sở Y tế tỉnh Hòa Bình" seeds',
    ),
    "ask": (
        "answer a question in plain Vietnamese or English, and say as what it was understood",
        'kg ask "Ai chủ trì cuộc họp nào năm 2024?" seeds',
    ),
}
"""The commands, each with what it does and an example."""


def add_asking_options(command: argparse.ArgumentParser, name: str) -> None:
    """Let a command take a question by name or in plain words, and how to print the answer."""
    if name == "question":
        command.add_argument(
            "words",
            nargs="*",
            metavar="NAME PARAMETER=VALUE PATH",
            help="the question, its parameters, and articles or directories; nothing at all for the list",
        )
        command.add_argument("--store", type=Path, metavar="DIR", help="a store that `kg build` wrote")
        command.set_defaults(paths=[], question=None)
    else:
        command.add_argument("text", metavar="QUESTION", help="with or without marks")
    command.add_argument("--format", choices=("table", "json", "csv"), default="table")
    command.add_argument("--language", choices=("vi", "en"), default="vi", help="default: %(default)s")
    command.add_argument(
        "--limit", type=_limit, default=1000, metavar="N", help="the most rows (default: %(default)s)"
    )


def take_question(arguments: argparse.Namespace, rest: Sequence[str]) -> list[str]:
    """Set question and parameters apart from the words of ``kg question``; return those that are paths."""
    words = [*arguments.words, *rest]
    arguments.question = words[0] if words else None
    arguments.parameters = [word for word in words[1:] if "=" in word]
    arguments.paths = []
    return [word for word in words[1:] if "=" not in word]


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100000")
    return int(text)

"""What arguments leave open: which of them are articles, and what the environment says instead."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from kg.cli.arguments.commands import COLORS, UsageError
from kg.query.writing import LANGUAGES

STORE, LANGUAGE, COLOR = "KG_STORE", "KG_LANGUAGE", "KG_COLOR"
_NO = ("", "0")
# A name of several words need not stand in quotes: what is no file belongs to it.
_NAMED: Mapping[str, str] = MappingProxyType({"search": "words", "show": "thing", "timeline": "thing"})


def settle_words(arguments: argparse.Namespace, rest: Sequence[str]) -> None:
    """Take the words that argparse left over as articles.

    It closes the list of paths at the first option behind it: `kg query Q --format csv seeds`.
    """
    if arguments.command == "question":
        rest = _take_question(arguments, rest)
    arguments.paths += map(Path, rest)
    if (name := _NAMED.get(arguments.command)) is not None:
        while arguments.paths and not arguments.paths[0].exists():
            setattr(arguments, name, f"{getattr(arguments, name)} {arguments.paths.pop(0)}")
    if arguments.command == "query" and arguments.file and arguments.query != "-":
        arguments.paths.insert(0, Path(arguments.query))


def settle(arguments: argparse.Namespace, environment: Mapping[str, str]) -> None:
    """Settle what a command reads, in which language it speaks and whether in colours.

    Raises:
        UsageError: the command needs a store or articles and has none, or has both.
    """
    if "language" in arguments and arguments.language is None:
        arguments.language = _chosen(environment, LANGUAGE, LANGUAGES)
    if arguments.color is None:
        arguments.color = _color(environment)
    configured = Path(environment[STORE]) if environment.get(STORE) else None
    if getattr(arguments, "needs_store", False) and arguments.store is None:
        if configured is None:
            raise UsageError(
                f"the following arguments are required: --store (see `kg {arguments.command} --help`)"
            )
        arguments.store = configured
    if arguments.command == "backup" and arguments.target is not None and arguments.store is None:
        arguments.store = configured
    if getattr(arguments, "needs_source", False):
        _settle_source(arguments, configured)


def _settle_source(arguments: argparse.Namespace, configured: Path | None) -> None:
    if arguments.command == "question" and arguments.question is None:
        return
    if arguments.paths and arguments.store:
        raise UsageError("give articles or --store DIR, not both")
    if not arguments.paths and not arguments.store:
        if configured is None:
            raise UsageError(
                "give articles, or --store DIR with a store that `kg build` wrote "
                f"(see `kg {arguments.command} --help`)"
            )
        arguments.store = configured


def _color(environment: Mapping[str, str]) -> str:
    """Return what the variables that many programs heed say of colours, then what our own says."""
    if environment.get("NO_COLOR"):
        return "never"
    if any(environment.get(name, "") not in _NO for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return "always"
    if environment.get("CLICOLOR") == "0":
        return "never"
    return _chosen(environment, COLOR, COLORS)


def _chosen(environment: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """Return the choice that a variable names, the first where it names none."""
    value = environment.get(name) or choices[0]
    if value not in choices:
        raise UsageError(f"{name} is {value!r}, but must be one of {', '.join(choices)}")
    return value


def _take_question(arguments: argparse.Namespace, rest: Sequence[str]) -> list[str]:
    """Set question and parameters apart from the words of ``kg question``; return those that are paths."""
    words = [*arguments.words, *rest]
    arguments.question = words[0] if words else None
    arguments.parameters = [word for word in words[1:] if "=" in word]
    arguments.paths = []
    return [word for word in words[1:] if "=" not in word]

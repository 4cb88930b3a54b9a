"""Commands that read articles: ``extract``, ``explain``, ``validate``, ``evaluate``, ``train-crf``."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_extractors, add_format, add_paths, add_sources


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _extract(commands)
    _explain(commands)
    _validate(commands)
    _evaluate(commands)
    _train_crf(commands)


def _extract(commands: Commands[Parser]) -> None:
    summary = "print the facts of each article, one JSON object a line"
    command = add_command(commands, "extract", summary, "kg extract seeds > facts.jsonl")
    add_paths(command, nargs="+")
    add_extractors(command)


def _explain(commands: Commands[Parser]) -> None:
    summary = "show each fact of an article with its characters, its rule and its confidence"
    examples = "kg explain seeds/002_7fa64b6d154f2c40.txt", "kg explain seeds --format json > facts.jsonl"
    command = add_command(commands, "explain", summary, *examples)
    add_paths(command, nargs="+")
    add_extractors(command)
    add_format(command, ("text", "json"))


def _validate(commands: Commands[Parser]) -> None:
    summary = "check graphs against the shapes and report for people"
    examples = "kg validate --store graph", "kg validate seeds"
    add_sources(add_command(commands, "validate", summary, *examples))


def _evaluate(commands: Commands[Parser]) -> None:
    summary = "compare what is extracted with articles annotated by hand"
    example = "kg evaluate tests/quality/development --show role organizer"
    command = add_command(commands, "evaluate", summary, example)
    _gold(command)
    command.add_argument(
        "--show",
        nargs="+",
        action="extend",
        default=[],
        metavar="SLOT",
        help="list the misses and extras of slots",
    )
    add_extractors(command)
    command.add_argument("--by-rule", action="store_true", help="count right and wrong facts by rule")
    add_format(command, ("table", "json"))


def _train_crf(commands: Commands[Parser]) -> None:
    summary = 'write a model for the extractor "crf", learnt from articles annotated by hand'
    example = "kg train-crf tests/quality/development --output model.crfsuite"
    command = add_command(commands, "train-crf", summary, example)
    _gold(command)
    command.add_argument("--output", type=Path, metavar="FILE", required=True, help="the model")


def _gold(command: Parser) -> None:
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="GOLD_DIR", help="directories of annotated articles (ID.json)"
    )
    command.add_argument(
        "--texts", type=Path, metavar="DIR", help="where texts are that do not stand beside them"
    )

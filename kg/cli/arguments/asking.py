"""Commands that take a question: ``query`` in SPARQL, ``question`` by name, ``ask`` in plain words."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_format, add_language, add_limit, add_sources

_QUERY_FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _ask(commands)
    _question(commands)
    _query(commands)


def _ask(commands: Commands[Parser]) -> None:
    summary = "answer a question in plain Vietnamese or English, and say as what it was understood"
    examples = (
        'kg ask "Ai chủ trì cuộc họp nào năm 2024?" seeds',
        'kg ask "who chaired meetings in 2024" --store graph --language en --format csv',
    )
    command = add_command(commands, "ask", summary, *examples)
    command.add_argument("text", metavar="QUESTION", help="with or without marks")
    _answers(command)
    add_sources(command)


def _question(commands: Commands[Parser]) -> None:
    summary = "answer a question by its name, or list all of them"
    examples = "kg question", 'kg question head_of_unit unit="Sở Y tế tỉnh Hòa Bình" seeds'
    command = add_command(commands, "question", summary, *examples)
    command.add_argument(
        "words",
        nargs="*",
        metavar="NAME PARAMETER=VALUE PATH",
        help="the question, its parameters, and articles or directories; nothing at all for the list",
    )
    command.add_argument("--store", type=Path, metavar="DIR", help="a store that `kg build` wrote")
    command.set_defaults(paths=[], question=None, needs_source=True)
    _answers(command)


def _answers(command: Parser) -> None:
    add_format(command, ("table", "json", "csv"))
    add_language(command)
    add_limit(command, 1000)


def _query(commands: Commands[Parser]) -> None:
    summary = "answer a SPARQL query, or one of the questions that are known by name (who_chaired)"
    examples = (
        'kg query "SELECT ?name WHERE { ?meeting a kg:Meeting ; rdfs:label ?name }" seeds',
        "kg query who_chaired --store graph --format csv > chairs.csv",
    )
    command = add_command(commands, "query", summary, *examples)
    command.add_argument(
        "query",
        nargs="?",
        default="-",
        metavar="QUERY",
        help="- for standard input (the default)",
    )
    add_sources(command)
    command.add_argument(
        "--file", type=Path, help="read the query from a file; all other arguments are then articles"
    )
    command.add_argument(
        "--format",
        choices=_QUERY_FORMATS,
        help="default: table, or turtle where the answer is a graph",
    )

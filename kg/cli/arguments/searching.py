"""Commands that find a thing and tell of it: ``search`` and ``show``."""

from __future__ import annotations

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_format, add_language, add_limit, add_sources


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _search(commands)
    _show(commands)


def _search(commands: Commands[Parser]) -> None:
    summary = "find things by a name as people type it, with or without marks"
    examples = (
        'kg search "nguyen tang" --store graph',
        'kg search "trung tam y te" --kind Unit --place "Lai Châu" seeds',
    )
    command = add_command(commands, "search", summary, *examples)
    command.add_argument("words", metavar="WORDS", help="a name, part of it or a short form, in quotes")
    add_sources(command)
    command.add_argument(
        "--kind", metavar="KIND",
        help="a class: Official, Unit, Post, AdministrativeUnit, Meeting, LegalDocument, Article …",
    )  # fmt: skip
    command.add_argument("--place", metavar="NAME", help="where it lies or belongs, at any depth")
    add_limit(command, 20, most=1000)
    add_format(command, ("table", "json", "csv"))
    add_language(command)


def _show(commands: Commands[Parser]) -> None:
    summary = "show one thing: its kind, its facts and what articles claim of it, by time, in their words"
    examples = 'kg show "Nguyễn Tăng" seeds', 'kg show "Sở Y tế tỉnh Hòa Bình" --format json --store graph'
    command = add_command(commands, "show", summary, *examples)
    command.add_argument("thing", metavar="THING", help="a name that is its alone, an IRI or the end of one")
    add_sources(command)
    command.add_argument(
        "--kind", metavar="KIND", help="its class (Official, Unit …), if others share the name"
    )
    add_limit(command, 50, what="claims")
    add_format(command, ("text", "json"))
    add_language(command)

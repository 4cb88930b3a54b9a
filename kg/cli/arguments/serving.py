"""Commands that serve others until they are stopped: ``serve`` over HTTP, ``mcp`` for language models."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_extractors, add_language, add_sources, add_watching, number
from kg.cli.setting_options import add_settings


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _serve(commands)
    _mcp(commands)


def _serve(commands: Commands[Parser]) -> None:
    summary = "answer over HTTP: pages, REST and SPARQL"
    examples = (
        "kg serve seeds",
        "kg serve --store graph --port 8080",
        "kg serve --store graph --write-token-file token --backup-directory backups",
        "kg serve --store graph --watch articles",
    )
    command = add_command(commands, "serve", summary, *examples)
    add_sources(command)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument(
        "--port",
        default=8000,
        type=number(0, 65535),
        help="0 for any that is free (default: %(default)s)",
    )
    command.add_argument(
        "--watch", type=Path, metavar="FOLDER", help="take in what arrives in a folder, as `kg watch` does"
    )
    add_watching(command)
    add_extractors(command)
    add_settings(command)


def _mcp(commands: Commands[Parser]) -> None:
    summary = "serve language models: tools that read, over standard input and output (needs yte-kg[mcp])"
    command = add_command(commands, "mcp", summary, "kg mcp --store graph")
    add_sources(command)
    add_language(command, "of kinds and roles")

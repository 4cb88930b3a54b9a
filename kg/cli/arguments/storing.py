"""Commands about a store as a whole: ``build``, ``watch``, ``export``, ``dump``, ``backup``, ``restore``."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import (
    add_extractors,
    add_format,
    add_paths,
    add_sources,
    add_store,
    add_watching,
    number,
)

_EXPORT_FORMATS = ("trig", "nquads", "turtle", "jsonld")


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _build(commands)
    _watch(commands)
    _export(commands)
    _dump(commands)
    _backup(commands)
    _restore(commands)


def _build(commands: Commands[Parser]) -> None:
    summary = "put articles into a store, each as one named graph; what was there before stays"
    examples = "kg build seeds --store graph", "kg build articles --store graph --workers 4 --wait 60"
    command = add_command(commands, "build", summary, *examples)
    add_paths(command, nargs="+")
    add_store(command, "the store, made if there is none")
    command.add_argument(
        "--workers",
        type=number(1, 256),
        metavar="N",
        help="processes that read (default: as many as processors if there are 50 articles or more, else 1)",
    )
    command.add_argument(
        "--decisions", type=Path, metavar="FILE", help="decisions on identity, as `kg identity export` writes"
    )
    command.add_argument(
        "--withdrawals",
        type=Path,
        metavar="FILE",
        help="what is withdrawn, as `kg withdraw --export` writes it, or another store",
    )
    command.add_argument(
        "--wait",
        type=number(0, 86_400),
        default=0,
        metavar="SECONDS",
        help="for another process to be done with the store (default: %(default)s)",
    )
    add_extractors(command)


def _watch(commands: Commands[Parser]) -> None:
    summary = "take in the articles of a folder as they arrive, change and go, each as one named graph"
    examples = (
        "kg watch articles --store graph",
        "kg watch articles --store graph --once",
        "kg watch articles --store graph --format json --interval 10",
    )
    command = add_command(commands, "watch", summary, *examples)
    command.add_argument("folder", type=Path, metavar="FOLDER", help="with articles (*.txt, *.html)")
    add_store(command, "the store, made if there is none")
    command.add_argument("--once", action="store_true", help="end when nothing is left to do, as for cron")
    add_watching(command)
    command.add_argument(
        "--wait",
        type=number(0, 86_400),
        default=0,
        metavar="SECONDS",
        help="with --once: for another process to be done with the store (default: %(default)s)",
    )
    command.add_argument(
        "--workers",
        type=number(1, 256),
        metavar="N",
        help="processes that read (default: as many as processors if there are 50 articles or more, else 1)",
    )
    add_extractors(command)
    add_format(command, ("text", "json"))


def _export(commands: Commands[Parser]) -> None:
    summary = "write the graph to a file"
    examples = "kg export --store graph --output graph.trig", "kg export seeds --format turtle | less"
    command = add_command(commands, "export", summary, *examples)
    add_sources(command)
    add_format(command, _EXPORT_FORMATS)
    command.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def _dump(commands: Commands[Parser]) -> None:
    summary = "write the whole graph as one compressed file of N-Quads, with its SHA-256 beside it"
    command = add_command(commands, "dump", summary, "kg dump --store graph --output graph.nq.gz")
    add_sources(command)
    command.add_argument("--output", type=Path, metavar="FILE", required=True, help="the file to write")


def _backup(commands: Commands[Parser]) -> None:
    summary = "copy a store so that it can be restored"
    examples = (
        "kg backup --store graph graph-monday",
        "KG_WRITE_TOKEN=… kg backup --service http://127.0.0.1:8000",
    )
    command = add_command(commands, "backup", summary, *examples)
    command.add_argument(
        "target", nargs="?", type=Path, metavar="TARGET", help="a directory that is not there yet"
    )
    command.add_argument("--store", type=Path, metavar="DIR", help="the store, which no service uses")
    command.add_argument(
        "--service",
        metavar="URL",
        help="the service that uses the store: it writes into its KG_BACKUP_DIRECTORY (with KG_WRITE_TOKEN)",
    )


def _restore(commands: Commands[Parser]) -> None:
    summary = "make a store of a backup, once all its checksums are right"
    examples = "kg restore graph-monday --store graph", "kg restore graph-monday --store graph --force"
    command = add_command(commands, "restore", summary, *examples)
    command.add_argument("backup", type=Path, metavar="BACKUP", help="what `kg backup` wrote")
    # Never that of the configuration: what is replaced is to be named.
    command.add_argument(
        "--store", type=Path, metavar="DIR", required=True, help="the directory of the store"
    )
    command.add_argument("--force", action="store_true", help="replace the store that is there")
    command.add_argument(
        "--withdrawals",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="what was withdrawn since, as `kg withdraw --export` writes it, or another store (can be given "
        "again); what the backup and the store that is replaced have withdrawn counts by itself",
    )

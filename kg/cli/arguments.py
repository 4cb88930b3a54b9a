"""What can be written on the command line; it imports nothing heavy, so that help comes at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from kg import __version__
from kg.cli.path_options import add_path_options
from kg.cli.question_options import ASKING, add_asking_options, take_question
from kg.cli.setting_options import add_settings
from kg.errors import KgError

QUERY_FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")
IDENTITY_ACTIONS = (
    "explain", "review", "same", "different", "split", "undo", "list", "contradictions", "export", "import",
)  # fmt: skip
EXPORT_FORMATS = ("trig", "nquads", "turtle", "jsonld")

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
        "example:",
        "  kg serve seeds",
    ]
)


class UsageError(KgError):
    """Arguments that make no command."""

    exit_code = 2


class _Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage as the rest of the program reports its errors: in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see `{self.prog} --help`)")


# argparse has no public name for what `add_subparsers` returns.
_Commands = argparse._SubParsersAction


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the arguments of one command.

    Raises:
        UsageError: they make none.
    """
    parser = _Parser(
        prog="kg",
        description="A knowledge graph of Vietnam's local health sector, read from news articles.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"yte-kg {__version__}")
    _debug(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _extract, _build, _serve, _query, _path, _place, _export, _validate, _evaluate, _explain, _train_crf,
        _identity, _timeline, _dump, _backup, _restore, _mcp, _asking,
    ):  # fmt: skip
        add(commands)
    arguments, rest = parser.parse_known_args(argv)
    if any(word.startswith("-") for word in rest) or (rest and "paths" not in arguments):
        raise UsageError(f"unrecognized arguments: {' '.join(rest)} (see `kg {arguments.command} --help`)")
    if "paths" in arguments:
        # argparse closes the list of paths at the first option behind it: `kg query Q --format csv seeds`.
        rest = take_question(arguments, rest) if arguments.command == "question" else rest
        arguments.paths += map(Path, rest)
        _settle_sources(arguments)
    return arguments


def _command(commands: _Commands[_Parser], name: str, summary: str, example: str) -> _Parser:
    command: _Parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Also behind the command; there it must not reset what was said before it.
    _debug(command, default=argparse.SUPPRESS)
    return command


def _debug(parser: argparse.ArgumentParser, *, default: bool | str) -> None:
    parser.add_argument(
        "--debug", action="store_true", default=default, help="show the traceback of an unexpected error"
    )


def _paths(command: _Parser, *, nargs: str) -> None:
    command.add_argument(
        "paths", nargs=nargs, type=Path, metavar="PATH", help="articles or directories (*.txt, *.html)"
    )


def _extractors(command: _Parser) -> None:
    """Let a command name extractors; `kg.cli.extractors` opens them."""
    command.add_argument(
        "--extractor",
        action="append",
        dest="extractors",
        metavar="NAME",
        help="read with this extractor too, beside the rules (default: those of KG_EXTRACTORS)",
    )


def _sources(command: _Parser) -> None:
    """Let a command read a store or build articles in memory; which, is settled by `_settle_sources`."""
    _paths(command, nargs="*")
    command.add_argument("--store", type=Path, metavar="DIR", help="a store that `kg build` wrote")


def _settle_sources(arguments: argparse.Namespace) -> None:
    if arguments.command in ("extract", "build", "evaluate", "explain", "train-crf", "identity"):
        return
    if arguments.command == "question" and arguments.question is None:
        return
    if arguments.command == "query" and arguments.file and arguments.query != "-":
        arguments.paths.insert(0, Path(arguments.query))
    if arguments.paths and arguments.store:
        raise UsageError("give articles or --store DIR, not both")
    if not arguments.paths and not arguments.store:
        raise UsageError(
            "give articles, or --store DIR with a store that `kg build` wrote "
            f"(see `kg {arguments.command} --help`)"
        )


def _extract(commands: _Commands[_Parser]) -> None:
    summary = "print the facts of each article, one JSON object a line"
    command = _command(commands, "extract", summary, "kg extract seeds > facts.jsonl")
    _paths(command, nargs="+")
    _extractors(command)


def _build(commands: _Commands[_Parser]) -> None:
    summary = "put articles into a store, each as one named graph; what was there before stays"
    command = _command(commands, "build", summary, "kg build seeds --store graph")
    _paths(command, nargs="+")
    command.add_argument(
        "--store", type=Path, metavar="DIR", required=True, help="the store, made if there is none"
    )
    command.add_argument(
        "--workers",
        type=_number(1, 256),
        metavar="N",
        help="processes that read (default: as many as processors if there are 50 articles or more, else 1)",
    )
    command.add_argument(
        "--decisions", type=Path, metavar="FILE", help="decisions on identity, as `kg identity export` writes"
    )
    command.add_argument(
        "--wait",
        type=_number(0, 86_400),
        default=0,
        metavar="SECONDS",
        help="for another process to be done with the store (default: %(default)s)",
    )
    _extractors(command)


def _serve(commands: _Commands[_Parser]) -> None:
    summary = "answer over HTTP: pages, REST and SPARQL"
    command = _command(commands, "serve", summary, "kg serve --store graph --port 8080")
    _sources(command)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument(
        "--port",
        default=8000,
        type=_number(0, 65535),
        help="0 for any that is free (default: %(default)s)",
    )
    _extractors(command)
    add_settings(command)


def _query(commands: _Commands[_Parser]) -> None:
    summary = "answer a SPARQL query, or one of the questions that are known by name (who_chaired)"
    example = 'kg query "SELECT ?name WHERE { ?meeting a kg:Meeting ; rdfs:label ?name }" seeds'
    command = _command(commands, "query", summary, example)
    command.add_argument(
        "query",
        nargs="?",
        default="-",
        metavar="QUERY",
        help="- for standard input (the default)",
    )
    _sources(command)
    command.add_argument(
        "--file", type=Path, help="read the query from a file; all other arguments are then articles"
    )
    command.add_argument(
        "--format",
        choices=QUERY_FORMATS,
        help="default: table, or turtle where the answer is a graph",
    )


def _path(commands: _Commands[_Parser]) -> None:
    summary = "show how two things are connected, with the words that say so"
    command = _command(commands, "path", summary, 'kg path "Nguyễn Tăng" "Hồ Văn Vinh" seeds')
    command.add_argument("source", metavar="SOURCE", help="a name or an IRI")
    command.add_argument("target", metavar="TARGET", help="a name or an IRI")
    _sources(command)
    add_path_options(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")


def _place(commands: _Commands[_Parser]) -> None:
    summary = "tell what a place was on a day, what it lay in and what took its place"
    command = _command(commands, "place", summary, 'kg place "Than Uyên" --on 2020-06-29')
    command.add_argument(
        "name", nargs="+", metavar="NAME", help="with or without its designation; tones count"
    )
    command.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day (default: today)")
    command.add_argument("--within", metavar="NAME", help="what it lies in, such as its province")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")


def _export(commands: _Commands[_Parser]) -> None:
    summary = "write the graph to a file"
    command = _command(commands, "export", summary, "kg export --store graph --output graph.trig")
    _sources(command)
    command.add_argument("--format", choices=EXPORT_FORMATS, default="trig", help="default: %(default)s")
    command.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def _dump(commands: _Commands[_Parser]) -> None:
    summary = "write the whole graph as one compressed file of N-Quads, with its SHA-256 beside it"
    command = _command(commands, "dump", summary, "kg dump --store graph --output graph.nq.gz")
    _sources(command)
    command.add_argument("--output", type=Path, metavar="FILE", required=True, help="the file to write")


def _backup(commands: _Commands[_Parser]) -> None:
    summary = "copy a store so that it can be restored"
    command = _command(commands, "backup", summary, "kg backup --store graph graph-monday")
    command.add_argument(
        "target", nargs="?", type=Path, metavar="TARGET", help="a directory that is not there yet"
    )
    command.add_argument("--store", type=Path, metavar="DIR", help="the store, which no service uses")
    command.add_argument(
        "--service",
        metavar="URL",
        help="the service that uses the store: it writes into its KG_BACKUP_DIRECTORY (with KG_WRITE_TOKEN)",
    )


def _restore(commands: _Commands[_Parser]) -> None:
    summary = "make a store of a backup, once all its checksums are right"
    command = _command(commands, "restore", summary, "kg restore graph-monday --store graph --force")
    command.add_argument("backup", type=Path, metavar="BACKUP", help="what `kg backup` wrote")
    command.add_argument(
        "--store", type=Path, metavar="DIR", required=True, help="the directory of the store"
    )
    command.add_argument("--force", action="store_true", help="replace the store that is there")


def _validate(commands: _Commands[_Parser]) -> None:
    summary = "check graphs against the shapes and report for people"
    _sources(_command(commands, "validate", summary, "kg validate --store graph"))


def _evaluate(commands: _Commands[_Parser]) -> None:
    summary = "compare what is extracted with articles annotated by hand"
    command = _command(
        commands, "evaluate", summary, "kg evaluate tests/quality/development --show role organizer"
    )
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="GOLD_DIR", help="directories of annotated articles (ID.json)"
    )
    command.add_argument(
        "--texts", type=Path, metavar="DIR", help="where texts are that do not stand beside them"
    )
    command.add_argument(
        "--show",
        nargs="+",
        action="extend",
        default=[],
        metavar="SLOT",
        help="list the misses and extras of slots",
    )
    _extractors(command)
    command.add_argument("--by-rule", action="store_true", help="count right and wrong facts by rule")
    command.add_argument("--format", choices=("table", "json"), default="table", help="default: %(default)s")


def _explain(commands: _Commands[_Parser]) -> None:
    summary = "show each fact of an article with its characters, its rule and its confidence"
    command = _command(commands, "explain", summary, "kg explain seeds/002_7fa64b6d154f2c40.txt")
    _paths(command, nargs="+")
    _extractors(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")


def _train_crf(commands: _Commands[_Parser]) -> None:
    summary = 'write a model for the extractor "crf", learnt from articles annotated by hand'
    example = "kg train-crf tests/quality/development --output model.crfsuite"
    command = _command(commands, "train-crf", summary, example)
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="GOLD_DIR", help="directories of annotated articles (ID.json)"
    )
    command.add_argument(
        "--texts", type=Path, metavar="DIR", help="where texts are that do not stand beside them"
    )
    command.add_argument("--output", type=Path, metavar="FILE", required=True, help="the model")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2020-06-29") from None


def _identity(commands: _Commands[_Parser]) -> None:
    summary = "show why two are one person or not, and decide it: what people say wins and lasts"
    command = _command(commands, "identity", summary, "kg identity review --store graph")
    command.add_argument("action", choices=IDENTITY_ACTIONS, help="what to show or to decide")
    command.add_argument(
        "things",
        nargs="*",
        metavar="NAME",
        help="IRIs, their last parts, or names that are one thing's alone; the FILE of export and import",
    )
    command.add_argument(
        "--article",
        action="append",
        dest="articles",
        default=[],
        metavar="ARTICLE",
        help="an article in which the name that is split is of another (can be given again)",
    )
    command.add_argument("--by", default=None, metavar="WHO", help="who decides (default: the user's name)")
    command.add_argument(
        "--store", type=Path, metavar="DIR", required=True, help="a store that `kg build` wrote"
    )
    command.add_argument("--note", default="", help="why, to be kept with the decision")
    command.add_argument(
        "--limit", type=_number(1, 1000), default=20, help="how many to show (default: %(default)s)"
    )
    command.set_defaults(paths=[])


def _timeline(commands: _Commands[_Parser]) -> None:
    summary = "show who held a post when, or which posts somebody had when"
    command = _command(commands, "timeline", summary, 'kg timeline "Nguyễn Tăng" seeds')
    command.add_argument("thing", metavar="NAME", help="a post or a person: a name or an IRI")
    _sources(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")


def _mcp(commands: _Commands[_Parser]) -> None:
    summary = "serve language models: tools that read, over standard input and output (needs yte-kg[mcp])"
    command = _command(commands, "mcp", summary, "kg mcp --store graph")
    _sources(command)
    command.add_argument(
        "--language", choices=("vi", "en"), default="vi", help="of kinds and roles (default: %(default)s)"
    )


def _asking(commands: _Commands[_Parser]) -> None:
    for name, (summary, example) in ASKING.items():
        command = _command(commands, name, summary, example)
        add_asking_options(command, name)
        if name == "ask":
            _sources(command)


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return value

    return read

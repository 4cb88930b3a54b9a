"""Commands that look up what follows from a name: ``timeline``, ``path``, ``place``."""

from __future__ import annotations

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_format, add_language, add_sources, day


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _timeline(commands)
    _path(commands)
    _place(commands)


def _timeline(commands: Commands[Parser]) -> None:
    summary = "show who held a post when, which posts somebody had when, or who held the posts of a body"
    examples = (
        'kg timeline "Nguyễn Tăng" seeds',
        'kg timeline "Sở Y tế tỉnh Hòa Bình" --on 2023-03 --store graph',
    )
    command = add_command(commands, "timeline", summary, *examples)
    command.add_argument("thing", metavar="NAME", help="a post, a person or a body: a name or an IRI")
    add_sources(command)
    command.add_argument("--on", metavar="DAY", help="of a body: who held its posts on this day")
    add_format(command, ("text", "json"))
    add_language(command)


def _path(commands: Commands[Parser]) -> None:
    summary = "show how two things are connected, with the words that say so"
    examples = (
        'kg path "Nguyễn Tăng" "Hồ Văn Vinh" seeds',
        'kg path "Nguyễn Tăng" "Hồ Văn Vinh" --paths 3 --through Meeting --store graph',
    )
    command = add_command(commands, "path", summary, *examples)
    command.add_argument("source", metavar="SOURCE", help="a name or an IRI")
    command.add_argument("target", metavar="TARGET", help="a name or an IRI")
    add_sources(command)
    _path_options(command)
    add_format(command, ("text", "json"))
    add_language(command)


def _path_options(command: Parser) -> None:
    """Let a command say which paths it wants; their bounds are checked where they are looked for."""
    command.add_argument(
        "--paths", type=int, default=1, metavar="N", dest="count",
        help="show up to N different short paths (default: %(default)s)",
    )  # fmt: skip
    command.add_argument(
        "--max-length", type=int, default=8, metavar="N", help="steps of the longest (default: %(default)s)"
    )
    command.add_argument(
        "--through", action="append", default=[], metavar="KIND|NAME",
        help="a kind of thing (Meeting, Unit …) or a thing on every path (can be given again)",
    )  # fmt: skip
    command.add_argument(
        "--avoiding", action="append", default=[], metavar="KIND|NAME",
        help="a kind of thing or a thing on no path (can be given again)",
    )  # fmt: skip
    command.add_argument(
        "--on", metavar="DAY", help="a day, month or year: only what holds then, or was seen then"
    )
    command.add_argument(
        "--hubs", action="store_true",
        help="pass through what very much is joined to, such as a province, as through anything else",
    )  # fmt: skip


def _place(commands: Commands[Parser]) -> None:
    summary = "tell what a place was on a day, what it lay in and what took its place"
    examples = 'kg place "Than Uyên" --on 2020-06-29', 'kg place "Tân Phú" --within "Đồng Nai"'
    command = add_command(commands, "place", summary, *examples)
    command.add_argument(
        "name", nargs="+", metavar="NAME", help="with or without its designation; tones count"
    )
    command.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day (default: today)")
    command.add_argument("--within", metavar="NAME", help="what it lies in, such as its province")
    add_format(command, ("text", "json"))

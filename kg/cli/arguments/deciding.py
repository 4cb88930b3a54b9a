"""Commands by which people decide: ``identity``, who is who, and ``withdraw``, what goes for good."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_store, number

_ACTIONS = (
    "explain", "review", "same", "different", "split", "undo", "list", "contradictions", "export", "import",
)  # fmt: skip


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _identity(commands)
    _withdraw(commands)


def _identity(commands: Commands[Parser]) -> None:
    summary = "show why two are one person or not, and decide it: what people say wins and lasts"
    examples = (
        "kg identity review --store graph",
        'kg identity explain "Nguyễn Tăng" "Hồ Văn Vinh" --store graph',
        "kg identity export decisions.jsonl --store graph",
    )
    command = add_command(commands, "identity", summary, *examples)
    command.add_argument("action", choices=_ACTIONS, help="what to show or to decide")
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
    add_store(command)
    command.add_argument("--note", default="", help="why, to be kept with the decision")
    command.add_argument(
        "--limit", type=number(1, 1000), default=20, help="how many to show (default: %(default)s)"
    )
    command.set_defaults(paths=[])


def _withdraw(commands: Commands[Parser]) -> None:
    summary = "take articles or people out of the graph for good: no build and no restore brings them back"
    examples = (
        'kg withdraw "Nguyễn Tăng" --note "asked for on 2026-01-31" --store graph',
        "kg withdraw article/002-68f32071fbe1 --yes --store graph",
        "kg withdraw person/nguyen-tang-a70827f1fa83 --service http://127.0.0.1:8000",
        "kg withdraw --export withdrawals.jsonl --store graph",
    )
    command = add_command(commands, "withdraw", summary, *examples)
    command.add_argument(
        "things",
        nargs="*",
        metavar="THING",
        help="IRIs, their last parts, or names that are one thing's alone",
    )
    # Never that of the configuration: where something goes for good is to be named.
    command.add_argument("--store", type=Path, metavar="DIR", help="the store, which no service uses")
    command.add_argument(
        "--service", metavar="URL", help="the service that uses the store (with KG_WRITE_TOKEN)"
    )
    command.add_argument("--note", default="", help="why, to be kept in the list; name nobody in it")
    command.add_argument("--by", metavar="WHO", help="who decides (default: the user's name)")
    command.add_argument("--yes", action="store_true", help="ask nothing")
    command.add_argument("--list", action="store_true", help="show the list of what was withdrawn")
    command.add_argument("--export", type=Path, metavar="FILE", help="write the list, for other stores")
    command.add_argument(
        "--import",
        type=Path,
        metavar="FILE",
        dest="import_",
        help="withdraw what a list or another store says",
    )
    command.add_argument(
        "--lift", metavar="ID", help="take one off the list; the next build of its articles brings it back"
    )
    command.add_argument(
        "--rewrite", action="store_true", help="only write the files of the store anew, without old words"
    )
    command.add_argument(
        "--keep-files",
        action="store_true",
        help="leave old words in the files of the store, which is quicker",
    )

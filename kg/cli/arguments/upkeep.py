"""Commands about the program itself: ``config``, ``doctor``, ``completion``."""

from __future__ import annotations

from pathlib import Path

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_format, number

SHELLS = ("bash", "zsh", "fish")


def add(commands: Commands[Parser]) -> None:
    """Add the commands, of which only the one that shows it needs the configuration to be right."""
    _config(commands)
    _doctor(commands)
    _completion(commands)


def _config(commands: Commands[Parser]) -> None:
    summary = "show every setting with its value and where that comes from; never a secret"
    examples = "kg config", "KG_CONFIG=service.toml kg config --format json"
    command = add_command(commands, "config", summary, *examples)
    add_format(command, ("table", "json", "csv"))
    command.set_defaults(configured=False)


def _doctor(commands: Commands[Parser]) -> None:
    summary = "check this set-up, and a store if one is given, and say what to mend"
    examples = "kg doctor", "kg doctor --store graph --deep", "kg doctor --format json"
    command = add_command(commands, "doctor", summary, *examples)
    command.add_argument("--store", type=Path, metavar="DIR", help="check this store too")
    command.add_argument(
        "--deep", action="store_true", help="read all of the store, and check each graph against the shapes"
    )
    command.add_argument(
        "--port", type=number(1, 65535), default=8000,
        help="that `kg serve` is to have (default: %(default)s)",
    )  # fmt: skip
    add_format(command, ("text", "json"))
    command.set_defaults(configured=False)


def _completion(commands: Commands[Parser]) -> None:
    summary = "print a script that lets a shell complete commands and options"
    examples = (
        'eval "$(kg completion bash)"',
        "kg completion bash > ~/.local/share/bash-completion/completions/kg",
        "kg completion fish > ~/.config/fish/completions/kg.fish",
        'kg completion zsh > "${fpath[1]}/_kg"',
    )
    command = add_command(commands, "completion", summary, *examples)
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    command.set_defaults(configured=False)

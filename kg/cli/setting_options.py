"""The options of `kg serve` that change settings: one for each field of `Settings`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Literal, get_args, get_origin

from kg.errors import InputError
from kg.settings import Settings, descriptions, is_secret, kind_of, option_of, read_value, shown_default

_PREFIX = "setting_"
_METAVARS = {int: "N", float: "N", bool: "1|0", str: "TEXT"}
# What has an option of its own, which may be repeated.
_ELSEWHERE = "extractors"


def add_settings(command: argparse.ArgumentParser) -> None:
    """Let a command change every setting."""
    group = command.add_argument_group("settings", "each also an environment variable: KG_QUERY_SECONDS=30")
    for name in (each.name for each in fields(Settings) if each.name != _ELSEWHERE):
        about = descriptions().get(name, "").replace("%", "%%")
        default = shown_default(name)
        hidden = is_secret(name)
        group.add_argument(
            f"{option_of(name)}-file" if hidden else option_of(name),
            dest=f"{_PREFIX}{name}",
            default=argparse.SUPPRESS,
            type=_secret if hidden else _checked(name),
            metavar="FILE" if hidden else _metavar(name),
            help=f"a file that holds {about}"
            if hidden
            else about + (f" (default: {default})" * bool(default)),
        )


def given_settings(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the settings that a command line gives, by field, as they are written there."""
    given = {
        name.removeprefix(_PREFIX): value
        for name, value in vars(arguments).items()
        if name.startswith(_PREFIX)
    }
    if arguments.extractors:
        given[_ELSEWHERE] = ",".join(arguments.extractors)
    return given


def _metavar(name: str) -> str:
    kind = kind_of(name)
    return "|".join(get_args(kind)) if get_origin(kind) is Literal else _METAVARS.get(kind, "A,B")


def _checked(name: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            read_value(name, text, called="it")
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None
        return text

    return check


def _secret(file: str) -> str:
    """Return what a file holds, without white space around it: an argument itself is seen by everybody."""
    try:
        held = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise argparse.ArgumentTypeError(f"{file} cannot be read ({reason})") from None
    if not held:
        raise argparse.ArgumentTypeError(f"{file} is empty, but must hold a secret")
    return held

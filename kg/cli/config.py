"""``kg config``: every setting with its value and where that comes from; never a secret."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from kg.cli.configuration import DEFAULTS, Configuration, places, read_configuration
from kg.cli.printing import print_csv, print_json
from kg.cli.screen import open_screen
from kg.cli.tables import Heading, print_table
from kg.cli.terminal import say
from kg.settings import Settings, is_secret, shown_default, variable_of

_DEFAULTS: Mapping[str, str] = {"store": "", "language": "vi", "color": "auto"}
_HIDDEN = "(set, not shown)"


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting with its value, as it is written in the environment, and where that comes from."""

    name: str
    value: str
    origin: str


def run(arguments: argparse.Namespace) -> int:
    """Print what holds for the next command.

    Raises:
        InputError: a value is not what its setting takes.
    """
    configuration = read_configuration(os.environ)
    Settings.from_environment({**configuration.variables, **os.environ})
    found = list(effective(configuration, os.environ))
    told = [(each.name, each.value, each.origin) for each in found]
    if arguments.format == "json":
        settings = {each.name: {"value": each.value, "from": each.origin} for each in found}
        print_json({"file": configuration.path and str(configuration.path), "settings": settings})
        return 0
    if arguments.format == "csv":
        print_csv(("setting", "value", "from"), told)
        return 0
    print_table(open_screen(arguments), (Heading("setting", is_whole=True), "value", "from"), told)
    if configuration.path is None:
        looked = " or ".join(str(place) for place in places(os.environ)) or "none, for KG_CONFIG is empty"
        say(f"there is no configuration file (looked for: {looked})")
    return 0


def effective(configuration: Configuration, environment: Mapping[str, str]) -> Iterator[Effective]:
    """Yield the defaults of commands and all settings, with what each is; a secret is told to be set."""
    settings = tuple(each.name for each in fields(Settings))
    for name in (*DEFAULTS, *settings):
        variable = variable_of(name)
        if variable in environment:
            value, origin = environment[variable], f"environment ({variable})"
        elif variable in configuration.variables:
            value, origin = configuration.variables[variable], f"file ({configuration.path})"
        else:
            value, origin = _DEFAULTS[name] if name in _DEFAULTS else shown_default(name), "default"
        hidden = name in settings and is_secret(name) and bool(value)
        yield Effective(name, _HIDDEN if hidden else value, origin)

"""What is configured: the file, the variables, the write token."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches

from kg.cli.checkup.findings import Finding
from kg.cli.configuration import DEFAULTS, Configuration, ConfigurationError, read_configuration
from kg.errors import InputError
from kg.settings import Settings, read_value, variable_of

_SHORTEST = 20  # characters of a token that nobody guesses
_FEWEST = 8  # different ones among them
_FRESH = "make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


def check_configuration(environment: Mapping[str, str]) -> tuple[list[Finding], Mapping[str, str]]:
    """Return what is found, and the variables that hold, those of the file among them."""
    found: list[Finding] = []
    configuration = Configuration(None, {})
    try:
        configuration = read_configuration(environment)
        found.append(_file(configuration))
    except ConfigurationError as error:
        found.append(Finding("configuration", "problem", str(error), "mend the file; see `kg config`"))
    found += _shared_secrets(configuration)
    variables = {**configuration.variables, **environment}
    found += _variables(environment)
    found.append(_token(variables.get(variable_of("write_token"), "")))
    return found, variables


def _file(configuration: Configuration) -> Finding:
    if configuration.path is None:
        return Finding("configuration", "ok", "no file, defaults and variables alone")
    return Finding("configuration", "ok", f"{configuration.path}, {len(configuration.variables)} settings")


def _shared_secrets(configuration: Configuration) -> Iterator[Finding]:
    for file in configuration.secret_files:
        if file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield Finding("token file", "warning", f"{file} may be read by others", f"chmod 600 {file}")


def _variables(environment: Mapping[str, str]) -> Iterator[Finding]:
    settings = {variable_of(each.name): each.name for each in fields(Settings)}
    known = [*settings, "KG_CONFIG", *map(variable_of, DEFAULTS)]
    given = sorted(name for name in environment if name.startswith("KG_"))
    faulty = False
    for name in given:
        if name not in known:
            faulty, near = True, get_close_matches(name, known, 1)
            advice = f"is {near[0]} meant?" if near else "`kg config` lists all settings"
            yield Finding("variables", "warning", f"{name} is no setting and does nothing", advice)
        elif name in settings:
            try:
                read_value(settings[name], environment[name], called=name)
            except InputError as error:
                faulty = True
                yield Finding("variables", "problem", str(error), f"mend it, or unset {name}")
    if not faulty:
        yield Finding("variables", "ok", ", ".join(given) or "none")


def _token(token: str) -> Finding:
    if not token:
        return Finding("write token", "ok", "none: nobody writes over HTTP")
    if len(token) < _SHORTEST or len(set(token)) < _FEWEST:
        said = f"weak: {len(token)} characters, {len(set(token))} different ones"
        return Finding("write token", "warning", said, _FRESH)
    return Finding("write token", "ok", f"{len(token)} characters")

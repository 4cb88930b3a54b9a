"""The configuration file: what would else be said by variables or on every command line.

A file says the same as environment variables, which win over it: `take_over` puts what it says into the
environment of this process, where commands and the processes that they start find it.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.cli.arguments import UsageError
from kg.cli.arguments.commands import COLORS
from kg.errors import InputError
from kg.query.writing import LANGUAGES
from kg.settings import Settings, is_secret, kind_of, read_value, variable_of

HERE = Path("kg.toml")
_BELOW_HOME = Path("yte-kg") / "config.toml"
_FILE = "_file"
_CHOICES: Mapping[str, tuple[str, ...]] = {"language": LANGUAGES, "color": COLORS}
DEFAULTS = ("store", *_CHOICES)
"""What may be configured beside settings, each with a variable of its own: KG_STORE."""

_PATHS = frozenset({"store", "backup_directory", "access_log", "crf_model"})
_NO_PATH = ("", "-")


class ConfigurationError(UsageError):
    """A configuration file that cannot be read, or says what it cannot."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file says.

    Attributes:
        path: where it is; None where there is none.
        variables: what it says, by environment variable.
        secret_files: the files that it names for secrets.
    """

    path: Path | None
    variables: Mapping[str, str]
    secret_files: tuple[Path, ...] = ()


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Return what the configuration file says, nothing where there is none.

    It is the file that KG_CONFIG names ("" for none), else kg.toml in the working directory, else
    yte-kg/config.toml in the user's configuration directory; one file counts and no other.

    Raises:
        ConfigurationError: it cannot be read, or a key or value is wrong; the message names file and key.
    """
    path = _find(environment)
    if path is None:
        return Configuration(None, {})
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
            status = os.fstat(file.fileno())
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}); see KG_CONFIG") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is no TOML: {error}") from None
    if "KG_CONFIG" not in environment:
        _check_owner(path, status.st_uid)
    shared = bool(status.st_mode & (stat.S_IRGRP | stat.S_IROTH))
    said = (_variable(path, key, value) for key, value in content.items())
    if shared and (secret := next((key for key in content if key in _settings() and is_secret(key)), None)):
        raise ConfigurationError(
            f"{path} holds {secret}, but others may read it: chmod 600 {path}, "
            f"or name a file with {secret}{_FILE}"
        )
    variables = dict(said)
    files = tuple(_beside(path, content[key]) for key in content if key.endswith(_FILE))
    return Configuration(path, variables, files)


def take_over(environment: MutableMapping[str, str]) -> None:
    """Put what the configuration file says into an environment, where that does not say it itself.

    Raises:
        ConfigurationError: as for `read_configuration`.
    """
    for name, value in read_configuration(environment).variables.items():
        environment.setdefault(name, value)


def places(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where a configuration file is looked for, the first that is there counting."""
    if (named := environment.get("KG_CONFIG")) is not None:
        return (Path(named),) if named else ()
    home = environment.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return HERE, Path(home) / _BELOW_HOME


def _find(environment: Mapping[str, str]) -> Path | None:
    looked_at = places(environment)
    if "KG_CONFIG" in environment:
        return looked_at[0] if looked_at else None
    return next((path for path in looked_at if path.is_file()), None)


def _check_owner(path: Path, owner: int) -> None:
    """Refuse what another user left in the working directory: it could have files written and read."""
    if path == HERE and owner not in (0, os.getuid()):
        raise ConfigurationError(
            f"{path} belongs to another user: set KG_CONFIG={path} if it is to count, or KG_CONFIG= if not"
        )


def _settings() -> tuple[str, ...]:
    return tuple(each.name for each in fields(Settings))


def _secrets() -> tuple[str, ...]:
    return tuple(name for name in _settings() if is_secret(name))


def _variable(path: Path, key: str, value: Any) -> tuple[str, str]:
    """Return the variable that says what a key says."""
    name = key.removesuffix(_FILE)
    known = [each for each in _settings() if not is_secret(each)]
    secrets = _secrets()
    if name in secrets and key != name:
        return variable_of(name), _held(path, key, value)
    if key not in (*known, *secrets, *DEFAULTS):
        near = get_close_matches(key, [*known, *DEFAULTS, *(f"{each}{_FILE}" for each in secrets)], 1)
        hint = f"; is {near[0]} meant?" if near else "; `kg config` lists all settings"
        raise ConfigurationError(f"{path}: there is no setting {key!r}{hint}")
    text = _written(path, key, value)
    if key in _PATHS and text not in _NO_PATH:
        text = str(_beside(path, text))
    choices = _CHOICES.get(key)
    if choices is not None and text not in choices:
        raise ConfigurationError(f"{path}: {key} is {text!r}, but must be one of {', '.join(choices)}")
    if key in _settings():
        try:
            read_value(key, text, called=f"{path}: {key}")
        except InputError as error:
            raise ConfigurationError(str(error)) from None
    return variable_of(key), text


def _written(path: Path, key: str, value: Any) -> str:
    """Return a value as it is written in an environment variable."""
    match value:
        case bool():
            return str(int(value))
        case int() | float() | str():
            return str(value)
        case list() if key in _settings() and kind_of(key) == tuple[str, ...]:
            if all(isinstance(each, str) for each in value):
                return ",".join(value)
    shown = "of another kind" if key.startswith(_secrets()) else repr(value)
    raise ConfigurationError(f"{path}: {key} is {shown}, but takes one value or, of names, a list of texts")


def _beside(path: Path, named: str) -> Path:
    """Return a path that counts from where the configuration file is."""
    return path.parent / Path(named).expanduser()


def _held(path: Path, key: str, value: Any) -> str:
    """Return the secret that a file holds which a key names."""
    file = _beside(path, _written(path, key, value))
    try:
        held = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigurationError(f"{path}: {key}: {file} cannot be read ({reason})") from None
    if not held:
        raise ConfigurationError(f"{path}: {key}: {file} is empty, but must hold a secret")
    return held

"""Settings: what can be changed without changing the program.

Each is an environment variable ``KG_…`` and an option of ``kg serve``; both are made from the fields and the
docstring of `Settings`, so a new setting is one field and one line that says what it is.
"""

from __future__ import annotations

import inspect
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from kg.errors import InputError

_MAY_BE_NOTHING = {"least": 0}
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?")
_YES_OR_NO: Mapping[str, bool] = {
    "1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their defaults, chosen for a small public service.

    Attributes:
        base_iri: what the IRIs of things begin with; their paths follow it.
        query_seconds: how long one SPARQL query may run before its process is ended.
        query_memory: bytes of address space that one query process may use.
        result_bytes: the largest answer to one query.
        result_rows: the most rows or triples in the answer to one query.
        query_characters: the longest text of one query.
        query_workers: how many queries run at once.
        query_places: how many more queries may wait for their turn; one client has half of the places.
        queue_seconds: how long a query waits for its turn before it is turned away.
        cache_bytes: how much memory answers to queries may take that are kept for the next who asks the same.
        sandbox: "require" refuses queries where the system cannot take files and network from query
            processes; "best" takes what it can and says in the log and at /ready what is left.
        connections: how many clients may be connected at once.
        connections_per_client: how many of these connections one address may hold; trusted proxies any.
        idle_seconds: how long a connection may stay open on which nothing happens.
        slow_seconds: how long a client may send or fetch less than 4 KB a second before it is cut off.
        request_bytes: the largest body of one request.
        upload_bytes: the largest body of one update or graph from a client that may write.
        write_token: the secret with which updates and graphs are accepted; without it nobody writes.
        default_graph: what queries see that name no graph: "union", all named graphs together, each statement
            once; "own", what was put into the default graph, as in a plain SPARQL 1.1 store.
        validate_writes: whether writes must leave graphs that conform to the shapes.
        write_seconds: how long the work on one update or graph may take before its process is ended.
        write_statements: how many statements one update or graph may change.
        backup_directory: where the service writes backups when one is asked for; without it, it writes none.
        licence: the address of the licence under which the dataset is offered.
        page_size: how many items a list holds unless `limit` says otherwise.
        stop_seconds: how long requests that run may go on when the service is told to stop.
        requests_per_minute: how many requests one client may send in a minute; 0 means 1200 for clients
            elsewhere and no limit for those on this machine.
        trusted_proxies: addresses or networks of proxies whose X-Forwarded-For and -Proto are believed.
        cors_origins: origins whose pages may read answers, or * for all, which then cannot send a token.
        https: whether people reach the service by https, so that browsers are told to come back that way.
        access_log: a file for the access log, - for standard error; nothing is logged unless it is set.
        log_queries: whether the access log holds the text of queries and not just a digest of it.
        extractors: names of extractors to read with beside the rules, separated by commas.
        crf_model: the model that `kg train-crf` wrote and the extractor "crf" reads.
    """

    base_iri: str = "https://yte-kg.org/id/"
    query_seconds: float = 15.0
    query_memory: int = 2 * 1024**3
    result_bytes: int = 16 * 1024**2
    result_rows: int = 100_000
    query_characters: int = 100_000
    query_workers: int = 4
    query_places: int = 16
    queue_seconds: float = 10.0
    cache_bytes: int = field(default=64 * 1024**2, metadata=_MAY_BE_NOTHING)
    sandbox: Literal["require", "best"] = "best"
    connections: int = 500
    connections_per_client: int = 100
    idle_seconds: float = 60.0
    slow_seconds: float = 20.0
    request_bytes: int = 1024**2
    upload_bytes: int = 64 * 1024**2
    write_token: str = field(default="", repr=False, metadata={"secret": True})
    default_graph: Literal["union", "own"] = "union"
    validate_writes: bool = True
    write_seconds: float = 60.0
    write_statements: int = 1_000_000
    backup_directory: str = ""
    licence: str = "https://www.apache.org/licenses/LICENSE-2.0"
    page_size: int = 100
    stop_seconds: float = 20.0
    requests_per_minute: int = field(default=0, metadata=_MAY_BE_NOTHING)
    trusted_proxies: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    https: bool = False
    access_log: str = ""
    log_queries: bool = False
    extractors: tuple[str, ...] = ()
    crf_model: str = ""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, *, options: Mapping[str, str] | None = None
    ) -> Settings:
        """Return the settings that ``KG_QUERY_SECONDS=30`` and the like ask for.

        Args:
            environment: the variables; those of this process unless given.
            options: values by field, as written on a command line; they win over the environment.

        Raises:
            InputError: a value is not what its setting takes; the message names the variable or option.
        """
        variables = os.environ if environment is None else environment
        given: dict[str, Any] = {}
        for each in fields(cls):
            if options is not None and each.name in options:
                given[each.name] = read_value(each.name, options[each.name], called=option_of(each.name))
            elif (text := variables.get(variable_of(each.name))) is not None:
                given[each.name] = read_value(each.name, text, called=variable_of(each.name))
        return cls(**given)


def variable_of(name: str) -> str:
    """Return the environment variable of a setting: "KG_QUERY_SECONDS"."""
    return f"KG_{name.upper()}"


def option_of(name: str) -> str:
    """Return the option of a setting: "--query-seconds"."""
    return f"--{name.replace('_', '-')}"


def is_secret(name: str) -> bool:
    """Tell whether a setting must not be seen in a list of processes: its option names a file."""
    return bool(_field(name).metadata.get("secret"))


def kind_of(name: str) -> Any:
    """Return the type of a setting: str, int, float, bool, a tuple of str, or a Literal of its choices."""
    return _types()[name]


def read_value(name: str, text: str, *, called: str) -> Any:
    """Return what a setting is when its value is written so.

    Raises:
        InputError: the text is not what the setting takes; the message calls the setting as it was given.
    """
    kind, text = kind_of(name), text.strip()
    try:
        value = _READERS.get(kind, str)(text)
    except (ValueError, KeyError):
        raise InputError(f"{called} is {text!r}, but must be {_TAKES[kind]}") from None
    if get_origin(kind) is Literal and text not in get_args(kind):
        raise InputError(f"{called} is {text!r}, but must be one of {', '.join(get_args(kind))}")
    if kind in (int, float):
        _check_number(name, value, called)
    if (check := _CHECKS.get(name)) is not None and (wanted := check(value)):
        raise InputError(f"{called} is {text!r}, but must be {wanted}")
    return value


@cache
def descriptions() -> Mapping[str, str]:
    """Return what each setting is, as the docstring of `Settings` says it, without its full stop."""
    listed = inspect.cleandoc(Settings.__doc__ or "").partition("Attributes:\n")[2]
    found: dict[str, str] = {}
    for line in listed.splitlines():
        if (start := re.fullmatch(r" {4}(\w+): (.+)", line)) is not None:
            name, found[name] = start[1], start[2]
        elif line.strip():
            found[name] += f" {line.strip()}"
    return {name: words.removesuffix(".") for name, words in found.items()}


def shown_default(name: str) -> str:
    """Return the default of a setting as it is written in the environment; empty where there is none."""
    value = _field(name).default
    match value:
        case bool():
            return str(int(value))
        case tuple():
            return ",".join(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


@cache
def _types() -> Mapping[str, Any]:
    return get_type_hints(Settings)


def _field(name: str) -> Field[Any]:
    return next(each for each in fields(Settings) if each.name == name)


def _check_number(name: str, value: float, called: str) -> None:
    least = cast(int | None, _field(name).metadata.get("least"))
    if least is None and not 0 < value < float("inf"):
        raise InputError(f"{called} is '{value:g}', but must be more than 0")
    if least is not None and not least <= value < float("inf"):
        raise InputError(f"{called} is '{value:g}', but must be {least} or more")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _wanted_base(value: str) -> str:
    return "" if _BASE.fullmatch(value) else f"an address such as {Settings().base_iri}"


def _wanted_networks(values: tuple[str, ...]) -> str:
    try:
        for value in values:
            ipaddress.ip_network(value, strict=False)
    except ValueError:
        return "addresses or networks such as 10.0.0.0/8, separated by commas"
    return ""


def _wanted_origins(values: tuple[str, ...]) -> str:
    if values == ("*",) or all(_ORIGIN.fullmatch(value) for value in values):
        return ""
    return "origins such as https://example.org, separated by commas, or * alone"


_READERS: Mapping[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: lambda text: _YES_OR_NO[text.lower()],
    tuple[str, ...]: _names,
}
_TAKES: Mapping[Any, str] = {int: "a number", float: "a number", bool: "1 or 0"}
# What is wanted where a value will not do; empty where it will.
_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "base_iri": _wanted_base,
    "trusted_proxies": _wanted_networks,
    "cors_origins": _wanted_origins,
}

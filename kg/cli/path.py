"""``kg path``: how two things are connected, and which words say so."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from rich.console import Console
from rich.text import Text

from kg.cli.asked import open_knowledge
from kg.cli.printing import print_json
from kg.cli.quoting import quoted
from kg.cli.screen import hanging, open_screen, print_lines
from kg.cli.terminal import say
from kg.query.days import first_day, last_day
from kg.query.paths import Limit, Link, Path, Paths
from kg.query.paths_asked import PathsRequest, ask_paths
from kg.query.telling.paths import paths_json


def run(arguments: argparse.Namespace) -> int:
    """Print the paths that are asked for."""
    wanted, ends = _request(arguments), (arguments.source, arguments.target)
    with open_knowledge(arguments) as asked:
        found = ask_paths(asked.knowledge, ends, wanted, language=arguments.language)
    if arguments.format == "json":
        print_json(paths_json(found))
    else:
        screen = open_screen(arguments)
        print_lines(screen, _all_lines(screen, found))
        for limit in found.limits:
            say(_told(limit))
    return asked.exit_code


def _request(arguments: argparse.Namespace) -> PathsRequest:
    on = arguments.on
    days = on and (date.fromisoformat(first_day("--on", on)), date.fromisoformat(last_day("--on", on)))
    return PathsRequest(
        count=arguments.count,
        max_length=arguments.max_length,
        through=tuple(arguments.through),
        avoiding=tuple(arguments.avoiding),
        on=days or None,
        hubs=arguments.hubs,
    )


def _all_lines(screen: Console, found: Paths) -> Iterator[Text]:
    for number, path in enumerate(found.paths, start=1):
        if number > 1:
            yield Text()
        if len(found.paths) > 1:
            yield Text(f"[{number}] {len(path.steps)}", "dim")
        yield from _lines(screen, path)


def _lines(screen: Console, path: Path) -> Iterator[Text]:
    yield from hanging(screen, Text(path.source.name, "bold"), rest="  ")
    for step in path.steps:
        for link in step.links:
            label = Text(f"{link.label} →" if link.forward else f"← {link.label}", "cyan")
            yield from hanging(screen, label, first="  ", rest="    ")
            yield from _quotations(screen, link)
        yield from hanging(screen, Text(step.target.name, "bold"), rest="  ")


def _quotations(screen: Console, link: Link) -> Iterator[Text]:
    """Yield the core of what supports each claim: its first words and where they stand."""
    for claim in link.claims:
        for found in claim.evidence[:1]:
            yield from hanging(screen, quoted(found), first="    ", rest="      ")


def _told(limit: Limit) -> str:
    return f"a limit was reached, there may be more: {limit.name} {limit.value:g}"

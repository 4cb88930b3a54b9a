"""``kg path``: how two things are connected, and which words say so."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date

from kg.cli.sources import open_source
from kg.query.days import first_day, last_day
from kg.query.knowledge import Knowledge
from kg.query.paths import Limit, Link, Path, Paths
from kg.query.paths_asked import PathsRequest, ask_paths
from kg.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Print the paths that are asked for."""
    settings, wanted = Settings.from_environment(), _request(arguments)
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        found = ask_paths(knowledge, (arguments.source, arguments.target), wanted)
    if arguments.format == "json":
        # The best path as a single one is told, and all of them.
        told = {**asdict(found.paths[0]), **asdict(found)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _all_lines(found))
        sys.stderr.writelines(f"kg: {_told(limit)}\n" for limit in found.limits)
    return source.exit_code


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


def _all_lines(found: Paths) -> Iterator[str]:
    for number, path in enumerate(found.paths, start=1):
        if len(found.paths) > 1:
            yield f"{'' if number == 1 else chr(10)}[{number}] {len(path.steps)}"
        yield from _lines(path)


def _lines(path: Path) -> Iterator[str]:
    yield path.source.name
    for step in path.steps:
        for link in step.links:
            yield f"  {link.label} →" if link.forward else f"  ← {link.label}"
            yield from _quotations(link)
        yield step.target.name


def _quotations(link: Link) -> Iterator[str]:
    """Yield the core of what supports each claim: its first words and where they stand."""
    for claim in link.claims:
        for found in claim.evidence[:1]:
            yield f"    “{' '.join(found.quote.split())}” ({found.article.name}, {found.start}–{found.end})"


def _told(limit: Limit) -> str:
    return f"a limit was reached, there may be more: {limit.name} {limit.value:g}"

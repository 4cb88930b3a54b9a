"""``kg path``: how two things are connected, and which words say so."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

from kg.cli.sources import open_source
from kg.query.knowledge import Knowledge
from kg.query.paths import Link, Path
from kg.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Print the shortest path."""
    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        path = knowledge.path(arguments.source, arguments.target)
    if arguments.format == "json":
        sys.stdout.write(json.dumps(asdict(path), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(path))
    return source.exit_code


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

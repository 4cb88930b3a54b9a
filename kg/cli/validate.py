"""``kg validate``: whether graphs conform to the shapes, told for people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kg.cli.documents import expand
from kg.cli.terminal import say
from kg.errors import InputError, ValidationError
from kg.graph import Report, validate_graph
from kg.pipeline import article_graphs, check_document
from kg.settings import Settings
from kg.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Print the report on every graph that does not conform, or that has warnings, and the counts."""
    settings = Settings.from_environment()
    if arguments.store is not None:
        return _report(_stored(arguments.store), rejected=0)
    files, rejected = expand(arguments.paths)
    unread: list[Path] = []
    code = _report(_unstored(files, settings, unread), rejected=rejected)
    return code or (InputError.exit_code if unread else 0)


def _stored(path: Path) -> Iterator[tuple[str, Report]]:
    with closing(open_store(path, read_only=True)) as store:
        for name in article_graphs(store):
            yield name, validate_graph(store.quads(name))


def _unstored(files: Iterable[Path], settings: Settings, unread: list[Path]) -> Iterator[tuple[str, Report]]:
    for path in files:
        try:
            yield str(path), check_document(path, base=settings.base_iri).report
        except InputError as error:
            say(str(error))
            unread.append(path)


def _report(reports: Iterable[tuple[str, Report]], *, rejected: int) -> int:
    checked = faulty = 0
    for name, report in reports:
        checked += 1
        faulty += not report.conforms
        if report.violations:
            sys.stdout.write(f"{name}: {report.text}\n")
    sys.stdout.write(f"{checked} articles checked, {checked - faulty} conform, {faulty} do not\n")
    if faulty:
        return ValidationError.exit_code
    return InputError.exit_code if rejected else 0

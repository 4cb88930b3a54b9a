"""``kg validate``: whether graphs conform to the shapes, told for people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from kg.cli.documents import Rejections, work_on
from kg.cli.extractors import asked_for
from kg.cli.progress import watched
from kg.errors import ValidationError
from kg.extraction.extensions import NamedExtension
from kg.graph import Report, validate_graph
from kg.pipeline import article_graphs, check_document
from kg.settings import Settings
from kg.store import open_store

_Named = tuple[str, Report]


def run(arguments: argparse.Namespace) -> int:
    """Print the report on every graph that does not conform, or that has warnings, and the counts."""
    rejections = Rejections(arguments.debug)
    if arguments.store is not None:
        conform = _print(_stored(arguments.store))
    else:
        extensions = asked_for(arguments)
        check = partial(_checked, base=Settings.from_environment().base_iri, extensions=extensions)
        conform = _print(work_on(arguments.paths, check, rejections))
    return max(rejections.exit_code, 0 if conform else ValidationError.exit_code)


def _stored(path: Path) -> Iterator[_Named]:
    with closing(open_store(path, read_only=True)) as store:
        for name in watched(article_graphs(store), "checking graphs"):
            yield name, validate_graph(store.quads(name))


def _checked(path: Path, *, base: str, extensions: Sequence[NamedExtension]) -> _Named:
    return str(path), check_document(path, base=base, extensions=extensions).report


def _print(reports: Iterable[_Named]) -> bool:
    """Print the reports and tell whether every graph conforms."""
    checked = faulty = 0
    for name, report in reports:
        checked += 1
        faulty += not report.conforms
        if report.violations:
            sys.stdout.write(f"{name}: {report.text}\n")
    sys.stdout.write(f"{checked} articles checked, {checked - faulty} conform, {faulty} do not\n")
    return not faulty

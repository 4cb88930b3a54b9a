"""Building articles into a store, with a progress bar where somebody watches."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kg.cli.documents import Rejections, work_on
from kg.cli.extractors import asked_for
from kg.pipeline import StoredArticle, build_document, complete_store
from kg.settings import Settings
from kg.store import Solutions, Store

_ENTITIES = """
PREFIX kg: <https://yte-kg.org/ontology#>
SELECT (COUNT(DISTINCT ?entity) AS ?count) WHERE {
  VALUES ?class { kg:Official kg:Unit kg:AdministrativeUnit kg:Meeting kg:LegalDocument }
  ?entity a ?class
}
"""
_STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?predicate ?object } }"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the documents.

    Attributes:
        built: the articles that now stand in the store.
        rejections: the others, and paths that led nowhere.
        entities: officials, bodies, places, meetings and documents in the whole store.
        statements: statements in the whole store.
    """

    built: tuple[StoredArticle, ...]
    rejections: Rejections
    entities: int
    statements: int

    def summary(self) -> str:
        """Return the counts for people and scripts, one a line."""
        counts = {
            "articles": len(self.built),
            "unchanged": sum(not stored.changed for stored in self.built),
            "rejected": len(self.rejections.codes),
            "entities": self.entities,
            "statements": self.statements,
        }
        return "".join(f"{name:<10} {count}\n" for name, count in counts.items())


def build_articles(arguments: argparse.Namespace, store: Store, settings: Settings) -> Report:
    """Build every document that the paths stand for; one that is rejected is reported and the rest goes on.

    Raises:
        StoreError: the store cannot be written; what was stored before stays.
    """
    started, base = datetime.now(UTC), settings.base_iri
    rejections = Rejections(arguments.debug)
    build = partial(build_document, store=store, base=base, extensions=asked_for(arguments))
    built = tuple(work_on(arguments.paths, build, rejections, watch=_watched))
    complete_store(store, built, started=started, base=base)
    return Report(built, rejections, _count(store, _ENTITIES), _count(store, _STATEMENTS))


def _count(store: Store, query: str) -> int:
    answer = store.query(query)
    return int(str(answer.records()[0]["count"])) if isinstance(answer, Solutions) else 0


def _watched(files: list[Path]) -> Iterator[Path]:
    """Yield the files, with a bar on standard error if that is a terminal; rich heeds NO_COLOR."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(files, description="building")

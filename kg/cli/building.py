"""Building articles into a store, with a progress bar where somebody watches."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kg.cli.documents import Rejections, work_on
from kg.cli.extractors import asked_for
from kg.cli.readers import Readers
from kg.completion import read_decided
from kg.graph import cuts_of
from kg.pipeline import StoredArticle, complete_store, store_checked
from kg.settings import Settings
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the documents.

    Attributes:
        built: the articles that now stand in the store.
        rejections: the others, and paths that led nowhere.
    """

    built: tuple[StoredArticle, ...]
    rejections: Rejections

    def summary(self) -> str:
        """Return the counts for people and scripts, one a line; of these articles, not of the whole store."""
        counts = {
            "articles": len(self.built),
            "unchanged": sum(not stored.changed for stored in self.built),
            "rejected": len(self.rejections.codes),
            "entities": len(frozenset[str]().union(*(stored.entities for stored in self.built))),
            "statements": sum(stored.statements for stored in self.built),
        }
        return "".join(f"{name:<10} {count}\n" for name, count in counts.items())


def build_articles(arguments: argparse.Namespace, store: Store, settings: Settings) -> Report:
    """Build every document that the paths stand for; one that is rejected is reported and the rest goes on.

    Raises:
        StoreError: the store cannot be written; what was stored before stays.
    """
    started, base = datetime.now(UTC), settings.base_iri
    rejections = Rejections(arguments.debug)
    workers = getattr(arguments, "workers", None)
    readers = Readers(base, asked_for(arguments), workers=workers, debug=arguments.debug)
    cuts = cuts_of(read_decided(store, base=base), base=base)

    def build(path: Path) -> StoredArticle:
        return store_checked(path, readers.check(path), store, cuts=cuts)

    built = tuple(work_on(arguments.paths, build, rejections, watch=lambda files: _watched(files, readers)))
    complete_store(store, built, started=started, base=base)
    return Report(built, rejections)


def _watched(files: list[Path], readers: Readers) -> Iterator[Path]:
    """Yield the files, with a bar on standard error if that is a terminal; rich heeds NO_COLOR."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(readers.over(files), total=len(files), description="building")

"""Building articles into a store, with a progress bar where somebody watches."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kg.cli.documents import Rejections, work_on
from kg.cli.extractors import asked_for
from kg.cli.progress import watched
from kg.cli.terminal import say, show_log
from kg.completion import read_decided
from kg.graph import cuts_of
from kg.pipeline import StoredArticle, complete_store, store_checked
from kg.readers import Readers
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
        kept = [stored for stored in self.built if not stored.withdrawn]
        counts = {
            "articles": len(kept),
            "unchanged": sum(not stored.changed for stored in kept),
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
    readers = Readers(
        base, asked_for(arguments), workers=workers, begin=partial(show_log, debug=arguments.debug)
    )
    cuts = cuts_of(read_decided(store, base=base), base=base)

    def build(path: Path) -> StoredArticle:
        stored = store_checked(path, readers.check(path), store, cuts=cuts)
        if stored.withdrawn:
            say(f"{path}: not stored, this article was withdrawn for good (see `kg withdraw --list`)")
        return stored

    def watch(files: list[Path]) -> Iterator[Path]:
        return watched(files, "building", source=readers.over(files))

    built = tuple(work_on(arguments.paths, build, rejections, watch=watch))
    complete_store(store, built, started=started, base=base)
    return Report(built, rejections)

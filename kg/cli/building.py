"""Building articles into a store, with a progress bar where somebody watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kg.cli.documents import expand
from kg.cli.terminal import say
from kg.errors import InputError, KgError, ValidationError
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
        reasons: why others do not.
        missing: how many paths led nowhere.
        entities: officials, bodies, places, meetings and documents in the whole store.
        statements: statements in the whole store.
    """

    built: tuple[StoredArticle, ...]
    reasons: tuple[KgError, ...]
    missing: int
    entities: int
    statements: int

    @property
    def rejected(self) -> int:
        """How many files and paths gave no article."""
        return len(self.reasons) + self.missing

    @property
    def exit_code(self) -> int:
        """0, or the code of a rejected input; a graph that does not conform weighs more than a bad file."""
        codes = [reason.exit_code for reason in self.reasons] + [InputError.exit_code] * self.missing
        return max(codes, default=0)

    def summary(self) -> str:
        """Return the counts for people and scripts, one a line."""
        counts = {
            "articles": len(self.built),
            "unchanged": sum(not stored.changed for stored in self.built),
            "rejected": self.rejected,
            "entities": self.entities,
            "statements": self.statements,
        }
        return "".join(f"{name:<10} {count}\n" for name, count in counts.items())


def build_articles(paths: Iterable[Path], store: Store, settings: Settings) -> Report:
    """Build every document that the paths stand for; one that is rejected is reported and the rest goes on.

    Raises:
        StoreError: the store cannot be written; what was stored before stays.
    """
    started = datetime.now(UTC)
    files, missing = expand(paths)
    built: list[StoredArticle] = []
    reasons: list[KgError] = []
    # In the order of their names, so that the order of the arguments changes nothing, not even the messages.
    for path in _watched(sorted(files, key=lambda path: (path.name, str(path)))):
        try:
            built.append(build_document(path, store, base=settings.base_iri))
        except (InputError, ValidationError) as error:
            say(str(error))
            reasons.append(error)
    changed = [stored.article for stored in built if stored.changed]
    complete_store(store, changed, started=started, base=settings.base_iri)
    return Report(tuple(built), tuple(reasons), missing, _count(store, _ENTITIES), _count(store, _STATEMENTS))


def _count(store: Store, query: str) -> int:
    answer = store.query(query)
    return int(str(answer.records()[0]["count"])) if isinstance(answer, Solutions) else 0


def _watched(files: list[Path]) -> Iterator[Path]:
    """Yield the files, with a bar on standard error if that is a terminal; rich heeds NO_COLOR."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(files, description="building")

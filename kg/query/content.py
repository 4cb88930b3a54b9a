"""How much of what the graph holds, counted once for each version of its content."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from kg.query.catalog import QUESTIONS
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds, as queries see it that name no graph.

    Attributes:
        version: of the content.
        graphs: how many named graphs there are.
        statements: how many statements.
        entities: how many things have an IRI of this service.
        subjects: how many things begin one.
        objects: how many things or values end one.
        classes: each class with the number of its things, the largest first.
        properties: each property with the number of its statements, the largest first.
        samples: IRIs of some things to look at.
    """

    version: str
    graphs: int
    statements: int
    entities: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    samples: tuple[str, ...]


def read_content(store: Store, *, base: str) -> Content:
    """Count what a store holds; two million statements take a few seconds."""
    version = store.version
    properties = _counts(store, "content_properties", "property", "statements")
    subjects = _totals(store, "content_subjects", base=base)
    samples = QUESTIONS["content_samples"].select(store).records()
    return Content(
        version=version,
        graphs=len(store.graphs()),
        statements=sum(count for _, count in properties),
        entities=subjects.get("entities", 0),
        subjects=subjects.get("subjects", 0),
        objects=_totals(store, "content_objects").get("objects", 0),
        classes=_counts(store, "content_classes", "class", "things"),
        properties=properties,
        samples=tuple(sample for row in samples if (sample := row["sample"])),
    )


def count_statements(store: Store) -> int:
    """Return how many statements queries see that name no graph."""
    return _totals(store, "content_statements")["statements"]


def _totals(store: Store, question: str, **values: str) -> dict[str, int]:
    """Return the numbers of the one row that a question answers with; nothing of an empty store."""
    rows = QUESTIONS[question].select(store, **values).records()
    return {name: int(value) for row in rows for name, value in row.items() if value and value.isdigit()}


def _counts(store: Store, question: str, name: str, count: str) -> tuple[tuple[str, int], ...]:
    return tuple(
        (row[name] or "", int(row[count] or 0)) for row in QUESTIONS[question].select(store).records()
    )


class ContentCounts:
    """The counts of the latest version that was asked for; threads may share it."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._latest: Content | None = None

    def of(self, store: Store, *, base: str) -> Content:
        """Return the counts of the store's present version; of the one before while another thread counts."""
        latest = self._latest
        if latest is not None and latest.version == store.version:
            return latest
        # The first counts are waited for. After a write, one thread counts and none waits for it.
        if not self._counting.acquire(blocking=latest is None):
            return latest or self.of(store, base=base)
        try:
            if self._latest is None or self._latest.version != store.version:
                self._latest = read_content(store, base=base)
            return self._latest
        finally:
            self._counting.release()

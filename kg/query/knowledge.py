"""What is kept ready over a store: names, connections and query workers, renewed when its content changes."""

from __future__ import annotations

import threading

from kg.errors import NotFoundError
from kg.query.names import Names, read_names
from kg.query.paths import Connections, Path, find_path, read_connections
from kg.query.views import View
from kg.query.workers import QueryResult, QueryWorkers
from kg.settings import Settings
from kg.store import Dataset, Store

_ANY_DATASET = Dataset()


class Knowledge:
    """A store with its settings and what is derived from it; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self._workers = QueryWorkers(store, settings)
        self._reading = threading.Lock()
        self._names: Names | None = None
        self._connections: Connections | None = None

    @property
    def names(self) -> Names:
        """The names of everything in the store's present version."""
        with self._reading:
            if self._names is None or self._names.version != self.store.version:
                self._names = read_names(self.store)
            return self._names

    @property
    def connections(self) -> Connections:
        """The bare edges of the store's present version."""
        names = self.names
        with self._reading:
            if self._connections is None or self._connections.version != self.store.version:
                self._connections = read_connections(self.store, names.canonical)
            return self._connections

    def view(self, language: str = "vi") -> View:
        """Return where to look, for readers of a language."""
        return View(self.store, self.names, language)

    def identify(self, typed: str, *, kind: str | None = None, role: str = "thing") -> tuple[str, ...]:
        """Return the IRIs that a person means by an IRI, a path, or a name with or without marks.

        Raises:
            NotFoundError: nothing goes by that name; the message names the `role` it was given in.
        """
        found = self.names.identify(typed, base=self.settings.base_iri, kind=kind)
        if not found:
            raise NotFoundError(f"{role}: no {kind or 'thing'} goes by {typed!r} in this graph")
        return found

    def path(self, source: str, target: str, language: str = "vi") -> Path:
        """Return the shortest path between two things, each an IRI, a path or a name.

        Raises:
            NotFoundError: one of them is not known, or nothing joins them.
        """
        view, connections = self.view(language), self.connections
        sources, targets = self.identify(source, role="source"), self.identify(target, role="target")
        failure = NotFoundError(f"nothing joins {source!r} and {target!r}")
        paths = []
        for one in sources:
            for other in targets:
                try:
                    paths.append(find_path(view, connections, one, other))
                except NotFoundError as error:
                    failure = error
        if not paths:
            raise failure
        return min(paths, key=lambda path: len(path.steps))

    def run(self, query: str, media_type: str, *, dataset: Dataset = _ANY_DATASET) -> QueryResult:
        """Answer a stranger's query in a worker process: see `QueryWorkers.run`."""
        return self._workers.run(query, media_type, dataset=dataset)

    def close(self) -> None:
        """End the workers; the store stays open."""
        self._workers.close()

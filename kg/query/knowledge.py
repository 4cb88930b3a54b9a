"""What is kept ready over a store: names, connections and query workers, renewed when its content changes."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from kg.errors import NotFoundError, WithdrawnError
from kg.query.ask.phrases import Phrases, read_phrases
from kg.query.cache import AnswerCache
from kg.query.connections import Connections
from kg.query.connections_file import present_connections
from kg.query.dumps import DumpFile, Dumps
from kg.query.names import Names, read_names
from kg.query.paths import Path, find_path
from kg.query.resource_tables import Tables
from kg.query.updates import Updates
from kg.query.views import View
from kg.query.workers import Asker, QueryResult, QueryWorkers
from kg.settings import Settings
from kg.store import Dataset, Store
from kg.withdrawal import withdrawn_things

_ANY_DATASET = Dataset()
_THIS_PROGRAM = Asker()
_RENEWED_BEHIND = 100_000  # edges: to read more takes longer than who asks should wait
_WHOLE_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Knowledge:
    """A store with its settings and what is derived from it; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.workers = QueryWorkers(store, settings)
        self.cache = AnswerCache(settings.cache_bytes)
        self._updates = Updates(store, settings)
        self._dumps = Dumps(store, settings)
        self._reading_names = threading.Lock()
        self._reading_connections = threading.Lock()  # its own: a request for a name need not wait for paths
        self._names: Names | None = None
        self._connections: Connections | None = None
        self._tables: Tables | None = None
        self._phrases: Phrases | None = None

    @property
    def names(self) -> Names:
        """The names of everything in the store's present version."""
        with self._reading_names:
            if self._names is None or self._names.version != self.store.version:
                self._names = read_names(self.store, self._names)
            return self._names

    @property
    def connections(self) -> Connections:
        """The bare edges of the present version; where there are very many, of that before until `warm`."""
        latest = self._connections
        if latest is not None and len(latest) > _RENEWED_BEHIND:
            return latest
        return self._present_connections()

    def _present_connections(self) -> Connections:
        with self._reading_connections:
            if self._connections is None or self._connections.version != self.store.version:
                self._connections = present_connections(self.store)
            return self._connections

    @property
    def tables(self) -> Tables:
        """What the lists of the store's present version are fed by."""
        names, tables = self.names, self._tables
        if tables is None or tables.version != names.version:
            self._tables = tables = Tables(self.store, names)
        return tables

    @property
    def phrases(self) -> Phrases:
        """The names of the store's present version as questions in plain words hold them."""
        names, phrases = self.names, self._phrases
        if phrases is None or phrases.version != names.version:
            self._phrases = phrases = read_phrases(self.store, names)
        return phrases

    @property
    def derived_versions(self) -> tuple[str | None, str | None]:
        """The versions that names and connections are of, as last read; None of what was not read yet."""
        names, connections = self._names, self._connections
        return (
            None if names is None else names.version,
            None if connections is None else connections.version,
        )

    def warm(self) -> None:
        """Read names, connections and lists of the present version and start workers: no request need."""
        self._updates.resume()
        self.workers.prepare()
        _ = self._present_connections(), self.names
        self.tables.warm()
        _ = self.phrases

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
            if any(it.endswith(f"/{typed}") for it in withdrawn_things(self.store)):
                raise WithdrawnError(f"{role}: {typed!r} was withdrawn for good")
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

    def run(
        self, query: str, media_type: str, *, dataset: Dataset = _ANY_DATASET, asker: Asker = _THIS_PROGRAM
    ) -> QueryResult:
        """Answer a stranger's query, from the cache or in a worker process: see `QueryWorkers.run`."""
        kept = self.cache.get(query, media_type, dataset, version=self.store.version)
        if kept is not None:
            return kept
        result = self.workers.run(query, media_type, dataset=dataset, asker=asker)
        self.cache.put(query, dataset, result)
        return result

    def update(self, text: str, *, dataset: Dataset = _ANY_DATASET) -> None:
        """Carry out a stranger's SPARQL update, all of it or nothing: see `Updates.update`."""
        self._updates.update(text, dataset=dataset)

    def read_graph(self, name: str | None, media_type: str, *, asker: Asker = _THIS_PROGRAM) -> bytes:
        """Return a graph, or the default graph, in one of the formats for graphs, under a query's limits.

        Raises:
            NotFoundError: there is no graph of that name.
            QueryError: the name is no IRI, or a limit was reached.
        """
        if name is not None and not self.store.has_graph(name):
            raise NotFoundError(f"there is no graph {name}")
        dataset = _ANY_DATASET if name is None else Dataset(default_graphs=(name,), named_graphs=())
        return self.run(_WHOLE_GRAPH, media_type, dataset=dataset, asker=asker).body

    def put_graph(self, name: str | None, data: bytes, media_type: str, *, base: str) -> bool:
        """Put what a text says in place of a graph; return whether there was none: see `Updates.put`."""
        return self._updates.put(name, data, media_type, base=base)

    def add_to_graph(self, name: str | None, data: bytes, media_type: str, *, base: str) -> bool:
        """Add what a text says to a graph; return whether there was none: see `Updates.add`."""
        return self._updates.add(name, data, media_type, base=base)

    def add_parts_to_graph(self, name: str | None, parts: Iterable[tuple[bytes, str]], *, base: str) -> bool:
        """Add what several texts say to a graph, all or nothing: see `Updates.add_parts`."""
        return self._updates.add_parts(name, parts, base=base)

    def delete_graph(self, name: str | None) -> None:
        """Remove a graph, or empty the default graph: see `Updates.delete`."""
        self._updates.delete(name)

    def dump(self) -> DumpFile:
        """Return the file that holds all of the present content: see `Dumps.present`."""
        return self._dumps.present()

    def close(self) -> None:
        """End the processes; the store stays open."""
        self._updates.close()
        self._dumps.close()
        self.workers.close()
        with self._reading_names:
            if self._names is not None:
                self._names.index.close()
                self._names = None

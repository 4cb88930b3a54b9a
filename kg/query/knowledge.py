"""What is kept ready over a store: names, connections and query workers, renewed when its content changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager

from kg.errors import NotFoundError, WithdrawnError
from kg.query.ask.phrases import Phrases
from kg.query.cache import AnswerCache
from kg.query.catalog import NamedQuestion
from kg.query.connections import Connections
from kg.query.connections_file import present_connections
from kg.query.dumps import DumpFile, Dumps
from kg.query.names import Names, follow_names, read_names
from kg.query.paths import Path, find_path
from kg.query.resource_tables import ReadThings, Tables
from kg.query.updates import Condition, Updates
from kg.query.views import View
from kg.query.workers import Asker, QueryResult, QueryWorkers
from kg.settings import Settings
from kg.store import Dataset, Solutions, Store
from kg.withdrawal import Reason, Withdrawing, was_withdrawn

_ANY_DATASET = Dataset()
_THIS_PROGRAM = Asker()
_RENEWED_BEHIND = 100_000  # edges, or items of lists: to read more takes longer than who asks should wait
_WHOLE_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Knowledge:
    """A store with its settings and what is derived from it; threads may share it."""

    def __init__(self, store: Store, settings: Settings, *, asker: Callable[[], Asker] | None = None) -> None:
        """Take a store, which stays the caller's to close.

        Args:
            store: what is told.
            settings: the limits.
            asker: tells who asks at present; None where that is always this program, which keeps no limits.
        """
        self.store = store
        self.settings = settings
        self.workers = QueryWorkers(store, settings)
        self.cache = AnswerCache(settings.cache_bytes)
        self._asker = asker
        self._updates = Updates(store, settings)
        self._dumps = Dumps(store, settings)
        self._reading_names = threading.Lock()
        # Their own: a request for a name need not wait for paths, nor one for paths for lists.
        self._reading_connections = threading.Lock()
        self._reading_tables = threading.Lock()
        self._names: Names | None = None
        self._names_behind: str | None = None  # the version that the names could not follow
        self._connections: Connections | None = None
        self._tables: Tables | None = None
        self._told_things: ReadThings | None = None
        self._prepared = False

    @property
    def names(self) -> Names:
        """The names of everything in the present version; of very much, that of before until `warm`."""
        with self._reading_names:
            version, latest = self.store.version, self._names
            if latest is None:
                self._names = latest = read_names(self.store)
            elif version not in (latest.version, self._names_behind):
                few = len(latest.index) <= _RENEWED_BEHIND
                followed = (read_names if few else follow_names)(self.store, latest)
                self._names_behind = version if followed is None else None
                self._names = latest = followed or latest
            return latest

    def _warm_names(self) -> None:
        latest = self.names
        if latest.version != self.store.version:
            renewed = read_names(self.store, latest)
            with self._reading_names:
                self._names, self._names_behind = renewed, None

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
        """What the lists of the present version are fed by; of very many, that of before until `warm`."""
        latest = self._tables
        if latest is not None and _is_large(latest):
            return latest
        return self._present_tables()

    def _present_tables(self) -> Tables:
        names = self.names
        with self._reading_tables:
            if self._tables is None or self._tables.version != names.version:
                self._tables = Tables(self.store, names)
            return self._tables

    def _warm_tables(self) -> None:
        latest, names = self._tables, self.names
        if latest is None or not _is_large(latest):
            self._present_tables().warm()
        elif latest.version != names.version:
            renewed = Tables(self.store, names)
            renewed.warm()
            self._tables = renewed

    @property
    def told_things(self) -> ReadThings:
        """What lists have told of the store's present version."""
        version, told = self.names.version, self._told_things
        if told is None or told.version != version:
            self._told_things = told = ReadThings(version)
        return told

    @property
    def is_behind(self) -> bool:
        """Whether names, paths or lists are told as before the last write, there being very many."""
        version, connections, tables = self.store.version, self._connections, self._tables
        return (
            self._names_behind is not None
            or (
                connections is not None
                and connections.version != version
                and len(connections) > _RENEWED_BEHIND
            )
            or (tables is not None and tables.version != version and _is_large(tables))
        )

    @property
    def phrases(self) -> Phrases:
        """The names of the store's present version as questions in plain words hold them."""
        return Phrases(self.store, self.names)

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
        self._prepared = True
        _ = self._present_connections()
        self._warm_names()
        self._warm_tables()

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
            if was_withdrawn(self.store, typed, base=self.settings.base_iri):
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

    def select(self, question: NamedQuestion, values: Mapping[str, str], *, most: int) -> Solutions:
        """Answer a named question with so many rows at most; one of strangers under the limits of a query.

        Raises:
            QueryError: a parameter is unknown, missing or of the wrong type, or a limit was reached.
        """
        if self._asker is None or not self._prepared:
            found = question.select(self.store, **values)
            return Solutions(found.variables, found.rows[:most])
        return self.workers.select(question.text, question.terms(values), most=most, asker=self._asker())

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

    def put_graph(
        self,
        name: str | None,
        data: bytes,
        media_type: str,
        *,
        base: str,
        condition: Condition | None = None,
    ) -> bool:
        """Put what a text says in place of a graph; return whether there was none: see `Updates.put`."""
        return self._updates.put(name, data, media_type, base=base, condition=condition)

    def add_to_graph(
        self,
        name: str | None,
        parts: Iterable[tuple[bytes, str]],
        *,
        base: str,
        condition: Condition | None = None,
    ) -> bool:
        """Add what texts say to a graph, all or nothing; return whether there was none: see `Updates.add`."""
        return self._updates.add(name, parts, base=base, condition=condition)

    def delete_graph(self, name: str | None, *, condition: Condition | None = None) -> None:
        """Remove a graph, or empty the default graph: see `Updates.delete`."""
        self._updates.delete(name, condition=condition)

    def withdraw(
        self, typed: Iterable[str], *, reason: Reason, trial: bool = False
    ) -> tuple[Withdrawing, ...]:
        """Take things, each named as in `identify`, out of the graph for good: see `Updates.withdraw`.

        Raises:
            NotFoundError: nothing goes by a name, or several do; nothing was changed.
        """
        return self._updates.withdraw(map(self._only_one, typed), reason=reason, trial=trial)

    def _only_one(self, typed: str) -> str:
        found = self.identify(typed)
        if len(found) > 1:
            told = ", ".join(each.removeprefix(self.settings.base_iri) for each in found[:10])
            raise NotFoundError(f"{len(found)} go by {typed!r}: give one of {told}")
        return found[0]

    def writing(self) -> AbstractContextManager[None]:
        """Let nobody else write meanwhile: see `Updates.alone`."""
        return self._updates.alone()

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


def _is_large(tables: Tables) -> bool:
    return tables.complete and len(tables) > _RENEWED_BEHIND

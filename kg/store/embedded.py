"""The store in this process: Oxigraph, on disk or in memory.

Each article is one named graph. The engine's own default graph holds the union of all named graphs, each
statement once: Oxigraph can show the union by itself, but then a statement that two graphs share is counted
twice, and an aggregate over it is wrong. The union is kept in the same transaction as the graph. A store
whose default graph is its "own" is a plain dataset, as SPARQL 1.1 has it, and nothing is derived in it.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.changes import (
    DEFAULT,
    Change,
    DefaultGraph,
    effective,
    engine_update,
    placed,
    same_statements,
    touched_by,
    with_union,
)
from kg.store.directory import StoreDirectory, open_directory
from kg.store.engine import Dataset, evaluate, named_node, to_answer, to_term, write_answer
from kg.store.formats import DATASET_FORMATS, TRIPLE_FORMATS
from kg.store.records import Answer, Term
from kg.store.snapshot import Snapshot
from kg.vocabulary.namespaces import PREFIXES

_QUERY_CHOOSES = Dataset()
_MOST_TOUCHED = 50_000  # IRIs that changes have touched, remembered for who follows the content


class EmbeddedStore:
    """An Oxigraph store; threads may share it."""

    def __init__(
        self,
        engine: ox.Store,
        directory: StoreDirectory | None,
        *,
        read_only: bool,
        default_graph: DefaultGraph = "union",
    ) -> None:
        self.default_graph = default_graph
        self._engine: ox.Store | None = engine
        self._directory = directory
        self._read_only = read_only
        self._writing = threading.Lock()
        kept = None if directory is None else directory.read_version()
        self._version = kept or _new_version()
        self._withdrawals = "" if directory is None else directory.read_withdrawals()
        self._touched: deque[tuple[str, frozenset[str]]] = deque()
        self._touched_count = 0

    @property
    def version(self) -> str:
        """A name for the content: another whenever the content may have changed."""
        return self._version

    def touched_since(self, version: str) -> frozenset[str] | None:
        """Return the IRIs in statements that came or went since a version; None where that is not known."""
        if version == self._version:
            return frozenset()
        log = tuple(self._touched)
        start = next((place for place, (before, _) in enumerate(log) if before == version), None)
        return None if start is None else frozenset().union(*(touched for _, touched in log[start:]))

    @property
    def derived(self) -> Path | None:
        """The directory, which need not exist, of what is kept beside the content; None for one in memory."""
        return None if self._directory is None else self._directory.derived

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only, and nothing is to be written in its directory either."""
        return self._read_only

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._open().named_graphs()))

    def has_graph(self, name: str) -> bool:
        """Tell whether there is a named graph of that name, if only an empty one.

        Raises:
            QueryError: the name is no IRI.
        """
        return self._open().contains_named_graph(named_node(name))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one named graph, or of all; of a default graph too that is the store's own."""
        engine = self._open()
        if graph is None and self.default_graph == "own":
            yield from self.default_quads()
        for name in (graph,) if graph is not None else self.graphs():
            yield from engine.quads_for_pattern(None, None, None, ox.NamedNode(name))

    def default_quads(self) -> Iterator[ox.Quad]:
        """Yield the quads of the default graph."""
        yield from self._open().quads_for_pattern(None, None, None, DEFAULT)

    def statements_about(self, subject: str) -> tuple[tuple[str, Term], ...]:
        """Return predicate and object of every statement about a thing, in the union of all graphs, sorted.

        Raises:
            QueryError: the subject is no IRI.
        """
        found = self._open().quads_for_pattern(named_node(subject), None, None, DEFAULT)
        return tuple(
            sorted(
                ((quad.predicate.value, to_term(quad.object)) for quad in found),
                key=lambda pair: (pair[0], pair[1].value, pair[1].language or ""),
            )
        )

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of the statements of one thing with a predicate, in the union, sorted.

        Raises:
            QueryError: the subject or the predicate is no IRI.
        """
        found = self._open().quads_for_pattern(named_node(subject), named_node(predicate), None, DEFAULT)
        return tuple(
            sorted((to_term(quad.object) for quad in found), key=lambda it: (it.value, it.language or ""))
        )

    def statements_to(self, target: str) -> tuple[tuple[str, str], ...]:
        """Return subject and predicate of every statement whose object is a thing, likewise.

        Raises:
            QueryError: the target is no IRI.
        """
        found = self._open().quads_for_pattern(None, None, named_node(target), DEFAULT)
        return tuple(sorted((to_term(quad.subject).value, quad.predicate.value) for quad in found))

    def pairs(self, predicate: str, target: str | None = None) -> Iterator[tuple[str, str]]:
        """Yield subject and object, as bare values, of every statement in the union with a predicate.

        Args:
            predicate: an IRI.
            target: the object, an IRI, where only one counts.
        """
        wanted = None if target is None else named_node(target)
        for quad in self._open().quads_for_pattern(None, named_node(predicate), wanted, DEFAULT):
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.object.value

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> bool:
        """Put a graph in place of the one of the same name, whole or not at all.

        The quads' own graph is not looked at. Returns whether anything changed.

        Raises:
            StoreError: the store is read-only, closed, or its disk refuses.
        """
        graph = ox.NamedNode(name)
        new = {quad.triple for quad in quads}
        with self._writing:
            found = self._open(writing=True).quads_for_pattern(None, None, None, graph)
            old = {quad.triple for quad in found}
            if same_statements(old, new):
                return False
            change = Change(removed=placed(old - new, graph), added=placed(new - old, graph))
            return self._commit(change, exact=True)

    def remove_graph(self, name: str) -> bool:
        """Remove a named graph; returns whether there was one."""
        graph = ox.NamedNode(name)
        with self._writing:
            return self._commit(Change(emptied=frozenset({graph}), dropped=frozenset({graph})))

    def apply(self, change: Change) -> bool:
        """Make a change, all of it or nothing; returns whether it changed anything.

        Raises:
            QueryError: it would change a default graph that is the union of the named graphs.
            StoreError: the store is read-only, closed, or its disk refuses.
        """
        if self.default_graph == "union" and None in change.graphs:
            raise QueryError(
                "the default graph of this store follows its named graphs by itself: name a graph"
            )
        with self._writing:
            return self._commit(change)

    def unfinished(self) -> tuple[str, ...]:
        """Return the graphs whose consequences `begin` announced and `finish` did not; none to readers."""
        return () if self._directory is None or self._read_only else self._directory.read_unfinished()

    def begin(self, graphs: Sequence[str]) -> None:
        """Note on disk that these graphs are about to change, and with them what follows from them.

        Raises:
            StoreError: the disk refuses.
        """
        self._note(graphs)

    def finish(self) -> None:
        """Note that what follows from all graphs stands in the store.

        Raises:
            StoreError: the disk refuses.
        """
        self._note(())

    def _note(self, graphs: Sequence[str]) -> None:
        if self._directory is not None:
            try:
                self._directory.write_unfinished(graphs)
            except OSError as error:
                raise StoreError(f"the store cannot be written: {error}") from None

    def withdrawals(self) -> str:
        """Return the lines that tell what was withdrawn, which no graph holds; nothing where nothing was."""
        return self._withdrawals

    def keep_withdrawals(self, lines: str) -> None:
        """Keep other such lines in place of those before, whole or not at all.

        Raises:
            StoreError: the store is read-only, closed, or its disk refuses.
        """
        self._open(writing=True)
        if self._directory is not None:
            try:
                self._directory.write_withdrawals(lines)
            except OSError as error:
                raise StoreError(f"the store cannot be written: {error}") from None
        self._withdrawals = lines

    def query(self, text: str, *, substitutions: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL query that this program wrote; strangers' queries go to worker processes.

        Args:
            text: the query; unless it says otherwise it sees the union of all named graphs.
            substitutions: terms for variables, which a SELECT must name in its projection.

        Raises:
            QueryError: the query is malformed or cannot be answered.
        """
        return to_answer(evaluate(self._open(), text, substitutions=substitutions, dataset=_QUERY_CHOOSES))

    def write_query(
        self,
        text: str,
        output: IO[bytes],
        media_type: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
    ) -> None:
        """Answer a SPARQL query that this program wrote in one of the standard formats.

        Raises:
            QueryError: the query is malformed, cannot be answered, or the format does not fit its form.
        """
        result = evaluate(self._open(), text, substitutions=substitutions, dataset=_QUERY_CHOOSES)
        write_answer(result, output, media_type)

    def dump(self, output: IO[bytes], media_type: str, *, graph: str | None = None) -> None:
        """Write one graph, or all, in one of the formats for graphs, in sorted order.

        Raises:
            QueryError: the format is not known.
        """
        rdf_format = TRIPLE_FORMATS.get(media_type)
        if rdf_format is None:
            raise QueryError(f"{media_type} is not known: choose one of {', '.join(TRIPLE_FORMATS)}")
        if graph is None and media_type in DATASET_FORMATS:
            ox.serialize(sorted(self.quads(), key=str), output, rdf_format, prefixes=dict(PREFIXES))
        else:
            ox.serialize(
                sorted({quad.triple for quad in self.quads(graph)}, key=str),
                output,
                rdf_format,
                prefixes=dict(PREFIXES),
            )

    def snapshot(self) -> Snapshot:
        """Return the content of this moment as a directory that a worker process can open read-only."""
        engine = self._open()
        with self._writing:
            if self._directory is None:
                path = Path(tempfile.mkdtemp(prefix="yte-kg-")) / "data"
                copy = ox.Store(str(path))
                copy.bulk_extend(engine)
                for graph in engine.named_graphs():
                    copy.add_graph(graph)  # also an empty one
                copy.flush()
                return Snapshot(path, self._version, path.parent)
            if self._read_only:
                return Snapshot(self._directory.data, self._version, None)
            self._directory.snapshots.mkdir(exist_ok=True)
            path = self._directory.snapshots / secrets.token_hex(8)
            engine.backup(str(path))
            return Snapshot(path, self._version, path)

    def close(self) -> None:
        """Give the store's directory back; the store cannot be used any more."""
        with self._writing:
            if self._engine is not None and not self._read_only and self._directory is not None:
                # Else the engine replays its log at every later opening: a minute after some 2,000 articles.
                self._engine.flush()
            self._engine = None
            if self._directory is not None:
                self._directory.release()

    def __enter__(self) -> EmbeddedStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, *, writing: bool = False) -> ox.Store:
        if self._engine is None:
            raise StoreError("the store is closed")
        if writing and self._read_only:
            raise StoreError("the store is open for reading only")
        return self._engine

    def _commit(self, change: Change, *, exact: bool = False) -> bool:
        """Make a change; `exact` if all of it is known not to be the case yet."""
        engine = self._open(writing=True)
        change = change if exact else effective(engine, change)
        if not change:
            return False
        touched = touched_by(engine, change)
        update = engine_update(with_union(engine, change) if self.default_graph == "union" else change)
        version = _new_version()
        try:
            # The new version is on disk before the content it names: killed in between, the store has a
            # version that nobody has seen, never new content under an old version.
            if self._directory is not None:
                self._directory.write_version(version)
            engine.update(update.text, custom_functions=update.functions)
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from None
        self._note_touched(touched)
        self._version = version
        return True

    def _note_touched(self, touched: frozenset[str]) -> None:
        """Remember what a change of the present version has touched, and forget what was long ago."""
        self._touched.append((self._version, touched))
        self._touched_count += len(touched)
        while self._touched_count > _MOST_TOUCHED:
            _, forgotten = self._touched.popleft()
            self._touched_count -= len(forgotten)


def open_embedded(
    path: Path | None, *, read_only: bool = False, default_graph: DefaultGraph | None = "union"
) -> EmbeddedStore:
    """Open the store in a directory, made if needed, or one in memory.

    Raises:
        StoreError: the directory is no store, is in use, or its data cannot be read.
    """
    if path is None:
        return EmbeddedStore(ox.Store(), None, read_only=False, default_graph=default_graph or "union")
    directory = open_directory(path, read_only=read_only, default_graph=default_graph)
    try:
        if read_only and not directory.data.exists():
            raise StoreError(f"the store {path} is empty: fill it with `kg build PATH… --store {path}`")
        engine = ox.Store.read_only(str(directory.data)) if read_only else ox.Store(str(directory.data))
    except (OSError, RuntimeError, ValueError) as error:
        directory.release()
        raise StoreError(f"the data of the store {path} cannot be read: {error}") from None
    except StoreError:
        directory.release()
        raise
    return EmbeddedStore(engine, directory, read_only=read_only, default_graph=directory.default_graph)


def open_snapshot(path: Path) -> EmbeddedStore:
    """Open the files of a snapshot for reading, in another process than that of its store.

    Raises:
        StoreError: they cannot be read.
    """
    try:
        return EmbeddedStore(ox.Store.read_only(str(path)), None, read_only=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the snapshot {path} cannot be read: {error}") from None


def _new_version() -> str:
    return secrets.token_hex(8)

"""The store in this process: Oxigraph, on disk or in memory.

Each article is one named graph. The engine's own default graph holds the union of all named graphs, each
statement once: Oxigraph can show the union by itself, but then a statement that two graphs share is counted
twice, and an aggregate over it is wrong. The union is kept in the same transaction as the graph.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.directory import StoreDirectory, open_directory
from kg.store.engine import Dataset, evaluate, named_node, to_answer, to_ntriples, to_term, write_answer
from kg.store.formats import DATASET_FORMATS, TRIPLE_FORMATS
from kg.store.records import Answer, Term
from kg.store.snapshot import Snapshot
from kg.vocabulary.namespaces import PREFIXES

_UNION = ox.DefaultGraph()
_QUERY_CHOOSES = Dataset()


class EmbeddedStore:
    """An Oxigraph store; threads may share it."""

    def __init__(self, engine: ox.Store, directory: StoreDirectory | None, *, read_only: bool) -> None:
        self._engine: ox.Store | None = engine
        self._directory = directory
        self._read_only = read_only
        self._writing = threading.Lock()
        kept = None if directory is None else directory.read_version()
        self._version = kept or _new_version()

    @property
    def version(self) -> str:
        """A name for the content: another whenever the content may have changed."""
        return self._version

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._open().named_graphs()))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one named graph, or of all."""
        engine = self._open()
        for name in (graph,) if graph is not None else self.graphs():
            yield from engine.quads_for_pattern(None, None, None, ox.NamedNode(name))

    def statements_about(self, subject: str) -> tuple[tuple[str, Term], ...]:
        """Return predicate and object of every statement about a thing, in the union of all graphs, sorted.

        Raises:
            QueryError: the subject is no IRI.
        """
        found = self._open().quads_for_pattern(named_node(subject), None, None, _UNION)
        return tuple(
            sorted(
                ((quad.predicate.value, to_term(quad.object)) for quad in found),
                key=lambda pair: (pair[0], pair[1].value, pair[1].language or ""),
            )
        )

    def statements_to(self, target: str) -> tuple[tuple[str, str], ...]:
        """Return subject and predicate of every statement whose object is a thing, likewise.

        Raises:
            QueryError: the target is no IRI.
        """
        found = self._open().quads_for_pattern(None, None, named_node(target), _UNION)
        return tuple(sorted((to_term(quad.subject).value, quad.predicate.value) for quad in found))

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> bool:
        """Put a graph in place of the one of the same name, whole or not at all.

        The quads' own graph is not looked at. Returns whether anything changed.

        Raises:
            StoreError: the store is read-only, closed, or its disk refuses.
        """
        new = {quad.triple for quad in quads}
        with self._writing:
            engine = self._open(writing=True)
            graph = ox.NamedNode(name)
            old = {quad.triple for quad in engine.quads_for_pattern(None, None, None, graph)}
            if _same(old, new):
                return False
            self._commit(_replacement(engine, graph, old, new))
            return True

    def remove_graph(self, name: str) -> bool:
        """Remove a named graph; returns whether there was one."""
        with self._writing:
            engine = self._open(writing=True)
            graph = ox.NamedNode(name)
            if not engine.contains_named_graph(graph):
                return False
            old = {quad.triple for quad in engine.quads_for_pattern(None, None, None, graph)}
            self._commit(_replacement(engine, graph, old, set()))
            return True

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

    def _commit(self, update: str) -> None:
        version = _new_version()
        try:
            # The new version is on disk before the content it names: killed in between, the store has a
            # version that nobody has seen, never new content under an old version.
            if self._directory is not None:
                self._directory.write_version(version)
            self._open(writing=True).update(update)
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from None
        self._version = version


def open_embedded(path: Path | None, *, read_only: bool = False) -> EmbeddedStore:
    """Open the store in a directory, made if needed, or one in memory.

    Raises:
        StoreError: the directory is no store, is in use, or its data cannot be read.
    """
    if path is None:
        return EmbeddedStore(ox.Store(), None, read_only=False)
    directory = open_directory(path, read_only=read_only)
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
    return EmbeddedStore(engine, directory, read_only=read_only)


def _new_version() -> str:
    return secrets.token_hex(8)


def _has_blank_nodes(triples: Iterable[ox.Triple]) -> bool:
    return any(isinstance(end, ox.BlankNode) for triple in triples for end in (triple.subject, triple.object))


def _same(old: set[ox.Triple], new: set[ox.Triple]) -> bool:
    if old == new:
        return True
    if len(old) != len(new) or not _has_blank_nodes(new):
        return False
    canonical = []
    for triples in (old, new):
        dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(set(dataset))
    return canonical[0] == canonical[1]


def _replacement(engine: ox.Store, graph: ox.NamedNode, old: set[ox.Triple], new: set[ox.Triple]) -> str:
    """Return the one update that turns the old graph, and the union, into the new."""
    if _has_blank_nodes(old) or _has_blank_nodes(new):
        # DELETE DATA cannot name blank nodes; they belong to one graph, so the union follows by pattern.
        elsewhere = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {graph})"
        added = to_ntriples(new)
        return (
            f"DELETE {{ ?s ?p ?o }}\n"
            f"WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {elsewhere} }} }};\n"
            f"DROP SILENT GRAPH {graph};\n"
            f"INSERT DATA {{ {added} GRAPH {graph} {{ {added} }} }}"
        )
    removed = old - new
    orphaned = [triple for triple in removed if not _elsewhere(engine, graph, triple)]
    parts = [
        f"DELETE DATA {{ {to_ntriples(orphaned)} GRAPH {graph} {{ {to_ntriples(removed)} }} }}",
        f"INSERT DATA {{ {(added := to_ntriples(new - old))} GRAPH {graph} {{ {added} }} }}",
    ]
    if not new:
        parts.append(f"DROP SILENT GRAPH {graph}")
    return ";\n".join(parts)


def _elsewhere(engine: ox.Store, graph: ox.NamedNode, triple: ox.Triple) -> bool:
    return any(
        quad.graph_name not in (graph, _UNION)
        for quad in engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )

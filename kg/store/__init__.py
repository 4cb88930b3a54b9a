"""The store: named graphs, kept and queried; everything that leaves it is a plain record or bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

from pyoxigraph import Quad

from kg.store.changes import Change, DefaultGraph
from kg.store.embedded import open_embedded, open_snapshot
from kg.store.engine import Dataset
from kg.store.records import Answer, Solutions, Statement, Term, TermKind, iri, text, typed
from kg.store.snapshot import Snapshot

__all__ = [
    "Answer",
    "Change",
    "Dataset",
    "DefaultGraph",
    "Quad",
    "Snapshot",
    "Solutions",
    "Statement",
    "Store",
    "Term",
    "TermKind",
    "iri",
    "open_snapshot",
    "open_store",
    "text",
    "typed",
]


class Store(Protocol):
    """What every store can do. Queries see the union of all named graphs unless they say otherwise."""

    @property
    def default_graph(self) -> DefaultGraph:
        """Whether the default graph is the union of the named graphs, or the store's own."""

    @property
    def version(self) -> str:
        """A name for the content: another whenever the content may have changed."""

    def touched_since(self, version: str) -> frozenset[str] | None:
        """Return the IRIs in statements that came or went since a version; None where that is not known."""

    @property
    def derived(self) -> Path | None:
        """The directory, which need not exist, of what is kept beside the content; None for one in memory."""

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only, and nothing is to be written in its directory either."""

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs, sorted."""

    def has_graph(self, name: str) -> bool:
        """Tell whether there is a named graph of that name, if only an empty one."""

    def default_quads(self) -> Iterator[Quad]:
        """Yield the quads of the default graph."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph, or of all."""

    def statements_about(self, subject: str) -> tuple[tuple[str, Term], ...]:
        """Return predicate and object of every statement about a thing in the union, sorted."""

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of the statements of one thing with a predicate in the union, sorted."""

    def statements_to(self, target: str) -> tuple[tuple[str, str], ...]:
        """Return subject and predicate of every statement whose object is a thing in the union, sorted."""

    def pairs(self, predicate: str, target: str | None = None) -> Iterator[tuple[str, str]]:
        """Yield subject and object, bare, of every statement in the union with a predicate, in any order."""

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> bool:
        """Put a graph in place of the one of the same name, whole or not at all; True if that changed it."""

    def remove_graph(self, name: str) -> bool:
        """Remove a named graph; returns whether there was one."""

    def apply(self, change: Change) -> bool:
        """Make a change, all of it or nothing; returns whether it changed anything."""

    def unfinished(self) -> tuple[str, ...]:
        """Return the graphs whose consequences `begin` announced and `finish` did not; none to readers."""

    def begin(self, graphs: Sequence[str]) -> None:
        """Note on disk that these graphs are about to change, and with them what follows from them."""

    def finish(self) -> None:
        """Note that what follows from all graphs stands in the store."""

    def withdrawals(self) -> str:
        """Return the lines that tell what was withdrawn, which no graph holds; nothing where nothing was."""

    def keep_withdrawals(self, lines: str) -> None:
        """Keep other such lines in place of those before, whole or not at all."""

    def query(self, text: str, *, substitutions: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL query of this program's own, with terms bound to some of its variables."""

    def write_query(
        self,
        text: str,
        output: IO[bytes],
        media_type: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
    ) -> None:
        """Answer a SPARQL query of this program's own in one of the standard formats."""

    def dump(self, output: IO[bytes], media_type: str, *, graph: str | None = None) -> None:
        """Write one graph, or all, in one of the formats for graphs, in sorted order."""

    def snapshot(self) -> Snapshot:
        """Return the content of this moment as a directory that a worker process can open read-only."""

    def close(self) -> None:
        """Give the store back; it cannot be used any more."""


def open_store(
    path: Path | None, *, read_only: bool = False, default_graph: DefaultGraph | None = "union"
) -> Store:
    """Open the store in a directory, made if needed, or one in memory.

    Args:
        path: the directory; None for a store in memory, which ends with the process.
        read_only: for many readers at once; the store must exist.
        default_graph: what the default graph of the store is, or is to be where there is none yet;
            None for whatever it is.

    Raises:
        StoreError: the directory is no store, is in use by another process, or cannot be read.
    """
    return open_embedded(path, read_only=read_only, default_graph=default_graph)

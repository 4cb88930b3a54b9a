"""The whole content as one file: N-Quads, compressed, the same bytes for the same content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that has been written.

    Attributes:
        path: the file.
        digest: its SHA-256, in hexadecimal digits.
        size: its bytes.
        statements: how many it holds.
    """

    path: Path
    digest: str
    size: int
    statements: int


class _Hashed:
    """A file whose bytes are hashed as they are written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: Any, /) -> int:
        """Write, and take note."""
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._file.flush()


def write_dump(graphs: Iterable[Iterable[ox.Quad]], path: Path) -> Dump:
    """Write statements graph by graph, those of a graph in sorted order.

    Raises:
        OSError: the file cannot be written.
    """
    draft = path.with_name(f"{path.name}.partial")
    statements = 0
    with draft.open("wb") as file:
        hashed = _Hashed(file)
        # No name and no time in the file: they would make two dumps of one content differ.
        with gzip.GzipFile(filename="", mode="wb", fileobj=hashed, mtime=0) as packed:
            for quads in graphs:
                ordered = sorted(quads, key=str)
                statements += len(ordered)
                packed.write(ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) or b"")
    draft.replace(path)
    return Dump(path, hashed.digest.hexdigest(), hashed.size, statements)


def engine_graphs(engine: ox.Store, *, default_graph: str) -> Iterator[Iterator[ox.Quad]]:
    """Yield what each graph of a store holds, sorted by name; the default graph first where it is its own."""
    if default_graph == "own":
        yield engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
    for graph in sorted(engine.named_graphs(), key=str):
        yield engine.quads_for_pattern(None, None, None, graph)

"""The ledger: which file of a folder gave which graph, kept with the store from one start to the next."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import StoreError, StoreInUseError
from kg.watching.folder import Stamp

_FOLDER = "watched"
_LOCK = "lock"
_LENGTH = 16
NO_STAMP = Stamp(-1, -1, -1)
"""That of no file: whatever has it is read at the next look."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was taken in, or could not be.

    Attributes:
        stamp: of the file when it was read.
        digest: SHA-256 of its bytes.
        graph: the name of the graph that it has in the store, if it has one.
        article: the IRI of its article, likewise.
        fault: why it could not be taken in as it is now.
    """

    stamp: Stamp
    digest: str
    graph: str | None = None
    article: str | None = None
    fault: str = ""


@dataclass(slots=True)
class Ledger:
    """The files of one folder, by path.

    Attributes:
        path: where it is kept.
        maker: what the files were read with; with anything else they are read again.
    """

    path: Path
    maker: str
    files: dict[str, Entry] = field(default_factory=dict)

    def save(self) -> None:
        """Keep it, whole or not at all.

        Raises:
            StoreError: the disk refuses.
        """
        record = {"maker": self.maker, "files": {path: asdict(entry) for path, entry in self.files.items()}}
        draft = self.path.with_name(f"{self.path.name}.new")
        try:
            with draft.open("w", encoding="ascii") as file:
                json.dump(record, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror or error}") from None

    def others(self) -> frozenset[str]:
        """Return the graphs that files of other folders have in the same store."""
        found: set[str] = set()
        for path in self.path.parent.glob("*.json"):
            if path != self.path:
                found |= {it.graph for it in _read(path, "").files.values() if it.graph}
        return frozenset(found)


def open_ledger(store: Path, folder: Path, *, maker: str) -> Ledger:
    """Return the ledger of a folder beside a store; an empty one where none is kept or it was made otherwise.

    Raises:
        StoreError: the disk refuses.
    """
    name = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:_LENGTH]
    return _read(store / _FOLDER / f"{name}.json", maker)


@contextmanager
def watching_alone(store: Path) -> Iterator[None]:
    """Keep any other process from watching for the same store.

    Raises:
        StoreInUseError: one does already.
        StoreError: the disk refuses.
    """
    try:
        (store / _FOLDER).mkdir(exist_ok=True)
        lock = (store / _FOLDER / _LOCK).open("wb")
    except OSError as error:
        raise StoreError(f"the store {store} cannot be written: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreInUseError(
                f"another process watches a folder for the store {store} already: stop it (a running "
                "`kg watch`, or `kg serve --watch`), or watch a folder that holds both"
            ) from None
        yield


def _read(path: Path, maker: str) -> Ledger:
    """Return a kept ledger, with its graphs alone where it was made with something else."""
    try:
        record = json.loads(path.read_text(encoding="ascii"))
        files = {name: _entry(kept) for name, kept in record["files"].items()}
        same = record["maker"] == maker
    except FileNotFoundError:
        return Ledger(path, maker)
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever it said, the folder and the store say it too.
        return Ledger(path, maker)
    if not same:
        files = {name: Entry(NO_STAMP, "", it.graph, it.article) for name, it in files.items()}
    return Ledger(path, maker, files)


def _entry(kept: dict[str, object]) -> Entry:
    stamp = kept.pop("stamp")
    if not isinstance(stamp, dict):
        raise TypeError("a stamp is an object")
    return Entry(stamp=Stamp(**stamp), **kept)  # type: ignore[arg-type]

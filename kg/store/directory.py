"""The directory of a store: what marks it as ours, who may open it, where the parts lie."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreError, StoreInUseError
from kg.store.changes import DefaultGraph

MARKER = "yte-kg-store.json"
VERSION = "version"
WITHDRAWALS = "withdrawals.jsonl"
DRAFT_DATA, NEW_DATA = "data.draft", "data.new"
_DATA, _OLD_DATA = "data", "data.old"
FORMAT = 1
_DRAFT = ".new"
_UNFINISHED = "unfinished.json"


@dataclass(frozen=True, slots=True)
class StoreDirectory:
    """A locked directory that holds a store; the lock ends with `release` or with the process."""

    path: Path
    lock: IO[bytes]
    default_graph: DefaultGraph

    @property
    def data(self) -> Path:
        """The engine's own files: new ones where whoever wrote them anew was ended before all was done."""
        new = self.path / NEW_DATA
        return new if new.exists() else self.path / _DATA

    @property
    def snapshots(self) -> Path:
        """Read-only copies for running queries."""
        return self.path / "snapshots"

    @property
    def derived(self) -> Path:
        """What is read from the content and kept by version; it may be deleted, and is then read again."""
        return self.path / "derived"

    def read_version(self) -> str | None:
        """Return the version that was written last, if any was."""
        try:
            return (self.path / VERSION).read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def write_version(self, version: str) -> None:
        """Keep the version, whole or not at all."""
        _write_whole(self.path / VERSION, version + "\n")

    def read_unfinished(self) -> tuple[str, ...]:
        """Return the graphs whose consequences were being written when a process ended."""
        try:
            return tuple(json.loads((self.path / _UNFINISHED).read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError):
            return ()

    def write_unfinished(self, graphs: Sequence[str]) -> None:
        """Keep the names of graphs whose consequences are about to be written, or that all are."""
        if graphs:
            _write_whole(self.path / _UNFINISHED, json.dumps(list(graphs)) + "\n")
        else:
            (self.path / _UNFINISHED).unlink(missing_ok=True)

    def read_withdrawals(self) -> str:
        """Return the lines that tell what was withdrawn."""
        try:
            return (self.path / WITHDRAWALS).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def write_withdrawals(self, lines: str) -> None:
        """Keep these lines, whole or not at all, for the owner's eyes only."""
        _write_whole(self.path / WITHDRAWALS, lines, mode=0o600)

    def release(self) -> None:
        """Give the directory back."""
        self.lock.close()


def open_directory(
    path: Path, *, read_only: bool, default_graph: DefaultGraph | None = "union"
) -> StoreDirectory:
    """Lock a store's directory, and make it first where there is none and writing is asked for.

    Args:
        path: the directory.
        read_only: for many readers at once.
        default_graph: what the default graph must be, or is to be; None for whatever it is.

    Raises:
        StoreError: the path is a file, no store, of a later format, not accessible, or in use.
    """
    try:
        if not read_only:
            _prepare(path, default_graph or "union")
        elif not path.exists():
            raise StoreError(f"there is no store at {path}: build one with `kg build PATH… --store {path}`")
        found = check_store(path, default_graph)
        lock = (path / MARKER).open("rb")
    except OSError as error:
        raise StoreError(f"the store {path} cannot be opened: {error.strerror or error}") from None
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise StoreInUseError(
            f"the store {path} is in use by another process: stop it (a running `kg serve` or `kg build`), "
            "or put the question to its service"
        ) from None
    directory = StoreDirectory(path, lock, found)
    if not read_only:
        # Whatever lies here was left by a process that was ended; we alone hold the lock.
        shutil.rmtree(directory.snapshots, ignore_errors=True)
        take_over(path)
    return directory


def take_over(path: Path) -> None:
    """Put the files of a store that were written anew, if there are any, in place of the old ones.

    To be called by who holds the lock; it may be called again where it was ended half-way.
    """
    data, new, old = path / _DATA, path / NEW_DATA, path / _OLD_DATA
    if new.exists():
        if data.exists():
            shutil.rmtree(old, ignore_errors=True)
            data.replace(old)
        new.replace(data)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(path / DRAFT_DATA, ignore_errors=True)


def _prepare(path: Path, default_graph: DefaultGraph) -> None:
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a store: give a new or empty directory")
    path.mkdir(parents=True, exist_ok=True)
    # A draft of the marker alone was left by a process that was ended before it had begun.
    if all(file.name.endswith(_DRAFT) for file in path.iterdir()):
        _write_first(path / MARKER, marker_text(default_graph))


def marker_text(default_graph: str) -> str:
    """Return what marks a store as ours."""
    return json.dumps({"store": "yte-kg", "format": FORMAT, "default_graph": default_graph}) + "\n"


def check_store(path: Path, default_graph: DefaultGraph | None = None) -> DefaultGraph:
    """Return what the default graph of a store is, which must be of our format, and of that kind if given.

    Raises:
        StoreError: there is none, or it is of another format or kind.
        OSError: the marker cannot be read.
    """
    if not path.is_dir():
        raise StoreError(f"{path} is a file, not a store: give the directory that `kg build` wrote")
    try:
        marker = json.loads((path / MARKER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(
            f"{path} is not a yte-kg store (it has no {MARKER}): give the directory that `kg build` wrote, "
            "or a new or empty one to build into"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        marker = None
    if not isinstance(marker, dict) or marker.get("store") != "yte-kg":
        raise StoreError(f"{path / MARKER} is damaged: restore the store, or build it anew elsewhere")
    if marker.get("format") != FORMAT:
        raise StoreError(
            f"the store {path} has format {marker.get('format')}, this version reads format {FORMAT}: "
            "export it with the version that wrote it and build it anew"
        )
    kind: DefaultGraph = "own" if marker.get("default_graph") == "own" else "union"
    if default_graph is not None and kind != default_graph:
        raise StoreError(
            f"the default graph of the store {path} is of the kind {kind!r}, not {default_graph!r}: "
            f"set KG_DEFAULT_GRAPH={kind}, or give another directory"
        )
    return kind


def _write_first(path: Path, text: str) -> None:
    """Write a small file unless there is one: of processes that begin a store at once, one makes its marker.

    It must not be replaced, for the first may hold it locked by then.
    """
    own = path.with_name(f"{path.name}.{os.getpid()}{_DRAFT}")
    _write_whole(own, text)
    try:
        path.hardlink_to(own)
    except FileExistsError:
        return
    finally:
        own.unlink()


def _write_whole(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write a small file so that a reader sees the old or the new one and never half of it."""
    draft = path.with_name(path.name + _DRAFT)
    with draft.open("w", encoding="utf-8") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

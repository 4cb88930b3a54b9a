"""The directory of a store: what marks it as ours, who may open it, where the parts lie."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreError

MARKER = "yte-kg-store.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class StoreDirectory:
    """A locked directory that holds a store; the lock ends with `release` or with the process."""

    path: Path
    lock: IO[bytes]

    @property
    def data(self) -> Path:
        """The engine's own files."""
        return self.path / "data"

    @property
    def snapshots(self) -> Path:
        """Read-only copies for running queries."""
        return self.path / "snapshots"

    def read_version(self) -> str | None:
        """Return the version that was written last, if any was."""
        try:
            return (self.path / "version").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def write_version(self, version: str) -> None:
        """Keep the version, whole or not at all."""
        _write_whole(self.path / "version", version + "\n")

    def release(self) -> None:
        """Give the directory back."""
        self.lock.close()


def open_directory(path: Path, *, read_only: bool) -> StoreDirectory:
    """Lock a store's directory, and make it first where there is none and writing is asked for.

    Raises:
        StoreError: the path is a file, no store, of a later format, not accessible, or in use.
    """
    try:
        if not read_only:
            _prepare(path)
        _check_marker(path, read_only=read_only)
        lock = (path / MARKER).open("rb")
    except OSError as error:
        raise StoreError(f"the store {path} cannot be opened: {error.strerror or error}") from None
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise StoreError(
            f"the store {path} is in use by another process: stop it (a running `kg serve` or `kg build`), "
            "or put the question to its service"
        ) from None
    directory = StoreDirectory(path, lock)
    if not read_only:
        # Whatever lies here was left by a process that was ended; we alone hold the lock.
        shutil.rmtree(directory.snapshots, ignore_errors=True)
    return directory


def _prepare(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a store: give a new or empty directory")
    path.mkdir(parents=True, exist_ok=True)
    if not any(path.iterdir()):
        _write_whole(path / MARKER, json.dumps({"store": "yte-kg", "format": FORMAT}) + "\n")


def _check_marker(path: Path, *, read_only: bool) -> None:
    if read_only and not path.exists():
        raise StoreError(f"there is no store at {path}: build one with `kg build PATH… --store {path}`")
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


def _write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new one and never half of it."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

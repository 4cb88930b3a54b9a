"""The search index kept beside a store, and who writes it anew: of a large store, a process of its own."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

from kg.query.search_index import SearchIndex, open_index
from kg.query.search_renewal import follow_index, renew_index
from kg.query.snapshot_reading import read_in_process
from kg.store import Store

_LOG = logging.getLogger(__name__)
_FILE = "search.sqlite"
_LARGE = 64 * 1024**2  # bytes of the engine's files; what fewer name is indexed in seconds


def present_index(store: Store) -> SearchIndex:
    """Return the index of a store's present version: the one that is kept, brought up to it, or a new one.

    It is in memory where there is none to write. A store that is open for reading only gets one beside it if
    it is large and the disk allows it: else every start would read all names again.
    """
    version = store.version
    path = _path_of(store)
    index = None if path is None else _kept(store, path)
    if index is not None and (index.version == version or not store.read_only):
        return renewed_index(store, index)
    if index is not None:
        index.close()
    if path is not None and store.read_only and (made := _made_elsewhere(store, path)) is not None:
        return made
    return renewed_index(store, open_index(None))


def renewed_index(store: Store, index: SearchIndex) -> SearchIndex:
    """Return the index of a store's present version: the one that there is, brought up to it, or another."""
    version = store.version
    if index.version != version and not follow_index(index, store, version):
        path = _path_of(store)
        if path is not None and (made := _made_elsewhere(store, path)) is not None:
            return made
        renew_index(index, store, version)
    return index


def keep_up(store: Store) -> None:
    """Bring the index beside a store up to its present version, so that who serves it next need not."""
    path = _path_of(store)
    if path is None or store.read_only:
        return
    try:
        index = open_index(path)
        try:
            if index.version != store.version:
                renew_index(index, store, store.version)
        finally:
            index.close()
    except (sqlite3.Error, OSError) as error:
        _LOG.warning("the search index could not follow: %s", error)


def make_index(store: Store, path: Path, version: str) -> None:
    """Write a new index into a file, in place of the one that is there; readers of that keep it.

    Raises:
        sqlite3.Error: it cannot be written.
        OSError: the disk refuses.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    index = open_index(draft)
    try:
        renew_index(index, store, version)
    finally:
        index.close()
    draft.replace(path)


def _path_of(store: Store) -> Path | None:
    return None if store.derived is None else store.derived / _FILE


def _kept(store: Store, path: Path) -> SearchIndex | None:
    try:
        return open_index(path, writable=not store.read_only)
    except (sqlite3.Error, OSError) as error:
        _LOG.log(logging.INFO if store.read_only else logging.WARNING, "no search index is kept: %s", error)
        return None


def _made_elsewhere(store: Store, path: Path) -> SearchIndex | None:
    """Have a process index a large store; None if it is small, if it fails, or if it was overtaken."""
    try:
        request = {"path": str(path.absolute())}
        made = read_in_process(store, "kg.query.search_worker", request, directory=path.parent, least=_LARGE)
        if made is None:
            return None
        index = open_index(path, writable=not store.read_only)
        if index.version == made:
            return index
        index.close()
    except (sqlite3.Error, OSError) as error:
        _LOG.warning("the search index that was made cannot be read: %s", error)
    return None

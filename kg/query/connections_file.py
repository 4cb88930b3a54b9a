"""Connections kept beside the store, so that a service over a large one can begin without reading it.

One directory a version, written whole or not at all; its arrays are mapped, so that what nobody asks for
takes no memory. Whatever is not as it should be counts as not there: the store can always be read again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from kg.query.connections import Connections, Numbers, Texts
from kg.query.connections_reading import fingerprint, read_connections
from kg.query.snapshot_reading import read_in_process
from kg.store import Store

_LOG = logging.getLogger(__name__)
_FORMAT = 1
_LARGE = 64 * 1024**2  # bytes of the engine's files; fewer are read in seconds
_HEAD = "connections.json"
_ARRAYS = (
    "kind_bits", "detours", "article_detours", "starts", "neighbours", "ways", "edges", "edge_claims",
    "opens", "closes",
)  # fmt: skip
_TEXTS = ("things", "claims")


def present_connections(store: Store) -> Connections:
    """Return the connections of the store's present version: those that are kept, or else read and kept.

    They are kept beside a store that is open for reading only as well, where the disk allows it: each version
    has a directory of its own, which appears whole, and else every start would read the store again.
    """
    directory = None if store.derived is None else store.derived / "connections"
    kept = None if directory is None else load_connections(directory, store.version)
    if kept is not None:
        return kept
    if directory is None:
        return read_connections(store)
    request = {"directory": str(directory.absolute())}
    read = read_in_process(store, "kg.query.connections_worker", request, directory=directory, least=_LARGE)
    kept = None if read is None else load_connections(directory, read)
    found = kept or read_connections(store)
    try:
        if load_connections(directory, found.version) is None:
            save_connections(found, directory)
    except OSError as error:
        _LOG.warning("the connections cannot be kept beside the store: %s", error)
    return found


def save_connections(connections: Connections, directory: Path) -> None:
    """Write connections into a directory of their version, and remove those of others.

    Raises:
        OSError: the disk refuses.
    """
    directory.mkdir(parents=True, exist_ok=True)
    draft = directory / f"{connections.version}.{os.getpid()}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for name in _ARRAYS:
        np.save(draft / f"{name}.npy", getattr(connections, name), allow_pickle=False)
    for name in _TEXTS:
        texts: Texts = getattr(connections, name)
        np.save(draft / f"{name}.npy", texts.content, allow_pickle=False)
        np.save(draft / f"{name}.starts.npy", texts.starts, allow_pickle=False)
    head = {
        "format": _FORMAT,
        "declared": fingerprint(),
        "version": connections.version,
        "kinds": connections.kinds,
        "properties": connections.properties,
        "bytes": {file.name: file.stat().st_size for file in sorted(draft.iterdir())},
    }
    (draft / _HEAD).write_text(json.dumps(head), encoding="utf-8")
    shutil.rmtree(directory / connections.version, ignore_errors=True)
    draft.rename(directory / connections.version)
    for other in directory.iterdir():
        if other.name != connections.version:
            # Who still has these mapped keeps them until they are let go.
            shutil.rmtree(other, ignore_errors=True)


def load_connections(directory: Path, version: str) -> Connections | None:
    """Return the connections of a version, mapped; None where they are not there, or damaged."""
    place = directory / version
    try:
        head = json.loads((place / _HEAD).read_text(encoding="utf-8"))
        if (head["format"], head["declared"], head["version"]) != (_FORMAT, fingerprint(), version):
            return None
        if any((place / name).stat().st_size != size for name, size in head["bytes"].items()):
            return None
        texts: dict[str, Any] = {
            name: Texts(_mapped(place / f"{name}.npy"), _mapped(place / f"{name}.starts.npy"))
            for name in _TEXTS
        }
        arrays = {name: _mapped(place / f"{name}.npy") for name in _ARRAYS}
        known = {name: tuple(head[name]) for name in ("kinds", "properties")}
        return Connections(version=version, **(texts | arrays | known))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _mapped(path: Path) -> Numbers:
    if path.stat().st_size <= 128:  # nothing but its head, which cannot be mapped
        return np.asarray(np.load(path, allow_pickle=False))
    # As a plain array: every slice of numpy's own class for maps costs a microsecond more.
    mapped: Numbers = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped

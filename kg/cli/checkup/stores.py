"""A store: whether it opens, what it is, and whether all that is derived from it stands on its version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kg.cli.checkup.findings import Finding
from kg.errors import StoreError, StoreInUseError
from kg.graph import validate_graph
from kg.pipeline import article_graphs
from kg.query.connections_file import load_connections
from kg.query.search_index import open_index
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.directory import open_directory

Watch = Callable[[tuple[str, ...]], Iterable[str]]
_REBUILD = "`kg build` writes it, also with articles that the store has"
_MOST_TOLD = 5


def check_store(path: Path, settings: Settings, *, deep: bool, watch: Watch = iter) -> Iterator[Finding]:
    """Check a store, which is only read.

    Args:
        path: its directory.
        settings: those that it would be opened with.
        deep: check each graph against the shapes too.
        watch: goes over the names of the graphs and may show how far it has got.
    """
    try:
        directory = open_directory(path, read_only=True, default_graph=None)
    except StoreInUseError:
        advice = "ask its service: /ready tells what stands on which version"
        yield Finding("store", "warning", f"{path} is in use by another process", advice)
        return
    except StoreError as error:
        yield Finding("store", "problem", str(error), "give the directory that `kg build` wrote")
        return
    unfinished = directory.read_unfinished()
    directory.release()
    try:
        with closing(open_store(path, read_only=True, default_graph=None)) as store:
            yield _opened(path, store)
            yield _kind(store, settings)
            yield _finished(unfinished)
            yield _search(store)
            yield _paths(store)
            if deep:
                yield _shapes(store, watch)
    except StoreError as error:
        yield Finding(
            "store", "problem", str(error), "restore a backup: kg restore BACKUP --store DIR --force"
        )


def _opened(path: Path, store: Store) -> Finding:
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    count = len(article_graphs(store))
    said = f"{path}: {count} articles, {size / 1024**2:.1f} MiB, version {store.version}"
    return Finding("store", "ok", said)


def _kind(store: Store, settings: Settings) -> Finding:
    if store.default_graph != settings.default_graph:
        said = f"of the kind {store.default_graph!r}, but {settings.default_graph!r} is configured"
        return Finding("default graph", "problem", said, f"set KG_DEFAULT_GRAPH={store.default_graph}")
    return Finding("default graph", "ok", f"of the kind {store.default_graph!r}, as configured")


def _finished(unfinished: tuple[str, ...]) -> Finding:
    if unfinished:
        said = (
            f"a change was interrupted before all that follows from it was written ({len(unfinished)} graphs)"
        )
        return Finding(
            "changes", "warning", said, "open it for writing once: kg build, or kg serve with a token"
        )
    return Finding("changes", "ok", "none is unfinished")


def _search(store: Store) -> Finding:
    file = None if store.derived is None else next(iter(store.derived.glob("*.sqlite")), None)
    if file is None:
        return Finding("search index", "warning", "there is none: every start makes it anew", _REBUILD)
    try:
        with closing(open_index(file, writable=False)) as index:
            version, count = index.version, len(index)
    except (sqlite3.Error, OSError) as error:
        return Finding("search index", "warning", f"it cannot be read ({error})", _REBUILD)
    if version != store.version:
        return Finding("search index", "warning", f"it is of another version ({version})", _REBUILD)
    return Finding("search index", "ok", f"{count} things")


def _paths(store: Store) -> Finding:
    kept = None if store.derived is None else load_connections(store.derived / "connections", store.version)
    if kept is None:
        advice = "`kg serve` and `kg path` write it when they start, if they may"
        return Finding(
            "paths", "warning", "no arrays of this version are kept: the first start reads all", advice
        )
    return Finding("paths", "ok", f"{len(kept)} connections")


def _shapes(store: Store, watch: Watch) -> Finding:
    names = article_graphs(store)
    faulty = [name for name in watch(names) if not validate_graph(store.quads(name)).conforms]
    if faulty:
        told = ", ".join(faulty[:_MOST_TOLD])
        return Finding(
            "shapes", "problem", f"{len(faulty)} of {len(names)} do not conform: {told}", "kg validate"
        )
    return Finding("shapes", "ok", f"all {len(names)} graphs of articles conform")

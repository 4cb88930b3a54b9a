"""Connecting: from an address, a directory or files to a graph that can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.client.display.words import check_language
from kg.client.graph import Graph
from kg.client.local import open_directory, read_articles
from kg.client.remote import RemoteSource
from kg.client.source import Source
from kg.client.transport import Transport
from kg.errors import InputError, QueryError
from kg.settings import Settings
from kg.store.directory import MARKER

PathLike = str | os.PathLike[str]


def connect(
    source: PathLike | Iterable[PathLike],
    *,
    language: str = "vi",
    token: str | None = None,
    timeout: float = 30.0,
    retries: int = 3,
) -> Graph:
    """Return a graph over a service, a store or articles; the methods are the same on all three.

    A store is opened for reading only, so beside a service that reads it as well. Articles are read into
    memory, some five a second; of many hundreds `kg build` makes a store in a fraction of the time.

    Args:
        source: the address of a service ("http://…"), the directory of a store, or articles: text files and
            saved pages, or directories of them, one or several.
        language: of labels, vi or en; what articles say stays as it is.
        token: sent to a service with each request, for one behind something that wants it.
        timeout: seconds for which a service may be silent, or for which a query may run on a store.
        retries: how often a request is sent again where the connection fails or the service is busy.

    Raises:
        InputError: there is nothing at a path, or no article can be read.
        StoreError: the store cannot be opened.
        ServiceError: the service cannot be reached.

    >>> import kg
    >>> with kg.connect("seeds") as graph:
    ...     graph.officials(unit="Sở Y tế tỉnh Hòa Bình")["name"].tolist()
    ['Bùi Thu Hằng']
    """
    check_language(language)
    if timeout <= 0 or retries < 0:
        raise QueryError(
            f"timeout is {timeout:g} and retries {retries}: give seconds above 0, and 0 or more times"
        )
    opened: Source
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        opened = RemoteSource(Transport(source, timeout=timeout, retries=retries, token=token), language)
    else:
        paths = (source,) if isinstance(source, str | os.PathLike) else tuple(source)
        opened = _open_here(tuple(Path(each) for each in paths), timeout=timeout, language=language)
    return Graph(opened, language=language)


def _open_here(paths: tuple[Path, ...], *, timeout: float, language: str) -> Source:
    settings = replace(Settings.from_environment(), query_seconds=timeout)
    if not paths:
        raise InputError("no article is given: give files, or directories of them")
    if len(paths) == 1 and (paths[0] / MARKER).is_file():
        return open_directory(paths[0], settings, language=language)
    return read_articles(paths, settings, language=language)

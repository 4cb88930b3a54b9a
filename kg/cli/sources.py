"""What a command reads from: a store on disk, or articles that are built in memory for it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from kg.errors import InputError
from kg.settings import Settings
from kg.store import Store, open_store
from kg.withdrawal import check_carried_out


@dataclass(frozen=True, slots=True)
class Source:
    """An open store, and the exit code that the documents in it leave behind: not 0 if one was rejected."""

    store: Store
    exit_code: int


@contextmanager
def open_source(
    arguments: argparse.Namespace, settings: Settings, *, writable: bool = False
) -> Iterator[Source]:
    """Open the store that was named, or one in memory with the articles that were.

    Args:
        arguments: the store and the articles.
        settings: the base of IRIs, and what the default graph is.
        writable: whether a store on disk is opened for writing too, and made if it is not there.

    Raises:
        StoreError: the directory holds no store, or is in use, or a withdrawal from it was not finished.
        InputError: none of the articles can be read.
    """
    read_only = arguments.store is not None and not writable
    with closing(
        open_store(arguments.store, read_only=read_only, default_graph=settings.default_graph)
    ) as store:
        if arguments.store is not None:
            if read_only:
                check_carried_out(store)
            yield Source(store, 0)
            return
        # Half a second of rules and shapes, which a question to a store does not need.
        from kg.cli.building import build_articles  # noqa: PLC0415

        report = build_articles(arguments, store, settings)
        if not report.built:
            raise InputError("no article could be read: there is nothing to answer from")
        yield Source(store, report.rejections.exit_code)

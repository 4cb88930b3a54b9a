"""The process that reads the tables of the lists of a large store, so that the service has its hands free.

It is started as ``python -m kg.query.resource_worker SNAPSHOT`` and answers requests that say which table to
read, under which version and in which directory it is to keep it, and those that it needs for that.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.query.resource_columns import Facets, Table
from kg.query.resource_file import load_table, save_table
from kg.query.resource_reading import read_table
from kg.query.resources import BY_NAME
from kg.query.snapshot_worker import read_whenever_asked
from kg.store import Store
from kg.vocabulary import namespaces as ns


class _Reader:
    """Reads tables, each once."""

    def __init__(self, store: Store, version: str, directory: Path) -> None:
        self._store = store
        self._version = version
        self._directory = directory
        self._canonical: Mapping[str, str] = dict(store.pairs(ns.CANONICAL))
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return a table that is kept, or read and keep it."""
        if name not in self._tables:
            self._tables[name] = self._kept(name) or self._read(name)
        return self._tables[name]

    def _kept(self, name: str) -> Table | None:
        return load_table(self._directory, self._version, name)

    def _read(self, name: str) -> Table:
        found = read_table(self._store, BY_NAME[name], stands_for=self._stands_for, lookup=self._facets)
        save_table(found, self._directory, self._version, name)
        return self._kept(name) or found

    def _stands_for(self, identifier: str) -> str:
        return self._canonical.get(identifier, identifier)

    def _facets(self, name: str, identifier: str) -> Facets:
        return self.table(name).facets(identifier)


def _keep(store: Store, request: Mapping[str, Any]) -> None:
    _Reader(store, request["version"], Path(request["directory"])).table(request["table"])


if __name__ == "__main__":
    read_whenever_asked(sys.argv[1], _keep)

"""The tables that feed the lists: of every item of a kind what it is filtered and sorted by.

A table is read once for a version of the store. It holds names and days and IRIs alone; what an item tells is
read when it is shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from kg.query.names import Names
from kg.query.records import Thing
from kg.query.resource_columns import Facets, Table
from kg.query.resource_file import present_table
from kg.query.resource_reading import places_of
from kg.query.resources import BY_NAME
from kg.store import Store

_KEPT = 2000  # items with their claims: some ten kilobytes each


class ReadThings:
    """Items of one version that lists have told already, the latest; threads may share them."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._kept: OrderedDict[tuple[str, ...], Thing] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Thing | None:
        """Return the item that is kept under a key."""
        with self._changing:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: tuple[str, ...], thing: Thing) -> None:
        """Keep an item under a key, and forget what nobody has asked for."""
        with self._changing:
            self._kept[key] = thing
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


class Tables:
    """The tables of one version of a store, each read when it is first asked for; threads may share them."""

    def __init__(self, store: Store, names: Names) -> None:
        self.version = names.version
        self._store = store
        self._names = names
        self._reading = threading.RLock()  # a table may need another one
        self._tables: dict[str, Table] = {}

    def __len__(self) -> int:
        """Return how many items the tables hold that were read."""
        return sum(map(len, tuple(self._tables.values())))

    @property
    def complete(self) -> bool:
        """Whether all tables were read."""
        return len(self._tables) == len(BY_NAME)

    def table(self, name: str) -> Table:
        """Return the table of a list."""
        found = self._tables.get(name)
        if found is not None:
            return found
        with self._reading:
            if name not in self._tables:
                self._tables[name] = present_table(self._store, self._names, name, self.facets)
            return self._tables[name]

    def warm(self) -> None:
        """Read all tables."""
        for name in BY_NAME:
            self.table(name)

    def facets(self, name: str, identifier: str) -> Facets:
        """Return what an item of a list says."""
        return self.table(name).facets(identifier)

    def within(self, upper: Iterable[str], *, name: str) -> frozenset[str]:
        """Return places ("places") or bodies ("units"), and all that lies in them or stands under them."""
        table = self.table(name)
        found = set(upper)
        open_ends = found
        while open_ends:
            items = table.mask(table.holders("above", open_ends)).nonzero()[0]
            open_ends = {table.ids[item] for item in items.tolist()} - found
            found = found | open_ends
        return frozenset(found)

    def places_of(self, thing: str) -> frozenset[str]:
        """Return where a body is, or a place itself."""
        return places_of(thing, self.facets)

"""Tables kept beside a large store, so that a service over it can begin without reading it.

A directory a version, in it a file a table, which is mapped. A process of its own reads them: the engine lets
no other thread go on while it looks for a row. Whatever is not as it should be counts as not there.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

from kg.query.array_file import load_arrays, save_arrays
from kg.query.catalog import QUESTIONS
from kg.query.names import Names
from kg.query.resource_columns import Table, from_arrays, to_arrays
from kg.query.resource_reading import Lookup, read_table
from kg.query.resources import BY_NAME, RESOURCES
from kg.query.snapshot_reading import read_in_process
from kg.store import Store

_FORMAT = 1
_FEW = 5_000  # things that have a name: fewer are read in a second, and need no file
_DIRECTORY = "lists"


def present_table(store: Store, names: Names, name: str, lookup: Lookup) -> Table:
    """Return the table of a list: the one that is kept for the version of the names, or else read and kept.

    Args:
        store: where to read, and beside what to keep.
        names: of the version that is wanted.
        name: of the list.
        lookup: finds what places and units say.
    """
    directory = None if store.derived is None else store.derived / _DIRECTORY
    if directory is not None and len(names.index) > _FEW:
        kept = load_table(directory, names.version, name)
        if kept is not None:
            return kept
        request = {"version": names.version, "directory": str(directory.absolute()), "table": name}
        if read_in_process(store, "kg.query.resource_worker", request, directory=directory) is not None:
            kept = load_table(directory, names.version, name)
            if kept is not None:
                return kept
    return read_table(store, BY_NAME[name], stands_for=names.stands_for, lookup=lookup)


def save_table(table: Table, directory: Path, version: str, name: str) -> None:
    """Write a table of a version, and remove those of others.

    Raises:
        OSError: the disk refuses.
    """
    head = {"format": _FORMAT, "declared": _fingerprint(), "version": version}
    save_arrays(directory / version / name, head, to_arrays(table))
    for other in directory.iterdir():
        if other.name != version:
            # Who still has these mapped keeps them until they are let go.
            shutil.rmtree(other, ignore_errors=True)


def load_table(directory: Path, version: str, name: str) -> Table | None:
    """Return the table of a list at a version, mapped; None where it is not there, or damaged."""
    found = load_arrays(directory / version / name)
    if found is None:
        return None
    head, arrays = found
    if head != {"format": _FORMAT, "declared": _fingerprint(), "version": version}:
        return None
    try:
        return from_arrays(arrays)
    except KeyError:
        return None


@cache
def _fingerprint() -> str:
    """Return what tables are made from as a digest: other lists or questions give other tables."""
    declared = [
        (each.name, sorted(each.sorts.items()), each.placed_by, QUESTIONS[each.question].text)
        for each in RESOURCES
    ]
    return hashlib.sha256(repr(declared).encode()).hexdigest()

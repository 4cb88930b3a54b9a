"""Writing the files of a store anew, so that nothing lies in them that the content no longer holds.

The engine keeps every word that it has ever held. The new files lie beside the old ones until they are whole;
who opens the store next finishes what was left half-way.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.directory import DRAFT_DATA, NEW_DATA, open_directory, take_over


def copy_content(source: Path, target: Path) -> None:
    """Copy what a store's files hold into new files, each graph of it also if it is empty.

    Raises:
        OSError: a file cannot be read or written.
    """
    engine, copy = ox.Store.read_only(str(source)), ox.Store(str(target))
    copy.bulk_extend(engine)
    for graph in engine.named_graphs():
        copy.add_graph(graph)
    copy.flush()


def rewrite_store(path: Path) -> None:
    """Write the files of a store that nobody has open anew; its content stays.

    What is derived from the content and kept beside it goes, and is read again.

    Raises:
        StoreError: there is no store, it is in use, or the disk refuses.
    """
    directory = open_directory(path, read_only=False, default_graph=None)
    try:
        draft = path / DRAFT_DATA
        shutil.rmtree(draft, ignore_errors=True)
        if directory.data.exists():
            copy_content(directory.data, draft)
            draft.replace(path / NEW_DATA)
            take_over(path)
        shutil.rmtree(directory.derived, ignore_errors=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the files of the store {path} cannot be written anew: {error}") from None
    finally:
        directory.release()

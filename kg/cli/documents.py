"""The files that the paths on the command line stand for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.cli.terminal import say
from kg.errors import InputError
from kg.ingest import find_documents


def expand(paths: Iterable[Path]) -> tuple[tuple[Path, ...], int]:
    """Return the files to read, once each, and the number of paths that lead nowhere; those are reported."""
    files: dict[Path, None] = {}
    rejected = 0
    for path in paths:
        try:
            files.update(dict.fromkeys(find_documents([path])))
        except InputError as error:
            say(str(error))
            rejected += 1
    return tuple(files), rejected

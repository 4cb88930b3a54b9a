"""``kg export``: the graph in a standard format."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.sources import open_source
from kg.errors import KgError
from kg.settings import Settings
from kg.store import Store

_MEDIA_TYPES = {
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
}


def run(arguments: argparse.Namespace) -> int:
    """Write all graphs; Turtle, which has no named graphs, holds their union."""
    with open_source(arguments, Settings.from_environment()) as source:
        media_type = _MEDIA_TYPES[arguments.format]
        if arguments.output is None:
            source.store.dump(sys.stdout.buffer, media_type)
        else:
            _write_whole(source.store, arguments.output, media_type)
    return source.exit_code


def _write_whole(store: Store, path: Path, media_type: str) -> None:
    """Write the file so that what stood there before is lost only when the new one is complete."""
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("wb") as file:
            store.dump(file, media_type)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --output") from None

"""``kg dump``: the whole graph as one compressed file, with its checksum beside it."""

from __future__ import annotations

import argparse
import sys

from kg.cli.sources import open_source
from kg.errors import KgError
from kg.settings import Settings
from kg.store.dump import write_dump


def run(arguments: argparse.Namespace) -> int:
    """Write the dump, and a file that `sha256sum --check` reads."""
    output = arguments.output
    with open_source(arguments, Settings.from_environment()) as source:
        store = source.store
        graphs = (store.quads(name) for name in store.graphs())
        own = [store.default_quads()] if store.default_graph == "own" else []
        try:
            dump = write_dump([*own, *graphs], output)
            checksum = output.with_name(f"{output.name}.sha256")
            checksum.write_text(f"{dump.digest}  {output.name}\n", encoding="utf-8")
        except OSError as error:
            raise KgError(f"{output}: cannot be written ({error.strerror}); give another OUTPUT") from None
    sys.stdout.write(f"statements {dump.statements}\nsha256     {dump.digest}\n")
    return source.exit_code

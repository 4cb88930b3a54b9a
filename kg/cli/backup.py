"""``kg backup``: a copy of a store that can be restored, of one at rest or of one that a service holds."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from kg.cli.arguments import UsageError
from kg.cli.calling import call_service
from kg.store import open_store
from kg.store.backup import write_backup


def run(arguments: argparse.Namespace) -> int:
    """Write the backup and tell where it is."""
    if (arguments.store is None) == (arguments.service is None):
        raise UsageError("kg backup takes --store DIR and a target, or --service URL of a service that runs")
    if (arguments.store is None) == (arguments.target is not None):
        raise UsageError("kg backup takes a target with --store, and none with --service, which chooses it")
    if arguments.service is not None:
        made = call_service(arguments.service, "/api/admin/backup")
        sys.stdout.write(f"backup     {made['path']}\nversion    {made['version']}\n")
        return 0
    backup = _write(arguments.store, arguments.target)
    sys.stdout.write(f"backup     {arguments.target}\nversion    {backup}\n")
    return 0


def _write(store: Path, target: Path) -> str:
    with closing(open_store(store, read_only=True, default_graph=None)) as opened:
        snapshot = opened.snapshot()
        try:
            written = write_backup(
                snapshot, target, default_graph=opened.default_graph, withdrawals=opened.withdrawals()
            )
        finally:
            snapshot.remove()
    return written.version

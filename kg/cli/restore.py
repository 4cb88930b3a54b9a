"""``kg restore``: a store from a backup."""

from __future__ import annotations

import argparse
import sys

from kg.store.backup import restore_backup


def run(arguments: argparse.Namespace) -> int:
    """Check the backup and make the store."""
    restored = restore_backup(arguments.backup, arguments.store, force=arguments.force)
    sys.stdout.write(f"restored   {arguments.store}\nversion    {restored.version}\n")
    return 0

"""``kg restore``: a store from a backup, without what was withdrawn since."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from kg.query.names import keep_up
from kg.settings import Settings
from kg.store import open_store
from kg.store.backup import restore_backup
from kg.store.rewriting import rewrite_store
from kg.withdrawal import read_list, take_in


def run(arguments: argparse.Namespace) -> int:
    """Check the backup and make the store; what is known to be withdrawn goes before anybody can see it."""
    base = Settings.from_environment().base_iri
    replaced = [arguments.store] if arguments.store.is_dir() else []
    known = [it for path in (*replaced, *arguments.withdrawals) for it in read_list(path)]
    new = 0

    def prepare(store: Path) -> None:
        nonlocal new
        with closing(open_store(store, default_graph=None)) as opened:
            new = take_in(opened, known, base=base)
        if new:
            rewrite_store(store)

    restore_backup(arguments.backup, arguments.store, force=arguments.force, prepare=prepare)
    with closing(open_store(arguments.store, default_graph=None)) as opened:
        keep_up(opened)
        version = opened.version
    sys.stdout.write(f"restored   {arguments.store}\nversion    {version}\n")
    if new:
        sys.stdout.write(f"withdrawn  {new} of what the backup still held or had not heard of\n")
    return 0

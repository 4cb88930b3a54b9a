"""``kg build``: articles into a store."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from pathlib import Path

from kg.cli.building import build_articles
from kg.completion import import_decided
from kg.errors import StoreInUseError
from kg.graph import read_decisions
from kg.query.names import keep_up
from kg.settings import Settings
from kg.store import Store, open_store
from kg.withdrawal import read_list, take_in

_PAUSE = 0.2  # seconds between two looks whether a store is free


def run(arguments: argparse.Namespace) -> int:
    """Build the articles and print the summary; decisions come first, so that articles follow them."""
    settings = Settings.from_environment()
    decisions = read_decisions(arguments.decisions) if arguments.decisions else ()
    withdrawals = read_list(arguments.withdrawals) if arguments.withdrawals else ()
    with closing(_open(arguments.store, patience=arguments.wait)) as store:
        take_in(store, withdrawals, base=settings.base_iri)
        if decisions:
            import_decided(store, decisions, base=settings.base_iri)
        report = build_articles(arguments, store, settings)
        keep_up(store)
    sys.stdout.write(report.summary())
    return report.rejections.exit_code


def _open(path: Path, *, patience: float) -> Store:
    """Open a store, and wait some seconds if another process holds it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return open_store(path)
        except StoreInUseError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE)

"""``kg build``: articles into a store."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from kg.cli.building import build_articles
from kg.settings import Settings
from kg.store import open_store


def run(arguments: argparse.Namespace) -> int:
    """Build the articles and print the summary."""
    settings = Settings.from_environment()
    with closing(open_store(arguments.store)) as store:
        report = build_articles(arguments, store, settings)
    sys.stdout.write(report.summary())
    return report.rejections.exit_code

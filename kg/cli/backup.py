"""``kg backup``: a copy of a store that can be restored, of one at rest or of one that a service holds."""

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.cli.arguments import UsageError
from kg.errors import KgError, StoreError
from kg.settings import Settings
from kg.store import open_store
from kg.store.backup import write_backup

_SECONDS = 600


def run(arguments: argparse.Namespace) -> int:
    """Write the backup and tell where it is."""
    if (arguments.store is None) == (arguments.service is None):
        raise UsageError("kg backup takes --store DIR and a target, or --service URL of a service that runs")
    if (arguments.store is None) == (arguments.target is not None):
        raise UsageError("kg backup takes a target with --store, and none with --service, which chooses it")
    if arguments.service is not None:
        made = _ask(arguments.service.rstrip("/"), Settings.from_environment().write_token)
        sys.stdout.write(f"backup     {made['path']}\nversion    {made['version']}\n")
        return 0
    backup = _write(arguments.store, arguments.target)
    sys.stdout.write(f"backup     {arguments.target}\nversion    {backup}\n")
    return 0


def _write(store: Path, target: Path) -> str:
    with closing(open_store(store, read_only=True, default_graph=None)) as opened:
        snapshot = opened.snapshot()
        try:
            return write_backup(snapshot, target, default_graph=opened.default_graph).version
        finally:
            snapshot.remove()


def _ask(service: str, token: str) -> dict[str, Any]:
    """Ask a running service for a backup, which it writes into the directory of its settings."""
    if not service.startswith(("http://", "https://")):
        raise UsageError(f"{service} is no address of a service: give one such as http://127.0.0.1:8000")
    if not token:
        raise KgError(
            "a running service wants its token: set KG_WRITE_TOKEN to the one that it was started with"
        )
    request = urllib.request.Request(  # noqa: S310 (its scheme has been looked at)
        f"{service}/api/admin/backup", method="POST", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as error:
        raise StoreError(f"{service} refuses: {_detail(error)}") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{service} does not answer as this program does: {error}") from None
    return found


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{error.code} {error.reason}"

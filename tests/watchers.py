"""Programs that watch and withdraw until somebody ends them; tests kill them."""

from __future__ import annotations

from multiprocessing.synchronize import Event
from pathlib import Path

from kg.cli import watch, withdraw
from kg.cli.arguments import parse


def watch_once(store: Path, folder: Path, ready: Event) -> None:
    """Watch a folder until nothing is left to do, as the command does."""
    ready.set()
    watch.run(parse(["watch", str(folder), "--store", str(store), "--once", "--settle", "0"]))


def withdraw_thing(store: Path, thing: str, ready: Event) -> None:
    """Withdraw one thing, as the command does."""
    ready.set()
    withdraw.run(parse(["withdraw", thing, "--store", str(store), "--yes"]))

"""``kg watch``: a folder into a store, for as long as it runs or once."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import FrameType

from kg.cli.terminal import say
from kg.cli.watching import event_json, event_line, look_json, look_line, make_watcher
from kg.errors import InputError, StoreInUseError
from kg.query.names import keep_up
from kg.settings import Settings
from kg.store import Store, open_store
from kg.watching.events import Event, Kind
from kg.watching.ledger import watching_alone
from kg.watching.watcher import Watcher

_PAUSE = 0.2  # seconds between two looks whether a store is free


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give what a signal sets: the first is heeded when the article at hand is stored, the second at once."""
    wished = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        if wished.is_set():
            raise KeyboardInterrupt
        wished.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wished
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _StoppedError(Exception):
    """Told to stop while waiting for the store."""


def run(arguments: argparse.Namespace) -> int:
    """Watch until told to stop; with ``--once`` until nothing is left to do."""
    if not arguments.folder.is_dir():
        raise InputError(f"{arguments.folder}: there is no such folder; check the path")
    settings = Settings.from_environment()
    with _stopping() as stop:

        @contextmanager
        def opening() -> Iterator[Store]:
            # Open only while something is stored: whoever reads the store finds it free in between.
            with closing(_open(arguments, stop)) as store:
                yield store
                keep_up(store)

        try:
            _open(arguments, stop).close()  # so that there is a store to keep the ledger with
            with watching_alone(arguments.store):
                watcher = make_watcher(
                    arguments, settings, opening, folder=arguments.folder, workers=arguments.workers
                )
                return _watch(arguments, watcher, settings.base_iri, stop)
        except _StoppedError:
            say("stopped")
            return 0


def _watch(arguments: argparse.Namespace, watcher: Watcher, base: str, stop: threading.Event) -> int:
    as_json, rejected, fault = arguments.format == "json", 0, ""

    def tell(event: Event) -> None:
        _print(event_json(event) if as_json else event_line(event, base))

    while True:
        try:
            looked = watcher.look(tell, stopped=stop.is_set)
        except InputError as error:
            if arguments.once:
                raise
            if str(error) != fault:  # said once: it may be mounted again
                say(str(error))
            fault, looked = str(error), None
        if looked is not None:
            fault = ""
            rejected += looked.counts()[Kind.REJECTED]
            ended = arguments.once and not looked.waiting
            if looked.events or ended:
                _print(look_json(looked) if as_json else look_line(looked))
            if ended:
                return 1 if rejected else 0
        if stop.wait(_PAUSE if arguments.once else arguments.interval):
            say("stopped; what was stored so far stays")
            return 0


def _open(arguments: argparse.Namespace, stop: threading.Event) -> Store:
    """Open the store; wait while another process holds it, when watching until told to stop."""
    deadline, said = time.monotonic() + arguments.wait, False
    while True:
        try:
            return open_store(arguments.store)
        except StoreInUseError as error:
            if arguments.once and time.monotonic() >= deadline:
                raise
            if not arguments.once and not said:
                say(f"{error}; waiting until it is free (a service can watch by itself: kg serve --watch)")
                said = True
        if stop.wait(_PAUSE):
            raise _StoppedError


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""``kg serve``: the service over HTTP, and beside it, where it is asked for, a folder that is watched."""

from __future__ import annotations

import argparse
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from api import create_app, serve
from kg.cli.arguments import UsageError
from kg.cli.setting_options import given_settings
from kg.cli.sources import open_source
from kg.cli.terminal import say
from kg.cli.watching import event_line, look_line, make_watcher
from kg.errors import InputError, KgError
from kg.settings import Settings
from kg.store import Store
from kg.watching.events import Event
from kg.watching.ledger import watching_alone
from kg.watching.watcher import Watcher

_LOG = logging.getLogger(__name__)
_WORKERS = 2  # reading in the service's own process would keep those waiting who ask it


def run(arguments: argparse.Namespace) -> int:
    """Answer until the process is told to stop, which is how a service ends well."""
    settings = Settings.from_environment(options=given_settings(arguments))
    writable = bool(settings.write_token) or arguments.watch is not None
    if arguments.watch is not None:
        if arguments.store is None:
            raise UsageError("--watch takes --store DIR, where what is read from the folder is kept")
        if not arguments.watch.is_dir():
            raise InputError(f"{arguments.watch}: there is no such folder; check the path")
    with open_source(arguments, settings, writable=writable) as source:
        app = create_app(source.store, settings)
        with nullcontext() if arguments.watch is None else _watched(arguments, settings, app, source.store):
            try:
                serve(app, arguments.host, arguments.port, announce=_announce)
            except KeyboardInterrupt:
                say("stopped")
    return source.exit_code


def _announce(address: str) -> None:
    say(f"answering at {address} (stop with Ctrl-C)")


@contextmanager
def _watched(arguments: argparse.Namespace, settings: Settings, app: Any, store: Store) -> Iterator[None]:
    """Watch a folder in a thread, which ends with the service and leaves whole graphs."""
    knowledge, readiness = app.extensions["knowledge"], app.extensions["readiness"]

    @contextmanager
    def opening() -> Iterator[Store]:
        with knowledge.writing():
            yield store
        readiness.look()

    with watching_alone(arguments.store):
        watcher = make_watcher(arguments, settings, opening, folder=arguments.watch, workers=_WORKERS)
        stop = threading.Event()
        thread = threading.Thread(target=_watch, args=(watcher, arguments, settings.base_iri, stop))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def _watch(watcher: Watcher, arguments: argparse.Namespace, base: str, stop: threading.Event) -> None:
    def tell(event: Event) -> None:
        say(event_line(event, base))

    fault = ""
    while not stop.is_set():
        try:
            looked = watcher.look(tell, stopped=stop.is_set)
            fault = ""
            if looked.events:
                say(look_line(looked))
        except KgError as error:
            if str(error) != fault:  # said once, and tried again
                _LOG.warning("the folder cannot be followed: %s", error)
            fault = str(error)
        except Exception:  # the service goes on, and so does the watching
            _LOG.exception("the folder cannot be followed")
        stop.wait(arguments.interval)

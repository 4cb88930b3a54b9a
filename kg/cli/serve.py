"""``kg serve``: the service over HTTP."""

from __future__ import annotations

import argparse

from api import create_app, serve
from kg.cli.setting_options import given_settings
from kg.cli.sources import open_source
from kg.cli.terminal import say
from kg.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Answer until the process is told to stop, which is how a service ends well."""
    settings = Settings.from_environment(options=given_settings(arguments))
    with open_source(arguments, settings, writable=bool(settings.write_token)) as source:
        try:
            serve(create_app(source.store, settings), arguments.host, arguments.port, announce=_announce)
        except KeyboardInterrupt:
            say("stopped")
    return source.exit_code


def _announce(address: str) -> None:
    say(f"answering at {address} (stop with Ctrl-C)")

"""The production server: waitress on a socket of our own."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

from kg.errors import StoreError


def serve(
    app: Flask, host: str, port: int, *, threads: int = 8, announce: Callable[[str], None] | None = None
) -> None:
    """Answer requests until the process is told to stop by SIGTERM or an interrupt.

    Args:
        app: what `create_app` returned; its query workers are ended with the server.
        host: address to listen on.
        port: port to listen on; 0 for any that is free.
        threads: how many requests are answered at once.
        announce: is told the address as soon as it answers.

    Raises:
        StoreError: the address or port cannot be listened on.
    """
    listener = _listen(host, port)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    server = create_server(
        app, sockets=[listener], threads=threads, ident=None, clear_untrusted_proxy_headers=True
    )
    try:
        if announce is not None:
            shown = f"[{host}]" if ":" in host else host
            announce(f"http://{shown}:{listener.getsockname()[1]}")
        server.run()
    finally:
        server.close()
        app.extensions["knowledge"].close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(
            f"cannot listen on {host} port {port}: {reason}; choose another with --port (0: any that is free)"
        ) from None


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(0)

"""The production server: waitress on a socket of our own; it finishes what it has begun before it stops."""

from __future__ import annotations

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore

from api.connections import make_server
from api.loop import Handlers, Loop
from api.readiness import Readiness
from kg.errors import StoreError

_LOOK_SECONDS = 1.0
_LOOK_WHEN_STOPPING = 0.05


class _Stop:
    """A request to stop, by a signal or by the one who runs the server; the second is obeyed at once."""

    # The server is one of waitress; its published types lack what is asked of it here.
    def __init__(self, server: Any, readiness: Readiness, seconds: float) -> None:
        self._server = server
        self._readiness = readiness
        self._seconds = seconds
        self._deadline: float | None = None

    def begin(self, number: int, frame: FrameType | None) -> None:
        """Take note of a signal."""
        now = time.monotonic()
        self._deadline = now + self._seconds if self._deadline is None else now
        self._readiness.stop()
        self._server.pull_trigger()  # the loop may be asleep

    @property
    def pause(self) -> float:
        """How long the loop may sleep when nothing happens."""
        return _LOOK_SECONDS if self._deadline is None else _LOOK_WHEN_STOPPING

    @property
    def done(self) -> bool:
        """Whether it is time: nobody waits for an answer any more, or has waited long enough."""
        if self._deadline is None:
            return False
        return time.monotonic() >= self._deadline or not any(
            channel.at_work for channel in tuple(self._server.active_channels.values())
        )


def serve(app: Flask, host: str, port: int, *, announce: Callable[[str], None] | None = None) -> None:
    """Answer requests until the process is told to stop by SIGTERM or an interrupt.

    Then `/ready` says no and new requests are turned away, but those that run are finished, for as long as
    the setting `stop_seconds` allows; a second signal stops at once.

    Args:
        app: what `create_app` returned; its query workers are ended with the server.
        host: address to listen on.
        port: port to listen on; 0 for any that is free.
        announce: is told the address as soon as it answers.

    Raises:
        StoreError: the address or port cannot be listened on.
    """
    listener = _listen(host, port)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    knowledge, readiness = app.extensions["knowledge"], app.extensions["readiness"]
    handlers = Handlers()
    server = make_server(app, listener, knowledge.settings, handlers)
    loop = Loop(handlers, server)
    stop = _Stop(server, readiness, knowledge.settings.stop_seconds)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop.begin)
        signal.signal(signal.SIGINT, stop.begin)
    readiness.start()
    try:
        if announce is not None:
            shown = f"[{host}]" if ":" in host else host
            announce(f"http://{shown}:{listener.getsockname()[1]}")
        while not stop.done:
            loop.turn(min(stop.pause, server.direct.pause))
            server.direct.attend()
    finally:
        readiness.close()
        server.direct.close()
        # What is still at work has had its time: without its worker it ends too.
        knowledge.close()
        server.task_dispatcher.shutdown()
        server.close()
        wasyncore.close_all(handlers, ignore_all=True)
        loop.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(
            f"cannot listen on {host} port {port}: {reason}; choose another with --port (0: any that is free)"
        ) from None

"""The server's loop in this process, with an eye on what it leaves to threads."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from api.connections import make_server
from api.loop import Handlers, Loop
from kg.query.knowledge import Knowledge


@dataclass
class Looping:
    """A server that runs in a thread of this process.

    Attributes:
        port: where it answers.
        knowledge: what it answers from.
        server: the server itself.
        left: how often something was left to a thread.
    """

    port: int
    knowledge: Knowledge
    server: Any = None
    left: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def looping(app: Flask, *, patience: float | None = None) -> Iterator[Looping]:
    """Answer until the block ends; a patience is after how many seconds a query is left to a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Looping(listener.getsockname()[1], app.extensions["knowledge"])
        found.knowledge.workers.prepare()
        begun = threading.Event()
        thread = threading.Thread(target=_loop, args=(found, app, listener, begun, patience))
        thread.start()
        try:
            assert begun.wait(60)
            yield found
        finally:
            found.ended.set()
            found.server.pull_trigger()
            thread.join(60)


def _loop(
    found: Looping, app: Flask, listener: socket.socket, begun: threading.Event, patience: float | None
) -> None:
    handlers = Handlers()
    found.server = server = make_server(app, listener, found.knowledge.settings, handlers)
    loop, add_task = Loop(handlers, server), server.add_task
    if patience is not None:
        server.direct._patience = patience

    def counted(task: Any) -> None:
        found.left += 1
        add_task(task)

    server.add_task = counted
    begun.set()
    while not found.ended.is_set():
        loop.turn(min(1.0, server.direct.pause))
        server.direct.attend()
    server.direct.close()
    server.task_dispatcher.shutdown()
    server.close()
    loop.close()

"""The server's loop: it waits for what connections and workers send, and has it taken up.

waitress has a loop of its own, which before each wait asks every connection whether it reads and writes: with
a few hundred of them that takes longer than a look-up. Here the system keeps the list, and only those are
asked anew that were just served; all of them when a thread has pulled the trigger, which it does when it is
done with a request, and once a second for what the clock has changed.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable
from select import POLLIN, POLLOUT
from typing import Any

from waitress import wasyncore

_ALL_SECONDS = 1.0
_FLAGS = {
    selectors.EVENT_READ: POLLIN,
    selectors.EVENT_WRITE: POLLOUT,
    selectors.EVENT_READ | selectors.EVENT_WRITE: POLLIN | POLLOUT,
}


class Handlers(dict[int, Any]):
    """What is to be told of events, by the number of its file: the map of waitress, which notes changes.

    Attributes:
        changed: the files whose handlers may want something else than before.
        let_go: is told of each file that is not to be looked after any more, while it is still open.
    """

    def __init__(self) -> None:
        super().__init__()
        self.changed: set[int] = set()
        self.let_go: Callable[[int], None] | None = None

    def __setitem__(self, file: int, handler: Any) -> None:
        super().__setitem__(file, handler)
        self.changed.add(file)

    def __delitem__(self, file: int) -> None:
        super().__delitem__(file)
        self.changed.discard(file)
        if self.let_go is not None:
            self.let_go(file)


class Loop:
    """One wait after the other, all in one thread."""

    def __init__(self, handlers: Handlers, server: Any) -> None:
        """Look after these handlers, of which the server and its trigger are two."""
        self._handlers = handlers
        self._server = server
        self._selector = selectors.DefaultSelector()
        self._waited_for: dict[int, tuple[Any, int]] = {}
        self._all_due = 0.0
        # At once: a process that is just being started has copies of all files, and as long as it has, the
        # system would go on telling of a closed one, under a number that may be another's by then.
        handlers.let_go = self._let_go

    def turn(self, seconds: float) -> None:
        """Wait at most so long, and have taken up what has come."""
        self._ask()
        for key, events in self._selector.select(seconds):
            handler = self._handlers.get(key.fd)
            # Another may have the number by now, if the one that was waited for has just been closed.
            if handler is not None and handler is key.data:
                self._handlers.changed.add(key.fd)
                if handler is self._server.trigger:
                    self._all_due = 0.0
                wasyncore.readwrite(handler, _FLAGS[events])

    def close(self) -> None:
        """Wait for nothing any more."""
        self._handlers.let_go = None
        self._selector.close()

    def _ask(self) -> None:
        """Ask what they wait for those who may have changed their mind."""
        handlers = self._handlers
        # First of all, since it looks after the others now and then.
        self._wait_for(self._server.socket.fileno())
        if (now := time.monotonic()) >= self._all_due:
            self._all_due = now + _ALL_SECONDS
            handlers.changed.update(handlers)
        while handlers.changed:
            self._wait_for(handlers.changed.pop())

    def _wait_for(self, file: int) -> None:
        handler = self._handlers.get(file)
        events = 0
        if handler is not None:
            events = selectors.EVENT_READ if handler.readable() else 0
            if handler.writable() and not handler.accepting:
                events |= selectors.EVENT_WRITE
        known = self._waited_for.get(file)
        if known == (handler, events):
            return
        self._let_go(file)
        if events:
            self._selector.register(file, events, handler)
            self._waited_for[file] = handler, events

    def _let_go(self, file: int) -> None:
        if self._waited_for.pop(file, None) is not None:
            self._selector.unregister(file)

"""A process that runs one of our modules, is asked over its pipes, and can be ended at any moment.

Both sides send messages: one line of JSON, whose ``length`` says how many bytes follow it. The module sends
the first, once it is ready: its ``status`` is "ready", or another one with a ``message`` that says why not.
Then it answers one request after the other until its input is closed.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import StoreError

_ROOT = Path(__file__).parents[2]
_NOT_STARTED = "a query process could not be started on the store"
_START_SECONDS = 30
_GRACE_SECONDS = 5  # for a process to be gone that has closed its pipe
_LOOK_SECONDS = 0.1  # between two looks at whether anybody still waits
Reply = tuple[dict[str, Any], bytes]
_PIECE = 1 << 16  # what a pipe holds; memory for more would be taken at every reading, and given back


class AbandonedError(Exception):
    """Nobody waits for the reply any more."""


class WorkerProcess:
    """A running process; one thread may ask it at a time, any thread may `kill` it."""

    def __init__(self, module: str, arguments: Sequence[str], *, greets: bool = True) -> None:
        """Start ``python -m module arguments…`` and wait until it is ready.

        Args:
            module: of ours.
            arguments: for it.
            greets: False for one that is to be told something first: it is ready after `tell`.

        Raises:
            StoreError: it did not get ready; the message says why.
        """
        self._closed = False
        self._received = bytearray()
        self._head: dict[str, Any] | None = None
        self._process = subprocess.Popen(  # noqa: S603 (our own module, arguments from our own settings)
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
        )
        assert self._process.stdin is not None  # noqa: S101 (both were asked for)
        assert self._process.stdout is not None  # noqa: S101
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        # A process that does not read must not hold the thread that writes to it.
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)
        self._writable = _poll(self._input, select.POLLOUT)
        self._readable = _poll(self._output, select.POLLIN)
        self.greeting = self._greet() if greets else {}

    def tell(self, line: str) -> None:
        """Send a process that does not greet by itself what it waits for, and wait until it is ready.

        Raises:
            StoreError: it did not get ready; the message says why.
        """
        with suppress(EOFError, TimeoutError):  # the greeting will not come either, and says why
            self._send(line.encode("utf-8") + b"\n", time.monotonic() + _START_SECONDS, None)
        self.greeting = self._greet()

    @property
    def pid(self) -> int:
        """The number that the system gave to the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(
        self,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        deadline: float,
        abandoned: Callable[[], bool] | None = None,
    ) -> Reply:
        """Send a request and wait for the reply; after an error the process is of no use and must be ended.

        Args:
            request: what becomes the line of JSON.
            body: the bytes that follow it.
            deadline: by `time.monotonic`.
            abandoned: is asked now and then whether the one who wanted the reply has gone.

        Raises:
            TimeoutError: the deadline passed.
            AbandonedError: nobody waits any more.
            EOFError: the process ended.
        """
        self.begin(request, body, deadline=deadline, abandoned=abandoned)
        return self.finish(deadline=deadline, abandoned=abandoned)

    def begin(
        self,
        request: Mapping[str, Any],
        body: bytes = b"",
        *,
        deadline: float,
        abandoned: Callable[[], bool] | None = None,
    ) -> None:
        """Send a request, the first half of `ask`; with a deadline that has passed, only without waiting."""
        line = json.dumps({**request, "length": len(body)}).encode("utf-8")
        self._received, self._head = bytearray(), None
        self._send(line + b"\n" + body, deadline, abandoned)

    def finish(self, *, deadline: float, abandoned: Callable[[], bool] | None = None) -> Reply:
        """Wait for the reply to what was begun, the second half of `ask`."""
        while True:
            _wait(self._readable, deadline, abandoned)
            if (reply := self.receive()) is not None:
                return reply

    def receive(self) -> Reply | None:
        """Read what has come, without waiting; return the reply when it is whole.

        Raises:
            EOFError: the process ended.
        """
        try:
            data = os.read(self._output, _PIECE)
        except BlockingIOError:
            return None
        if not data:
            self._closed = True
            raise EOFError
        self._received += data
        if self._head is None:
            self._head = _take_head(self._received)
        if self._head is None or len(self._received) < self._head["length"]:
            return None
        return self._head, bytes(self._received)

    @property
    def replies_with(self) -> int:
        """How many bytes the reply has, as far as is known; 0 before its first line has come."""
        return 0 if self._head is None else int(self._head["length"])

    def fileno(self) -> int:
        """Return the pipe from which the reply comes."""
        return self._output

    def kill(self) -> None:
        """End the process from another thread: the one that waits for a reply gets an `EOFError`."""
        self._process.kill()

    def end(self) -> int:
        """End the process at once and wait until it is gone; return how it ended, by itself or so."""
        try:
            ended = self._process.wait(_GRACE_SECONDS if self._closed else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            ended = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return ended

    def _greet(self) -> dict[str, Any]:
        # A failure up to here is not the fault of a request.
        self._received, self._head = bytearray(), None
        try:
            head, _ = self.finish(deadline=time.monotonic() + _START_SECONDS)
        except TimeoutError:
            self.end()
            raise StoreError(f"{_NOT_STARTED} within {_START_SECONDS} seconds: try again") from None
        except EOFError:
            raise StoreError(f"{_NOT_STARTED}: it ended at once, with {how_it_ended(self.end())}") from None
        if head["status"] != "ready":
            self.end()
            raise StoreError(f"{_NOT_STARTED}: {head['message']}")
        return head

    def _send(self, message: bytes, deadline: float, abandoned: Callable[[], bool] | None) -> None:
        left = memoryview(message)
        while left:
            try:
                left = left[os.write(self._input, left[:_PIECE]) :]
            except BlockingIOError:
                _wait(self._writable, deadline, abandoned)
            except BrokenPipeError:
                self._closed = True
                raise EOFError from None


def _take_head(received: bytearray) -> dict[str, Any] | None:
    """Take the first line, if all of it has come; what has come behind it is left in `received`."""
    line_end = received.find(b"\n")
    if line_end < 0:
        return None
    head: dict[str, Any] = json.loads(received[:line_end])
    del received[: line_end + 1]
    return head


def _poll(pipe: int, event: int) -> select.poll:
    poll = select.poll()
    poll.register(pipe, event)
    return poll


def _wait(poll: select.poll, deadline: float, abandoned: Callable[[], bool] | None) -> None:
    while (seconds := deadline - time.monotonic()) > 0:
        if poll.poll(1000 * (seconds if abandoned is None else min(seconds, _LOOK_SECONDS))):
            return
        if abandoned is not None and abandoned():
            raise AbandonedError
    raise TimeoutError


def how_it_ended(code: int) -> str:
    """Return how a process ended, by what `WorkerProcess.end` gave: "exit code 1", or "signal SIGKILL"."""
    if code >= 0:
        return f"exit code {code}"
    known = {each.value: each.name for each in signal.Signals}
    return f"signal {known.get(-code, -code)}"

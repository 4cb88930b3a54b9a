"""The server's loop: whoever waits is told, and nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from api.loop import Handlers, Loop


class Pipe:
    """A pipe that writes down what the loop tells it."""

    accepting = False

    def __init__(self, handlers: Handlers) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.said: list[str] = []
        self.wants = True
        self.handlers = handlers
        handlers[self.reading] = self

    @property
    def socket(self) -> Any:
        return self

    def fileno(self) -> int:
        return self.reading

    def readable(self) -> bool:
        return self.wants

    def writable(self) -> bool:
        return False

    def handle_read_event(self) -> None:
        self.said.append(os.read(self.reading, 100).decode())

    def handle_close(self) -> None:
        self.said.append("closed")

    def close(self) -> None:
        self.handlers.pop(self.reading, None)
        for file in (self.reading, self.writing):
            with suppress(OSError):
                os.close(file)


@pytest.fixture
def handlers() -> Iterator[Handlers]:
    found = Handlers()
    yield found
    for handler in tuple(found.values()):
        handler.close()


@pytest.fixture
def server(handlers: Handlers) -> Any:
    found: Any = Pipe(handlers)
    found.trigger = Pipe(handlers)
    return found


@pytest.fixture
def loop(handlers: Handlers, server: Any) -> Iterator[Loop]:
    found = Loop(handlers, server)
    yield found
    found.close()


def test_who_waits_is_told(handlers: Handlers, loop: Loop) -> None:
    one, other = Pipe(handlers), Pipe(handlers)
    os.write(other.writing, b"hello")
    loop.turn(60)
    assert (one.said, other.said) == ([], ["hello"])
    loop.turn(0)
    assert other.said == ["hello"]


def test_a_file_that_has_another_handler_than_before_is_told_to_that_one(
    handlers: Handlers, loop: Loop
) -> None:
    one = Pipe(handlers)
    loop.turn(0)
    handlers[one.reading] = two = Pipe(Handlers())
    os.write(one.writing, b"for the second")
    two.reading, unused = one.reading, two.reading
    loop.turn(60)
    assert (one.said, two.said) == ([], ["for the second"])
    os.close(unused)
    os.close(two.writing)


def test_one_that_was_taken_out_is_told_nothing_even_if_its_number_is_used_again(
    handlers: Handlers, loop: Loop
) -> None:
    one = Pipe(handlers)
    loop.turn(0)
    del handlers[one.reading]
    os.write(one.writing, b"too late")
    one.close()
    two = Pipe(handlers)
    assert two.reading == one.reading
    loop.turn(0)
    os.write(two.writing, b"in time")
    loop.turn(60)
    assert (one.said, two.said) == ([], ["in time"])


def test_one_is_not_told_what_is_for_a_closed_file_of_its_number_that_a_process_still_has(
    handlers: Handlers, loop: Loop
) -> None:
    one = Pipe(handlers)
    loop.turn(0)
    copy = os.dup(one.reading)  # as a process has it that is just being started
    del handlers[one.reading]
    os.close(one.reading)
    two = Pipe(handlers)
    assert two.reading == one.reading
    loop.turn(0)
    os.write(one.writing, b"for nobody")
    os.close(one.writing)
    loop.turn(0)
    loop.turn(0)
    assert two.said == []
    os.close(copy)


def test_one_that_wants_nothing_waits_until_a_thread_has_changed_that(
    handlers: Handlers, server: Any, loop: Loop
) -> None:
    one = Pipe(handlers)
    one.wants = False
    os.write(one.writing, b"early")
    loop.turn(0)
    assert one.said == []
    one.wants = True
    os.write(server.trigger.writing, b"x")
    loop.turn(60)  # the trigger
    loop.turn(60)
    assert (server.trigger.said, one.said) == (["x"], ["early"])


def test_one_whose_other_end_has_gone_is_told(handlers: Handlers, loop: Loop) -> None:
    one = Pipe(handlers)
    os.close(one.writing)
    loop.turn(60)
    assert one.said == [""]

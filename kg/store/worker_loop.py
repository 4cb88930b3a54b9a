"""The life of a worker process: it gives up what it does not need, says that it is ready, and answers."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.store.messages import requests, send
from kg.store.sandbox import confine

# The parent ends the process at the deadline; should the parent be gone, the system does it a little later.
_GRACE_SECONDS = 1.0

Answering = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


@dataclass(frozen=True, slots=True)
class Means:
    """What a worker process leaves itself.

    Attributes:
        sandbox: "require" where it must not work with more than that.
        readable: directories.
        writable: directories.
        memory: bytes of address space; None for no limit.
    """

    sandbox: str
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    memory: int | None = None


def offer_to_the_system() -> None:
    """Let the system, should it run short of memory, take this process before all others."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def work(means: Means, opening: Callable[[], Answering]) -> None:
    """Answer requests until the pipe is closed; one that gives its ``seconds`` ends the process after them.

    Args:
        means: are taken before anything is opened, the memory after that.
        opening: opens what the process works on and returns what answers one request.
    """
    try:
        unconfined = confine(readable=means.readable, writable=means.writable)
        if unconfined and means.sandbox == "require":
            send({"status": "failed", "message": f"the sandbox is required, but {'; '.join(unconfined)}"})
            return
        answering = opening()
        # After opening, since what the engine maps for itself is not the doing of a request.
        if means.memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (means.memory, means.memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, RuntimeError, ValueError) as error:
        send({"status": "failed", "message": f"{error}"})
        return
    send({"status": "ready", "unconfined": unconfined})
    for request, body in requests():
        if "seconds" in request:
            signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE_SECONDS)
        answer = answering(request, body)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(*answer)

"""A steady stream of good queries, and what became of them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from itertools import cycle

from tests.bench.killers.attacks import connect, post
from tests.bench.killers.queries import GOOD

_SOURCE = "127.0.0.2"
_PAUSE = 0.05


@dataclass(slots=True)
class Stream:
    """Asks one good query after the other from an address of its own, until it is ended."""

    address: str
    sent: int = 0
    lost: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> threading.Thread:
        """Begin."""
        thread = threading.Thread(target=self._run)
        thread.start()
        return thread

    def end(self) -> None:
        """Ask no more."""
        self._ended.set()

    def _run(self) -> None:
        connection = connect(self.address, _SOURCE)
        for number, query in enumerate(cycle(GOOD)):
            if self._ended.wait(_PAUSE):
                break
            self.sent += 1
            began = time.monotonic()
            try:
                # Each is another, so that none comes from a cache.
                post(connection, f"# {number}\n{query}")
                response = connection.getresponse()
                body = response.read()
                if response.status != 200:
                    self.lost.append(f"{response.status} {body.decode()}")
            except OSError as error:
                self.lost.append(f"{error}")
                connection = connect(self.address, _SOURCE)
            self.seconds.append(time.monotonic() - began)
        connection.close()

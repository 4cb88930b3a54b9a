"""Whether all that answers stands on one version of the content, and renewing what is behind."""

from __future__ import annotations

import logging
import threading

from kg.errors import KgError
from kg.query.content import count_statements
from kg.query.knowledge import Knowledge

_LOG = logging.getLogger(__name__)
_AGAIN_SECONDS = 1.0
_END_SECONDS = 5.0


class Readiness:
    """Watches over names (search) and connections (paths), which are read anew after each write.

    Nobody need wait for that: it is begun when a request has changed the content, not when the next one asks.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._statements: int | None = None
        self._graphs = ("", 0)

    @property
    def graphs(self) -> int:
        """How many named graphs there are, counted once for each version: anybody may ask, and often."""
        version = self._knowledge.store.version
        counted, count = self._graphs
        if counted != version:
            count = len(self._knowledge.store.graphs())
            self._graphs = (version, count)
        return count

    @property
    def statements(self) -> int | None:
        """How many statements there were when it was last counted, which is after every renewal."""
        return self._statements

    @property
    def ready(self) -> bool:
        """Whether store, search and paths agree on one version, and the service is not about to stop."""
        return not self.stopping and self._agree()

    @property
    def stopping(self) -> bool:
        """Whether the service was told to stop: what runs is finished, nothing new is begun."""
        return self._stopping.is_set()

    def parts(self) -> dict[str, str | None]:
        """Return the version that each part stands on; None of what has not been read yet."""
        names, connections = self._knowledge.derived_versions
        return {"store": self._knowledge.store.version, "search": names, "paths": connections}

    def start(self) -> None:
        """Begin to renew in the background."""
        self._wake.set()
        self._thread = threading.Thread(target=self._renew, name="kg-readiness", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Have renewed what is behind; to be called after a request that may have changed the content."""
        if self._thread is not None and not self._wake.is_set() and not self._agree():
            self._wake.set()

    def stop(self) -> None:
        """Say from now on that the service is about to stop."""
        self._stopping.set()

    def close(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._ended.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_END_SECONDS)

    def renew(self) -> None:
        """Read what is behind, until nothing is.

        Raises:
            KgError: the store cannot be read.
        """
        while not self._agree() and not self._ended.is_set():
            self._knowledge.warm()

    def _agree(self) -> bool:
        return len(set(self.parts().values())) == 1

    def _renew(self) -> None:
        while self._wake.wait() and not self._ended.is_set():
            self._wake.clear()
            try:
                self.renew()
                self._statements = count_statements(self._knowledge.store)
            except (KgError, OSError, RuntimeError) as error:
                # It stays unready, which is said at /ready, and tries again.
                _LOG.error("the names and connections cannot be read: %s", error)
                if not self._ended.wait(_AGAIN_SECONDS):
                    self._wake.set()

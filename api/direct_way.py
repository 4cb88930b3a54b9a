"""The direct way of a plain query: from the server's loop to a worker and back, without a thread.

To wake a thread and to be woken by it takes longer than a look-up. So the loop that reads requests gives a
plain query (`api.plain_queries`) to a worker itself, and sends the answer as soon as it has come. It does
nothing here that could take long: what is not answered within a tenth of a second, or not simply with an
answer, goes on in a thread, which looks after all limits (`kg.query.under_way`) and tells all errors
(`api.short_way`). The bytes are the same either way.
"""

from __future__ import annotations

import logging
import math
import os
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Flask

from api.observation import Seen, Watcher
from api.plain_http import Lines, PlainHttp
from api.plain_queries import PATH, PlainQueries
from api.queries import notes_of
from api.short_way import HandedOver
from kg.errors import QueryError
from kg.query.knowledge import Knowledge
from kg.query.under_way import MUCH, QueryUnderWay
from kg.query.workers import Asker, QueryResult
from kg.store import Dataset

_LOG = logging.getLogger(__name__)
# As long as threads do not look either whether the client is still there.
_PATIENCE_SECONDS = 0.1
# Each worker keeps for itself what it has read of the content: one more than there are processors answers
# nothing sooner, and all of them read more.
_AT_ONCE = os.cpu_count() or 1
_ANY_DATASET = Dataset()


class Flight:
    """One query on the direct way; the loop tells it what comes from its worker."""

    accepting = False

    def __init__(self, way: DirectWay, channel: Any, request: bytes, text: str) -> None:
        self.channel, self.request, self.text = channel, request, text
        self.query_id = secrets.token_hex(16)
        self.begun = time.monotonic()
        self.under_way: QueryUnderWay | None = None
        self.pipe: int | None = None
        self._way = way

    def readable(self) -> bool:
        """Tell the loop that the answer is waited for."""
        return True

    def writable(self) -> bool:
        """Tell the loop that the worker has been sent everything."""
        return False

    def handle_read_event(self) -> None:
        """Read what has come of the answer."""
        self._way.go_on(self)

    def handle_close(self) -> None:
        """Leave a worker that has ended to a thread, which tells why."""
        self._way.hand_over(self)

    handle_write_event = handle_expt_event = handle_close

    def handle_error(self) -> None:
        """Tell of a mistake of ours, and leave the query to a thread."""
        _LOG.exception("a query could not be answered on the direct way")
        self._way.hand_over(self)


class DirectWay:
    """The queries that the loop of a server answers by itself; for its thread alone."""

    def __init__(self, app: Flask, server: Any) -> None:
        self._server = server
        self._plain: PlainQueries = app.extensions["plain-queries"]
        self._knowledge: Knowledge = app.extensions["knowledge"]
        self._count: Watcher = app.extensions["metrics"].watch
        self._log: Watcher | None = app.extensions["access-log"]
        settings = self._knowledge.settings
        self._http = PlainHttp(self._plain, settings.trusted_proxies)
        self._patience: float = min(_PATIENCE_SECONDS, settings.query_seconds, settings.queue_seconds)
        self._flights: dict[Flight, None] = {}  # in the order in which they began
        self._at_work = 0
        self._called: deque[Flight] = deque()
        self._held_back: deque[Flight] = deque()
        self._thread = threading.get_ident()

    @property
    def pause(self) -> float:
        """After how many seconds at the latest `attend` has something to do."""
        first = next(iter(self._flights), None)
        return math.inf if first is None else max(0.0, first.begun + self._patience - time.monotonic())

    def take(self, channel: Any, request: bytes) -> bool:
        """Take up what a client has sent, if it is one plain query; tells whether it was."""
        text = self._http.read(channel, request)
        if text is None or not self._plain.may_pass(channel.lines.client, limited=channel.lines.limited):
            return False
        flight = Flight(self, channel, request, text)
        kept = self._knowledge.cache.get(
            text, channel.lines.media_type, _ANY_DATASET, version=self._knowledge.store.version
        )
        if kept is None:
            self._begin(flight)
        elif len(kept.body) > MUCH:
            self.hand_over(flight)
        else:
            self._answer(flight, kept)
        return True

    def go_on(self, flight: Flight) -> None:
        """Read what has come of an answer, and send it when it is whole."""
        assert flight.under_way is not None  # noqa: S101 (its pipe is looked after)
        result = flight.under_way.receive()
        if flight.under_way.stuck:
            self.hand_over(flight)
        elif result is not None:
            self._forget(flight)
            self._answer(flight, result)
            self._knowledge.cache.put(flight.text, _ANY_DATASET, result)

    def hand_over(self, flight: Flight) -> None:
        """Have a thread go on with a query."""
        self._forget(flight)
        flight.channel.hand_over(flight.request, HandedOver(flight.text, flight.query_id, flight.under_way))

    def attend(self) -> None:
        """Start the queries whose turn it is, and hand over those that take too long."""
        while self._called or (self._held_back and self._at_work < _AT_ONCE):
            flight = (self._called or self._held_back).popleft()
            if flight in self._flights and flight.pipe is None:
                self._start(flight)
        due = time.monotonic() - self._patience
        while (first := next(iter(self._flights), None)) is not None and first.begun <= due:
            self.hand_over(first)

    def close(self) -> None:
        """Hand over all queries."""
        for flight in tuple(self._flights):
            self.hand_over(flight)

    def _begin(self, flight: Flight) -> None:
        lines: Lines = flight.channel.lines
        flight.channel.flight = flight
        self._flights[flight] = None
        asker = Asker(
            client=lines.client, query_id=flight.query_id, gone=flight.channel.check_client_disconnected
        )
        try:
            flight.under_way = self._knowledge.workers.begin(
                flight.text, lines.media_type, asker=asker, call=lambda: self._call(flight)
            )
        except QueryError:
            self.hand_over(flight)  # a thread meets the same, and tells it
        else:
            self._start(flight)

    def _start(self, flight: Flight) -> None:
        assert flight.under_way is not None  # noqa: S101 (it was begun)
        if self._at_work >= _AT_ONCE:
            self._held_back.append(flight)
            return
        pipe = flight.under_way.start()
        if flight.under_way.stuck:
            self.hand_over(flight)
        elif pipe is not None:
            flight.pipe = pipe
            self._at_work += 1
            self._server.look_after(pipe, flight)

    def _call(self, flight: Flight) -> None:
        """Take note that it is a query's turn; any thread may tell that."""
        self._called.append(flight)
        if threading.get_ident() != self._thread:
            self._server.pull_trigger()

    def _forget(self, flight: Flight) -> None:
        self._flights.pop(flight, None)
        flight.channel.flight = None
        if flight.pipe is not None:
            self._server.look_away(flight.pipe)
            flight.pipe = None
            self._at_work -= 1

    def _answer(self, flight: Flight, result: QueryResult) -> None:
        lines: Lines = flight.channel.lines
        flight.channel.deliver(self._http.answer(flight.channel, result, flight.query_id))
        notes = {"route": PATH, "query": flight.text, "query_id": flight.query_id, **notes_of(result)}
        seen = Seen(
            client=lines.address,
            method="GET",
            path=PATH,
            route=PATH,
            status=200,
            seconds=time.monotonic() - flight.begun,
            size=len(result.body),
            notes=MappingProxyType(notes),
        )
        self._count(seen)
        if self._log is not None:
            self._server.add_task(_Logging(self._log, seen))


@dataclass(frozen=True, slots=True)
class _Logging:
    """A line of the access log, which a thread writes since a disk may be slow."""

    log: Watcher
    seen: Seen

    def service(self) -> None:
        """Write it."""
        self.log(self.seen)

    cancel = service  # where the server ends before a thread was free

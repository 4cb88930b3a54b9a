"""Connections to the server: no client holds too many of them, or one for nothing.

waitress reads a request whole before a thread takes it up and keeps an answer that nobody fetches outside of
memory, so a slow client holds a connection and nothing else; but it would hold it for ever, and there are
only so many.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from api.direct_way import DirectWay, Flight
from api.plain_http import Lines
from api.proxies import read_address, read_networks
from api.short_way import HANDED_OVER, HandedOver
from kg.settings import Settings

# A client that has not sent or taken this many bytes a second is slow.
_BYTES_PER_SECOND = 4096
_LOOK_SECONDS = 1
_AT_ONCE = struct.pack("ii", 1, 0)
# Besides those that answer or await queries, for pages and all that is quick.
_QUICK_THREADS = 8
_TOO_MANY = "this address has too many connections to the service: close some, or use those there are again"
_HEADERS = (("Content-Type", "application/problem+json"), ("X-Content-Type-Options", "nosniff"))


@dataclass(slots=True)
class _Progress:
    """What a connection had sent or taken when it was last looked at; nothing, unless it is at it."""

    since: float = 0.0
    moved: int = 0


class _ProblemTask(ErrorTask):
    """What is said of a request that is not even HTTP, or larger than any that is read."""

    def execute(self) -> None:
        error: Any = self.request.error  # type: ignore[attr-defined]
        body = _problem(HTTPStatus(error.code), str(error.body))
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [*_HEADERS]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Task(WSGITask):
    """A request that a thread answers; its query may have been begun on the direct way."""

    def get_environment(self) -> Any:
        environ: Any = super().get_environment()
        environ[HANDED_OVER] = _handed_over(self.request)
        return environ


class _Channel(HTTPChannel):
    """A connection that counts what moves over it, and on which plain queries go the direct way.

    Attributes:
        moved: bytes.
        progress: what had moved when it was last looked at.
        lines: what the lines of the latest plain request said.
        flight: the query that is on the direct way.
    """

    task_class = _Task
    error_task_class = _ProblemTask
    # The published types know less of these.
    server: Any
    requests: Any
    requests_lock: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.moved = 0
        self.progress = _Progress()
        self.lines = Lines(b"")
        self.flight: Flight | None = None
        super().__init__(*arguments, **named)

    @property
    def at_work(self) -> bool:
        """Whether an answer is awaited or being sent."""
        return bool(self.requests or self.flight is not None or self.total_outbufs_len)

    def received(self, data: bytes) -> bool:
        self.moved += len(data)
        if self.flight is not None:
            # Answers come in the order of the requests, which is what the queue of requests is for.
            self.server.direct.hand_over(self.flight)
        # In this order: of the last request a thread says first that it was the last, then forgets it.
        elif (
            not self.requests
            and self.request is None
            and not (self.will_close or self.close_when_flushed)
            and self.server.direct.take(self, data)
        ):
            return True
        return super().received(data)

    def deliver(self, answer: bytes) -> None:
        """Send an answer from the loop; what the client does not take at once is kept for it."""
        if not self.connected:
            return
        try:
            sent = 0 if self.total_outbufs_len else self.send(answer)
            if sent < len(answer):
                self.write_soon(answer[sent:])
                self.server.pull_trigger()
        except ClientDisconnected:
            return
        except OSError:
            self.will_close = True
        self.last_activity = time.time()

    def hand_over(self, request: bytes, handed: HandedOver) -> None:
        """Have a thread go on with a request from the direct way."""
        parsed: Any = self.parser_class(self.adj)
        parsed.received(request)
        parsed.handed_over = handed
        with self.requests_lock:
            self.requests.append(parsed)
        self.server.add_task(self)

    def service(self) -> None:
        """Answer a request, in a thread; of one whose query runs already, also if the client has gone."""
        request = self.requests[0]
        handed = _handed_over(request)
        try:
            if handed is not None and not self.connected:
                with suppress(ClientDisconnected):
                    self.task_class(self, request).service()
            super().service()
        finally:
            if handed is not None:
                handed.close()

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close)
        self.moved += sent
        return sent

    def abandon(self) -> None:
        """Close the connection, whatever is still to be sent."""
        self.will_close = True
        if self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.handle_close()

    def is_slow(self, now: float, seconds: float) -> bool:
        """Tell whether a request is being sent, or an answer fetched, too slowly; to be asked often."""
        waited_for: Any = self.total_outbufs_len or (self.request is not None and not self.requests)
        if not waited_for:
            self.progress = _Progress()
        elif not self.progress.since:
            self.progress = _Progress(now, self.moved)
        elif now - self.progress.since >= seconds:
            if self.moved - self.progress.moved < _BYTES_PER_SECOND * seconds:
                return True
            self.progress = _Progress(now, self.moved)
        return False


def _handed_over(request: Any) -> HandedOver | None:
    found: HandedOver | None = getattr(request, "handed_over", None)
    return found


class _Server(TcpWSGIServer):
    """waitress with an eye on who connects and how fast, and with a direct way for plain queries."""

    channel_class = _Channel
    active_channels: Any  # by number of the socket; the published types have it otherwise
    _map: Any

    def __init__(self, app: Flask, *arguments: Any, settings: Settings, **named: Any) -> None:
        self._settings = settings
        self._trusted = read_networks(settings.trusted_proxies)
        self.direct = DirectWay(app, self)
        super().__init__(app, *arguments, **named)

    def look_after(self, pipe: int, flight: Flight) -> None:
        """Have the loop tell a query of what comes from its worker."""
        self._map[pipe] = flight

    def look_away(self, pipe: int) -> None:
        """Undo `look_after`."""
        del self._map[pipe]

    def accept(self) -> Any:
        """Take the next connection, if its address has not too many already."""
        found = super().accept()
        if found is None:
            return None
        connection, peer = found
        if self._has_too_many(str(peer[0])):
            with suppress(OSError), connection:
                connection.setblocking(False)
                connection.send(_refusal())
            return None
        return found

    def maintenance(self, now: Any) -> None:
        """Close what has been idle for too long, and what is too slow."""
        super().maintenance(now)
        for channel in tuple(self.active_channels.values()):
            if isinstance(channel, _Channel) and channel.is_slow(now, self._settings.slow_seconds):
                channel.abandon()

    def _has_too_many(self, peer: str) -> bool:
        address = read_address(peer)
        if address is not None and any(address in network for network in self._trusted):
            return False
        held = sum(str(channel.addr[0]) == peer for channel in tuple(self.active_channels.values()))
        return held >= self._settings.connections_per_client


def make_server(app: Flask, listener: socket.socket, settings: Settings, handlers: dict[int, Any]) -> Any:
    """Return the server for a socket that listens.

    Args:
        app: what answers.
        listener: the socket.
        settings: the limits.
        handlers: is filled with what the server's loop looks after.
    """
    adjustments = Adjustments(
        ident=None,
        # Enough that those who wait for queries never keep others from being answered.
        threads=settings.query_workers + settings.query_places + _QUICK_THREADS,
        # `api.proxies` decides whom to believe; without trusted ones it believes nobody.
        clear_untrusted_proxy_headers=False,
        # The application refuses less than this with a reason; more is not even read.
        max_request_body_size=2 * max(settings.request_bytes, settings.upload_bytes),
        # One more request is read while one is answered: that is how a hang-up is noticed.
        channel_request_lookahead=1,
        connection_limit=settings.connections,
        channel_timeout=max(1, round(settings.idle_seconds)),
        cleanup_interval=_LOOK_SECONDS,
        # select() fails at the thousandth open file, and a store may have as many.
        asyncore_use_poll=True,
        log_socket_errors=False,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(adjustments.threads)
    return _Server(
        app,
        handlers,
        True,
        listener,
        dispatcher=dispatcher,
        adj=adjustments,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        bind_socket=False,
        settings=settings,
    )


def _problem(status: HTTPStatus, detail: str) -> bytes:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def _refusal() -> bytes:
    body = _problem(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MANY)
    headers = (*_HEADERS, ("Retry-After", "5"), ("Connection", "close"), ("Content-Length", f"{len(body)}"))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 503 Service Unavailable\r\n{lines}\r\n".encode("ascii") + body

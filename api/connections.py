"""Connections to the server: no client holds too many of them, or one for nothing.

waitress reads a request whole before a thread takes it up and keeps an answer that nobody fetches outside of
memory, so a slow client holds a connection and nothing else; but it would hold it for ever, and there are
only so many.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from api.proxies import read_address
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


class _Channel(HTTPChannel):
    """A connection that counts what moves over it."""

    error_task_class = _ProblemTask

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.moved = 0
        self.progress = _Progress()
        super().__init__(*arguments, **named)

    def received(self, data: bytes) -> bool:
        self.moved += len(data)
        return super().received(data)

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


class _Server(TcpWSGIServer):
    """waitress with an eye on who connects and how fast."""

    channel_class = _Channel
    active_channels: Any  # by number of the socket; the published types have it otherwise

    def __init__(self, *arguments: Any, settings: Settings, **named: Any) -> None:
        self._settings = settings
        self._trusted = tuple(ipaddress.ip_network(each, strict=False) for each in settings.trusted_proxies)
        super().__init__(*arguments, **named)

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


def make_server(app: Flask, listener: socket.socket, settings: Settings, channels: dict[int, Any]) -> Any:
    """Return the server for a socket that listens.

    Args:
        app: what answers.
        listener: the socket.
        settings: the limits.
        channels: is filled with what the server's loop looks after.
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
        channels,
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

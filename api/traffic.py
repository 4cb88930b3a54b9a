"""Who may ask how often, and whose pages may read the answers."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from http import HTTPStatus

from flask import Flask, Response, current_app, request
from werkzeug.datastructures import HeaderSet

from api.errors import problem
from api.proxies import Address, read_address
from kg.settings import Settings

_FOR_STRANGERS = 1200
_MINUTE = 60.0
_CLIENTS = 50_000
# Whoever watches over the service asks these.
_NEVER_LIMITED = frozenset({"health.health", "health.ready", "metrics.metrics"})
_READING = ("GET", "HEAD", "POST", "OPTIONS")
_WRITING = (*_READING, "PUT", "PATCH", "DELETE")
_SENT = ("Accept", "Accept-Language", "Content-Type", "If-Match", "If-None-Match", "X-Query-Id")
_SHOWN = ("ETag", "Link", "Location", "Retry-After", "X-Query-Id")
_A_DAY = 86_400


class RateLimit:
    """So many requests a minute for each client, with a minute's worth at once.

    One number a client is kept, the time at which all that it asked would have been due (the generic cell
    rate algorithm). Those who have not asked for longest are forgotten first: they are the least behind.
    The library `limits` starts a thread at every request to clear its memory, and walks through all clients.
    """

    def __init__(self, per_minute: int, *, clients: int = _CLIENTS) -> None:
        self._interval = _MINUTE / per_minute
        self._clients = clients
        self._due: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str, now: float) -> float:
        """Count a request; return 0 if it may pass, or else in how many seconds one may."""
        with self._lock:
            due = max(self._due.pop(client, now), now)
            late = due + self._interval - _MINUTE - now
            # Nothing is gained by asking again and again: only what may pass counts.
            self._due[client] = due if late > 0 else due + self._interval
            while len(self._due) > self._clients:
                self._due.popitem(last=False)
            return max(0.0, late)


def register(app: Flask, settings: Settings) -> None:
    """Let the service limit its clients, and answer pages of other origins."""
    app.extensions["rate-limit"] = RateLimit(settings.requests_per_minute or _FOR_STRANGERS)
    app.before_request(_limit_rate)
    app.after_request(_allow_origins)


def _limit_rate() -> Response | None:
    settings: Settings = current_app.extensions["knowledge"].settings
    address = read_address(request.remote_addr or "")
    if request.endpoint in _NEVER_LIMITED or request.method == "OPTIONS":
        return None
    if not _counts(address, settings):
        return None
    seconds = current_app.extensions["rate-limit"].wait(_client(address), time.monotonic())
    if not seconds:
        return None
    allowed = settings.requests_per_minute or _FOR_STRANGERS
    after = math.ceil(seconds)
    refusal = problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"one client may send {allowed} requests a minute, and has: go on in {after} seconds, or more slowly",
        slug="too-many-requests",
    )
    refusal.headers["Retry-After"] = str(after)
    return refusal


def is_limited(peer: str, settings: Settings) -> bool:
    """Tell whether the requests of the client at an address are counted."""
    return _counts(read_address(peer), settings)


def client_of(peer: str) -> str:
    """Return what the client at an address is counted under."""
    return _client(read_address(peer))


def _counts(address: Address | None, settings: Settings) -> bool:
    return bool(settings.requests_per_minute) or not (address is None or address.is_loopback)


def _client(address: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> str:
    """Return what a client is counted under: of IPv6 the network, of which everybody has a whole one."""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _allow_origins(response: Response) -> Response:
    """Add what lets pages of the origins that the operator named read the answer.

    Never with credentials: there are no cookies here, and a token is sent by the program that has it. With
    ``*`` no header for a token is let through, so pages of strangers can read and nothing more.
    """
    allowed: tuple[str, ...] = current_app.extensions["knowledge"].settings.cors_origins
    if not allowed:
        return response
    everybody = allowed == ("*",)
    if not everybody:
        response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None or not (everybody or origin in allowed):
        return response
    response.access_control_allow_origin = "*" if everybody else origin
    response.access_control_expose_headers = HeaderSet(_SHOWN)
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.access_control_allow_methods = HeaderSet(_READING if everybody else _WRITING)
        response.access_control_allow_headers = HeaderSet(_SENT if everybody else (*_SENT, "Authorization"))
        response.access_control_max_age = _A_DAY
    return response

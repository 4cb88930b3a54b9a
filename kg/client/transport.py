"""Requests to a service: with time limits, tried again where that is safe, and failures as our own errors.

What is tried again is a request that reads, when the connection fails, a proxy cannot reach the service, or
the service itself says when to come back (429 and 503 with Retry-After). A query that ran into its time limit
is not: it would again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from types import MappingProxyType
from typing import IO, Any, Self
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, TimeoutError

from kg import __version__
from kg.errors import InputError, KgError, NotFoundError, QueryError, ServiceError, StoreError, WithdrawnError
from kg.query.limits import (
    BusyError,
    QueryCancelledError,
    QueryMemoryError,
    QueryTimeoutError,
    ResultTooLargeError,
    TooManyRowsError,
)

_PROBLEMS: Mapping[str, type[KgError]] = MappingProxyType(
    {
        "query-timeout": QueryTimeoutError,
        "query-memory": QueryMemoryError,
        "query-cancelled": QueryCancelledError,
        "busy": BusyError,
        "too-many-requests": BusyError,
        "stopping": BusyError,
        "result-too-large": ResultTooLargeError,
        "too-many-rows": TooManyRowsError,
        "bad-query": QueryError,
        "body-too-large": QueryError,
        "bad-input": InputError,
        "withdrawn": WithdrawnError,
        "not-found": NotFoundError,
        "store": StoreError,
    }
)
_CONNECT_SECONDS = 10.0
_BACKOFF_SECONDS = 0.2
_LONGEST_BACKOFF = 10
_LONGEST_PAUSE = 60
_REDIRECTS = 3
_CHUNK = 1 << 16
_GATEWAY_FAULTS = (502, 504)


class Transport:
    """A service's address, and how it is asked; threads may share it."""

    def __init__(self, address: str, *, timeout: float, retries: int, token: str | None = None) -> None:
        """Prepare to ask.

        Args:
            address: of the service, with or without a path below which it stands.
            timeout: seconds for which the service may be silent.
            retries: how often a request is sent again.
            token: sent with each request, for services behind something that wants one.

        Raises:
            InputError: the address is none.
        """
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                f"{address!r} is no address of a service: give one such as http://127.0.0.1:8000"
            )
        self.address = address.rstrip("/")
        self._timeout = timeout
        self._headers = {"User-Agent": f"yte-kg/{__version__}"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        settings: dict[str, Any] = {
            "timeout": Timeout(connect=min(timeout, _CONNECT_SECONDS), read=timeout),
            "retries": _retry(retries),
        }
        proxy = None if proxy_bypass(parts.hostname) else getproxies().get(parts.scheme)
        self._pool = PoolManager(**settings) if proxy is None else ProxyManager(proxy, **settings)

    def read(self, path: str, parameters: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        """Return the JSON at a path below the address; parameters that are None are left out.

        Raises:
            KgError: the service says what is wrong.
            ServiceError: it cannot be reached, or does not answer as one of ours does.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        query = urlencode(given, doseq=True)
        url = f"{self.address}{path}" + (f"?{query}" if query else "")
        body = self.send("GET", url, {"Accept": "application/json", "Accept-Language": language})
        try:
            told = json.loads(body)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise ServiceError(f"{url} answers, but not as a service of yte-kg does: check the address")
        return told

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
        """Return what a request is answered with; what is sent must only read, since it may be sent again.

        Raises:
            KgError: as for `read`.
        """
        with _said(url, self._timeout):
            response = self._pool.request(method, url, headers={**self._headers, **headers}, body=body)
        _check(response, url)
        return response.data

    def copy(self, url: str, output: IO[bytes], headers: Mapping[str, str], *, most: int) -> None:
        """Write what is at an address, so many bytes at most, as it comes.

        Raises:
            ResultTooLargeError: there are more.
            KgError: as for `read`.
        """
        with _said(url, self._timeout):
            response = self._pool.request(
                "GET", url, headers={**self._headers, **headers}, preload_content=False
            )
            try:
                _check(response, url)
                written = 0
                for chunk in response.stream(_CHUNK):
                    written += len(chunk)
                    if written > most:
                        raise ResultTooLargeError(
                            f"{url} has more than {most} bytes: allow more, or ask for less"
                        )
                    output.write(chunk)
            finally:
                response.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()


class _Patience(Retry):
    """Tries again when a service says, but does not wait for one that says it will take long."""

    def increment(self, *given: Any, **told: Any) -> Self:
        """Return what is left to try; nothing where the service wants more than a minute."""
        response = told.get("response")
        if response is not None and (self.get_retry_after(response) or 0) > _LONGEST_PAUSE:
            raise MaxRetryError(told["_pool"], "")
        return super().increment(*given, **told)


def _retry(times: int) -> Retry:
    """Return what is tried again: any method, since all that is sent here only reads."""
    return _Patience(
        total=times,
        redirect=_REDIRECTS,
        allowed_methods=None,
        status_forcelist=_GATEWAY_FAULTS,
        backoff_factor=_BACKOFF_SECONDS,
        backoff_max=_LONGEST_BACKOFF,
        raise_on_status=False,
        raise_on_redirect=False,
    )


@contextmanager
def _said(url: str, timeout: float) -> Iterator[None]:
    """Tell failures on the way in our own words."""
    try:
        yield
    except HTTPError as error:
        reason = error.reason if isinstance(error, MaxRetryError) else error
        if isinstance(reason, TimeoutError) and not isinstance(reason, ConnectTimeoutError):
            raise ServiceError(
                f"{url} did not answer within {timeout:g} seconds: ask for less, or give a longer timeout"
            ) from None
        raise ServiceError(
            f"{url} cannot be reached ({_plain(reason)}): check the address and whether the service runs"
        ) from None


def _plain(reason: BaseException | None) -> str:
    """Return the system's own words where there are some."""
    while reason is not None and not isinstance(reason, OSError) and reason.__cause__ is not None:
        reason = reason.__cause__
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason).rpartition(": ")[2] or type(reason).__name__


def _check(response: BaseHTTPResponse, url: str) -> None:
    """Raise what an answer says is wrong.

    Raises:
        KgError: it tells a problem; of the class that the same problem has on this machine.
        ServiceError: it is no answer of one of our services.
    """
    if response.status < HTTPStatus.BAD_REQUEST:
        return
    try:
        told = json.loads(response.data)
        detail, slug = str(told["detail"]), str(told["type"]).rpartition("/")[2]
    except (ValueError, TypeError, KeyError):
        raise ServiceError(f"{url} answers with status {response.status}, and not as yte-kg does") from None
    raise _PROBLEMS.get(slug, ServiceError)(detail)

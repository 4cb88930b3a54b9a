"""What is seen of every request from outside the application, and the notes made on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where the environment of a request has its notes.
NOTES = "kg.notes"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that was answered.

    Attributes:
        client: its address.
        method: one of the usual, or "other".
        path: as sent, without what follows the question mark.
        route: the rule that it met ("/id/<path:path>"); empty where none did.
        status: of the answer.
        seconds: from its arrival to the last byte handed over.
        size: bytes of the answer's body.
        notes: what `note` was told.
    """

    client: str
    method: str
    path: str
    route: str
    status: int
    seconds: float
    size: int
    notes: Mapping[str, Any]


Watcher = Callable[[Seen], None]


def note(**notes: Any) -> None:
    """Keep something of the present request for the log and the metrics, such as ``rows=12``."""
    request.environ.setdefault(NOTES, {}).update(notes)


def note_route() -> None:
    """Keep the rule that the present request meets; to be called before every request."""
    if request.url_rule is not None:
        note(route=request.url_rule.rule)


def observed(application: WSGIApplication, watchers: tuple[Watcher, ...]) -> WSGIApplication:
    """Return an application that tells the watchers of each request when its answer has been handed over."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun, status, size = time.monotonic(), [500], [0]

        def start(line: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
            status[0] = int(line[:3])
            return start_response(line, headers, error)

        def counted(parts: Iterable[bytes]) -> Iterator[bytes]:
            for part in parts:
                size[0] += len(part)
                yield part

        def tell() -> None:
            seen = _seen(environ, status=status[0], seconds=time.monotonic() - begun, size=size[0])
            for watcher in watchers:
                watcher(seen)

        parts = application(environ, start)
        closing: list[Callable[[], None]] = [tell]
        if (close := getattr(parts, "close", None)) is not None:
            closing.insert(0, close)
        return ClosingIterator(counted(parts), closing)

    return answer


def _seen(environ: WSGIEnvironment, *, status: int, seconds: float, size: int) -> Seen:
    notes = environ.get(NOTES, {})
    method = environ.get("REQUEST_METHOD", "")
    return Seen(
        client=environ.get("REMOTE_ADDR", ""),
        method=method if method in _METHODS else "other",
        path=environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace"),
        route=notes.get("route", ""),
        status=status,
        seconds=seconds,
        size=size,
        notes=MappingProxyType(notes),
    )

"""Ways to hurt a service over HTTP; each returns how it was stopped."""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from urllib.parse import urlsplit

from tests.bench.killers.queries import KILLERS, PREFIX

ATTACKER = "127.0.0.3"
"""The address from which they come: any of 127.0.0.0/8 is this machine's."""
_PATIENCE = 90.0
_ESTABLISHED = 1  # by the system's own count of the states of a connection
_HEAD = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


def connect(address: str, source: str = ATTACKER) -> http.client.HTTPConnection:
    """Return a connection that has been made."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(
        str(parts.hostname), parts.port, timeout=_PATIENCE, source_address=(source, 0)
    )
    connection.connect()
    return connection


def post(connection: http.client.HTTPConnection, query: str, **headers: str) -> None:
    """Send a query."""
    content = {
        "Content-Type": "application/sparql-query",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    connection.request("POST", "/sparql", query.encode("utf-8"), content)


def ask(address: str, query: str) -> str:
    """Put a killer and wait for what the service says of it."""
    connection = connect(address)
    post(connection, PREFIX + query)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status == 200:
        return f"answered with {len(body)} bytes"
    told = json.loads(body)
    return f"{response.status} {told['type'].rpartition('/')[2]}"


_ENDLESS = PREFIX + KILLERS["cross product, counted"]
_LARGE = PREFIX + 'SELECT * { ?s ?p ?o BIND("' + "x" * 60 + '" AS ?x) } LIMIT 30000'


def hang_up(address: str) -> str:
    """Ask and go away; the log says when the query ended."""
    connection = connect(address)
    query_id = secrets.token_hex(8)
    post(connection, _ENDLESS, X_Query_Id=query_id)
    time.sleep(1)
    connection.close()
    return _gone(address, query_id)


def cancel(address: str) -> str:
    """Ask, and cancel the query by its id."""
    connection, other = connect(address), connect(address)
    query_id = secrets.token_hex(8)
    post(connection, _ENDLESS, X_Query_Id=query_id)
    time.sleep(1)
    other.request("DELETE", f"/sparql/queries/{query_id}")
    cancelled = other.getresponse().status
    response = connection.getresponse()
    told = json.loads(response.read())["type"].rpartition("/")[2]
    connection.close()
    other.close()
    return f"{cancelled}; {response.status} {told}"


def hang_up_often(address: str) -> str:
    """Ask and go away thirty times, faster than queries run."""
    ids = [secrets.token_hex(8) for _ in range(30)]
    for query_id in ids:
        connection = connect(address)
        post(connection, _ENDLESS, X_Query_Id=query_id)
        connection.close()
    return [_gone(address, query_id) for query_id in ids][-1]


def read_slowly(address: str) -> str:
    """Take a large answer a byte a second."""
    return _read(address, size=1)


def stop_reading(address: str) -> str:
    """Ask for a large answer and never take it."""
    return _read(address, size=0)


def _read(address: str, *, size: int) -> str:
    parts = urlsplit(address)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(_PATIENCE)
        connection.bind((ATTACKER, 0))
        connection.connect((parts.hostname, parts.port))
        connection.sendall(f"{_HEAD}Content-Length: {len(_LARGE)}\r\n\r\n{_LARGE}".encode())
        if not connection.recv(100).startswith(b"HTTP/1.1 200"):
            return "no answer"
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            # What has arrived can still be read after the other side has closed.
            if connection.getsockopt(socket.SOL_TCP, socket.TCP_INFO, 1)[0] != _ESTABLISHED:
                return "cut off"
            time.sleep(1)
            connection.recv(size)
    return "never stopped"


def write_body_slowly(address: str) -> str:
    """Send the body of a query a byte a second."""
    return _write(address, f"{_HEAD}Content-Length: 5000\r\n\r\n")


def write_head_slowly(address: str) -> str:
    """Send the head of a request a byte a second."""
    return _write(address, "GET / HTTP/1.1\r\nX-Filler: ")


def _write(address: str, head: str) -> str:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), source_address=(ATTACKER, 0)) as connection:
        connection.sendall(head.encode())
        connection.settimeout(1)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                connection.send(b"x")
                if not connection.recv(1):
                    return "cut off"
            except TimeoutError:
                continue
            except OSError:
                return "cut off"
    return "never stopped"


def hold_connections(address: str) -> str:
    """Open connections and say nothing."""
    parts = urlsplit(address)
    held: list[socket.socket] = []
    refused = 0
    for _ in range(300):
        connection = socket.create_connection((parts.hostname, parts.port), source_address=(ATTACKER, 0))
        connection.settimeout(0.05)
        held.append(connection)
    time.sleep(2)
    for connection in held:
        with suppress(TimeoutError):
            try:
                refused += connection.recv(12).startswith(b"HTTP/1.1 503")
            except ConnectionResetError:
                refused += 1
        connection.close()
    return f"{refused} of {len(held)} refused"


def send_too_much(address: str) -> str:
    """Send a body that is larger than any that is taken."""
    connection = connect(address)
    with suppress(OSError):
        post(connection, "SELECT * {}" + " " * 300 * 1024**2)
    try:
        outcome = str(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        outcome = "cut off"
    connection.close()
    return outcome


def _gone(address: str, query_id: str) -> str:
    """Return how the query of an id is no more: a second cancelling finds nothing to cancel."""
    deadline = time.monotonic() + _PATIENCE
    began = time.monotonic()
    while time.monotonic() < deadline:
        # An id that is free can be used again: the one before it has ended.
        connection = connect(address)
        post(connection, "ASK {}", X_Query_Id=query_id)
        status = connection.getresponse().status
        connection.close()
        if status == 200:
            return f"freed within {time.monotonic() - began:.1f} s"
        time.sleep(0.1)
    return "never stopped"


ATTACKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "hang-up": hang_up,
        "hang-up, thirty times": hang_up_often,
        "cancelled by its id": cancel,
        "slow reader": read_slowly,
        "reader that stops": stop_reading,
        "slow writer of a body": write_body_slowly,
        "slow writer of a head": write_head_slowly,
        "300 silent connections": hold_connections,
        "body of 300 MB": send_too_much,
    }
)

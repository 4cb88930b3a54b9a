"""A worker process's side of the conversation over its pipes: see `kg.query.worker_process`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any


def send(head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one message: a line of JSON, which gives the length of the bytes that follow it."""
    line = json.dumps({**head, "length": len(body)}).encode("utf-8")
    sys.stdout.buffer.write(line + b"\n" + body)
    sys.stdout.buffer.flush()


def requests() -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the requests, each with the bytes that follow it, until the pipe is closed."""
    for line in sys.stdin.buffer:
        head = json.loads(line)
        yield head, sys.stdin.buffer.read(head["length"])

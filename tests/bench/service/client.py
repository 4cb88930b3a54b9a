"""One client: asks a list of questions one after the other over one connection, and says how long each took.

Standard input is one line of JSON ``{"port": …, "path": …, "seconds": …, "texts": [[number, text], …],
"rounds": …}`` and, when it is to begin, an empty line. Standard output is one line of JSON: for each round
the milliseconds of each text, null where it failed or ran into the limit.
"""

from __future__ import annotations

import http.client
import json
import socket
import sys
import time
from urllib.parse import quote


class Caller:
    """A connection to a SPARQL server, kept open and made anew when it breaks."""

    def __init__(self, port: int, path: str, seconds: float) -> None:
        self._port, self._path, self._seconds = port, path, seconds
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, text: str) -> tuple[float | None, bytes]:
        """Return the milliseconds that the answer took, None where there was none, and its body."""
        address = f"{self._path}?query={quote(text, safe='')}"
        began = time.perf_counter()
        try:
            connection = self._connected()
            connection.request("GET", address, headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return None, str(error).encode()
        took = 1000 * (time.perf_counter() - began)
        return (took if response.status == 200 else None), body

    def close(self) -> None:
        """End the connection; the next question makes another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._seconds)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection


def main() -> None:
    """Read what to ask, wait for the sign, ask, and report."""
    wanted = json.loads(sys.stdin.readline())
    caller = Caller(wanted["port"], wanted["path"], wanted["seconds"])
    caller.ask("ASK {}")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    took = [[caller.ask(text)[0] for _, text in wanted["texts"]] for _ in range(wanted["rounds"])]
    json.dump(took, sys.stdout)
    caller.close()


if __name__ == "__main__":
    main()

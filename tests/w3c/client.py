"""A client of the service over one connection, that writes what the tests need and asks what they ask."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

TOKEN = "a token for the tests alone"  # noqa: S105


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        return f"{self.status} {self.media_type} {self.body[:300].decode('utf-8', 'replace')}"


class Client:
    """Holds one dataset in the service and remembers which, so that it is not written twice."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._loaded: Dataset | None = None
        self._graphs: set[str] | None = None

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request with the token; what it may have changed is not known afterwards."""
        if method not in ("GET", "HEAD"):
            self._loaded = self._graphs = None
        return self._send(method, path, body, headers or {})

    def query(self, text: str, *, accept: str) -> Answer:
        """Ask a query, which changes nothing."""
        headers = {"Content-Type": "application/sparql-query; charset=utf-8", "Accept": accept}
        return self._send("POST", "/sparql", text.encode("utf-8"), headers)

    def update(self, text: str) -> Answer:
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        return self.ask("POST", "/sparql", body=text.encode("utf-8"), headers=headers)

    def holds_only(self, graphs: set[str]) -> None:
        """Take it as known that there are no named graphs but these."""
        self._graphs = graphs

    def load(self, dataset: Dataset) -> None:
        """Put a dataset in place of what the service holds, through the Graph Store protocol."""
        if dataset == self._loaded:
            return
        if self._graphs is None:
            self._succeed(self.update("DROP ALL"))
            self._graphs = set()
        for name in self._graphs - set(dataset):
            self._send("DELETE", f"/graph-store?graph={quote(name, safe='')}", None, {})
        for name, (media_type, data) in {None: ("text/turtle", b""), **dataset}.items():
            graph = "default" if name is None else f"graph={quote(name, safe='')}"
            headers = {"Content-Type": media_type}
            self._succeed(self._send("PUT", f"/graph-store?{graph}", data, headers))
        self._loaded = dataset
        self._graphs = {name for name in dataset if name is not None}

    def close(self) -> None:
        self._connection.close()

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        sent = {**headers, "Authorization": f"Bearer {TOKEN}"}
        self._connection.request(method, path, body, sent)
        with self._connection.getresponse() as response:
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, named, response.read())

    @staticmethod
    def _succeed(answer: Answer) -> None:
        assert answer.status < 300, answer


Dataset = dict[str | None, tuple[str, bytes]]
"""What to load: media type and bytes by the name of the graph, None for the default graph."""

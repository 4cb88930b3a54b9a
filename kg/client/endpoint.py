"""SPARQL over HTTP: what SPARQLWrapper makes of a query, sent by our own transport."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from kg.client.source import GraphAnswer, Json
from kg.client.transport import Transport
from kg.query.guard import check_query

_LONGEST_ADDRESS = 2000
"""Characters of a query that still fit into an address; longer ones are sent in a body."""

_LONGEST_QUERY = 1_000_000
_SENT = frozenset({"Accept", "Content-type"})


class Endpoint(SPARQLWrapper):
    """The SPARQL endpoint of a service, asked with its transport's time limits and retries, once."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(f"{transport.address}/sparql")
        self._transport = transport
        self.setOnlyConneg(True)

    def answer(self, query: str) -> Json | GraphAnswer:
        """Return the answer to a query: in the JSON of SPARQL, or as a graph.

        Raises:
            QueryError: it is no query, or cannot be answered.
            ServiceError: the service cannot be reached.
        """
        gives_graph = check_query(query, max_characters=_LONGEST_QUERY).gives_graph
        self.setQuery(query)
        self.setMethod(POST if len(query) > _LONGEST_ADDRESS else GET)
        self.setReturnFormat(TURTLE if gives_graph else JSON)
        body = self.query().response.read()
        return GraphAnswer(body) if gives_graph else json.loads(body)

    def _query(self) -> tuple[Any, str]:
        """Send the request; only the way over the network is replaced."""
        request = self._createRequest()
        headers = {name: value for name, value in request.header_items() if name in _SENT}
        body: Any = request.data
        answered = self._transport.send(request.get_method(), request.full_url, headers, body)
        return BytesIO(answered), self.returnFormat

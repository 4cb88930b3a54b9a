"""The engine alone, behind the same methods as the client: what it passes, the service must pass as well."""

from __future__ import annotations

import json

import pyoxigraph as ox

from tests.w3c.client import Answer, Dataset

_BASE = "http://example.org/base/"


class Engine:
    """An Oxigraph store in memory without guard, limits or HTTP."""

    def __init__(self) -> None:
        self._store = ox.Store()

    def load(self, dataset: Dataset) -> None:
        self._store = ox.Store()
        for name, (media_type, data) in dataset.items():
            graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
            if name is not None:
                self._store.add_graph(graph)
            rdf_format = ox.RdfFormat.from_media_type(media_type)
            self._store.load(data, rdf_format, base_iri=name or _BASE, to_graph=graph)

    def query(self, text: str, *, accept: str) -> Answer:
        try:
            result = self._store.query(text, base_iri=_BASE)
            if isinstance(result, ox.QueryTriples):
                accept = "text/turtle" if accept == "*/*" else accept
                body = ox.serialize(result, format=ox.RdfFormat.from_media_type(accept))
            else:
                accept = "text/tab-separated-values" if accept == "*/*" else accept
                body = result.serialize(format=ox.QueryResultsFormat.from_media_type(accept))
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            return _refused(error)
        return Answer(200, {"content-type": accept}, body or b"")

    def update(self, text: str) -> Answer:
        try:
            self._store.update(text, base_iri=_BASE)
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            return _refused(error)
        return Answer(204, {}, b"")

    def holds_only(self, graphs: set[str]) -> None:
        """Take note of nothing: every dataset gets a store of its own."""


def _refused(error: Exception) -> Answer:
    words = "malformed" if isinstance(error, SyntaxError) else "cannot be answered"
    return Answer(
        400, {"content-type": "application/json"}, json.dumps({"detail": f"{words}: {error}"}).encode()
    )

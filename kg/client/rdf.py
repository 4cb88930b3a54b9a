"""The graph, or part of it, as rdflib has graphs."""

from __future__ import annotations

import tempfile
import warnings

import rdflib

from kg.client.source import Source

MOST_BYTES = 512 * 1024**2
"""How many bytes of N-Quads, or of a packed dump, are read unless more are allowed; a store of 2,000 articles
has some 300 million."""


def read_dataset(source: Source, *, most: int = MOST_BYTES) -> rdflib.Dataset:
    """Return all named graphs of a source; queries see their union.

    Raises:
        ResultTooLargeError: there are more bytes.
    """
    dataset = rdflib.Dataset(default_union=True)
    with tempfile.TemporaryFile() as file:
        source.statements(file, None, most)
        file.seek(0)
        with warnings.catch_warnings():
            # rdflib's own way through its parser warns of parts of itself that it will give up.
            warnings.simplefilter("ignore", DeprecationWarning)
            dataset.parse(file, format="nquads")
    return dataset


def read_named_graph(source: Source, name: str, *, most: int = MOST_BYTES) -> rdflib.Graph:
    """Return one named graph of a source.

    Raises:
        NotFoundError: there is no such graph.
        ResultTooLargeError: it has more bytes.
    """
    graph = rdflib.Graph(identifier=rdflib.URIRef(name))
    with tempfile.TemporaryFile() as file:
        source.statements(file, name, most)
        file.seek(0)
        graph.parse(file, format="nt")
    return graph


def parse_turtle(data: bytes) -> rdflib.Graph:
    """Return the graph that a query answered with."""
    return rdflib.Graph().parse(data=data, format="turtle")

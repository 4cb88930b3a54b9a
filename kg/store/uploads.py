"""Reading a graph that somebody sends: all statements of it, or an error that says what is wrong."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.changes import GraphName, placed
from kg.store.formats import DATASET_FORMATS, TRIPLE_FORMATS

# Entities can be nested until they fill all memory, and name files and addresses.
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_upload(data: bytes, media_type: str, graph: GraphName, *, base: str) -> frozenset[ox.Quad]:
    """Return the statements of a text, all of them in one graph; their blank nodes are new.

    Args:
        data: the whole text.
        media_type: one of `TRIPLE_FORMATS`.
        graph: the graph that they are to stand in.
        base: the address that relative IRIs are relative to.

    Raises:
        QueryError: the format is not known, the text is not in it, or it has named graphs of its own.
    """
    rdf_format = TRIPLE_FORMATS.get(media_type)
    if rdf_format is None:
        raise QueryError(f"{media_type} is not known: send one of {', '.join(TRIPLE_FORMATS)}")
    if media_type == "application/rdf+xml" and _DECLARES.search(data):
        raise QueryError("a document type or entities are not allowed in RDF/XML: write the text itself")
    try:
        quads = frozenset(
            ox.parse(
                data,
                format=rdf_format,
                base_iri=base,
                without_named_graphs=media_type in DATASET_FORMATS,
                rename_blank_nodes=True,
            )
        )
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(_readable(str(error), rdf_format.name)) from None
    return placed(quads, graph)


def _readable(message: str, format_name: str) -> str:
    if "LoadDocumentCallback" in message:
        return "a JSON-LD context elsewhere is not fetched: write the context into the document itself"
    if "Named graphs are not allowed" in message:
        return "the text has named graphs, but goes into one graph: send each to its own address"
    return f"this is not {format_name}: {message}"

"""The formats that a store writes, by media type."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat

TABLE_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}

TRIPLE_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}

# Those of the above that keep graphs apart.
DATASET_FORMATS = frozenset({"application/trig", "application/n-quads", "application/ld+json"})

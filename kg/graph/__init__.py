"""From what an article says to a validated named graph, and from graphs to text and back."""

from kg.graph.derivation import derive_article, derive_edges
from kg.graph.identity_graph import (
    build_identity_graph,
    build_judgements,
    judgement_iri,
    read_judgements,
)
from kg.graph.mapping import ArticleGraph, build_graph
from kg.graph.provenance import build_run
from kg.graph.reference import build_administrative_graph, build_ontology_graph
from kg.graph.serialization import FORMATS, parse_quads, serialize, write_quads
from kg.graph.tenures import things_of, values_of
from kg.graph.validation import Report, Violation, validate_graph

__all__ = [
    "FORMATS",
    "ArticleGraph",
    "Report",
    "Violation",
    "build_administrative_graph",
    "build_graph",
    "build_identity_graph",
    "build_judgements",
    "build_ontology_graph",
    "build_run",
    "derive_article",
    "derive_edges",
    "judgement_iri",
    "parse_quads",
    "read_judgements",
    "serialize",
    "things_of",
    "validate_graph",
    "values_of",
    "write_quads",
]

"""From what an article says to a validated named graph, and from graphs to text and back."""

from kg.graph.derivation import derive_edges
from kg.graph.mapping import ArticleGraph, build_graph
from kg.graph.provenance import build_run
from kg.graph.reference import build_administrative_graph, build_ontology_graph
from kg.graph.serialization import FORMATS, parse_quads, serialize, write_quads
from kg.graph.validation import Report, Violation, validate_graph

__all__ = [
    "FORMATS",
    "ArticleGraph",
    "Report",
    "Violation",
    "build_administrative_graph",
    "build_graph",
    "build_ontology_graph",
    "build_run",
    "derive_edges",
    "parse_quads",
    "serialize",
    "validate_graph",
    "write_quads",
]

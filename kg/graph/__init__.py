"""From what an article says to a validated named graph, and from graphs to text and back."""

from kg.graph.derivation import derive_article, derive_edges
from kg.graph.identity_cuts import Cuts, cuts_of, recut
from kg.graph.identity_file import action_of, judgement_of, merge, read_decisions, write_decisions
from kg.graph.identity_graph import (
    build_identity_graph,
    build_judgements,
    judgement_iri,
    read_canonical,
    read_judgements,
)
from kg.graph.mapping import ArticleGraph, build_graph
from kg.graph.provenance import build_run
from kg.graph.reference import build_administrative_graph, build_ontology_graph, unit_graph_iri
from kg.graph.serialization import FORMATS, parse_quads, serialize, write_quads
from kg.graph.tenures import things_of, values_of
from kg.graph.validation import Report, Violation, validate_graph

__all__ = [
    "FORMATS",
    "ArticleGraph",
    "Cuts",
    "Report",
    "Violation",
    "action_of",
    "build_administrative_graph",
    "build_graph",
    "build_identity_graph",
    "build_judgements",
    "build_ontology_graph",
    "build_run",
    "cuts_of",
    "derive_article",
    "derive_edges",
    "judgement_iri",
    "judgement_of",
    "merge",
    "parse_quads",
    "read_canonical",
    "read_decisions",
    "read_judgements",
    "recut",
    "serialize",
    "things_of",
    "unit_graph_iri",
    "validate_graph",
    "values_of",
    "write_decisions",
    "write_quads",
]

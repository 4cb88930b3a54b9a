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
from kg.graph.indicator_years import (
    Counted,
    IndicatorYear,
    Sum,
    adjusted,
    build_sum,
    find_figures,
    number_of,
    read_counted,
    read_sum,
    sum_graph_iri,
    sum_up,
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
    "Counted",
    "Cuts",
    "IndicatorYear",
    "Report",
    "Sum",
    "Violation",
    "action_of",
    "adjusted",
    "build_administrative_graph",
    "build_graph",
    "build_identity_graph",
    "build_judgements",
    "build_ontology_graph",
    "build_run",
    "build_sum",
    "cuts_of",
    "derive_article",
    "derive_edges",
    "find_figures",
    "judgement_iri",
    "judgement_of",
    "merge",
    "number_of",
    "parse_quads",
    "read_canonical",
    "read_counted",
    "read_decisions",
    "read_judgements",
    "read_sum",
    "recut",
    "serialize",
    "sum_graph_iri",
    "sum_up",
    "things_of",
    "unit_graph_iri",
    "validate_graph",
    "values_of",
    "write_decisions",
    "write_quads",
]

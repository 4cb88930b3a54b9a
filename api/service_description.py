"""What the SPARQL service can do, in the words of SPARQL 1.1 Service Description."""

from __future__ import annotations

from flask import Response

from api.context import knowledge
from api.description import (
    DCT,
    FORMATS,
    GRAPH_FORMATS,
    RDF,
    RDFS,
    SD,
    TABLE_FORMATS,
    Said,
    address_of,
    in_both_languages,
    respond,
    say,
)
from kg.store import text, typed

_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
# What a store can do, by what its default graph is.
_FEATURES = {"union": "UnionDefaultGraph", "own": "EmptyGraphs"}


def describe_service() -> Response:
    """Return the description of the service as it stands: what it takes, gives and holds."""
    endpoint = address_of("/sparql")
    service, graphs, default = (f"{endpoint}#{name}" for name in ("service", "graphs", "default-graph"))
    dataset = address_of("/.well-known/void#dataset")
    store = knowledge().store
    version, count = store.version, len(store.graphs())
    statements = (
        *say(
            service,
            (RDF + "type", SD + "Service"),
            *in_both_languages(RDFS + "label", "site"),
            (SD + "endpoint", endpoint),
            (SD + "supportedLanguage", SD + "SPARQL11Query"),
            *_writing(),
            *((SD + "resultFormat", FORMATS + name) for name in (*TABLE_FORMATS, *GRAPH_FORMATS)),
            (SD + "feature", SD + _FEATURES[knowledge().settings.default_graph]),
            (SD + "defaultEntailmentRegime", _SIMPLE),
            (SD + "availableGraphs", graphs),
            (SD + "defaultDataset", dataset),
        ),
        *say(
            dataset,
            (RDF + "type", SD + "Dataset"),
            (SD + "defaultGraph", default),
        ),
        *say(default, (RDF + "type", SD + "Graph")),
        *say(
            graphs,
            (RDF + "type", SD + "GraphCollection"),
            (DCT + "extent", f"{graphs}-count"),
        ),
        *say(
            f"{graphs}-count",
            (RDF + "type", DCT + "SizeOrDuration"),
            (RDF + "value", typed(str(count), "integer")),
            (RDFS + "label", text(f"{count} đồ thị có tên", "vi")),
            (RDFS + "label", text(f"{count} named graphs", "en")),
        ),
    )
    return respond(statements, version)


def _writing() -> tuple[Said, ...]:
    """Return what is said of writing, which is nothing where nobody may write."""
    if not knowledge().settings.write_token:
        return ()
    return (
        (SD + "supportedLanguage", SD + "SPARQL11Update"),
        *((SD + "inputFormat", FORMATS + name) for name in GRAPH_FORMATS),
    )

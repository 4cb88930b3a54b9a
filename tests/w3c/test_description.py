"""The three tests of the suite for service descriptions, which its manifest names and no more."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from tests.w3c.client import Client
from tests.w3c.manifests import ABSENT, SUITE, Case, read_cases
from tests.w3c.outcomes import OUTCOMES, Outcome

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=ABSENT)

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SECTION = "service-description"
# Domain and range of the properties of the vocabulary, where it gives a class of its own.
_SCHEMA = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", None),
    "supportedLanguage": ("Service", "Language"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
}
_INSTANCES = {
    "Feature": {"UnionDefaultGraph", "EmptyGraphs"},
    "Language": {"SPARQL11Query", "SPARQL11Update"},
}


def _returns_rdf(client: Client) -> str | None:
    for media_type in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"):
        answer = client.ask("GET", "/sparql", headers={"Accept": media_type})
        if (answer.status, answer.media_type) != (200, media_type):
            return str(answer)
        if len(list(ox.parse(answer.body, ox.RdfFormat.from_media_type(media_type)))) < 10:
            return f"there is hardly anything in {answer}"
    return None


def _has_endpoint_triple(client: Client) -> str | None:
    endpoints = set(_described(client).objects(None, SD.endpoint))
    return None if endpoints == {URIRef(f"{client.address}/sparql")} else f"the endpoints are {endpoints}"


def _conforms_to_schema(client: Client) -> str | None:
    graph = _described(client)
    for subject, prop, value in graph:
        if not str(prop).startswith(SD):
            continue
        if (name := str(prop).removeprefix(SD)) not in _SCHEMA:
            return f"the vocabulary has no property {name}"
        domain, kind = _SCHEMA[name]
        if (subject, RDF.type, SD[domain]) not in graph:
            return f"{subject} has {name}, but is no {domain}"
        known = {SD[each] for each in _INSTANCES.get(kind or "", ())}
        if kind is not None and value not in known and (value, RDF.type, SD[kind]) not in graph:
            return f"{name} is {value}, which is no {kind}"
    return None


def _described(client: Client) -> Graph:
    answer = client.ask("GET", "/sparql", headers={"Accept": "text/turtle"})
    return Graph().parse(answer.body, format="turtle")


_CHECKS: dict[str, Callable[[Client], str | None]] = {
    "returns-rdf": _returns_rdf,
    "has-endpoint-triple": _has_endpoint_triple,
    "conforms-to-schema": _conforms_to_schema,
}


@pytest.mark.parametrize("case", read_cases(_SECTION) if SUITE.is_dir() else (), ids=lambda case: case.id)
def test_the_service_describes_itself(client: Client, case: Case, pytestconfig: pytest.Config) -> None:
    problem = _CHECKS[case.name](client)
    pytestconfig.stash.setdefault(OUTCOMES, []).append(Outcome(_SECTION, case.name, problem))
    assert problem is None

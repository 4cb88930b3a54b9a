"""Bare edges between things, derived from claims as the ontology declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.iris import derived_graph_iri
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import DerivedEdge, load_derived_edges

_Properties = dict[str, list[ox.NamedNode | ox.Literal]]


def derive_edges(quads: Iterable[ox.Quad], *, base: str) -> list[ox.Quad]:
    """Return the bare edges that claims give, sorted, in the graph of derived edges.

    A claim lies in one article's graph, so the edges of many articles are those of each, put together.
    """
    wanted, classes = _wanted_properties(), {edge.instance_class for edge in load_derived_edges()}
    properties: defaultdict[str, _Properties] = defaultdict(dict)
    typed: set[tuple[str, str]] = set()
    for quad in quads:
        predicate, target = quad.predicate.value, quad.object
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(target, ox.NamedNode | ox.Literal):
            continue
        if predicate == ns.RDF_TYPE and target.value in classes:
            typed.add((quad.subject.value, target.value))
        elif predicate in wanted:
            properties[quad.subject.value].setdefault(predicate, []).append(target)
    graph = ox.NamedNode(derived_graph_iri(base))
    edges = {
        ox.Quad(source, ox.NamedNode(edge.property), target, graph)
        for edge in load_derived_edges()
        for subject, instance_class in typed
        if instance_class == edge.instance_class
        for source, target in _ends(edge, subject, properties[subject])
    }
    return sorted(edges, key=str)


def _wanted_properties() -> set[str]:
    edges = load_derived_edges()
    return {each for edge in edges for each in (edge.source, edge.target, *edge.conditions)}


def _ends(
    edge: DerivedEdge, subject: str, properties: _Properties
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    for condition in edge.conditions:
        if not any(value.value in edge.values for value in properties.get(condition, ())):
            return
    itself = [ox.NamedNode(subject)]
    for source in itself if edge.source == ns.SELF else properties.get(edge.source, ()):
        for target in itself if edge.target == ns.SELF else properties.get(edge.target, ()):
            if isinstance(source, ox.NamedNode) and isinstance(target, ox.NamedNode):
                yield source, target

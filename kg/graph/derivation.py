"""What follows from an article: bare edges as the ontology declares, careers, blocks, what counts in sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from kg.graph.indicator_years import write_counted
from kg.graph.iris import derived_graph_iri
from kg.graph.order import write_order
from kg.graph.tenures import gather, things_of, write_careers
from kg.graph.writer import GraphWriter
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import DerivedEdge, load_derived_edges

_Properties = dict[str, list[ox.NamedNode | ox.Literal]]
_NOBODY: Mapping[str, str] = MappingProxyType({})


def derive_article(
    quads: Iterable[ox.Quad], canonical: Mapping[str, str], *, graph: str, base: str
) -> tuple[ox.Quad, ...]:
    """Return the graph of what follows from the graph of an article, sorted.

    Args:
        quads: the article's statements.
        canonical: the IRI that stands for each person or body that is not its own.
        graph: the name of the article's graph.
        base: what all IRIs of things begin with, ending in a slash.
    """
    said = tuple(quads)
    writer = GraphWriter(derived_graph_iri(base, graph))
    write_careers(writer, said, base=base)
    for body in things_of(said, ns.RDF_TYPE, ns.UNIT) - canonical.keys():
        writer.link(body, ns.CANONICAL, body)
    write_order(writer, gather(said), canonical, base=base)
    _write_days(writer, said)
    write_counted(writer, said, base=base)
    edges = derive_edges(said, base=base, canonical=canonical, article=graph)
    return tuple(sorted({*writer.quads(), *edges}, key=str))


def _write_days(writer: GraphWriter, said: tuple[ox.Quad, ...]) -> None:
    """Write the days of meetings under a property of their own, by which they are found without all else.

    Meetings begin on some thousand days, administrative units and their changes on ten thousands; a query for
    the meetings of a week has to look at every day under a property.
    """
    meetings = things_of(said, ns.RDF_TYPE, ns.MEETING)
    for quad in said:
        day = quad.object
        if quad.predicate.value != ns.SCHEMA_START_DATE or not isinstance(day, ox.Literal):
            continue
        if day.datatype.value == ns.XSD_DATE and isinstance(quad.subject, ox.NamedNode):
            meeting = quad.subject.value
            writer.typed(meeting, ns.HELD_ON, day.value if meeting in meetings else None, ns.XSD_DATE)


def derive_edges(
    quads: Iterable[ox.Quad], *, base: str, canonical: Mapping[str, str] = _NOBODY, article: str = ""
) -> list[ox.Quad]:
    """Return the bare edges that claims give, sorted, in the graph of derived edges.

    A claim lies in one article's graph, so the edges of many articles are those of each, put together.

    Args:
        quads: of the claims and what they join.
        base: what all IRIs of things begin with, ending in a slash.
        canonical: the IRI that stands for each person or body that is not its own.
        article: the name of the graph that they are from, if from one alone.
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
    graph = ox.NamedNode(derived_graph_iri(base, article))
    edges = {
        ox.Quad(
            _standing_for(source, canonical),
            ox.NamedNode(edge.property),
            _standing_for(target, canonical),
            graph,
        )
        for edge in load_derived_edges()
        for subject, instance_class in typed
        if instance_class == edge.instance_class
        for source, target in _ends(edge, subject, properties[subject])
    }
    return sorted(edges, key=str)


def _standing_for(thing: ox.NamedNode, canonical: Mapping[str, str]) -> ox.NamedNode:
    return ox.NamedNode(canonical[thing.value]) if thing.value in canonical else thing


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

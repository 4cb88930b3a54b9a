"""From what an article says to the statements of its named graph."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.identity import identify
from kg.graph.iris import graph_iri
from kg.graph.mapping.article import write_article
from kg.graph.mapping.awards import write_awards
from kg.graph.mapping.documents import write_citations
from kg.graph.mapping.entities import write_entities
from kg.graph.mapping.figures import write_observations
from kg.graph.mapping.meetings import write_meetings
from kg.graph.mapping.people import write_appointments, write_memberships
from kg.graph.mapping.reorganizations import write_reorganizations
from kg.graph.mapping.scope import Scope
from kg.graph.provenance import Provenance
from kg.graph.writer import GraphWriter
from kg.model.resolution import Resolution

PARTS = (
    write_article,
    write_entities,
    write_memberships,
    write_meetings,
    write_appointments,
    write_observations,
    write_citations,
    write_awards,
    write_reorganizations,
)


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The named graph of one article: its name and its statements, sorted, each once."""

    name: str
    quads: tuple[ox.Quad, ...]


def build_graph(resolution: Resolution, *, base: str) -> ArticleGraph:
    """Return the graph of an article; the same resolution gives the same statements in the same order.

    Args:
        resolution: what the article says.
        base: what all IRIs of things begin with, ending in a slash.
    """
    name = graph_iri(resolution.article, base=base)
    provenance = Provenance(resolution.article, base, GraphWriter(name))
    scope = Scope(
        resolution=resolution,
        identities=identify(resolution, base=base),
        names=resolution.names(),
        provenance=provenance,
        base=base,
    )
    for write in PARTS:
        write(scope)
    return ArticleGraph(name, provenance.finish())

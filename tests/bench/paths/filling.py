"""A store that holds the claims of a made-up world, each with evidence, as the mapping would write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.graph import build_ontology_graph
from kg.graph.iris import ontology_graph_iri
from kg.query.connections_arrays import Edge
from kg.query.names import local_name
from kg.store import open_store
from kg.vocabulary import namespaces as ns
from tests.bench.paths.world import BASE, CLASSES, World

_QUOTES = 20_000
_ROLES = {
    "chaired": "chair",
    "attended": "attends",
    "spokeAt": "speaks",
    "directed": "directs",
    "organised": "organiser",
}
_ENDS = {
    "inPlace": (ns.LOCATION, ns.LOCATED, ns.PLACE),
    "isPartOf": (ns.AFFILIATION, ns.PART, ns.WHOLE),
    "holdsPostIn": (ns.MEMBERSHIP, ns.ORG + "member", ns.ORG + "organization"),
    "holds": (ns.MEMBERSHIP, ns.ORG + "member", ns.ORG + "post"),
    "cites": (ns.CITATION, ns.PROV_WAS_DERIVED_FROM, ns.CITED_DOCUMENT),
    "honoured": (ns.AWARD, ns.CONFERRED_BY, ns.RECIPIENT),
}
_Said = tuple[str, str, str | ox.Literal]


def fill_store(path: Path, world: World) -> None:
    """Write the store; what queries see is put into it at once, without the graphs of single articles."""
    with open_store(path) as store:
        # A first change, so that the store has a version of its own.
        store.replace_graph(ontology_graph_iri(BASE), build_ontology_graph(base=BASE))
    engine = ox.Store(str(path / "data"))
    engine.bulk_extend(
        ox.Quad(
            ox.NamedNode(one), ox.NamedNode(way), ox.NamedNode(other) if isinstance(other, str) else other
        )
        for one, way, other in _everything(world)
    )
    engine.flush()
    engine.optimize()


def _everything(world: World) -> Iterator[_Said]:
    for kind, count in world.counts.items():
        for number in range(count):
            thing = world.name(kind, number)
            yield thing, ns.RDF_TYPE, CLASSES[kind]
            yield thing, ns.RDFS_LABEL, ox.Literal(f"{kind} {number}", language="vi")
    for number in range(_QUOTES):
        yield from _quote(world, number)
    for number, edge in enumerate(world.edges()):
        yield from _claim(edge, f"{BASE}evidence/e{number % _QUOTES}")


def _quote(world: World, number: int) -> Iterator[_Said]:
    one = f"{BASE}evidence/e{number}"
    yield one, ns.RDF_TYPE, ns.EVIDENCE
    yield one, ns.OA_HAS_SOURCE, world.name("article", number % world.counts["article"])
    yield one, ns.OA_HAS_SELECTOR, f"{one}-position"
    yield one, ns.OA_HAS_SELECTOR, f"{one}-quote"
    yield f"{one}-position", ns.OA_START, ox.Literal(str(number))
    yield f"{one}-position", ns.OA_END, ox.Literal(str(number + 40))
    yield f"{one}-quote", ns.OA_EXACT, ox.Literal("ông Đinh Thử Nghiệm, Giám đốc Trung tâm Y tế")


def _claim(edge: Edge, evidence: str) -> Iterator[_Said]:
    name, day = local_name(edge.property), date.fromordinal(edge.days[0]).isoformat()
    if name == "reports":
        yield edge.target, ns.PROV_WAS_DERIVED_FROM, edge.source
        yield edge.target, ns.SCHEMA_START_DATE, ox.Literal(day)
    else:
        ends = _ENDS.get(name, (ns.PARTICIPATION, ns.PARTICIPANT, ns.IN_MEETING))
        yield edge.claim, ns.RDF_TYPE, ends[0]
        yield edge.claim, ends[1], edge.source
        yield edge.claim, ends[2], edge.target
        yield edge.claim, ns.RDFS_LABEL, ox.Literal("điều được nêu", language="vi")
        yield edge.claim, ns.AS_OF, ox.Literal(day)
        if name in _ROLES:
            yield edge.claim, ns.CV + "role", f"{ns.SCHEMES}roles#{_ROLES[name]}"
        if ends[0] in (ns.MEMBERSHIP, ns.AWARD):
            way = ns.FORMER if ends[0] == ns.MEMBERSHIP else ns.PROPOSED
            yield edge.claim, way, ox.Literal(value=False)
    claim = edge.claim if name != "reports" else edge.target
    yield claim, ns.HAS_EVIDENCE, evidence
    yield claim, ns.STATUS, f"{ns.SCHEMES}statuses#extracted"
    yield claim, ns.CONFIDENCE, ox.Literal("0.9")

"""The manifests of the W3C suite: what there is to test, with the files that each test names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Identifier, Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
CNT = Namespace("http://www.w3.org/2011/content#")

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
_BESIDE_THE_CHECKOUT = Path(__file__).parents[2].parent / "shared" / "w3c"
SUITE = Path(os.environ.get("KG_W3C", _BESIDE_THE_CHECKOUT)) / "sparql" / "sparql11"
ABSENT = f"the W3C suite is not at {SUITE}: set KG_W3C to the folder that holds it"


@dataclass(frozen=True)
class Case:
    """One test; `kind` is the local name of its class in the manifest."""

    section: str
    name: str
    kind: str
    manifest: Graph
    node: Node

    @property
    def id(self) -> str:
        return f"{self.section}/{self.name}"

    def the(self, prop: URIRef, of: Node | None = None) -> Node:
        found = self.manifest.value(of or self.node, prop)
        assert found is not None, f"{self.id} has no {prop}"
        return found

    def some(self, prop: URIRef, of: Node | None = None) -> Node | None:
        return self.manifest.value(of or self.node, prop)

    def all(self, prop: URIRef, of: Node | None = None) -> list[Node]:
        return sorted(self.manifest.objects(of or self.node, prop), key=str)

    def items(self, prop: URIRef, of: Node) -> list[Identifier]:
        return [item for item in self.manifest.items(self.the(prop, of)) if isinstance(item, Identifier)]

    def named_graphs(self, of: Node) -> dict[str, Node]:
        """Return the files of named graphs by the names under which they are to be loaded."""
        found = {str(file): file for file in self.all(QT.graphData, of)}
        for data in self.all(UT.graphData, of):
            found[str(self.the(RDFS.label, data))] = self.the(UT.graph, data)
        return found


def file_of(node: Node) -> Path:
    """Return the file in the suite that an IRI of a manifest means."""
    return SUITE / str(node).removeprefix(BASE)


def address_of(file: Path) -> str:
    """Return the IRI under which the suite publishes one of its files."""
    return BASE + file.relative_to(SUITE).as_posix()


@cache
def read_cases(section: str, file: str = "manifest.ttl") -> tuple[Case, ...]:
    """Return the tests of a manifest in its order; those that it defines but does not list come last."""
    address = f"{BASE}{section}/{file}"
    graph = Graph().parse(SUITE / section / file, format="turtle", publicID=address)
    return tuple(_cases(section, graph))


def _cases(section: str, graph: Graph) -> Iterator[Case]:
    listed = [node for entries in graph.objects(None, MF.entries) for node in graph.items(entries)]
    defined = set(graph.subjects(MF.action, None))
    for node in (*listed, *sorted(defined - set(listed), key=str)):
        kind = str(graph.value(node, RDF.type)).partition("#")[2]
        yield Case(section, str(node).partition("#")[2], kind, graph, node)


def sections() -> tuple[str, ...]:
    """Return the sections that there are, in alphabetical order; none where there is no suite."""
    return tuple(sorted(path.parent.name for path in SUITE.glob("*/manifest.ttl")))

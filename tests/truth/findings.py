"""What the built graph says of each article: its nodes, where it names them, and who holds which post.

All of it comes from the store by SPARQL, as any user could ask for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.store import Solutions, Store

_CLASSES = {"Official": "person", "Unit": "body", "AdministrativeUnit": "place"}
_NODES = """
SELECT ?source ?node ?class ?label ?start ?end WHERE {
  VALUES ?class { kg:Official kg:Unit kg:AdministrativeUnit }
  GRAPH ?graph {
    ?article a kg:Article ; kg:documentSource ?source ; schema:mentions ?node .
    ?node a ?class ; rdfs:label ?label ; kg:evidence ?evidence .
    ?evidence oa:hasSource ?article ; oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
  }
}
"""
_POSTS = """
SELECT ?source ?person ?title ?body WHERE {
  VALUES (?class ?holder) { (kg:Membership org:member) (kg:Appointment kg:appointee) }
  GRAPH ?graph {
    ?article a kg:Article ; kg:documentSource ?source .
    ?claim a ?class ; ?holder ?person .
    OPTIONAL { ?claim kg:title ?title }
    OPTIONAL { ?claim org:organization ?body }
  }
}
"""
_SEATS = """
SELECT ?source ?body ?code WHERE {
  GRAPH ?graph {
    ?article a kg:Article ; kg:documentSource ?source .
    ?claim a kg:Location ; kg:located ?body ; kg:place ?place .
    OPTIONAL { ?place kg:code ?code }
  }
}
"""
_VERSIONS = """
SELECT DISTINCT ?place ?code ?since WHERE {
  GRAPH ?graph {
    ?article a kg:Article .
    ?place kg:code ?code .
    OPTIONAL { ?place schema:validFrom ?since }
  }
}
"""
# How a store may say that two nodes are one: whoever is linked so is one node here.
_LINKS = "SELECT ?one ?other WHERE { GRAPH ?graph { ?one kg:canonical|owl:sameAs ?other } }"


@dataclass(slots=True)
class Node:
    """A node as one article has it.

    Attributes:
        iri: the canonical one.
        kind: person, body or place.
        labels: what the article's graph calls it.
        spans: where the article names it.
    """

    iri: str
    kind: str
    labels: set[str] = field(default_factory=set)
    spans: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Found:
    """What the graph of one article holds.

    Attributes:
        nodes: by IRI and kind.
        posts: by person, the titles and bodies.
        seats: by body, the codes of the units that it is for.
    """

    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    posts: defaultdict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    seats: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Findings:
    """What the graphs of all articles hold, by file name, and which versions their places are."""

    articles: Mapping[str, Found]
    versions: Mapping[str, str]


def read_findings(store: Store) -> Findings:
    """Return what the store holds, every node under its canonical IRI."""
    one = _canonical(store)
    articles: defaultdict[str, Found] = defaultdict(Found)
    for row in _rows(store, _NODES):
        kind = _CLASSES[row["class"].rpartition("#")[2]]
        iri = one.get(row["node"], row["node"])
        node = articles[row["source"]].nodes.setdefault((iri, kind), Node(iri, kind))
        node.labels.add(row["label"])
        node.spans.add((int(row["start"]), int(row["end"])))
    for row in _rows(store, _POSTS):
        person, body = (one.get(row[end], row[end]) for end in ("person", "body"))
        articles[row["source"]].posts[person].add((row["title"], body))
    for row in _rows(store, _SEATS):
        articles[row["source"]].seats[one.get(row["body"], row["body"])].add(row["code"])
    versions = {
        one.get(row["place"], row["place"]): f"{row['code']}/{row['since']}"
        for row in _rows(store, _VERSIONS)
    }
    return Findings(articles, versions)


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    for record in answer.records():
        yield {name: value or "" for name, value in record.items()}


def _canonical(store: Store) -> dict[str, str]:
    """Return for every linked node the first of those that are one with it."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while parent.setdefault(iri, iri) != iri:
            parent[iri] = parent[parent[iri]]
            iri = parent[iri]
        return iri

    for row in _rows(store, _LINKS):
        ends = sorted((root(row["one"]), root(row["other"])))
        parent[ends[1]] = ends[0]
    return {iri: root(iri) for iri in list(parent)}

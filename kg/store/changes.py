"""A change of a store: what comes, what goes, and how the engine is told both in one update."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.store.engine import named_node, to_ntriples

DefaultGraph = Literal["union", "own"]
"""What the default graph of a store holds: the union of its named graphs, or what is put into it."""

GraphName = ox.NamedNode | ox.DefaultGraph
_AnyName = GraphName | ox.BlankNode  # the engine's own idea of it
_Function = Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]
DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What turns one content of a store into another, in this order.

    Attributes:
        emptied: graphs that lose all that they hold.
        removed: statements that go.
        dropped: named graphs that are no more, unless something is added to them.
        created: named graphs that there are, even if nothing is in them.
        added: statements that come.
    """

    emptied: frozenset[GraphName] = frozenset()
    removed: frozenset[ox.Quad] = frozenset()
    dropped: frozenset[ox.NamedNode] = frozenset()
    created: frozenset[ox.NamedNode] = frozenset()
    added: frozenset[ox.Quad] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.emptied or self.removed or self.dropped or self.created or self.added)

    @property
    def graphs(self) -> tuple[str | None, ...]:
        """The names of the graphs that it touches, sorted; None for the default graph, which comes first."""
        of_quads = {quad.graph_name for quads in (self.removed, self.added) for quad in quads}
        touched = of_quads | self.emptied | self.dropped | self.created
        named = sorted(graph.value for graph in touched if isinstance(graph, ox.NamedNode))
        return (*((None,) if DEFAULT in touched else ()), *named)


@dataclass(frozen=True, slots=True)
class EngineUpdate:
    """An update in the engine's language, and the functions that it calls."""

    text: str
    functions: dict[ox.NamedNode, _Function]


def placed(quads: Iterable[ox.Quad | ox.Triple], graph: GraphName) -> frozenset[ox.Quad]:
    """Return the statements of these as statements of one graph."""
    return frozenset(ox.Quad(it.subject, it.predicate, it.object, graph) for it in quads)


def graph_named(name: str | None) -> GraphName:
    """Return the graph of a name; without one, the default graph.

    Raises:
        QueryError: the name is no IRI.
    """
    return DEFAULT if name is None else named_node(name)


def replacing(name: str | None, change: Change, *, keep_empty: bool) -> Change:
    """Return what a change adds to a graph as all that the graph is to hold.

    Args:
        name: of the graph; None for the default graph.
        change: what is added, and nothing else.
        keep_empty: whether there is to be a graph even if nothing is in it.
    """
    graph = graph_named(name)
    return Change(
        emptied=frozenset({graph}),
        added=change.added,
        created=frozenset({graph} if keep_empty and isinstance(graph, ox.NamedNode) else ()),
    )


def removing(name: str | None) -> Change:
    """Return the change that takes a graph away."""
    graph = graph_named(name)
    return Change(
        emptied=frozenset({graph}),
        dropped=frozenset({graph} if isinstance(graph, ox.NamedNode) else ()),
    )


def content_after(present: Iterable[ox.Quad], change: Change, name: str | None) -> frozenset[ox.Quad]:
    """Return what a graph holds after a change, from what it holds at present."""
    graph = graph_named(name)
    kept = frozenset() if graph in change.emptied else frozenset(present) - change.removed
    return kept | frozenset(it for it in change.added if it.graph_name == graph)


def effective(engine: ox.Store, change: Change) -> Change:
    """Return the part of a change that is not the case already."""
    emptied = frozenset(graph for graph in change.emptied if _any_in(engine, graph))
    removed = frozenset(it for it in change.removed - change.added if it in engine)
    added = frozenset(it for it in change.added if it not in engine or it.graph_name in change.emptied)
    created = frozenset(it for it in change.created if not engine.contains_named_graph(it))
    dropped = frozenset(it for it in change.dropped if engine.contains_named_graph(it))
    return Change(emptied=emptied, removed=removed, dropped=dropped, created=created, added=added)


def with_union(engine: ox.Store, change: Change) -> Change:
    """Return a change of named graphs with what it means for the union of all, which the default graph holds.

    There are no empty named graphs in such a store: those that it leaves without a statement are dropped.
    """
    removed = set(change.removed)
    for graph in change.emptied:
        removed.update(engine.quads_for_pattern(None, None, None, graph))
    going: defaultdict[ox.Triple, set[_AnyName]] = defaultdict(set)
    for quad in removed - change.added:
        going[quad.triple].add(quad.graph_name)
    coming = {quad.triple for quad in change.added}
    orphans = {
        ox.Quad(*triple)
        for triple, graphs in going.items()
        if triple not in coming and not _held_elsewhere(engine, triple, graphs)
    }
    union = {ox.Quad(*triple) for triple in coming}
    filled = {quad.graph_name for quad in change.added}
    hollow = {
        graph
        for graph in {quad.graph_name for quad in removed} - filled
        if isinstance(graph, ox.NamedNode) and not _any_left(engine, graph, removed)
    }
    return Change(
        emptied=change.emptied,
        removed=change.removed | orphans,
        dropped=change.dropped | hollow,
        added=change.added | union,
    )


def touched_by(engine: ox.Store, change: Change) -> frozenset[str]:
    """Return the IRIs that are subject or object of a statement that comes or goes."""
    quads = set(change.removed | change.added)
    for graph in change.emptied:
        quads.update(engine.quads_for_pattern(None, None, None, graph))
    return frozenset(
        end.value for quad in quads for end in (quad.subject, quad.object) if isinstance(end, ox.NamedNode)
    )


def same_statements(old: set[ox.Triple], new: set[ox.Triple]) -> bool:
    """Tell whether two sets of statements are the same when blank nodes may be named anew."""
    if old == new:
        return True
    if len(old) != len(new) or not any(_has_node(it) for it in new):
        return False
    canonical = []
    for triples in (old, new):
        dataset = ox.Dataset(placed(triples, DEFAULT))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(set(dataset))
    return canonical[0] == canonical[1]


def engine_update(change: Change) -> EngineUpdate:
    """Return the one update that makes a change.

    Blank nodes keep their identity: the text names them by keys, and a function gives the engine the nodes.
    """
    function = ox.NamedNode(f"urn:yte-kg:term:{secrets.token_hex(8)}")
    terms: dict[str, ox.BlankNode | ox.Triple] = {}
    parts = [
        *(f"CLEAR SILENT {_named(graph)}" for graph in sorted(change.emptied, key=str)),
        *_statements("DELETE", change.removed, function, terms),
        *(f"DROP SILENT GRAPH {graph}" for graph in sorted(change.dropped, key=str)),
        *(f"CREATE SILENT GRAPH {graph}" for graph in sorted(change.created, key=str)),
        *_statements("INSERT", change.added, function, terms),
    ]
    return EngineUpdate(";\n".join(parts), {function: lambda key: terms[key.value]} if terms else {})


def _statements(
    verb: str, quads: frozenset[ox.Quad], function: ox.NamedNode, terms: dict[str, ox.BlankNode | ox.Triple]
) -> list[str]:
    graphs: defaultdict[_AnyName, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad.triple)
    plain, parts = [], []
    for graph, triples in graphs.items():
        text = to_ntriples(triples)
        if "_:" in text:  # perhaps a blank node
            named = [it for it in triples if not _has_node(it)]
            text = to_ntriples(named)
            rows = "\n".join(_row(it, terms) for it in triples if _has_node(it))
            values = f"VALUES (?ks ?vs ?p ?ko ?vo) {{ {rows} }}"
            nodes = f"BIND(COALESCE(?vs, {function}(?ks)) AS ?s) BIND(COALESCE(?vo, {function}(?ko)) AS ?o)"
            parts.append(f"{verb} {{ {_inside(graph, '?s ?p ?o')} }}\nWHERE {{ {values}\n{nodes} }}")
        plain.append(_inside(graph, text))
    return [*([f"{verb} DATA {{ {' '.join(plain)} }}"] if plain else []), *parts]


def _inside(graph: _AnyName, text: str) -> str:
    return text if graph == DEFAULT else f"GRAPH {graph} {{ {text} }}"


def _row(triple: ox.Triple, terms: dict[str, ox.BlankNode | ox.Triple]) -> str:
    return f"({_cells(triple.subject, terms)} {triple.predicate} {_cells(triple.object, terms)})"


def _cells(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, terms: dict[str, ox.BlankNode | ox.Triple]
) -> str:
    """Return the key of a term with a blank node in it and no value, or no key and the value."""
    if isinstance(term, ox.BlankNode | ox.Triple) and _has_node(term):
        terms[key := str(len(terms))] = term
        return f'"{key}" UNDEF'
    return f"UNDEF {term}"


def _has_node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    if isinstance(term, ox.Triple):
        return _has_node(term.subject) or _has_node(term.object)
    return isinstance(term, ox.BlankNode)


def _held_elsewhere(engine: ox.Store, triple: ox.Triple, but: set[_AnyName]) -> bool:
    return any(
        quad.graph_name != DEFAULT and quad.graph_name not in but
        for quad in engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )


def _any_in(engine: ox.Store, graph: GraphName) -> bool:
    return next(engine.quads_for_pattern(None, None, None, graph), None) is not None


def _any_left(engine: ox.Store, graph: ox.NamedNode, removed: set[ox.Quad]) -> bool:
    return any(quad not in removed for quad in engine.quads_for_pattern(None, None, None, graph))


def _named(graph: GraphName) -> str:
    return "DEFAULT" if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph}"

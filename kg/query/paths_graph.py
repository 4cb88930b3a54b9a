"""Answers as graphs of networkx, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from kg.query.paths import Path, Paths, Step
from kg.query.paths_around import Neighbourhood
from kg.query.patterns import Matches


def to_networkx(answer: Path | Paths | Neighbourhood | Matches) -> nx.MultiDiGraph[str]:
    """Return the things and edges of an answer, with the claims of each edge.

    Nodes are IRIs with their `name`, and in a neighbourhood `kinds` and `distance`. Edges run as the property
    does; their key is its local name, and they hold `label`, `claims` and `count`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if isinstance(answer, Path | Paths):
        for path in answer.paths if isinstance(answer, Paths) else (answer,):
            graph.add_node(path.source.text, name=path.source.name)
            _add(graph, path.steps)
    elif isinstance(answer, Neighbourhood):
        for near in answer.things:
            graph.add_node(near.thing.text, name=near.thing.name, kinds=near.kinds, distance=near.distance)
        _add(graph, answer.steps)
    else:
        for match in answer.matches:
            for value in match.things.values():
                graph.add_node(value.text, name=value.name)
            _add(graph, match.steps)
    return graph


def _add(graph: nx.MultiDiGraph[str], steps: Iterable[Step]) -> None:
    for step in steps:
        for value in (step.source, step.target):
            graph.add_node(value.text, name=value.name)
        for link in step.links:
            ends = (step.source, step.target) if link.forward else (step.target, step.source)
            graph.add_edge(
                ends[0].text,
                ends[1].text,
                link.property,
                label=link.label,
                claims=link.claims,
                count=link.count,
            )

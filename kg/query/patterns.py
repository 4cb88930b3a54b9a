"""Patterns of paths as data: chains of kinds and properties, by name in ``patterns.yaml`` or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

import yaml

from kg.errors import QueryError
from kg.query.names import local_name
from kg.query.paths import Limit, Step
from kg.query.records import Value
from kg.vocabulary import namespaces as ns
from kg.vocabulary.relation_types import load_derived_edges
from kg.vocabulary.turtle import objects

MOST_NODES = 7
Direction = Literal["forward", "backward", "either"]


@dataclass(frozen=True, slots=True)
class PatternNode:
    """A thing of a pattern.

    Attributes:
        name: under which a match tells it.
        kind: local name of its class; None for any.
        parameter: what says which thing it is; None where nothing does.
        thing: an IRI, a path or a name: which thing it is, in a pattern that is not in the catalogue.
    """

    name: str
    kind: str | None = None
    parameter: str | None = None
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class PatternStep:
    """What joins a node with the next.

    Attributes:
        properties: local names, any one of which is enough; every property where there is none.
        direction: forward where the edge starts at the node before the step.
        claims: of a pattern that is a question, the variables that hold its claims.
    """

    properties: tuple[str, ...] = ()
    direction: Direction = "forward"
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A chain of nodes and the steps between them, one fewer.

    Attributes:
        question: the file of SPARQL that finds its matches; None where they are found along the edges.
    """

    name: str
    nodes: tuple[PatternNode, ...]
    steps: tuple[PatternStep, ...]
    title_vi: str = ""
    title_en: str = ""
    question: str | None = None

    def title(self, language: str) -> str:
        """Return the title in Vietnamese, or in English for "en"."""
        return self.title_en if language == "en" else self.title_vi

    @property
    def parameters(self) -> Mapping[str, str | None]:
        """The parameters, each with the kind of thing that it takes; None for any kind."""
        return MappingProxyType({node.parameter: node.kind for node in self.nodes if node.parameter})


@dataclass(frozen=True, slots=True)
class Match:
    """Things that fit a pattern, by the names of its nodes, and what joins each with the next."""

    things: Mapping[str, Value]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """What fits a pattern, in the order of IRIs, and the limits that were reached."""

    pattern: Pattern
    matches: tuple[Match, ...]
    limits: tuple[Limit, ...]


@cache
def load_patterns() -> Mapping[str, Pattern]:
    """Return the catalogue, in the order of its file."""
    text = files("kg.query").joinpath("patterns.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: read_pattern(
                name, said, titles=(said["title"]["vi"], said["title"]["en"]), question=said.get("question")
            )
            for name, said in yaml.safe_load(text).items()
        }
    )


def read_pattern(
    name: str, said: Any, *, titles: tuple[str, str] = ("", ""), question: str | None = None
) -> Pattern:
    """Return a pattern from plain data: ``{"nodes": [{…}, …], "steps": [{…}, …]}``.

    Raises:
        QueryError: it is none; the message says where and what is allowed.
    """
    if not isinstance(said, dict):
        raise QueryError('a pattern is an object {"nodes": […], "steps": […]}')
    nodes = tuple(_node(each, number) for number, each in enumerate(_list(said, "nodes")))
    steps = tuple(_step(each, number) for number, each in enumerate(_list(said, "steps")))
    if not 2 <= len(nodes) <= MOST_NODES:
        raise QueryError(f"nodes holds {len(nodes)}, but takes from 2 to {MOST_NODES}")
    if len(steps) != len(nodes) - 1:
        raise QueryError(
            f"steps holds {len(steps)}, but takes one between each two nodes, {len(nodes) - 1} here"
        )
    if len({node.name for node in nodes}) < len(nodes):
        raise QueryError("two of the nodes have one name")
    return Pattern(
        name=name, nodes=nodes, steps=steps, title_vi=titles[0], title_en=titles[1], question=question
    )


@cache
def pattern_properties() -> tuple[str, ...]:
    """Return the local names of the properties that steps may have."""
    return tuple(dict.fromkeys(local_name(edge.property) for edge in load_derived_edges()))


@cache
def pattern_kinds() -> tuple[str, ...]:
    """Return the local names of the classes that nodes may have."""
    return tuple(local_name(each) for each in objects(ns.LABEL_PROPERTY) if each.startswith(ns.KG))


def _list(said: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = said.get(name)
    if not isinstance(found, list):
        raise QueryError(f"{name} is {'missing' if found is None else 'no list'}; it takes a list of objects")
    return found


def _node(said: Any, number: int) -> PatternNode:
    where = f"nodes[{number}]"
    _check(said, where, ("name", "kind", "is", "parameter"))
    kind = _text(said, where, "kind")
    if kind is not None and kind not in pattern_kinds():
        raise QueryError(f"{where}.kind is {kind!r}, but takes one of {', '.join(pattern_kinds())}")
    name = _text(said, where, "name") or f"node{number + 1}"
    return PatternNode(name, kind, _text(said, where, "parameter"), _text(said, where, "is"))


def _step(said: Any, number: int) -> PatternStep:
    where = f"steps[{number}]"
    _check(said, where, ("properties", "direction", "claims"))
    properties = said.get("properties", [])
    if not isinstance(properties, list):
        raise QueryError(f"{where}.properties is no list")
    for name in properties:
        if name not in pattern_properties():
            allowed = ", ".join(pattern_properties())
            raise QueryError(f"{where}.properties holds {name!r}, but takes some of {allowed}")
    direction = said.get("direction", "forward")
    if direction not in get_args(Direction):
        raise QueryError(
            f"{where}.direction is {direction!r}, but takes one of {', '.join(get_args(Direction))}"
        )
    return PatternStep(tuple(properties), direction, tuple(said.get("claims", ())))


def _check(said: Any, where: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(said, dict):
        raise QueryError(f"{where} is no object")
    if unknown := [name for name in said if name not in allowed]:
        raise QueryError(f"{where} has {unknown[0]!r}, but takes {', '.join(allowed)}")


def _text(said: Mapping[str, Any], where: str, name: str) -> str | None:
    found = said.get(name)
    if found is not None and (not isinstance(found, str) or not found.strip()):
        raise QueryError(f"{where}.{name} is {found!r}, but takes a text")
    return found

"""What the shapes ask of each class of things, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.vocabulary import namespaces as ns
from kg.vocabulary.turtle import read_shapes

_SH = "http://www.w3.org/ns/shacl#"
_NODE_KINDS: Mapping[str, str] = MappingProxyType({"IRI": "an IRI", "Literal": "a literal"})
# The order in which the parts of one constraint are told.
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "datatype": "`{}`",
        "class": "a `{}`",
        "minLength": "at least {} characters",
        "minInclusive": "{} or more",
        "maxInclusive": "{} or less",
        "pattern": "as in `{}`",
        "hasValue": "`{}`",
        "lessThan": "less than its `{}`",
        "lessThanOrEquals": "at most its `{}`",
        "disjoint": "another than its `{}`",
    }
)

_Node = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape asks.

    Attributes:
        path: the property, or properties one after the other; empty where the thing itself is meant.
        demand: what must hold, in words.
        message: what is said where it does not.
        warning: whether the graph is stored all the same.
    """

    path: tuple[str, ...]
    demand: str
    message: str
    warning: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of things of some classes."""

    name: str
    classes: tuple[str, ...]
    constraints: tuple[Constraint, ...]


def read_constraints() -> tuple[Shape, ...]:
    """Return every shape that is about classes, in the order of the file."""
    nodes: dict[str, dict[str, tuple[str, ...]]] = {}
    for statement in read_shapes():
        held = nodes.setdefault(statement.subject, {})
        held[statement.predicate] = (*held.get(statement.predicate, ()), statement.object)
    return tuple(
        Shape(name, node[_SH + "targetClass"], tuple(_constraints(node, nodes)))
        for name, node in nodes.items()
        if _SH + "targetClass" in node
    )


def short_name(iri: str) -> str:
    """Return an IRI with the prefix of its namespace, kg:Meeting, or as it is where it has none."""
    for prefix, namespace in ns.PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    if iri.startswith(ns.SCHEMES):
        return iri.removeprefix(ns.SCHEMES).replace("#", ":")
    return iri


def _constraints(node: _Node, nodes: Mapping[str, _Node]) -> Iterator[Constraint]:
    if demand := _demand(node, nodes):
        yield Constraint((), demand, _one(node, "message"), _is_warning(node))
    for each in node.get(_SH + "property", ()):
        part = nodes[each]
        path = _path(_one(part, "path"), nodes)
        yield Constraint(path, _demand(part, nodes), _one(part, "message"), _is_warning(part))


def _demand(node: _Node, nodes: Mapping[str, _Node]) -> str:
    parts = [_count(node)]
    parts += [_NODE_KINDS[each.removeprefix(_SH)] for each in node.get(_SH + "nodeKind", ())]
    for name, words in _TOLD.items():
        parts += [words.format(short_name(each)) for each in node.get(_SH + name, ())]
    parts = ["not empty" if part == "at least 1 characters" else part for part in parts]
    for each in node.get(_SH + "in", ()):
        parts.append("one of " + ", ".join(f"`{short_name(value)}`" for value in _members(each, nodes)))
    for each in node.get(_SH + "or", ()):
        parts.append(" or ".join(_alternative(member, nodes) for member in _members(each, nodes)))
    return ", ".join(filter(None, parts))


def _alternative(name: str, nodes: Mapping[str, _Node]) -> str:
    asked = [
        f"`{'` / `'.join(each.path)}` {each.demand}" for each in _constraints(nodes[name], nodes) if each.path
    ]
    return " and ".join(asked) or _demand(nodes[name], nodes)


def _count(node: _Node) -> str:
    least, most = int(_one(node, "minCount") or 0), _one(node, "maxCount")
    match least, most:
        case (1, "1"):
            return "exactly one"
        case (0, "1"):
            return "at most one"
        case (0, "0"):
            return "none"
        case (0, ""):
            return ""
        case _:
            return "at least one" if least == 1 else f"at least {least}"


def _path(name: str, nodes: Mapping[str, _Node]) -> tuple[str, ...]:
    return tuple(short_name(each) for each in (_members(name, nodes) if name.startswith("_:") else (name,)))


def _members(name: str, nodes: Mapping[str, _Node]) -> Iterator[str]:
    while name != ns.RDF + "nil":
        yield nodes[name][ns.RDF + "first"][0]
        name = nodes[name][ns.RDF + "rest"][0]


def _one(node: _Node, name: str) -> str:
    return node.get(_SH + name, ("",))[0]


def _is_warning(node: _Node) -> bool:
    return _one(node, "severity") == _SH + "Warning"

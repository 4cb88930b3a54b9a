"""How things are connected, as JSON: paths, neighbourhoods, patterns."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query.paths import Limit, Path, Paths, Step
from kg.query.paths_around import Neighbourhood
from kg.query.patterns import Matches, Pattern, PatternNode, load_patterns, pattern_kinds, pattern_properties
from kg.query.telling.things import Json, claim_json, value_json


def path_json(path: Path) -> Json:
    """Return a path with the claims of every step."""
    return {
        "source": value_json(path.source),
        "target": value_json(path.target),
        "length": len(path.steps),
        "steps": [step_json(step) for step in path.steps],
    }


def paths_json(found: Paths) -> Json:
    """Return paths: all of them under `paths`, and the best of them as a single path is told."""
    told = [path_json(path) for path in found.paths]
    return {**told[0], "count": len(told), "paths": told, "limits": limits_json(found.limits)}


def step_json(step: Step) -> Json:
    """Return two neighbours with everything that joins them."""
    return {
        "source": value_json(step.source),
        "target": value_json(step.target),
        "links": [
            {
                "property": link.property,
                "label": link.label,
                "forward": link.forward,
                "claims": [claim_json(claim) for claim in link.claims],
                "count": link.count,
            }
            for link in step.links
        ],
    }


def neighbourhood_json(found: Neighbourhood) -> Json:
    """Return a neighbourhood."""
    return {
        "thing": value_json(found.thing),
        "count": len(found.things),
        "things": [
            {
                **value_json(near.thing),
                "types": list(near.kinds),
                "distance": near.distance,
                "edges": near.edges,
            }
            for near in found.things
        ],
        "steps": [step_json(step) for step in found.steps],
        "limits": limits_json(found.limits),
    }


def patterns_json(language: str) -> Json:
    """Return the catalogue of patterns, and what patterns of one's own may be made of."""
    return {
        "patterns": [pattern_json(each, language) for each in load_patterns().values()],
        "kinds": list(pattern_kinds()),
        "properties": list(pattern_properties()),
    }


def pattern_json(pattern: Pattern, language: str) -> Json:
    """Return a pattern as one may send it, with its title and parameters."""
    return {
        "name": pattern.name,
        "title": pattern.title(language),
        "parameters": [{"name": name, "type": kind} for name, kind in pattern.parameters.items()],
        "nodes": [_node_json(node) for node in pattern.nodes],
        "steps": [
            {"properties": list(step.properties), "direction": step.direction} for step in pattern.steps
        ],
    }


def matches_json(found: Matches, language: str) -> Json:
    """Return what fits a pattern."""
    return {
        "pattern": pattern_json(found.pattern, language),
        "count": len(found.matches),
        "matches": [
            {
                "things": {name: value_json(value) for name, value in match.things.items()},
                "steps": [step_json(step) for step in match.steps],
            }
            for match in found.matches
        ],
        "limits": limits_json(found.limits),
    }


def limits_json(limits: Iterable[Limit]) -> list[Json]:
    """Return the limits that were reached."""
    return [{"name": limit.name, "value": limit.value} for limit in limits]


def _node_json(node: PatternNode) -> Json:
    said = {"name": node.name, "kind": node.kind, "is": node.thing}
    return {name: value for name, value in said.items() if value is not None}

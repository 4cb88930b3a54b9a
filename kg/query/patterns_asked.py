"""Patterns as people ask for them: which thing each parameter means, on which days, how many matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, product

import numpy as np

from kg.errors import NotFoundError, QueryError
from kg.query.catalog import QUESTIONS
from kg.query.connections import Numbers
from kg.query.knowledge import Knowledge
from kg.query.names import local_name
from kg.query.paths import Limit, Link, Step, Telling, reached
from kg.query.paths_asked import identified, within
from kg.query.paths_search import Budget, Terrain
from kg.query.patterns import Match, Matches, Pattern, PatternNode, PatternStep, load_patterns
from kg.query.patterns_matching import Chain, find_matches
from kg.query.views import read_claim, to_value
from kg.store import Term
from kg.vocabulary.relation_types import label_of, load_derived_edges

MOST_MATCHES = 100
_CLAIMS = 5
_MOST_CHOICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRequest:
    """What is wanted of a pattern.

    Attributes:
        values: things by parameter, each an IRI, a path or a name.
        on: first and last of the days on one of which every edge must hold or have been seen.
        limit: how many matches at most, from 1 to `MOST_MATCHES`.
    """

    values: Mapping[str, str]
    on: tuple[date, date] | None = None
    limit: int = 20


def named_pattern(name: str) -> Pattern:
    """Return a pattern of the catalogue.

    Raises:
        NotFoundError: there is none of that name.
    """
    found = load_patterns().get(name)
    if found is None:
        raise NotFoundError(f"there is no pattern {name!r}; there are {', '.join(load_patterns())}")
    return found


def ask_pattern(
    knowledge: Knowledge, pattern: Pattern, request: PatternRequest, *, language: str = "vi"
) -> Matches:
    """Return what fits a pattern.

    Raises:
        QueryError: a parameter is none of the pattern's, or the limit is out of bounds.
        NotFoundError: a thing is not known, or joins nothing.
    """
    within("limit", request.limit, MOST_MATCHES)
    allowed = ", ".join(pattern.parameters) or "none"
    if unknown := [name for name in request.values if name not in pattern.parameters]:
        raise QueryError(f"{pattern.name} has no parameter {unknown[0]!r}; it takes {allowed}")
    days = None if request.on is None else (request.on[0].toordinal(), request.on[1].toordinal())
    telling = Telling(knowledge.view(language), knowledge.connections, days, _CLAIMS)
    if pattern.question is not None:
        return _by_question(knowledge, pattern, request, telling)
    return _along_edges(knowledge, pattern, request, telling)


def _along_edges(
    knowledge: Knowledge, pattern: Pattern, request: PatternRequest, telling: Telling
) -> Matches:
    graph, budget = knowledge.connections, Budget()
    chain = Chain(
        Terrain(graph, graph.detours, days=telling.days),
        tuple(_things(knowledge, node, request.values) for node in pattern.nodes),
        pattern.steps,
    )
    found = list(islice(find_matches(chain, budget=budget), request.limit + 1))
    matches = tuple(_match(pattern, things, telling) for things in found[: request.limit])
    limits = (Limit("limit", request.limit),) if len(found) > request.limit else ()
    steps = (step for match in matches for step in match.steps)
    return Matches(pattern, matches, (*limits, *reached(budget, steps, telling)))


def _things(knowledge: Knowledge, node: PatternNode, values: Mapping[str, str]) -> Numbers:
    graph = knowledge.connections
    allowed = graph.of_kind(node.kind) if node.kind else np.ones(graph.size, np.bool_)
    typed = node.thing if node.parameter is None else values.get(node.parameter)
    if typed is not None:
        role = node.parameter or node.name
        chosen = np.zeros(graph.size, np.bool_)
        chosen[list(identified(knowledge, typed, role, kind=node.kind))] = True
        allowed &= chosen
    return allowed


def _match(pattern: Pattern, things: tuple[int, ...], telling: Telling) -> Match:
    steps = []
    for (one, other), wanted in zip(pairwise(things), pattern.steps, strict=True):
        step = telling.step(one, other)
        links = tuple(link for link in step.links if _fits(link, wanted))
        steps.append(Step(step.source, step.target, links))
    names = (node.name for node in pattern.nodes)
    return Match(dict(zip(names, map(telling.value, things), strict=True)), tuple(steps))


def _fits(link: Link, step: PatternStep) -> bool:
    if step.properties and link.property not in step.properties:
        return False
    return step.direction == "either" or link.forward == (step.direction == "forward")


def _by_question(
    knowledge: Knowledge, pattern: Pattern, request: PatternRequest, telling: Telling
) -> Matches:
    """Return the rows of a file of SPARQL as matches of one step.

    Raises:
        QueryError: a day is given; the file compares periods of its own.
    """
    if request.on is not None:
        raise QueryError(f"{pattern.name} takes no day: it compares all periods")
    matches: list[Match] = []
    for values in _members(knowledge, request.values):
        found = QUESTIONS[str(pattern.question)].select(knowledge.store, **values)
        for row in found.rows:
            said = {name: term for name, term in zip(found.variables, row, strict=True) if term is not None}
            matches.append(_from_row(pattern, said, telling))
            if len(matches) > request.limit:
                limits = (Limit("limit", request.limit),)
                return Matches(pattern, tuple(matches)[: request.limit], limits)
    return Matches(pattern, tuple(matches), ())


def _members(knowledge: Knowledge, values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the parameters with every choice of the IRIs that articles gave to the things that are meant."""
    meant = [
        [
            member
            for number in identified(knowledge, typed, name)
            for member in knowledge.names.members(knowledge.connections.things[number])
        ]
        for name, typed in values.items()
    ]
    for chosen in islice(product(*meant), _MOST_CHOICES):
        yield dict(zip(values, chosen, strict=True))


def _from_row(pattern: Pattern, said: Mapping[str, Term], telling: Telling) -> Match:
    view = telling.view
    things = {node.name: to_value(view, said[node.name]) for node in pattern.nodes}
    steps = []
    for (one, other), step in zip(pairwise(things.values()), pattern.steps, strict=True):
        claims = tuple(read_claim(view, said[name].value) for name in step.claims)
        name = step.properties[0]
        label = label_of(_iri_of(name), view.language)
        steps.append(Step(one, other, (Link(name, label, step.direction == "forward", claims, len(claims)),)))
    return Match(things, tuple(steps))


def _iri_of(name: str) -> str:
    return next(edge.property for edge in load_derived_edges() if local_name(edge.property) == name)

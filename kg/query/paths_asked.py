"""Paths and neighbourhoods as people ask for them: by names, kinds, days and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from kg.errors import NotFoundError, QueryError
from kg.query.connections import Connections, Numbers
from kg.query.knowledge import Knowledge
from kg.query.paths import Limit, Paths, Telling, tell_paths
from kg.query.paths_around import Neighbourhood, find_neighbourhood
from kg.query.paths_search import Budget
from kg.query.paths_ways import Way, Wish, find_ways

MOST_PATHS = 10
MOST_LENGTH = 12
MOST_DEPTH = 3
MOST_THINGS = 300
_MOST_NAMED = 5
_MOST_ENDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsRequest:
    """Which paths are wanted.

    Attributes:
        count: how many at most, from 1 to `MOST_PATHS`.
        max_length: steps of the longest, from 1 to `MOST_LENGTH`.
        through: kinds ("Meeting") or things; every path passes through one of each that is given.
        avoiding: kinds or things that no path passes through.
        on: first and last of the days on one of which every edge must hold or have been seen.
        hubs: pass through what is very well joined, such as a province, as through anything else.
    """

    count: int = 1
    max_length: int = 8
    through: tuple[str, ...] = ()
    avoiding: tuple[str, ...] = ()
    on: tuple[date, date] | None = None
    hubs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourhoodRequest:
    """Which neighbours are wanted: to which depth, how many, on which days and whether also beyond hubs."""

    depth: int = 1
    limit: int = 50
    on: tuple[date, date] | None = None
    hubs: bool = False


def ask_paths(
    knowledge: Knowledge, ends: tuple[str, str], request: PathsRequest, *, language: str = "vi"
) -> Paths:
    """Return the paths between two things, each an IRI, a path or a name.

    Raises:
        QueryError: a number is out of bounds, or too many things are named.
        NotFoundError: something is not known, or nothing joins the two as wished.
    """
    within("k", request.count, MOST_PATHS)
    within("max_length", request.max_length, MOST_LENGTH)
    telling = Telling(knowledge.view(language), knowledge.connections, _days(request.on))
    wish = Wish(
        count=request.count,
        max_length=request.max_length,
        through=tuple(_set(knowledge, each, "through") for each in _few("through", request.through)),
        closed=_union(_set(knowledge, each, "avoiding") for each in _few("avoiding", request.avoiding)),
        days=telling.days,
        hubs=request.hubs,
    )
    budget, limits = Budget(), list[Limit]()
    best: tuple[Way, ...] = ()
    sources, targets = (
        identified(knowledge, end, role) for end, role in zip(ends, ("source", "target"), strict=True)
    )
    if len(sources) > _MOST_ENDS or len(targets) > _MOST_ENDS:
        limits.append(Limit("namesakes", _MOST_ENDS))
    for source in sources[:_MOST_ENDS]:
        for target in targets[:_MOST_ENDS]:
            found = find_ways(telling.connections, source, target, wish, budget=budget)
            if found and (not best or len(found[0]) < len(best[0])):
                best = found
    if not best:
        raise NotFoundError(_nothing(ends, request, budget))
    told = tell_paths(telling, best, budget=budget)
    return Paths(told.paths, (*told.limits, *limits))


def ask_neighbourhood(
    knowledge: Knowledge, thing: str, request: NeighbourhoodRequest, *, language: str = "vi"
) -> Neighbourhood:
    """Return what stands around a thing, which is given by an IRI, a path or a name.

    Raises:
        QueryError: a number is out of bounds.
        NotFoundError: the thing is not known, or joins nothing.
    """
    within("depth", request.depth, MOST_DEPTH)
    within("limit", request.limit, MOST_THINGS)
    telling = Telling(knowledge.view(language), knowledge.connections, _days(request.on), claims=3)
    middle = identified(knowledge, thing, "thing")[0]
    return find_neighbourhood(telling, middle, request.depth, limit=request.limit, hubs=request.hubs)


def identified(knowledge: Knowledge, typed: str, role: str, *, kind: str | None = None) -> tuple[int, ...]:
    """Return the numbers of what goes by a name, of a kind if one is given, and is joined to something.

    Raises:
        NotFoundError: nothing is.
    """
    found = knowledge.identify(typed, kind=kind, role=role)
    numbers = tuple(n for each in found if (n := knowledge.connections.things.find(each)) is not None)
    if not numbers:
        label = knowledge.names.label(found[0], "vi")
        raise NotFoundError(f"{role}: nothing is joined to {label} ({found[0]})")
    return numbers


def within(name: str, value: int, most: int) -> None:
    """Refuse a number below one or above the most.

    Raises:
        QueryError: it is; the message names the parameter.
    """
    if not 1 <= value <= most:
        raise QueryError(f"{name} is {value}, but takes a number from 1 to {most}")


def path_kinds(connections: Connections) -> tuple[str, ...]:
    """Return the kinds that paths may pass through or avoid: those that something is of."""
    return tuple(kind for kind in connections.kinds if connections.of_kind(kind).any())


def _set(knowledge: Knowledge, typed: str, role: str) -> Numbers:
    """Return a kind's things, or those that go by a name."""
    connections = knowledge.connections
    if typed in connections.kinds:
        return connections.of_kind(typed)
    members = np.zeros(connections.size, np.bool_)
    try:
        members[list(identified(knowledge, typed, role))] = True
    except NotFoundError:
        kinds = ", ".join(path_kinds(connections))
        raise NotFoundError(
            f"{role} is {typed!r}, which is no thing that anything here is joined to, "
            f"nor one of the kinds {kinds}"
        ) from None
    return members


def _few(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > _MOST_NAMED:
        raise QueryError(f"{name} names {len(values)} kinds or things, but takes at most {_MOST_NAMED}")
    return values


def _union(sets: Iterable[Numbers]) -> Numbers | None:
    found: Numbers | None = None
    for each in sets:
        found = each if found is None else found | each
    return found


def _days(on: tuple[date, date] | None) -> tuple[int, int] | None:
    return None if on is None else (on[0].toordinal(), on[1].toordinal())


def _nothing(ends: tuple[str, str], request: PathsRequest, budget: Budget) -> str:
    if budget.spent:
        return f"nothing joins {ends[0]!r} and {ends[1]!r} as far as the search could go; ask for less"
    asked = [f"within {request.max_length} steps"]
    asked += [f"through {each}" for each in request.through]
    asked += [f"without {each}" for each in request.avoiding]
    asked += [f"from {request.on[0]} to {request.on[1]}"] if request.on else []
    return f"nothing joins {ends[0]!r} and {ends[1]!r} {', '.join(asked)}"

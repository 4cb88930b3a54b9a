"""Paths: how things connect, what stands around one, and what fits a pattern."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType

from api import parameters
from api.context import knowledge, language
from kg.errors import QueryError
from kg.query.days import first_day, last_day
from kg.query.paths_asked import (
    MOST_DEPTH,
    MOST_LENGTH,
    MOST_PATHS,
    MOST_THINGS,
    NeighbourhoodRequest,
    PathsRequest,
    ask_neighbourhood,
    ask_paths,
)
from kg.query.patterns import read_pattern
from kg.query.patterns_asked import MOST_MATCHES, PatternRequest, ask_pattern, named_pattern
from kg.query.telling.paths import matches_json, neighbourhood_json, path_json, paths_json, patterns_json

blueprint = Blueprint("paths", __name__, url_prefix="/api")

PATH_OPTIONS = ("k", "max_length", "through", "avoiding", "on", "hubs")
_ENDS = "an IRI, the path of a thing, or a name"
_SEVERAL = ("through", "avoiding")


@blueprint.get("/path")
def path() -> Response:
    """Show the shortest path from `source` to `target`, every step with its claims and their evidence."""
    parameters.check_names("source", "target")
    return _answer(path_json(knowledge().path(*_two_ends(), language())))


@blueprint.get("/paths")
def paths() -> Response:
    """Show `k` different short paths from `source` to `target`, as wished."""
    parameters.check_names("source", "target", *PATH_OPTIONS, several=_SEVERAL)
    return _answer(paths_json(ask_paths(knowledge(), _two_ends(), wished(), language=language())))


@blueprint.get("/neighbourhood/<path:thing>")
def neighbourhood(thing: str) -> Response:
    """Show what stands around a thing to a depth, and every edge between these."""
    parameters.check_names("depth", "limit", "on", "hubs")
    wanted = NeighbourhoodRequest(
        depth=parameters.whole("depth", default=1, most=MOST_DEPTH),
        limit=parameters.whole("limit", default=50, most=MOST_THINGS),
        on=days(parameters.given("on")),
        hubs=parameters.flag("hubs"),
    )
    return _answer(neighbourhood_json(ask_neighbourhood(knowledge(), thing, wanted, language=language())))


@blueprint.get("/patterns")
def patterns() -> Response:
    """List the catalogue, and what patterns of one's own may be made of."""
    parameters.check_names()
    return _answer(patterns_json(language()))


@blueprint.get("/patterns/<name>")
def pattern(name: str) -> Response:
    """Show what fits a pattern of the catalogue."""
    found = named_pattern(name)
    parameters.check_names(*found.parameters, "on", "limit")
    values = {each: value for each in found.parameters if (value := parameters.given(each)) is not None}
    wanted = PatternRequest(values=values, on=days(parameters.given("on")), limit=_matches())
    return _answer(matches_json(ask_pattern(knowledge(), found, wanted, language=language()), language()))


@blueprint.post("/patterns")
def own_pattern() -> Response:
    """Show what fits a pattern that is sent as JSON: nodes, steps, and perhaps `on` and `limit`."""
    parameters.check_names()
    if request.mimetype != "application/json":
        raise UnsupportedMediaType('the body must be application/json: {"nodes": […], "steps": […]}')
    said = request.get_json()
    if not isinstance(said, dict) or (unknown := sorted(set(said) - {"nodes", "steps", "on", "limit"})):
        what = f"has {unknown[0]!r}" if isinstance(said, dict) else "is no object"
        raise QueryError(f"the body {what}, but takes an object with nodes, steps, on and limit")
    limit, on = said.get("limit", 20), said.get("on")
    if type(limit) is not int:
        raise QueryError(f"limit is {limit!r}, but takes a number from 1 to {MOST_MATCHES}")
    if on is not None and not isinstance(on, str):
        raise QueryError(f"on is {on!r}, but takes a day, month or year such as 2024-07-03")
    found = read_pattern("", {"nodes": said.get("nodes"), "steps": said.get("steps")})
    wanted = PatternRequest(values={}, on=days(on), limit=limit)
    return _answer(matches_json(ask_pattern(knowledge(), found, wanted, language=language()), language()))


def wished(count: int = 1) -> PathsRequest:
    """Return which paths the request asks for, so many where it does not say.

    Raises:
        QueryError: an option is not what it takes.
    """
    return PathsRequest(
        count=parameters.whole("k", default=count, most=MOST_PATHS),
        max_length=parameters.whole("max_length", default=8, most=MOST_LENGTH),
        through=parameters.all_given("through"),
        avoiding=parameters.all_given("avoiding"),
        on=days(parameters.given("on")),
        hubs=parameters.flag("hubs"),
    )


def days(on: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a day, month or year.

    Raises:
        QueryError: it is none of these.
    """
    if on is None:
        return None
    return date.fromisoformat(first_day("on", on)), date.fromisoformat(last_day("on", on))


def _matches() -> int:
    return parameters.whole("limit", default=20, most=MOST_MATCHES)


def _two_ends() -> tuple[str, str]:
    return parameters.required("source", _ENDS), parameters.required("target", _ENDS)


def _answer(body: object) -> Response:
    response = jsonify(body)
    response.vary.add("Accept-Language")
    return response

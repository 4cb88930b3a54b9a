"""Search by names as people type them: whole answers, short ones for type-ahead, and a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from api import parameters
from api.context import knowledge, language
from kg.errors import NotFoundError
from kg.query.names import Match
from kg.query.names_asked import MOST_FOUND, SEARCHED_KINDS, NamesRequest, ask_names
from kg.query.telling.names import kind_label, kinds_label, names_json, suggestions_json

blueprint = Blueprint("search", __name__)

_PAGE = 50
_SUGGESTED = 8
_MOST_SUGGESTED = 20


@blueprint.get("/api/search")
def search() -> Response:
    """Find things by a name as people type it, of one kind or in a place if so asked."""
    parameters.check_names("q", "kind", "place", "limit")
    typed = parameters.required("q", "a name as people type it")
    most = parameters.whole("limit", default=20, most=MOST_FOUND)
    found = _found(typed, limit=most + 1)
    return _spoken(names_json(found, language(), limit=most))


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """Tell in short what the beginning of a name may become."""
    parameters.check_names("q", "kind", "place", "limit")
    typed = parameters.required("q", "the beginning of a name")
    most = parameters.whole("limit", default=_SUGGESTED, most=_MOST_SUGGESTED)
    found = _found(typed, limit=most, unfinished=True)
    return _spoken(suggestions_json(found, language()))


@blueprint.get("/search")
def page() -> Response:
    """Show what goes by a name, each with what tells it from its namesakes."""
    typed = parameters.given("q") or ""
    place, problem = parameters.given("place"), None
    found: tuple[Match, ...] = ()
    try:
        found = _found(typed, limit=_PAGE + 1)
    except NotFoundError:
        problem = place
    shown = render_template(
        "search.html", wanted=typed, found=found[:_PAGE], capped=len(found) > _PAGE, limit=_PAGE,
        label=_label, kind=parameters.given("kind"),
        kinds=[(each, kind_label(each, language())) for each in SEARCHED_KINDS],
        place=place, problem=problem,
    )  # fmt: skip
    response = Response(shown, content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


def _label(match: Match) -> str:
    return kinds_label(match.kinds, language())


def _found(typed: str, *, limit: int, unfinished: bool = False) -> tuple[Match, ...]:
    """Return what goes by a name, of the kind and in the place that the request asks for.

    Raises:
        QueryError: there is no such kind, or a name is too long.
        NotFoundError: there is no such place.
    """
    wanted = NamesRequest(
        typed=typed,
        kind=parameters.given("kind"),
        place=parameters.given("place"),
        limit=limit,
        unfinished=unfinished,
    )
    return ask_names(knowledge(), wanted)


def _spoken(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.vary.add("Accept-Language")
    return response

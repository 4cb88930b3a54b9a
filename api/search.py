"""Search by names as people type them: whole answers, short ones for type-ahead, and a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from api import parameters
from api.context import knowledge, language
from api.texts import text_of
from kg.errors import NotFoundError, QueryError
from kg.query.names import Match
from kg.query.search_facts import INDICATOR
from kg.query.views import property_label

blueprint = Blueprint("search", __name__)

KINDS = (
    "Official", "Unit", "HealthFacility", "PartyBody", "Post", "AdministrativeUnit", "Meeting",
    "LegalDocument", "Article", INDICATOR,
)  # fmt: skip
"""The kinds of things that have names, as a request may ask for them."""

_PAGE = 50
_SUGGESTED = 8
_MOST_SUGGESTED = 20
_MOST = 100
_LONGEST = 500
_SAYS_LITTLE = frozenset({"PartyBody", "HealthFacility"})


@blueprint.get("/api/search")
def search() -> Response:
    """Find things by a name as people type it, of one kind or in a place if so asked."""
    parameters.check_names("q", "kind", "place", "limit")
    typed = _typed(parameters.required("q", "a name as people type it"))
    most = parameters.whole("limit", default=20, most=_MOST)
    found = _found(typed, limit=most + 1)
    items = [
        {
            "id": match.id,
            "name": match.name,
            "types": list(match.kinds),
            "label": kind_label(match),
            "detail": match.detail,
            "fit": match.fit.name.lower(),
            "prominence": match.prominence,
        }
        for match in found[:most]
    ]
    return _spoken({"count": len(items), "capped": len(found) > most, "items": items})


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """Tell in short what the beginning of a name may become."""
    parameters.check_names("q", "kind", "place", "limit")
    typed = _typed(parameters.required("q", "the beginning of a name"))
    most = parameters.whole("limit", default=_SUGGESTED, most=_MOST_SUGGESTED)
    found = _found(typed, limit=most, unfinished=True)
    items = [
        {"id": match.id, "name": match.name, "label": kind_label(match), "detail": match.detail}
        for match in found
    ]
    return _spoken({"items": items})


@blueprint.get("/search")
def page() -> Response:
    """Show what goes by a name, each with what tells it from its namesakes."""
    typed = _typed(parameters.given("q") or "")
    place, problem = parameters.given("place"), None
    found: tuple[Match, ...] = ()
    try:
        found = _found(typed, limit=_PAGE + 1)
    except NotFoundError:
        problem = place
    shown = render_template(
        "search.html", wanted=typed, found=found[:_PAGE], capped=len(found) > _PAGE, limit=_PAGE,
        label=kind_label, kind=parameters.given("kind"), kinds=[(each, _label(each)) for each in KINDS],
        place=place, problem=problem,
    )  # fmt: skip
    response = Response(shown, content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


def kind_label(match: Match) -> str:
    """Return what to call a thing of these classes, in the reader's language."""
    named = [kind for kind in match.kinds if kind not in _SAYS_LITTLE] or list(match.kinds)
    return _label(named[0]) if named else ""


def _label(kind: str) -> str:
    return text_of("indicator", language()) if kind == INDICATOR else property_label(kind, language())


def _found(typed: str, *, limit: int, unfinished: bool = False) -> tuple[Match, ...]:
    """Return what goes by a name, of the kind and in the place that the request asks for.

    Raises:
        QueryError: there is no such kind.
        NotFoundError: there is no such place.
    """
    kind, place = parameters.given("kind"), parameters.given("place")
    if kind is not None and kind not in KINDS:
        raise QueryError(f"kind is {kind!r}, but takes one of {', '.join(KINDS)}")
    inside = None
    if place is not None:
        inside = knowledge().identify(_typed(place), kind="AdministrativeUnit", role="place")
    return knowledge().names.search(typed, kind=kind, inside=inside, limit=limit, unfinished=unfinished)


def _typed(value: str) -> str:
    if len(value) > _LONGEST:
        raise QueryError(f"a name of {len(value)} characters is too long: at most {_LONGEST} are looked for")
    return value


def _spoken(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.vary.add("Accept-Language")
    return response

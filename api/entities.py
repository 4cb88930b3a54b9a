"""Officials, units and articles: lists with filters, and each one with its claims and their evidence."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, view
from api.representation import page_response, thing_json
from api.unit_history import unit_history_of
from kg.errors import NotFoundError
from kg.query.records import Thing
from kg.query.views import Listing, list_things, narrow, read_thing

blueprint = Blueprint("entities", __name__, url_prefix="/api")

_OF_OFFICIALS = frozenset({"Membership", "Appointment"})
_OF_UNITS = frozenset({"Location", "Affiliation"})


@blueprint.get("/officials")
def officials() -> Response:
    """List officials with their posts; filters: `name`, `unit`."""
    parameters.check_list_names("unit")
    within = narrowed({"unit": ("Unit", "officials_of_unit")})
    return page_response(list_things(view(), "officials", listing(_OF_OFFICIALS), within=within))


@blueprint.get("/units")
def units() -> Response:
    """List bodies with where they belong; filters: `name`, `place` with everything inside it."""
    parameters.check_list_names("place")
    within = narrowed({"place": ("AdministrativeUnit", "units_in_place")})
    return page_response(list_things(view(), "units", listing(_OF_UNITS), within=within))


@blueprint.get("/articles")
def articles() -> Response:
    """List articles, the latest first; filters: `name`, `from`, `to`."""
    parameters.check_list_names("from", "to")
    return page_response(list_things(view(), "articles", listing(frozenset()), parameters=days()))


@blueprint.get("/officials/<path:identifier>")
def official(identifier: str) -> Response:
    """Show one official with everything that is claimed."""
    return one(identifier, "Official")


@blueprint.get("/units/<path:identifier>")
def unit(identifier: str) -> Response:
    """Show one body with all that is claimed, what it stood under and what it became; `on` keeps one day."""
    parameters.check_names("on")
    thing = the_one(identifier, "Unit")
    response = jsonify(thing_json(thing) | {"history": unit_history_of(thing, on=parameters.day("on"))})
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/articles/<path:identifier>")
def article(identifier: str) -> Response:
    """Show one article with every claim that it makes."""
    return one(identifier, "Article")


@blueprint.get("/search")
def search() -> Response:
    """Find things by a name as people type it, with or without marks."""
    parameters.check_names("q", "limit")
    wanted = parameters.required("q", "a name as people type it")
    found = knowledge().names.find(wanted, limit=min(parameters.limit(), 100))
    items = [
        {"id": match.id, "name": match.name, "types": list(match.kinds), "fit": match.fit.name.lower()}
        for match in found
    ]
    return jsonify({"count": len(items), "items": items})


def narrowed(filters: Mapping[str, tuple[str, str]]) -> list[frozenset[str]]:
    """Return the ids that each filter of the request lets through.

    Args:
        filters: by parameter, the kind of thing that it names and the question that narrows by it.

    Raises:
        NotFoundError: nothing goes by what a parameter says.
    """
    return [
        narrow(view(), question, name, things)
        for name, (kind, question) in filters.items()
        if (things := parameters.things(name, kind)) is not None
    ]


def days() -> dict[str, str | None]:
    """Return the first and last day that the request asks for."""
    return {"from": parameters.day("from"), "to": parameters.day("to", last=True)}


def listing(claims: frozenset[str]) -> Listing:
    """Return which part of a list the request asks for."""
    return Listing(
        limit=parameters.limit(),
        after=parameters.given("after"),
        name=parameters.given("name"),
        claims=claims,
    )


def one(identifier: str, kind: str) -> Response:
    """Return one thing of a kind, given by IRI, path, last part of a path, or a name that is its alone.

    Raises:
        NotFoundError: there is none, or several go by the name.
    """
    parameters.check_names()
    response = jsonify(thing_json(the_one(identifier, kind)))
    response.vary.add("Accept-Language")
    return response


def the_one(identifier: str, kind: str) -> Thing:
    """Return the thing that `one` shows.

    Raises:
        NotFoundError: there is none, or several go by the name.
    """
    found = knowledge().identify(identifier, kind=kind, role="id")
    if len(found) > 1:
        raise NotFoundError(f"{len(found)} go by {identifier!r}: give one of {', '.join(found[:10])}")
    thing = read_thing(view(), found[0])
    if kind not in thing.kinds:
        raise NotFoundError(f"{found[0]} is no {kind}")
    return thing

"""Resources: lists with filters, and each thing with its claims and their evidence."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response

from api import parameters
from api.comparison import comparison_json
from api.context import knowledge, language
from api.formats import things_response
from api.representation import page_json, thing_json
from api.unit_history import unit_history_of
from kg.query.comparison import compare
from kg.query.names_asked import read_one
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_NAME, RESOURCES, Resource

blueprint = Blueprint("entities", __name__, url_prefix="/api")


def metrics() -> Response:
    """List figures; of one indicator, compared across places and years."""
    resource = BY_NAME["metrics"]
    wanted = wanted_of(resource)
    page = list_resource(knowledge(), resource, wanted, language=language())
    compared = None
    if "indicator" in wanted.filters:
        compared = comparison_json(compare(knowledge(), wanted.filters, language=language()))
    return things_response(page.items, page_json(page) | ({"comparison": compared} if compared else {}))


def unit(identifier: str) -> Response:
    """Show one body with all that is claimed, what it stood under and what it became; `on` keeps one day."""
    parameters.check_names("on", "bom")
    thing = read_one(knowledge(), identifier, "Unit", language=language())
    history = unit_history_of(thing, on=parameters.day("on"))
    return things_response((thing,), thing_json(thing) | {"history": history}, described=True)


def one_response(resource: Resource, identifier: str) -> Response:
    """Return one thing with everything that is claimed."""
    parameters.check_names("bom")
    thing = read_one(knowledge(), identifier, resource.kind, language=language())
    return things_response((thing,), thing_json(thing), described=True)


def list_response(resource: Resource) -> Response:
    """Return the part of a list that the request asks for, in the format that it asks for."""
    page = list_resource(knowledge(), resource, wanted_of(resource), language=language())
    return things_response(page.items, page_json(page))


def wanted_of(resource: Resource) -> Wanted:
    """Return which part of a list the request asks for.

    Raises:
        QueryError: there is a parameter that nobody reads.
    """
    filters = tuple(each.name for each in resource.filters)
    parameters.check_list_names(*filters)
    return Wanted(
        filters={name: value for name in ("name", *filters) if (value := parameters.given(name)) is not None},
        sort=parameters.given("sort"),
        after=parameters.given("after"),
        limit=parameters.limit(),
    )


for _resource in RESOURCES:
    _name, _list, _one = _resource.name, partial(list_response, _resource), partial(one_response, _resource)
    if _name != "places":  # which are asked for by name and day
        blueprint.add_url_rule(f"/{_name}", _name, metrics if _name == "metrics" else _list)
        blueprint.add_url_rule(
            f"/{_name}/<path:identifier>", f"one-of-{_name}", unit if _name == "units" else _one
        )

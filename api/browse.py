"""Lists for people: every resource page by page, its filters as a form, figures by place and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from api.comparison import warning_of
from api.context import knowledge, language
from api.entities import wanted_of
from api.texts import text_of
from kg.errors import NotFoundError, QueryError
from kg.query.comparison import Comparison, compare
from kg.query.concept_names import concept_label
from kg.query.records import Page, Thing, Value
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_NAME, Filter, FilterType, Resource
from kg.vocabulary.concepts import load_concepts

blueprint = Blueprint("browse", __name__)

# What is told of an item beside its name.
_NOTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "posts": ("postIn",),
        "appointments": ("action", "appointee", "title", "organization"),
        "metrics": ("about", "period"),
        "places": ("level", "isPartOf"),
        "documents": ("documentKind", "legislationPassedBy"),
        "awards": ("conferredBy", "recipient"),
    }
)
_NOTHING = Page((), 0, None)
_FORMS = (("json", "JSON"), ("csv", "CSV"), ("turtle", "Turtle"), ("jsonld", "JSON-LD"))


@dataclass(frozen=True, slots=True)
class Field:
    """One filter in the form; `choices` are values with their words, none where anything can be typed."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    hint: str


@blueprint.get("/browse/<name>")
def browse(name: str) -> Response:
    """Show one list, page by page."""
    resource = BY_NAME.get(name)
    if resource is None:
        abort(HTTPStatus.NOT_FOUND)
    wanted = wanted_of(resource)
    page, problem, status = _NOTHING, None, HTTPStatus.OK
    compared: Comparison | None = None
    try:
        page = list_resource(knowledge(), resource, wanted, language=language())
        if name == "metrics" and "indicator" in wanted.filters:
            compared = compare(knowledge(), wanted.filters, language=language())
    except NotFoundError as error:
        problem, status = str(error), HTTPStatus.NOT_FOUND
    except QueryError as error:
        problem, status = str(error), HTTPStatus.BAD_REQUEST
    html = render_template(
        "browse.html",
        name=name,
        page=page,
        problem=problem,
        fields=[_field(Filter("name", FilterType.WORDS, "name"), wanted)]
        + [_field(each, wanted) for each in resource.filters],
        orders=_orders(resource, wanted),
        compared=compared,
        warnings=[] if compared is None else [warning_of(change) for change in compared.changes],
        following=_address(name, after=page.next_after) if page.next_after else None,
        forms=[(label, _data_address(name, form)) for form, label in _FORMS],
        excel=_data_address(name, "csv", bom="1"),
    )
    response = Response(html, status=status, content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    """Give every template what is told of the items of lists."""
    return {"posts": posts, "notes": notes, "quoted_day": quoted_day}


def posts(official: Thing) -> tuple[tuple[str, Value | None], ...]:
    """Return an official's posts, each title with its body, once."""
    found: dict[tuple[str, str], tuple[str, Value | None]] = {}
    for claim in official.claims:
        title, body = claim.first("title"), claim.first("organization")
        if title is not None:
            found.setdefault((title.name, body.text if body else ""), (title.name, body))
    return tuple(found.values())


def notes(name: str, thing: Thing) -> tuple[Value, ...]:
    """Return what an item of a list tells beside its name."""
    return tuple(value for each in _NOTES.get(name, ()) for value in thing.values.get(each, ()))


def quoted_day(thing: Thing) -> Value | None:
    """Return the day of the article that an item's words stand in."""
    day = next((it.published for it in thing.evidence if it.published is not None), None)
    return None if day is None else Value(day, day, datatype="date")


def _field(given: Filter, wanted: Wanted) -> Field:
    chosen = language()
    choices: tuple[tuple[str, str], ...] = ()
    if given.type is FilterType.CONCEPT:
        found = ((it.notation, concept_label(it, chosen)) for it in load_concepts(given.of))
        choices = tuple(sorted(found, key=lambda choice: choice[1].casefold()))
    elif given.type in (FilterType.FLAG, FilterType.CHOICE):
        choices = tuple((it, text_of(f"choice_{it}", chosen)) for it in given.choices or ("true", "false"))
    is_time = given.type in (FilterType.FROM, FilterType.TO, FilterType.PERIOD, FilterType.ON)
    value = wanted.filters.get(given.name, "")
    if choices and value and value not in dict(choices):
        choices = ((value, value), *choices)
    return Field(
        given.name, text_of(f"filter_{given.name}", chosen), value, choices, "2024-07-03" if is_time else ""
    )


def _orders(resource: Resource, wanted: Wanted) -> list[tuple[str, str, bool]]:
    """Return the orders of a list, each with its words and whether it is the present one."""
    present = wanted.sort or resource.order
    orders = (sign + name for name in resource.sorts for sign in ("", "-"))
    return [(order, _order_words(order), order == present) for order in orders]


def _order_words(order: str) -> str:
    words = text_of(f"sort_{order.removeprefix('-')}", language())
    return f"{words} {'↓' if order.startswith('-') else '↑'}"


def _address(name: str, **changed: str | None) -> str:
    arguments: dict[str, Any] = {**request.args.to_dict(), **changed}
    return url_for("browse.browse", name=name, **arguments)


def _data_address(name: str, form: str, **more: str) -> str:
    arguments: dict[str, Any] = {**request.args.to_dict(), "format": form, **more}
    return url_for("places.places" if name == "places" else f"entities.{name}", **arguments)

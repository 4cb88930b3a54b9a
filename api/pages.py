"""The pages: what is in the graph, lists of it, search by name, and a path between two things."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.browse import posts
from api.context import has_page, knowledge, language, page_of, shown_at, view
from api.presentation import by_article
from api.texts import text_of
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.names import local_name
from kg.query.records import Claim, Thing, Value
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_KIND, BY_NAME
from kg.query.views import count_classes
from kg.query.writing import written_day, written_number

blueprint = Blueprint("pages", __name__)

_SHOWN = 12
_LISTS = ("meetings", "articles", "officials", "units")
_CHAIRS = ("chair", "co-chair")


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    """Give every template the words of the reader's language and the addresses of things."""
    chosen = language()

    def say(key: str, **values: object) -> str:
        return text_of(key, chosen).format(**values)

    def switch() -> str:
        other = "en" if chosen == "vi" else "vi"
        arguments: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "lang": other}
        return url_for(request.endpoint or "pages.home", **arguments)

    def href(identifier: str) -> str:
        return shown_at(identifier, lang=chosen if "lang" in request.args else None)

    def href_as(identifier: str, form: str) -> str:
        address = page_of(identifier)
        return f"{address}{'&' if '?' in address else '?'}format={form}"

    return {
        "say": say,
        "lang": chosen,
        "switch": switch,
        "href": href,
        "href_as": href_as,
        "chairs": chairs,
        "by_article": by_article,
        "ours": has_page,
        "day": partial(written_day, language=chosen),
        "number": partial(written_number, language=chosen),
        "anchor": local_name,
        "short": local_name,
    }


@blueprint.get("/")
def home() -> Response:
    """Show what is in the graph, with questions to begin with."""
    seen = view()
    wanted = Wanted(limit=_SHOWN, quotations=0)
    shown = {name: list_resource(knowledge(), BY_NAME[name], wanted, language=language()) for name in _LISTS}
    return _html(
        "home.html",
        counts=count_classes(seen),
        shown=shown,
        lists={kind: resource.name for kind, resource in BY_KIND.items()},
        rest=_rest_examples(shown["meetings"].items, shown["officials"].items),
        questions=PUBLIC_QUESTIONS,
        pair=_example_pair(shown["meetings"].items),
    )


@blueprint.get("/favicon.ico")
def icon() -> AnyResponse:
    """Lead browsers to the icon."""
    return redirect(url_for("static", filename="icon.svg"))


def chairs(meeting: Thing) -> tuple[tuple[Value, Claim], ...]:
    """Return who chaired a meeting, each with the claim that says so."""
    found = []
    for claim in meeting.claims:
        role = claim.first("role")
        if role is not None and role.text.rsplit("#", 1)[-1] in _CHAIRS:
            who = claim.first("participant", "inCapacity", "title")
            if who is not None:
                found.append((who, claim))
    return tuple(found)


def _rest_examples(meetings: tuple[Thing, ...], officials: tuple[Thing, ...]) -> list[tuple[str, str]]:
    """Return addresses of the REST interface with what they answer, filled in from what the graph holds."""
    examples: list[tuple[str, str]] = []
    chair = next((who for meeting in meetings for who, _ in chairs(meeting) if who.is_thing), None)
    if chair is not None:
        address = url_for("entities.meetings", chair=chair.name)
        examples.append((text_of("rest_meetings_chair", language()).format(name=chair.name), address))
    start = next((value for meeting in meetings if (value := meeting.first("startDate"))), None)
    if start is not None:
        year = start.text[:4]
        span: dict[str, Any] = {"from": year, "to": year}
        address = url_for("entities.meetings", **span)
        examples.append((text_of("rest_meetings_year", language()).format(name=year), address))
    body = next((body for official in officials for _, body in posts(official) if body), None)
    if body is not None:
        address = url_for("entities.officials", unit=body.name)
        examples.append((text_of("rest_officials_unit", language()).format(name=body.name), address))
        address = url_for("entities.meetings", unit=body.name)
        examples.append((text_of("rest_meetings_unit", language()).format(name=body.name), address))
    return examples


def _example_pair(meetings: tuple[Thing, ...]) -> tuple[Value, Value] | None:
    """Return two things that a meeting joins: who chaired it, and who else was there."""
    for meeting in meetings:
        present = [
            who
            for claim in meeting.claims
            if (who := claim.first("participant")) is not None and who.is_thing
        ]
        if chairs(meeting) and (first := chairs(meeting)[0][0]).is_thing:
            other = next((who for who in present if who.text != first.text), None)
            return first, other or Value(meeting.id, meeting.name, is_thing=True)
    return None


def _html(template: str, **values: Any) -> Response:
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response

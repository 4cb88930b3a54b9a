"""The pages: what is in the graph, lists of it, search by name, and a path between two things."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api import parameters
from api.context import knowledge, language, page_of, view
from api.presentation import by_article, lines, written_day, written_number
from api.texts import text_of
from kg.errors import NotFoundError
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.names import local_name
from kg.query.records import Claim, Thing, Value
from kg.query.views import Listing, count_classes, list_things, property_label

blueprint = Blueprint("pages", __name__)

_SHOWN = 12
_LISTS = {
    "articles": frozenset[str](),
    "officials": frozenset({"Membership"}),
    "units": frozenset({"Location"}),
    "meetings": frozenset({"Participation"}),
}
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
        address = page_of(identifier)
        if "lang" in request.args and address.startswith("/"):
            address += f"{'&' if '?' in address else '?'}lang={chosen}"
        return address

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
        "ours": lambda identifier: identifier.startswith(knowledge().settings.base_iri),
        "day": partial(written_day, language=chosen),
        "number": partial(written_number, language=chosen),
        "anchor": local_name,
        "short": local_name,
    }


@blueprint.get("/")
def home() -> Response:
    """Show what is in the graph, with questions to begin with."""
    seen = view()
    shown = {
        name: list_things(seen, name, Listing(limit=_SHOWN, claims=claims, quotations=0))
        for name, claims in _LISTS.items()
    }
    return _html(
        "home.html",
        counts=count_classes(seen),
        shown=shown,
        posts=_posts,
        rest=_rest_examples(shown["meetings"].items, shown["officials"].items),
        questions=PUBLIC_QUESTIONS,
        pair=_example_pair(shown["meetings"].items),
    )


@blueprint.get("/browse/<any(articles, officials, units, meetings):name>")
def browse(name: str) -> Response:
    """Show one list, page by page."""
    parameters.check_list_names()
    after, limit = parameters.given("after"), parameters.limit()
    page = list_things(view(), name, Listing(limit=limit, after=after, claims=_LISTS[name], quotations=0))
    return _html("browse.html", name=name, page=page, posts=_posts)


@blueprint.get("/search")
def search() -> Response:
    """Show what goes by a name."""
    wanted = parameters.given("q") or ""
    return _html(
        "search.html", wanted=wanted, found=knowledge().names.find(wanted, limit=60), label=_class_label
    )


@blueprint.get("/path")
def path() -> AnyResponse:
    """Show how two things connect."""
    source, target = parameters.given("source"), parameters.given("target")
    if source is None or target is None:
        return redirect(url_for("pages.home"))
    try:
        found, problem = knowledge().path(source, target, language()), None
    except NotFoundError as error:
        found, problem = None, str(error)
    seen = view()
    response = _html(
        "path.html", found=found, problem=problem, source=source, target=target,
        lines=lambda claims: lines(seen, claims),
    )  # fmt: skip
    response.status_code = 200 if found else 404
    return response


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


def _posts(official: Thing) -> tuple[tuple[str, Value | None], ...]:
    """Return an official's posts, each title with its body, once."""
    found: dict[tuple[str, str], tuple[str, Value | None]] = {}
    for claim in official.claims:
        title, body = claim.first("title"), claim.first("organization")
        if title is not None:
            found.setdefault((title.name, body.text if body else ""), (title.name, body))
    return tuple(found.values())


def _rest_examples(meetings: tuple[Thing, ...], officials: tuple[Thing, ...]) -> list[tuple[str, str]]:
    """Return addresses of the REST interface with what they answer, filled in from what the graph holds."""
    examples: list[tuple[str, str]] = []
    chair = next((who for meeting in meetings for who, _ in chairs(meeting) if who.is_thing), None)
    if chair is not None:
        address = url_for("meetings.meetings", chair=chair.name)
        examples.append((text_of("rest_meetings_chair", language()).format(name=chair.name), address))
    start = next((value for meeting in meetings if (value := meeting.first("startDate"))), None)
    if start is not None:
        year = start.text[:4]
        span: dict[str, Any] = {"from": year, "to": year}
        address = url_for("meetings.meetings", **span)
        examples.append((text_of("rest_meetings_year", language()).format(name=year), address))
    body = next((body for official in officials for _, body in _posts(official) if body), None)
    if body is not None:
        address = url_for("entities.officials", unit=body.name)
        examples.append((text_of("rest_officials_unit", language()).format(name=body.name), address))
        address = url_for("meetings.meetings", unit=body.name)
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


def _class_label(kinds: tuple[str, ...]) -> str:
    """Return what to call a thing of these classes."""
    named = [kind for kind in kinds if kind not in ("PartyBody", "HealthFacility")] or list(kinds)
    return property_label(named[0], language()) if named else ""


def _html(template: str, **values: Any) -> Response:
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response

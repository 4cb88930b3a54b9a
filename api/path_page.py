"""The page that shows how two things connect."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from api import parameters
from api.context import knowledge, language, view
from api.paths import PATH_OPTIONS, wished
from api.presentation import lines
from kg.errors import NotFoundError
from kg.query.paths_asked import ask_paths, path_kinds
from kg.query.records import Claim
from kg.query.views import property_label

blueprint = Blueprint("path_page", __name__)


@blueprint.get("/path")
def path() -> AnyResponse:
    """Show paths between two things, and a form that asks for others."""
    source, target = parameters.given("source"), parameters.given("target")
    if source is None or target is None:
        return redirect(url_for("pages.home"))
    request_, problem, found = wished(3), None, None
    try:
        found = ask_paths(knowledge(), (source, target), request_, language=language())
    except NotFoundError as error:
        problem = str(error)
    seen = view()

    def told(claims: tuple[Claim, ...]) -> Any:
        return lines(seen, claims)

    asked = {name: values for name in PATH_OPTIONS if (values := parameters.all_given(name))}
    response: Response = make_response(
        render_template(
            "path.html", found=found, problem=problem, source=source, target=target, wish=request_,
            kinds=[(kind, property_label(kind, language())) for kind in path_kinds(knowledge().connections)],
            asked=asked, lines=told, on=parameters.given("on") or "",
        )
    )  # fmt: skip
    response.vary.add("Accept-Language")
    response.status_code = 200 if found else 404
    return response

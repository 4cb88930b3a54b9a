"""The named questions over HTTP, and questions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, jsonify

from api import parameters
from api.context import knowledge, language
from api.negotiation import choose, content_type
from api.question_json import answer_csv, answer_json, asked_json, question_json
from kg.errors import QueryError
from kg.query.ask.asking import ask
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.questions import answer, find_question

blueprint = Blueprint("questions", __name__, url_prefix="/api")

_FORMATS: Mapping[str, str] = MappingProxyType({"json": "application/json", "csv": "text/csv"})
LONGEST = 500
"""The most characters of a question in plain words."""


@blueprint.get("/questions")
def questions() -> Response:
    """List the questions that are known by name, with what they answer and take."""
    parameters.check_names()
    items = [question_json(each, language()) for each in PUBLIC_QUESTIONS]
    return _varied(jsonify({"count": len(items), "items": items}))


@blueprint.get("/questions/<name>")
def question(name: str) -> Response:
    """Answer a named question as JSON or CSV; things are given by name, path or IRI."""
    wanted = find_question(name)
    taken = tuple(parameter.name for parameter in wanted.parameters)
    parameters.check_names(*taken, "limit", "bom")
    typed = {each: value for each in taken if (value := parameters.given(each)) is not None}
    media_type = choose(_FORMATS)
    found = answer(knowledge(), wanted, typed, language=language(), limit=parameters.limit())
    if media_type == _FORMATS["json"]:
        return _varied(jsonify(answer_json(found, language())))
    body = answer_csv(found, bom=parameters.flag("bom"))
    response = Response(body, content_type=content_type(media_type))
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.name}.csv"
    return _varied(response)


@blueprint.get("/ask")
def ask_plainly() -> Response:
    """Answer a question in plain Vietnamese or English, or say which questions come nearest."""
    parameters.check_names("q", "limit")
    asked = ask(knowledge(), wanted(), language=language(), limit=parameters.limit())
    return _varied(jsonify(asked_json(asked, language())))


def wanted() -> str:
    """Return the question in plain words that the request asks.

    Raises:
        QueryError: there is none, or it is too long.
    """
    text = parameters.required("q", "a question in Vietnamese or English")
    if len(text) > LONGEST:
        raise QueryError(f"q has {len(text)} characters, but takes at most {LONGEST}: ask more shortly")
    return text


def _varied(response: Response) -> Response:
    response.vary.update(["Accept", "Accept-Language"])
    return response

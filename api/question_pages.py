"""The pages on which people ask: a list of the named questions, a page for each, and one for plain words."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from api import parameters
from api.context import knowledge, language
from api.errors import answer_to
from api.question_json import given
from api.questions import wanted
from kg.errors import NotFoundError, QueryError
from kg.query.ask.asking import Proposal, ask
from kg.query.ask.wording import column_label
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.questions import answer, find_question

blueprint = Blueprint("question_pages", __name__)

_ROWS = 200


@blueprint.get("/questions")
def questions() -> Response:
    """List the questions."""
    parameters.check_names()
    return _page("questions.html", questions=PUBLIC_QUESTIONS)


@blueprint.get("/questions/<name>")
def question(name: str) -> Response:
    """Show the form of a question and, once its parameters are there, the answer."""
    known = find_question(name)
    taken = tuple(parameter.name for parameter in known.parameters)
    parameters.check_names(*taken)
    typed = {each: value for each in taken if (value := parameters.given(each)) is not None}
    ready = all(each.name in typed for each in known.parameters if each.required)
    shown: dict[str, Any] = {"question": known, "typed": typed, "answer": None, "problem": None}
    status = 200
    if ready:
        try:
            shown["answer"] = answer(knowledge(), known, typed, language=language(), limit=_ROWS)
        except (NotFoundError, QueryError) as error:
            shown["problem"], status = str(error), answer_to(error).status_code
    response = _page("question.html", **shown)
    response.status_code = status
    return response


@blueprint.get("/ask")
def ask_plainly() -> Response:
    """Show what was understood of a question in plain words, with the answer or the closest questions."""
    parameters.check_names("q")
    if parameters.given("q") is None:
        return _page("ask.html", asked=None)
    return _page("ask.html", asked=ask(knowledge(), wanted(), language=language(), limit=_ROWS))


def _page(template: str, **values: Any) -> Response:
    chosen = language()

    def called(column: str) -> str:
        return column_label(column, chosen)

    def address_of(proposal: Proposal) -> str:
        return url_for("question_pages.question", name=proposal.question.name, lang=chosen, **given(proposal))

    response = make_response(render_template(template, called=called, address_of=address_of, **values))
    response.vary.add("Accept-Language")
    return response

"""The page on which people ask in SPARQL and read the answer as a table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, render_template, request

from api.context import knowledge, language
from api.errors import answer_to
from api.freshness import mark
from api.negotiation import GRAPHS, TABLES
from api.queries import ask
from api.sparql_request import Operation
from kg.errors import QueryError
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.query.guard import check_query
from kg.query.volatile import is_volatile

_PLACE = re.compile(r"at line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a query cannot be read: its line, cut in two at the place."""

    line: int
    column: int
    before: str
    after: str


def sparql_page(asked: Operation | None) -> Response:
    """Return the page with the form and, where a query is given, its answer or what is wrong with it."""
    version = knowledge().store.version
    asked = None if asked is None or not asked.text.strip() else replace(asked, text=asked.text.strip())
    shown: dict[str, Any] = {}
    response = Response(content_type="text/html; charset=utf-8")
    if asked is not None:
        try:
            shown = _answer(asked)
        except QueryError as error:
            response = answer_to(error)
            shown = {"error": str(error), "fault": fault_in(asked.text, str(error))}
    query = "" if asked is None else asked.text
    response.set_data(
        render_template("sparql.html", query=query, questions=PUBLIC_QUESTIONS, language=language(), **shown)
    )
    response.vary.update(["Accept", "Accept-Language"])
    if response.status_code == 200 and not is_volatile(query):
        mark(response, version, f"{request.path}-{language()}")
    return response


def fault_in(query: str, message: str) -> Fault | None:
    """Return the place that a message about a query names; None where it names none."""
    if (found := _PLACE.search(message)) is None:
        return None
    line, column = int(found[1]), int(found[2])
    lines = query.splitlines()
    if not 1 <= line <= len(lines):
        return None
    text = lines[line - 1]
    return Fault(line, column, text[: column - 1], text[column - 1 :])


def _answer(asked: Operation) -> dict[str, Any]:
    form = check_query(asked.text, max_characters=knowledge().settings.query_characters)
    media_type = GRAPHS["turtle"] if form.gives_graph else TABLES["json"]
    body = ask(asked.text, media_type, dataset=asked.dataset).body
    return {"graph": body.decode("utf-8")} if form.gives_graph else {"table": json.loads(body)}

"""Explanations: the text of an article, paragraph by paragraph, with the reasons for every fact in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType

from api import parameters
from api.context import knowledge, language
from kg.errors import NotFoundError
from kg.model.article import Document
from kg.model.explanation import Explanation
from kg.pipeline import explain_data, explain_document
from kg.query.names_asked import read_one

blueprint = Blueprint("explanations", __name__, url_prefix="/api")

# What a document that comes without a name goes by.
_SOURCES: Mapping[str, str] = MappingProxyType({"text/plain": "request.txt", "text/html": "request.html"})


@blueprint.get("/articles/<path:identifier>/explanation")
def explanation(identifier: str) -> Response:
    """Explain a stored article: its text is read again, by the same rules."""
    parameters.check_names()
    thing = read_one(knowledge(), identifier, "Article", language=language())
    text, name, source = (thing.first(slot) for slot in ("articleBody", "identifier", "documentSource"))
    if text is None or name is None or source is None:
        raise NotFoundError(f"the graph does not hold the text of {thing.id}: build it again with `kg build`")
    document = Document(id=name.text, source=source.text, text=text.text)
    return _answer(explain_document(document, extractors=knowledge().settings.extractors))


@blueprint.post("/explain")
def explain() -> Response:
    """Explain the text or page in the body, which is not stored."""
    parameters.check_names()
    source = _SOURCES.get(request.mimetype)
    if source is None:
        given = f"the body is {request.mimetype}" if request.mimetype else "the body says no type"
        raise UnsupportedMediaType(f"{given}, but must be {' or '.join(_SOURCES)}")
    extractors = knowledge().settings.extractors
    found = explain_data(request.get_data(), source=source, name="the body", extractors=extractors)
    return _answer(found)


def _answer(found: Explanation) -> Response:
    return jsonify(found.as_json())

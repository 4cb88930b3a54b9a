"""Answers carry the version of the content as their entity tag, so that one still good is not sent again."""

from __future__ import annotations

from flask import Flask, Response, g, request

from api.context import knowledge, language
from kg import __version__

# May be kept, and is asked for anew each time: the tag tells whether it is still good.
CACHE_CONTROL = "no-cache"
_OF_CONTENT = frozenset(
    {
        "browse",
        "careers",
        "entities",
        "explanations",
        "ontology",
        "paths",
        "places",
        "question_pages",
        "questions",
        "things",
        "pages",
    }
)


def register(app: Flask) -> None:
    """Let every answer of the REST API and the pages carry its entity tag."""
    app.before_request(_remember)
    app.after_request(_tag)


def is_fresh(media_type: str) -> bool:
    """Tell whether the client holds the answer of the present version in a format."""
    tag = tag_of(knowledge().store.version, media_type)
    return request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(tag)


def not_modified(media_type: str, *, strong: bool = False) -> Response:
    """Return the answer to a client that holds what it asks for."""
    response = mark(Response(status=304), knowledge().store.version, media_type, strong=strong)
    response.vary.add("Accept")
    return response


def mark(response: Response, version: str, media_type: str, *, strong: bool = False) -> Response:
    """Say which version of the content an answer in a format is of.

    The tag is weak unless it is said to be strong, since another reading of the same content may give the
    rows in another order.

    Args:
        response: the answer, which becomes "not modified" where the client holds it already.
        version: of the content that the answer was read from, or an older one.
        media_type: tells the forms of one answer apart, since they share an address.
        strong: every reading of that version gives the same bytes.
    """
    response.set_etag(tag_of(version, media_type), weak=not strong)
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    if response.status_code == 200:
        response.make_conditional(request)
    return response


def tag_of(version: str, media_type: str) -> str:
    """Return the entity tag of an answer in a format, without its quotes."""
    return f"{version}-{media_type}"


def _remember() -> None:
    # Read before the content: an answer may then be newer than its tag says, which costs one request, and
    # never older. So what is told as before the last write has none.
    if request.blueprint in _OF_CONTENT and not knowledge().is_behind:
        g.version = knowledge().store.version


def _tag(response: Response) -> Response:
    of_content = request.method in ("GET", "HEAD") and response.status_code == 200 and "version" in g
    if of_content and "ETag" not in response.headers:
        shown = f"{response.mimetype}-{language()}-{__version__}"
        mark(response, g.version, shown)
    return response

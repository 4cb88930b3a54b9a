"""What a request stands in: the knowledge it asks, the language it reads, where things are found."""

from __future__ import annotations

from flask import current_app, request, url_for

from kg.query.knowledge import Knowledge
from kg.query.views import View

LANGUAGES = ("vi", "en")


def knowledge() -> Knowledge:
    """Return what the service answers from."""
    found = current_app.extensions["knowledge"]
    assert isinstance(found, Knowledge)  # noqa: S101 (create_app put it there)
    return found


def language() -> str:
    """Return "vi" or "en": as `lang` says, or as the browser prefers, Vietnamese where it does not say."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, default="vi") or "vi"


def view() -> View:
    """Return where to look for this request's reader."""
    return knowledge().view(language())


def page_of(identifier: str) -> str:
    """Return the address of the page of a thing; of what has none here, a query that describes it."""
    base = knowledge().settings.base_iri
    if identifier.startswith(base):
        return url_for("things.show", path=identifier.removeprefix(base))
    return url_for("sparql.query", query=f"DESCRIBE <{identifier}>")

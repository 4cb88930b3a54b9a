"""What a request stands in: the knowledge it asks, the language it reads, where things are found."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from kg.query.knowledge import Knowledge
from kg.query.views import View
from kg.query.writing import LANGUAGES

_ONTOLOGY = "https://yte-kg.org/ontology"


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
    """Return where a thing's IRI leads to; of what has no address here, a query that describes it."""
    base = knowledge().settings.base_iri
    if identifier.startswith(base):
        return url_for("things.show", path=identifier.removeprefix(base))
    return _term_address(identifier) or _description_of(identifier)


def shown_at(identifier: str, *, lang: str | None = None) -> str:
    """Return the address of the page of a thing, for links that people follow; `lang` if they chose one."""
    base = knowledge().settings.base_iri
    chosen: dict[str, Any] = {} if lang is None else {"lang": lang}
    if identifier.startswith(base):
        return url_for("things.page", path=identifier.removeprefix(base), **chosen)
    return _term_address(identifier, **chosen) or _description_of(identifier)


def has_page(identifier: str) -> bool:
    """Tell whether a thing or a term of the ontology has a page here."""
    return identifier.startswith((knowledge().settings.base_iri, _ONTOLOGY))


def _term_address(identifier: str, **chosen: Any) -> str | None:
    namespace, _, term = identifier.partition("#")
    if not namespace.startswith(_ONTOLOGY):
        return None
    scheme = namespace.removeprefix(_ONTOLOGY).strip("/")
    anchor: dict[str, Any] = {"_anchor": term} if term else {}
    if scheme:
        return url_for("ontology.scheme", scheme=scheme, **chosen, **anchor)
    return url_for("ontology.whole", **chosen, **anchor)


def _description_of(identifier: str) -> str:
    return url_for("sparql.query", query=f"DESCRIBE <{identifier}>")

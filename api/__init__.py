"""The web service: pages for people, REST and SPARQL for programs, over one store."""

from __future__ import annotations

from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider

from api import errors
from api.careers import blueprint as careers
from api.entities import blueprint as entities
from api.explanations import blueprint as explanations
from api.health import blueprint as health
from api.meetings import blueprint as meetings
from api.pages import blueprint as pages
from api.paths import blueprint as paths
from api.places import blueprint as places
from api.server import serve
from api.sparql import blueprint as sparql
from api.things import blueprint as things
from kg.query.knowledge import Knowledge
from kg.settings import Settings
from kg.store import Store

__all__ = ["create_app", "serve"]

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class _ReadableJson(DefaultJSONProvider):
    """JSON in the order in which it was put together, with Vietnamese letters as they are."""

    ensure_ascii = False
    sort_keys = False


def create_app(store: Store, settings: Settings | None = None) -> Flask:
    """Return the service over a store, which stays the caller's to close."""
    settings = settings or Settings()
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.json = _ReadableJson(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.request_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.request_bytes
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["knowledge"] = Knowledge(store, settings)
    errors.register(app)
    for blueprint in (
        health, sparql, careers, entities, explanations, meetings, paths, places, things, pages,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    app.after_request(_protect)
    return app


def _protect(response: Response) -> Response:
    """Add what keeps a browser from doing more with an answer than showing it."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response

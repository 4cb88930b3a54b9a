"""The web service: pages for people, REST and SPARQL for programs, over one store."""

from __future__ import annotations

from flask import Flask, Response, current_app
from flask.json.provider import DefaultJSONProvider

from api import errors, freshness, traffic
from api.access_log import open_access_log
from api.backups import blueprint as backups
from api.browse import blueprint as browse
from api.careers import blueprint as careers
from api.contract import blueprint as contract
from api.datasets import blueprint as datasets
from api.entities import blueprint as entities
from api.explanations import blueprint as explanations
from api.graph_store import blueprint as graph_store
from api.health import blueprint as health
from api.metrics import Metrics
from api.metrics import blueprint as metrics
from api.observation import note_route, observed
from api.ontology import blueprint as ontology
from api.pages import blueprint as pages
from api.path_page import blueprint as path_page
from api.paths import blueprint as paths
from api.places import blueprint as places
from api.plain_queries import PlainQueries
from api.proxies import behind_proxies
from api.queries import blueprint as queries
from api.queries import present_asker
from api.question_pages import blueprint as question_pages
from api.questions import blueprint as questions
from api.readiness import Readiness
from api.reconciliation import blueprint as reconciliation
from api.search import blueprint as search
from api.server import serve
from api.short_way import ShortWay
from api.sparql import blueprint as sparql
from api.things import blueprint as things
from api.withdrawals import blueprint as withdrawals
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
    app.extensions["knowledge"] = knowledge = Knowledge(store, settings, asker=present_asker)
    app.extensions["readiness"] = readiness = Readiness(knowledge)
    app.extensions["metrics"] = counted = Metrics(knowledge, readiness)
    app.before_request(note_route)
    errors.register(app)
    traffic.register(app, settings)
    for blueprint in (
        health, metrics, contract, queries, sparql, graph_store, backups, withdrawals, datasets, careers,
        entities, explanations, paths, questions, question_pages, path_page, places, things, ontology,
        browse, reconciliation, search, pages,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    freshness.register(app)
    app.after_request(_protect)
    log = open_access_log(settings.access_log, with_queries=settings.log_queries)
    with app.app_context():
        plain = PlainQueries(app, protection=_protect(Response()))
    app.extensions["plain-queries"], app.extensions["access-log"] = plain, log
    answering = ShortWay(app, app.wsgi_app, plain=plain)
    seen = observed(answering, (counted.watch,) if log is None else (counted.watch, log))
    # The documented way to put something around a Flask application.
    app.wsgi_app = behind_proxies(seen, settings.trusted_proxies)  # type: ignore[method-assign, assignment]
    return app


def _protect(response: Response) -> Response:
    """Add what keeps a browser from doing more with an answer than showing it."""
    # One page says for itself who may frame it: the preview for reconciliation.
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if current_app.extensions["knowledge"].settings.https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response

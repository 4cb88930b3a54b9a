"""Whether the service lives, and whether it is ready to be asked."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, request

from api.context import knowledge
from api.errors import problem
from api.observation import note
from api.readiness import Readiness
from kg import __version__

blueprint = Blueprint("health", __name__)

_WATCHED = frozenset({"health.health", "health.ready", "metrics.metrics"})


def readiness() -> Readiness:
    """Return what watches over the parts of the service."""
    found = current_app.extensions["readiness"]
    assert isinstance(found, Readiness)  # noqa: S101 (create_app put it there)
    return found


@blueprint.get("/health")
def health() -> Response:
    """Say that the process lives and its store is open: if it cannot say so, start it again."""
    content = knowledge().store.version
    told = {"status": "ok", "version": __version__, "content": content, "graphs": readiness().graphs}
    return _unkept(jsonify(told))


@blueprint.get("/ready")
def ready() -> Response:
    """Say whether store, search and paths stand on one version: before that, ask elsewhere."""
    watched = readiness()
    body = {
        "ready": watched.ready,
        "stopping": watched.stopping,
        "versions": watched.parts(),
        # Null until the first worker has started; then what the system did not take from it, in words.
        "unconfined": knowledge().workers.unconfined,
    }
    response = jsonify(body)
    if not body["ready"]:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = "1"
    return _unkept(response)


@blueprint.before_app_request
def turn_away() -> Response | None:
    """Begin nothing new when the service is about to stop."""
    if not readiness().stopping or request.endpoint in _WATCHED:
        return None
    note(limit="stopping")
    refusal = problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "the service is about to stop: ask again in a moment", slug="stopping"
    )
    refusal.headers["Retry-After"] = "5"
    return refusal


@blueprint.after_app_request
def look_behind(response: Response) -> Response:
    """Have renewed what a request has left behind."""
    readiness().look()
    return response


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

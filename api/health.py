"""Whether the service answers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from api.context import knowledge
from kg import __version__

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Say that the store answers, which version of its content it is at, and how many graphs it holds."""
    store = knowledge().store
    return jsonify(
        {"status": "ok", "version": __version__, "content": store.version, "graphs": len(store.graphs())}
    )

"""Withdrawing for good, for whoever has the token: what is withdrawn answers 410 from then on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from api.context import knowledge
from api.writing import require_token
from kg.errors import QueryError
from kg.query.telling.withdrawals import withdrawing_json
from kg.withdrawal import Reason, read_withdrawn

blueprint = Blueprint("withdrawals", __name__, url_prefix="/api/admin/withdrawals")

_MOST = 100


@blueprint.get("")
def show() -> Response:
    """List what was withdrawn: when, why and by whom; no name is known of it any more."""
    require_token()
    kept = read_withdrawn(knowledge().store).withdrawals
    return jsonify({
        "items": [
            {"id": it.id, "kind": it.kind, "made": it.made, "by": it.by, "note": it.note} for it in kept
        ]
    })  # fmt: skip


@blueprint.post("")
def withdraw() -> Response:
    """Take things out of the graph for good, or only tell what that would mean."""
    require_token()
    asked = _body()
    reason = Reason(datetime.now(UTC).replace(microsecond=0).isoformat(), asked["note"], asked["by"])
    trial = knowledge().withdraw(asked["things"], reason=reason, trial=True)
    told = [withdrawing_json(it, knowledge().names) for it in trial]  # while there still are names
    if not asked["trial"]:
        knowledge().withdraw([it.thing for it in trial], reason=reason)
    return jsonify({"withdrawn": not asked["trial"], "things": told})


def _body() -> dict[str, Any]:
    """Return what the request asks for, checked."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise QueryError('the body must be an object such as {"things": ["person/…"], "note": "…"}')
    if unknown := sorted(set(body) - {"things", "note", "by", "trial"}):
        raise QueryError(f"there is no {unknown[0]!r} in a withdrawal: give things, note, by, trial")
    things = body.get("things")
    if not isinstance(things, list) or not all(isinstance(it, str) and it for it in things):
        raise QueryError("'things' must be a list of IRIs, their last parts, or names")
    if not 1 <= len(things) <= _MOST:
        raise QueryError(f"'things' must hold from 1 to {_MOST} at once, and holds {len(things)}")
    texts = {name: body.get(name, "") for name in ("note", "by")}
    if wrong := [name for name, value in texts.items() if not isinstance(value, str)]:
        raise QueryError(f"{wrong[0]!r} must be a text")
    trial = body.get("trial", False)
    if not isinstance(trial, bool):
        raise QueryError("'trial' must be true or false")
    return {"things": things, "trial": trial, **texts}

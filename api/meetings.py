"""Meetings: by who chaired, by body and by date, each with who took part."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters
from api.context import view
from api.entities import days, listing, narrowed, one
from api.representation import page_response
from kg.query.views import list_things

blueprint = Blueprint("meetings", __name__, url_prefix="/api")

_OF_MEETINGS = frozenset({"Participation"})


@blueprint.get("/meetings")
def meetings() -> Response:
    """List meetings, the latest first; filters: `name`, `chair`, `unit`, `from`, `to`."""
    parameters.check_list_names("chair", "unit", "from", "to")
    within = narrowed({"chair": ("Official", "meetings_chaired_by"), "unit": ("Unit", "meetings_of_unit")})
    page = list_things(view(), "meetings", listing(_OF_MEETINGS), parameters=days(), within=within)
    return page_response(page)


@blueprint.get("/meetings/<path:identifier>")
def meeting(identifier: str) -> Response:
    """Show one meeting with everything that is claimed."""
    return one(identifier, "Meeting")

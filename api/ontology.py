"""The ontology at its own address: a page of its terms, or the Turtle in which it is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, render_template

from api import parameters
from api.context import language
from api.negotiation import GRAPHS, choose, content_type
from kg.query.ontology import ontology_data, read_sections, schemes

blueprint = Blueprint("ontology", __name__)

_FORMATS: Mapping[str, str] = MappingProxyType({"turtle": GRAPHS["turtle"], "html": "text/html", **GRAPHS})
_NAMES: Mapping[str, str] = MappingProxyType({media_type: name for name, media_type in GRAPHS.items()})


@blueprint.get("/ontology")
def whole() -> Response:
    """Show the classes and properties, or give all of the ontology as a graph."""
    return _answer(None)


@blueprint.get("/ontology/<scheme>")
def scheme(scheme: str) -> Response:
    """Show the concepts of one scheme, or give them as a graph."""
    return _answer(scheme)


def _answer(scheme: str | None) -> Response:
    parameters.check_names()
    media_type = choose(_FORMATS)
    if media_type == "text/html":
        html = render_template(
            "ontology.html", sections=read_sections(scheme, language()), scheme=scheme, schemes=schemes()
        )
        response = Response(html, content_type="text/html; charset=utf-8")
    else:
        response = Response(ontology_data(scheme, _NAMES[media_type]), content_type=content_type(media_type))
    response.vary.update(["Accept", "Accept-Language"])
    return response

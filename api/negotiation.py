"""Which format an answer gets: as `format` says, or as the client prefers among those there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import request

from api.errors import NotAcceptableError

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
    }
)
GRAPHS: Mapping[str, str] = MappingProxyType(
    {
        "turtle": "text/turtle",
        "ntriples": "application/n-triples",
        "jsonld": "application/ld+json",
        "rdfxml": "application/rdf+xml",
        "trig": "application/trig",
        "nquads": "application/n-quads",
    }
)
# What else clients call these formats.
_ALIASES = MappingProxyType(
    {
        "application/json": ("application/sparql-results+json", "application/ld+json"),
        "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
        "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
        "text/plain": ("application/n-triples",),
        "application/x-turtle": ("text/turtle",),
    }
)
_SHORT = MappingProxyType(
    {"ttl": "turtle", "nt": "ntriples", "xml": "rdfxml", "nq": "nquads", "json": "jsonld"}
)


def choose(formats: Mapping[str, str]) -> str:
    """Return the media type that the request asks for, the first of `formats` where any will do.

    Raises:
        NotAcceptableError: it asks for none of them.
    """
    asked = request.args.get("format") or request.form.get("format")
    if asked is not None:
        name = asked if asked in formats else _SHORT.get(asked, asked)
        if name not in formats:
            raise NotAcceptableError(f"format is {asked!r}, but this answer comes as {', '.join(formats)}")
        return formats[name]
    offered = dict.fromkeys(formats.values(), "")
    names = {media_type: media_type for media_type in offered}
    for alias, meant in _ALIASES.items():
        for media_type in meant:
            if media_type in offered and alias not in names:
                names[alias] = media_type
    best = request.accept_mimetypes.best_match(list(names))
    if not request.accept_mimetypes:
        best = next(iter(names))
    if best is None:
        raise NotAcceptableError(f"this answer comes as {', '.join(offered)}: accept one of these")
    return names[best]


def content_type(media_type: str) -> str:
    """Return a media type with the encoding that everything here is in."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

"""Which format an answer gets: as `format` says, or as the client prefers among those there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import request
from werkzeug.http import parse_options_header

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
# What else clients call these formats. Such a name counts when it is spoken out, never by a wildcard.
_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "application/json": ("application/sparql-results+json", "application/ld+json"),
        "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
        "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
        "text/plain": ("application/n-triples",),
        "application/x-turtle": ("text/turtle",),
        "text/x-nquads": ("application/n-quads",),
        "application/x-trig": ("application/trig",),
    }
)
_SHORT = MappingProxyType(
    {"ttl": "turtle", "nt": "ntriples", "xml": "rdfxml", "rdf": "rdfxml", "nq": "nquads", "json": "jsonld"}
)


def choose(formats: Mapping[str, str]) -> str:
    """Return the media type that the request asks for, the first of `formats` where any will do.

    Raises:
        NotAcceptableError: it asks for none of them.
    """
    asked = request.args.get("format") or request.form.get("format")
    if asked is not None:
        return _by_name(asked, formats)
    if not request.headers.get("Accept", "").strip():
        return next(iter(formats.values()))
    accepted = _accepted()
    offered = tuple(dict.fromkeys(formats.values()))
    qualities = {media_type: _quality(media_type, accepted, offered) for media_type in offered}
    best = max(offered, key=lambda media_type: qualities[media_type])
    if qualities[best][0] == 0:
        raise NotAcceptableError(f"this answer comes as {', '.join(offered)}: accept one of these")
    return best


def content_type(media_type: str) -> str:
    """Return a media type with the encoding that everything here is in."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def graph_media_type(name: str) -> str:
    """Return the format for graphs that a content type or one of its other names means; empty where none."""
    if name in GRAPHS.values():
        return name
    return next((meant for meant in _ALIASES.get(name, ()) if meant in GRAPHS.values()), "")


def _by_name(asked: str, formats: Mapping[str, str]) -> str:
    if asked in formats.values():
        return asked
    name = asked if asked in formats else _SHORT.get(asked, asked)
    if name not in formats:
        raise NotAcceptableError(f"format is {asked!r}, but this answer comes as {', '.join(formats)}")
    return formats[name]


def _accepted() -> dict[str, float]:
    """Return the quality of each media range of the request; text in another encoding is none of ours."""
    accepted: dict[str, float] = {}
    for written, quality in request.accept_mimetypes:
        media_range, parameters = parse_options_header(written)
        if parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8"):
            accepted[media_range.lower()] = max(quality, accepted.get(media_range.lower(), 0.0))
    return accepted


def _quality(media_type: str, accepted: Mapping[str, float], offered: tuple[str, ...]) -> tuple[float, int]:
    """Return how much a media type is wanted, 0 for not at all, and by how exact a name.

    The most exact range decides: ``text/csv;q=0, text/*`` takes no CSV, though it takes every other text.
    """
    if media_type in accepted:
        return accepted[media_type], 3
    spoken = [
        accepted[alias]
        for alias, meant in _ALIASES.items()
        if alias in accepted and alias not in offered and media_type in meant
    ]
    if spoken:
        return max(spoken), 3
    for media_range, exactness in ((f"{media_type.partition('/')[0]}/*", 2), ("*/*", 1)):
        if media_range in accepted:
            return accepted[media_range], exactness
    return 0.0, 0

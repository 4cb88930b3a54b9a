"""Documents in which the service describes itself: statements, in the format that a client prefers."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request

from api.freshness import mark
from api.negotiation import GRAPHS, choose, content_type
from api.texts import text_of
from kg.errors import QueryError
from kg.store import Statement, Term, iri, text
from kg.store.statements import write_statements

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
FOAF = "http://xmlns.com/foaf/0.1/"
FORMATS = "http://www.w3.org/ns/formats/"
XSD = "http://www.w3.org/2001/XMLSchema#"

_PREFIXES = {
    "sd": SD, "void": VOID, "dcat": DCAT, "dct": DCT, "rdf": RDF, "rdfs": RDFS, "foaf": FOAF, "xsd": XSD,
    "formats": FORMATS,
}  # fmt: skip

GRAPH_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
TABLE_FORMATS = tuple(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV"))

Said = tuple[str, str | Term]


def address_of(path: str) -> str:
    """Return an address of this service as the client reached it.

    Raises:
        QueryError: the request does not say where it was sent.
    """
    if not request.host:
        raise QueryError("the header Host names no host: send the one of this service")
    return request.host_url.rstrip("/") + path


def say(subject: str, *said: Said) -> Iterator[Statement]:
    """Yield statements about a thing: pairs of a property and an IRI or literal."""
    for prop, value in said:
        yield iri(subject), iri(prop), iri(value) if isinstance(value, str) else value


def in_both_languages(prop: str, key: str) -> tuple[Said, ...]:
    """Return words of the pages as what a property says."""
    return tuple((prop, text(text_of(key, language), language)) for language in ("vi", "en"))


def respond(statements: tuple[Statement, ...], version: str) -> Response:
    """Return a description of a version of the content."""
    media_type = choose(GRAPHS)
    body = write_statements(statements, media_type, prefixes=_PREFIXES)
    response = Response(body, content_type=content_type(media_type))
    response.vary.add("Accept")
    return mark(response, version, media_type)

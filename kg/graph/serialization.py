"""Statements as text: TriG, N-Quads, Turtle, N-Triples, JSON-LD and RDF/XML, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.iris import KINDS
from kg.vocabulary import namespaces as ns

FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""The formats by name. Turtle, N-Triples and RDF/XML know no named graphs and put all statements together."""


def serialize(quads: Iterable[ox.Quad], format_name: str, *, base: str | None = None) -> bytes:
    """Return statements in a format of `FORMATS`, with the prefixes of the ontology.

    Args:
        quads: in the order in which they are to stand.
        format_name: "trig", "nquads", "turtle", "ntriples", "jsonld" or "rdfxml".
        base: what IRIs of things begin with; each kind of thing gets a prefix.

    Raises:
        InputError: there is no such format.
    """
    form = format_of(format_name)
    return ox.serialize(_fitting(quads, form), None, form, prefixes=_prefixes(base)) or b""


def write_quads(
    quads: Iterable[ox.Quad], output: IO[bytes] | Path, format_name: str, *, base: str | None = None
) -> None:
    """Write statements to an open binary file or a path, as `serialize` does, without holding them all."""
    form = format_of(format_name)
    ox.serialize(_fitting(quads, form), output, form, prefixes=_prefixes(base))


def parse_quads(text: str | bytes, format_name: str, *, graph: str | None = None) -> Iterator[ox.Quad]:
    """Yield the statements of a text; without named graphs of its own they are put into `graph`.

    Raises:
        InputError: there is no such format, or the text is not in it.
    """
    form = format_of(format_name)
    try:
        for quad in ox.parse(text, format=form):
            named = isinstance(quad, ox.Quad) and not isinstance(quad.graph_name, ox.DefaultGraph)
            name = quad.graph_name if named or graph is None else ox.NamedNode(graph)
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"this is not {form.name}: {error}") from error


def format_of(name: str) -> ox.RdfFormat:
    """Return the format of a name.

    Raises:
        InputError: there is none.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise InputError(f"there is no format {name!r}; choose one of {', '.join(FORMATS)}") from None


def _fitting(quads: Iterable[ox.Quad], form: ox.RdfFormat) -> Iterable[ox.Quad] | Iterable[ox.Triple]:
    if form.supports_datasets:
        return quads
    return list(dict.fromkeys(quad.triple for quad in quads))


def _prefixes(base: str | None) -> dict[str, str]:
    return {**ns.PREFIXES, **({} if base is None else {kind: f"{base}{kind}/" for kind in KINDS})}

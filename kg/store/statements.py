"""Our statements as bytes, in the formats for graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engine import from_term
from kg.store.formats import TRIPLE_FORMATS
from kg.store.records import Statement


def write_statements(
    statements: Iterable[Statement], media_type: str, *, prefixes: Mapping[str, str]
) -> bytes:
    """Return statements of IRIs and literals as a document, in the order in which they are given.

    Raises:
        QueryError: the format is not known, or a term is not well formed.
    """
    rdf_format = TRIPLE_FORMATS.get(media_type)
    if rdf_format is None:
        raise QueryError(f"{media_type} is not known: choose one of {', '.join(TRIPLE_FORMATS)}")
    triples = (_triple(statement) for statement in statements)
    return ox.serialize(triples, format=rdf_format, prefixes=dict(prefixes)) or b""


def _triple(statement: Statement) -> ox.Triple:
    subject, predicate, value = (from_term(term) for term in statement)
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        raise QueryError(f"{statement[0].value!r} cannot begin a statement")
    return ox.Triple(subject, predicate, value)

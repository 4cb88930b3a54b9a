"""The engine's terms, questions and answers, to and from ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.formats import TABLE_FORMATS, TRIPLE_FORMATS
from kg.store.records import XSD, Answer, Solutions, Statement, Term, TermKind
from kg.vocabulary.namespaces import PREFIXES

_ANY_TERM = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that a query is to see; None leaves the choice to the query and the store."""

    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def to_term(term: _ANY_TERM) -> Term:
    """Return the engine's term as ours."""
    if isinstance(term, ox.NamedNode):
        return Term(TermKind.IRI, term.value)
    if isinstance(term, ox.BlankNode):
        return Term(TermKind.BLANK, term.value)
    if isinstance(term, ox.Triple):
        return Term(TermKind.TRIPLE, str(term))
    plain = term.language is not None or term.datatype.value == XSD + "string"
    return Term(TermKind.LITERAL, term.value, None if plain else term.datatype.value, term.language)


def from_term(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """Return our IRI or literal as the engine's.

    Raises:
        QueryError: the term is no IRI and no literal, or not well formed.
    """
    try:
        if term.kind is TermKind.IRI:
            return ox.NamedNode(term.value)
        if term.kind is TermKind.LITERAL:
            datatype = None if term.datatype is None else ox.NamedNode(term.datatype)
            return ox.Literal(term.value, datatype=datatype, language=term.language)
    except ValueError as error:
        raise QueryError(f"{term.value!r} is not well formed: {error}") from None
    raise QueryError(f"a {term.kind} cannot be given to a query")


def named_node(value: str) -> ox.NamedNode:
    """Return an IRI as the engine's.

    Raises:
        QueryError: it is none.
    """
    try:
        return ox.NamedNode(value)
    except ValueError as error:
        raise QueryError(f"{value!r} is no IRI: {error}") from None


def evaluate(
    engine: ox.Store,
    query: str,
    *,
    substitutions: Mapping[str, Term] | None = None,
    dataset: Dataset,
    base: str | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Run a query; its answer is read lazily, and the ontology's prefixes need not be declared.

    Args:
        engine: what is asked.
        query: in SPARQL.
        substitutions: terms for variables.
        dataset: the graphs that it is to see.
        base: what its relative IRIs are relative to; without it they are an error.

    Raises:
        QueryError: the query is malformed, or a graph's name is.
    """
    bound = {ox.Variable(name): from_term(term) for name, term in (substitutions or {}).items()}
    try:
        return engine.query(
            query,
            base_iri=base,
            prefixes=dict(PREFIXES),
            substitutions=bound or None,
            default_graph=None if (graphs := _graphs(dataset.default_graphs)) is None else [*graphs],
            named_graphs=None if (named := _graphs(dataset.named_graphs)) is None else [*named],
        )
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL {readable(str(error))}") from None
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def to_answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """Read the whole answer into our records."""
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QuerySolutions):
        return to_solutions(result)
    try:
        return tuple(_statement(triple) for triple in result)
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def to_solutions(result: ox.QuerySolutions, *, most: int | None = None) -> Solutions:
    """Read a table, or so many of its first rows, into our records."""
    variables = tuple(variable.value for variable in result.variables)
    try:
        rows = tuple(
            tuple(None if term is None else to_term(term) for term in row) for row in islice(result, most)
        )
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None
    return Solutions(variables, rows)


def write_answer(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    output: IO[bytes],
    media_type: str,
    *,
    triples: Iterable[ox.Triple] | None = None,
) -> None:
    """Write the answer in one of the formats for its form.

    Args:
        result: the answer.
        output: where to.
        media_type: the format.
        triples: written in place of an answer that is a graph, by who wants to see them pass.

    Raises:
        QueryError: the format does not fit the form of the query.
    """
    if isinstance(result, ox.QueryTriples):
        triple_format = TRIPLE_FORMATS.get(media_type)
        if triple_format is None:
            raise QueryError(f"{media_type} cannot hold the graph that the query answers with")
        written = result if triples is None else triples
        ox.serialize(written, output, triple_format, prefixes=dict(PREFIXES))
        return
    table_format = TABLE_FORMATS.get(media_type)
    if table_format is None:
        raise QueryError(f"{media_type} cannot hold the table that the query answers with")
    result.serialize(output, table_format)


def to_ntriples(triples: Iterable[ox.Triple]) -> str:
    """Return the triples as lines that SPARQL's ``INSERT DATA`` reads as well."""
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return "" if written is None else written.decode("utf-8")


def _graphs(names: Sequence[str] | None) -> list[ox.NamedNode] | None:
    try:
        return None if names is None else [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise QueryError(f"the name of a graph is no IRI: {error}") from None


def _statement(triple: ox.Triple) -> Statement:
    return to_term(triple.subject), to_term(triple.predicate), to_term(triple.object)


def readable(message: str) -> str:
    """Shorten the parser's message: what it would have taken in place of an error can fill a page."""
    found = _POSITION.match(message)
    if found is None:
        return f": {message}"
    line, column, rest = found.groups()
    expected = " ".join(rest.split())
    if len(expected) > 120:
        expected = expected[:120].rsplit(",", 1)[0] + ", …"
    return f"at line {line}, column {column}: {expected}"

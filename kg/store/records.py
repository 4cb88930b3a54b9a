"""What leaves a store: plain records, free of any RDF library's types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

XSD = "http://www.w3.org/2001/XMLSchema#"


class TermKind(StrEnum):
    """What a term is, in the words of the SPARQL results format."""

    IRI = "uri"
    LITERAL = "literal"
    BLANK = "bnode"
    TRIPLE = "triple"


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI, a literal or a blank node.

    Attributes:
        value: the IRI, the literal's characters or the blank node's label.
        datatype: the IRI of a literal's datatype; None for plain strings and texts in a language.
        language: of a text, such as "vi".
    """

    kind: TermKind
    value: str
    datatype: str | None = None
    language: str | None = None


def iri(value: str) -> Term:
    """Return an IRI."""
    return Term(TermKind.IRI, value)


def text(value: str, language: str | None = None) -> Term:
    """Return a plain string, or a text in a language."""
    return Term(TermKind.LITERAL, value, language=language)


def typed(value: str, datatype: str) -> Term:
    """Return a literal of one of the XML Schema datatypes, named without its namespace ("date")."""
    return Term(TermKind.LITERAL, value, datatype=XSD + datatype)


Statement = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The table that a SELECT query answers with; an unbound variable is None in its row."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def records(self) -> list[dict[str, str | None]]:
        """Return the rows as mappings from variable to the bare value."""
        return [
            {
                name: None if term is None else term.value
                for name, term in zip(self.variables, row, strict=True)
            }
            for row in self.rows
        ]


Answer = Solutions | bool | tuple[Statement, ...]

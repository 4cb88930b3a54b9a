"""What the views answer with: things and claims, each with the characters that support it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is said: a literal, or another thing by its IRI and name.

    Attributes:
        text: the IRI or the literal's characters.
        name: what people read; of a literal, its characters.
        is_thing: the value is an IRI.
        datatype: local name of a literal's datatype ("date", "decimal"), None for text.
    """

    text: str
    name: str
    is_thing: bool = False
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters of an article; `start` and `end` are half-open offsets in code points into its text.

    Attributes:
        published: the day of the article, None where it has none.
    """

    article: Value
    quote: str
    start: int
    end: int
    published: str | None = None


Values = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an article says.

    Attributes:
        kind: local name of its class ("Participation").
        label: the class in the reader's language.
        name: what people read in place of its IRI.
        values: what it says, by local name of the property, without what is told below.
    """

    id: str
    kind: str
    label: str
    name: str
    values: Values
    evidence: tuple[Quotation, ...]
    confidence: float | None
    status: str | None
    rule: str | None

    def first(self, *properties: str) -> Value | None:
        """Return the first value of the first property that has one."""
        for name in properties:
            if values := self.values.get(name):
                return values[0]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Anything with an IRI.

    Attributes:
        kind: local name of its most specific class, None where the graph does not say.
        kinds: local names of all its classes in the ontology's own namespace.
        label: that class in the reader's language.
        values: what is said of it directly, by local name of the property.
        evidence: where articles name it.
        claims: every claim that touches it, or those that were asked for.
        is_cut: there are more claims, or more places that name it, than are told.
        confidence: in what articles say of the thing itself; None where they make no statement of it.
        status: likewise.
        rule: likewise, the name of the rule that read it.
    """

    id: str
    name: str
    kind: str | None
    kinds: tuple[str, ...]
    label: str
    values: Values
    evidence: tuple[Quotation, ...]
    claims: tuple[Claim, ...] = ()
    is_cut: bool = False
    confidence: float | None = None
    status: str | None = None
    rule: str | None = None

    def first(self, *properties: str) -> Value | None:
        """Return the first value of the first property that has one."""
        for name in properties:
            if values := self.values.get(name):
                return values[0]
        return None


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list: the items, how many there are in all, and the mark to go on after if there are more."""

    items: tuple[Thing, ...]
    count: int
    next_after: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article's text and the thing or claim that it speaks for."""

    start: int
    end: int
    id: str
    name: str

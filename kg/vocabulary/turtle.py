"""The one reader of the Turtle files in ``ontology/``; what it returns is plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

DATA_FILES = ("kg", "posts", "organizations", "hierarchy", "events", "places", "indicators", "documents")
SHAPES_FILE = "shapes"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the ontology; `language` is None unless the object is text in a language."""

    subject: str
    predicate: str
    object: str
    language: str | None = None


def ontology_text(name: str) -> str:
    """Return the Turtle of ``ontology/<name>.ttl``."""
    return files("ontology").joinpath(f"{name}.ttl").read_text(encoding="utf-8")


@cache
def read_statements() -> tuple[Statement, ...]:
    """Return the statements of all files but the shapes, in the order of the files."""
    return tuple(
        Statement(
            str(triple.subject.value),
            triple.predicate.value,
            str(triple.object.value),
            triple.object.language if isinstance(triple.object, ox.Literal) else None,
        )
        for name in DATA_FILES
        for triple in ox.parse(ontology_text(name), format=ox.RdfFormat.TURTLE)
        if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple)
    )


@cache
def read_shapes() -> tuple[Statement, ...]:
    """Return the statements of the shapes; a node without an IRI is named "_:…", anew at every start."""
    return tuple(
        Statement(_named(triple.subject), triple.predicate.value, _named(triple.object))
        for triple in ox.parse(ontology_text(SHAPES_FILE), format=ox.RdfFormat.TURTLE)
    )


def _named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


@cache
def objects(predicate: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each subject has under a predicate, in the order of the files."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in read_statements():
        if statement.predicate == predicate:
            found[statement.subject] = (*found.get(statement.subject, ()), statement.object)
    return found


@cache
def texts(predicate: str, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each subject has under a predicate in a language, in the order of the files."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in read_statements():
        if statement.predicate == predicate and statement.language == language:
            found[statement.subject] = (*found.get(statement.subject, ()), statement.object)
    return found

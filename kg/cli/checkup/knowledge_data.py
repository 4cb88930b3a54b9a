"""The data that the program brings along: the gazetteer and the ontology."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.cli.checkup.findings import Finding
from kg.errors import KgError
from kg.vocabulary.concepts import load_concepts
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.relation_types import load_relation_types
from kg.vocabulary.turtle import read_statements


def check_data() -> Iterator[Finding]:
    """Check that both are there and can be read."""
    again = (
        "install the package again: pip install --force-reinstall yte-kg, or pip install -e . in a checkout"
    )
    yield _read("gazetteer", _gazetteer, again)
    yield _read("ontology", _ontology, again)


def _read(about: str, read: Callable[[], str], advice: str) -> Finding:
    try:
        return Finding(about, "ok", read())
    except (KgError, OSError, ValueError, KeyError, SyntaxError) as error:
        return Finding(about, "problem", f"{type(error).__name__}: {error}", advice)


def _gazetteer() -> str:
    return (
        f"{len(load_gazetteer().names(1))} names of provinces, {len(load_gazetteer().names(3))} of communes"
    )


def _ontology() -> str:
    kinds, posts = len(load_relation_types()), len(load_concepts("posts"))
    return f"{len(read_statements())} statements, {kinds} types of relations, {posts} posts"

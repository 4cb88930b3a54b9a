"""What a command asks: a store or articles, with the names and connections that are derived from them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from kg.cli.sources import open_source
from kg.errors import NotFoundError
from kg.query.knowledge import Knowledge
from kg.settings import Settings

_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known, and the exit code that the documents in it leave behind."""

    knowledge: Knowledge
    exit_code: int


@contextmanager
def open_knowledge(arguments: argparse.Namespace) -> Iterator[Asked]:
    """Open what a command asks.

    Raises:
        StoreError: the directory holds no store, or is in use.
        InputError: none of the articles can be read.
    """
    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        yield Asked(knowledge, source.exit_code)


def one_thing(knowledge: Knowledge, typed: str, *, role: str, kind: str | None = None) -> str:
    """Return the IRI of the one thing that goes by what was typed.

    Raises:
        NotFoundError: there is none, or there are several, which are named.
    """
    found = knowledge.identify(typed, kind=kind, role=role)
    if len(found) > 1:
        base, names = knowledge.settings.base_iri, knowledge.names
        told = ", ".join(
            f"{each.removeprefix(base)} ({names.label(each, 'vi')})" for each in found[:_MOST_TOLD]
        )
        more = ", …" if len(found) > _MOST_TOLD else ""
        raise NotFoundError(f"{role}: {len(found)} go by {typed!r}: give one of {told}{more}")
    return found[0]

"""``kg search``: what goes by a name as people type it, the best first."""

from __future__ import annotations

import argparse

from kg.cli.asked import open_knowledge
from kg.cli.printing import print_csv, print_json
from kg.cli.screen import open_screen
from kg.cli.tables import Heading, print_table
from kg.cli.terminal import say
from kg.cli.words import word
from kg.errors import NotFoundError
from kg.query.names_asked import SEARCHED_KINDS, NamesRequest, ask_names
from kg.query.telling.names import names_json
from kg.query.telling.things import Json

_COLUMNS = ("name", "kind", "detail", "mentions", "id")


def run(arguments: argparse.Namespace) -> int:
    """Print what is found.

    Raises:
        NotFoundError: nothing goes by the name.
    """
    typed, most = arguments.words, arguments.limit
    with open_knowledge(arguments) as asked:
        wanted = NamesRequest(
            typed=typed, kind=_kind(arguments.kind), place=arguments.place, limit=most + 1
        )  # one more than are shown tells whether there are more
        found = names_json(ask_names(asked.knowledge, wanted), arguments.language, limit=most)
        base = asked.knowledge.settings.base_iri
    if arguments.format == "json":
        print_json(found)
    if not found["items"]:
        raise NotFoundError(
            f"nothing goes by {typed!r}: try fewer or other words, or without --kind and --place"
        )
    if arguments.format == "csv":
        print_csv(_COLUMNS, [_row(item, "") for item in found["items"]])
    elif arguments.format == "table":
        headings = [
            Heading(word(name, arguments.language), is_number=name == "mentions", is_whole=name == "id")
            for name in _COLUMNS
        ]
        print_table(open_screen(arguments), headings, [_row(item, base) for item in found["items"]])
    if found["capped"]:
        say(f"these are the first {most}: --limit gives more")
    return asked.exit_code


def _kind(typed: str | None) -> str | None:
    """Return the class that is meant, whichever letters are capitals."""
    known = {kind.lower(): kind for kind in SEARCHED_KINDS}
    return None if typed is None else known.get(typed.lower(), typed)


def _row(item: Json, base: str) -> list[str]:
    told = [item[name] for name in ("name", "label", "detail", "prominence")]
    return [*map(str, told), item["id"].removeprefix(base)]

"""``kg metrics``: figures with their targets; of one indicator also compared across places and years."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from kg.cli.asked import open_knowledge
from kg.cli.list import print_page, say_more, wanted_of
from kg.cli.printing import print_json
from kg.cli.screen import hanging, open_screen, print_lines
from kg.cli.tables import print_table
from kg.cli.words import word
from kg.query.comparison import AreaChange, Comparison, Figure, Row, compare
from kg.query.resource_lists import list_resource
from kg.query.resources import BY_NAME
from kg.query.telling.comparisons import comparison_json
from kg.query.telling.things import page_json


def run(arguments: argparse.Namespace) -> int:
    """Print the figures, and where one indicator is asked for, the table of places and years."""
    wanted = wanted_of(arguments)
    filters = wanted.filters
    with open_knowledge(arguments) as asked:
        knowledge, language = asked.knowledge, arguments.language
        page = list_resource(knowledge, BY_NAME["metrics"], wanted, language=language)
        compared = compare(knowledge, filters, language=language) if "indicator" in filters else None
    if arguments.format == "json":
        print_json(page_json(page) | ({} if compared is None else {"comparison": comparison_json(compared)}))
    else:
        print_page(arguments, page)
    if arguments.format == "table" and compared is not None and compared.rows:
        sys.stdout.write("\n")
        _print_comparison(open_screen(arguments), compared, language)
    say_more(page, arguments.limit)
    return asked.exit_code


def _print_comparison(screen: Console, compared: Comparison, language: str) -> None:
    print_lines(screen, [Text(word("comparison", language), "bold")])
    heads = [
        word("about", language),
        *(word(it, language) if it == "undated" else it for it in compared.years),
    ]
    rows = [
        [_about(row), *(_figures(row.figures.get(it, ()), language) for it in compared.years)]
        for row in compared.rows
    ]
    print_table(screen, heads, rows)
    for change in compared.changes:
        print_lines(
            screen, hanging(screen, Text(_warning(change, language), "yellow"), first="! ", rest="  ")
        )


def _about(row: Row) -> str:
    places = ", ".join(place.name for place in row.places)
    return f"{row.about.name} ({places})" if places else row.about.name


def _figures(figures: Iterable[Figure], language: str) -> str:
    return "; ".join(_figure(figure, language) for figure in figures)


def _figure(figure: Figure, language: str) -> str:
    percent = "" if figure.percent is None else f"({figure.percent} %)"
    planned = word("planned", language) if figure.planned else ""
    return " ".join(part for part in (figure.value or "–", figure.measure or "", percent, planned) if part)


def _warning(change: AreaChange, language: str) -> str:
    before, after = (", ".join(it.name for it in ends) for ends in (change.before, change.after))
    return word("area_changed", language, day=change.day, before=before, after=after)

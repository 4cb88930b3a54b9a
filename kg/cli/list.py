"""``kg list``: the things of one kind, filtered and sorted as the lists of the service are."""

from __future__ import annotations

import argparse

from kg.cli.arguments.listing import FILTER_PREFIX
from kg.cli.asked import open_knowledge
from kg.cli.columns import COLUMNS, NUMBERS
from kg.cli.printing import print_json, print_things
from kg.cli.screen import open_screen
from kg.cli.tables import Heading, print_table
from kg.cli.terminal import say
from kg.cli.words import word
from kg.query.records import Page
from kg.query.resource_lists import Wanted, list_resource
from kg.query.resources import BY_NAME
from kg.query.telling.things import page_json


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    resource = BY_NAME[arguments.resource]
    wanted = wanted_of(arguments)
    with open_knowledge(arguments) as asked:
        page = list_resource(asked.knowledge, resource, wanted, language=arguments.language)
    if arguments.format == "json":
        print_json(page_json(page))
    else:
        print_page(arguments, page)
    say_more(page, arguments.limit)
    return asked.exit_code


def wanted_of(arguments: argparse.Namespace) -> Wanted:
    """Return which part of a list the arguments ask for."""
    sort: str | None = arguments.sort
    if arguments.descending:
        sort = f"-{sort or BY_NAME[arguments.resource].order.removeprefix('-')}"
    return Wanted(filters=_filters_of(arguments), sort=sort, limit=arguments.limit)


def _filters_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what was given for filters, by their names."""
    given = {
        name.removeprefix(FILTER_PREFIX): str(value)
        for name, value in vars(arguments).items()
        if name.startswith(FILTER_PREFIX)
    }
    return {name: value for name, value in given.items() if value.strip()}


def print_page(arguments: argparse.Namespace, page: Page) -> None:
    """Print the items of a list as a table for people, or as CSV."""
    columns = COLUMNS[arguments.resource]
    if arguments.format == "csv":
        print_things(page.items)
        return
    headings = [
        Heading(word(each.heading, arguments.language), is_number=each.heading in NUMBERS) for each in columns
    ]
    if page.items:
        rows = [[column.cell(thing) for column in columns] for thing in page.items]
        print_table(open_screen(arguments), headings, rows)


def say_more(page: Page, limit: int) -> None:
    """Say on standard error how much of a list was left off."""
    if not page.items:
        say("nothing passes these filters")
    elif page.next_after is not None:
        say(f"these are the first {limit} of {page.count}: --limit gives more")

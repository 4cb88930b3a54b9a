"""Commands that list things of one kind: ``list``, and ``metrics`` with its comparison."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType

from kg.cli.arguments.commands import Commands, Parser, add_command
from kg.cli.arguments.options import add_format, add_language, add_limit, add_sources
from kg.query.resources import BY_NAME, RESOURCES, FilterType, Resource

FILTER_PREFIX = "filter_"
"""What the arguments of filters begin with, so that none is taken for another option."""

_TAKES: Mapping[FilterType, str] = MappingProxyType(
    {
        FilterType.THING: "NAME",
        FilterType.WITHIN: "NAME",
        FilterType.CONCEPT: "WORDS",
        FilterType.WORDS: "WORDS",
        FilterType.FROM: "DAY",
        FilterType.TO: "DAY",
        FilterType.PERIOD: "PERIOD",
        FilterType.ON: "DAY",
    }
)
_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "officials": 'kg list officials --unit "Sở Y tế tỉnh Hòa Bình" --store graph',
        "units": 'kg list units --place "tỉnh Lai Châu" --format csv seeds > units.csv',
        "posts": 'kg list posts --official "Nguyễn Tăng" seeds',
        "meetings": 'kg list meetings --chair "Nguyễn Tăng" --from 2024 seeds',
        "appointments": "kg list appointments --from 2023 --to 2024-06 --store graph",
        "metrics": "kg list metrics --target reached --sort percent --descending seeds",
        "places": 'kg list places --place "tỉnh Lai Châu" --on 2024-01-01 seeds',
        "documents": "kg list documents --sort date --descending seeds",
        "awards": "kg list awards --proposed false seeds",
        "articles": 'kg list articles --about "Nguyễn Tăng" seeds',
    }
)
_ABOUT: Mapping[FilterType, str] = MappingProxyType(
    {
        FilterType.THING: "a name, an IRI or the end of one{of}",
        FilterType.WITHIN: "a name or an IRI{of}, and all that lies in it or stands under it",
        FilterType.CONCEPT: "a concept{of}, by its words in either language or its code",
        FilterType.WORDS: "words that it says",
        FilterType.FROM: "not over before this day, month or year",
        FilterType.TO: "begun by this day, month or year",
        FilterType.PERIOD: "a day, month or year",
        FilterType.ON: "in force on this day",
        FilterType.FLAG: "whether it is",
        FilterType.CHOICE: "one of these",
    }
)


def add(commands: Commands[Parser]) -> None:
    """Add the commands."""
    _list(commands)
    _metrics(commands)


def _list(commands: Commands[Parser]) -> None:
    summary = "list officials, bodies, meetings and so on, filtered and sorted"
    examples = _EXAMPLES["officials"], _EXAMPLES["meetings"], "kg list officials --help"
    command = add_command(commands, "list", summary, *examples)
    kinds = command.add_subparsers(dest="resource", metavar="KIND", required=True)
    for resource in RESOURCES:
        _filters(
            add_command(kinds, resource.name, f"list {resource.name}", _EXAMPLES[resource.name]), resource
        )


def _metrics(commands: Commands[Parser]) -> None:
    summary = "list figures against their targets; of one indicator also across places and years"
    examples = (
        'kg metrics --indicator "số lượt khám bệnh" seeds',
        'kg metrics --place "tỉnh Bình Dương" --period 2024 --target missed --store graph',
    )
    command = add_command(commands, "metrics", summary, *examples)
    command.set_defaults(resource="metrics")
    _filters(command, BY_NAME["metrics"])


def _filters(command: Parser, resource: Resource) -> None:
    """Let a command take the filters and orders of a list."""
    add_sources(command)
    group = command.add_argument_group("filters")
    _filter(group, "name", "WORDS", "words of the name")
    for each in resource.filters:
        of = f" ({each.of})" if each.of else ""
        choices = each.choices or ("true", "false") if each.type not in _TAKES else ()
        _filter(group, each.name, "|".join(choices) or _TAKES[each.type], _ABOUT[each.type].format(of=of))
    command.add_argument(
        "--sort", choices=tuple(resource.sorts), metavar="ORDER",
        help=f"{', '.join(resource.sorts)} (default: {_order_of(resource)})",
    )  # fmt: skip
    command.add_argument("--descending", action="store_true", help="the last or largest first")
    add_limit(command, 100)
    add_format(command, ("table", "json", "csv"))
    add_language(command)


def _order_of(resource: Resource) -> str:
    order = resource.order.removeprefix("-")
    return order if order == resource.order else f"{order}, the last first"


def _filter(group: argparse._ArgumentGroup, name: str, takes: str, about: str) -> None:
    group.add_argument(
        f"--{name}", dest=f"{FILTER_PREFIX}{name}", default=argparse.SUPPRESS, metavar=takes, help=about
    )

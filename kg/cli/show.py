"""``kg show``: one thing as a card, or as the JSON that the service gives."""

from __future__ import annotations

import argparse

from kg.cli.asked import one_thing, open_knowledge
from kg.cli.cards import Desk, card, history_of
from kg.cli.printing import print_json
from kg.cli.screen import open_screen, print_lines
from kg.query.knowledge import Knowledge
from kg.query.records import Thing
from kg.query.telling.histories import place_history_json, unit_history_json
from kg.query.telling.things import Json, thing_json
from kg.query.views import View, read_thing


def run(arguments: argparse.Namespace) -> int:
    """Print what is known of the thing."""
    with open_knowledge(arguments) as asked:
        knowledge, view = asked.knowledge, asked.knowledge.view(arguments.language)
        identifier = one_thing(knowledge, arguments.thing, role="THING", kind=arguments.kind)
        thing = read_thing(view, identifier)
        history = _history(knowledge, view, thing)
        if arguments.format == "json":
            told = thing_json(thing) | ({} if history is None else {"history": history})
            print_json(told)
        else:
            screen = open_screen(arguments)
            desk = Desk(screen, knowledge.settings.base_iri, arguments.language, arguments.limit)
            print_lines(screen, card(desk, thing, history_of(desk, history)))
    return asked.exit_code


def _history(knowledge: Knowledge, view: View, thing: Thing) -> Json | None:
    return place_history_json(knowledge.store, thing) or unit_history_json(view, thing)

"""``kg timeline``: who held a post when, which posts somebody had when, who held the posts of a body."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from rich.text import Text

from kg.cli.arguments import UsageError
from kg.cli.asked import open_knowledge
from kg.cli.printing import print_json
from kg.cli.quoting import quoted
from kg.cli.screen import hanging, open_screen, print_lines
from kg.cli.words import word
from kg.errors import NotFoundError
from kg.query.days import first_day
from kg.query.knowledge import Knowledge
from kg.query.telling.careers import career_json, holders_json, staff_json
from kg.query.telling.things import Json
from kg.query.timelines import Spell, read_career, read_holders, read_staff, standing_on
from kg.query.views import View

_KINDS = ("Official", "Post", "Unit")
_FIRST, _REST = "  ", "      "


def run(arguments: argparse.Namespace) -> int:
    """Print the timeline of every post, person or body that goes by the name."""
    on = None if arguments.on is None else first_day("--on", arguments.on)
    with open_knowledge(arguments) as asked:
        knowledge, view = asked.knowledge, asked.knowledge.view(arguments.language)
        found = _identify(knowledge, arguments.thing)
        if on is not None and any(kind != "Unit" for kind in found.values()):
            raise UsageError("--on belongs to a body: it tells who held its posts on a day")
        if arguments.format == "json":
            print_json([_told(view, identifier, kind, on=on) for identifier, kind in found.items()])
            return asked.exit_code
        screen = open_screen(arguments)
        for identifier, kind in found.items():
            path = identifier.removeprefix(knowledge.settings.base_iri)
            name = Text().append(knowledge.names.label(identifier, "vi"), "bold").append(f" ({path})", "dim")
            print_lines(screen, hanging(screen, name, rest="  "))
            for line in spell_lines(_spells(view, identifier, kind, on=on), language=arguments.language):
                print_lines(screen, hanging(screen, line, first=_FIRST, rest=_REST))
    return asked.exit_code


def _identify(knowledge: Knowledge, typed: str) -> dict[str, str]:
    """Return what has a timeline and goes by a name, by IRI, with what it is."""
    found = {}
    for identifier in knowledge.identify(typed, role="NAME"):
        kinds = knowledge.names.kinds.get(identifier, ())
        if kind := next((kind for kind in _KINDS if kind in kinds), None):
            found[identifier] = kind
    if not found:
        raise NotFoundError(f"NAME: {typed!r} is neither a post nor a person nor a body in this graph")
    return found


def _spells(view: View, identifier: str, kind: str, *, on: str | None) -> tuple[Spell, ...]:
    if kind != "Unit":
        return (read_career if kind == "Official" else read_holders)(view, identifier)
    spells = read_staff(view, identifier)
    return spells if on is None else tuple(holding.spell for holding in standing_on(spells, on))


def _told(view: View, identifier: str, kind: str, *, on: str | None) -> Json:
    if kind == "Unit":
        return staff_json(view, identifier, on=on)
    return (career_json if kind == "Official" else holders_json)(view, identifier)


def spell_lines(spells: Iterable[Spell], *, language: str = "en") -> Iterator[Text]:
    """Yield what each spell says, and under it the first words that say so."""
    for spell in spells:
        days = " – ".join(dict.fromkeys(day for day in (spell.first, spell.last) if day))
        body = "" if spell.body is None else f", {spell.body.name}"
        standing = word(f"standing_{spell.standing}", language)
        said = f"  {standing}: {spell.official.name}, {spell.title}{body}"
        yield Text().append(days or word("undated", language), "green").append(said)
        for found in [found for claim in spell.claims for found in claim.evidence][:1]:
            yield Text("    ").append_text(quoted(found))

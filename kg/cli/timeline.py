"""``kg timeline``: who held a post when, or which posts somebody had when."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict

from kg.cli.sources import open_source
from kg.errors import NotFoundError
from kg.query.knowledge import Knowledge
from kg.query.timelines import Spell, read_career, read_holders
from kg.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Print the timeline of every post or person that goes by the name."""
    settings = Settings.from_environment()
    with open_source(arguments, settings) as source, closing(Knowledge(source.store, settings)) as knowledge:
        found = _timelines(knowledge, arguments.thing)
        if arguments.format == "json":
            told = {name: [asdict(spell) for spell in spells] for name, spells in found.items()}
            sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        else:
            for name, spells in found.items():
                sys.stdout.write(f"{name}\n")
                sys.stdout.writelines(f"  {line}\n" for line in spell_lines(spells))
    return source.exit_code


def _timelines(knowledge: Knowledge, typed: str) -> dict[str, tuple[Spell, ...]]:
    view, names = knowledge.view(), knowledge.names
    found = {}
    for identifier in knowledge.identify(typed, role="NAME"):
        kinds = names.kinds.get(identifier, ())
        if "Official" in kinds or "Post" in kinds:
            read = read_career if "Official" in kinds else read_holders
            path = identifier.removeprefix(knowledge.settings.base_iri)
            found[f"{names.label(identifier, 'vi')} ({path})"] = read(view, identifier)
    if not found:
        raise NotFoundError(f"NAME: {typed!r} is neither a post nor a person in this graph")
    return found


def spell_lines(spells: Iterable[Spell]) -> Iterator[str]:
    """Yield what each spell says, and under it the first words that say so."""
    for spell in spells:
        days = " – ".join(dict.fromkeys(day for day in (spell.first, spell.last) if day)) or "no day"
        body = "" if spell.body is None else f", {spell.body.name}"
        yield f"{days}  {spell.standing}: {spell.official.name}, {spell.title}{body}"
        for found in [found for claim in spell.claims for found in claim.evidence][:1]:
            quote = " ".join(found.quote.split())
            yield f"    “{quote}” ({found.article.name}, {found.start}–{found.end})"

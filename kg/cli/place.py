"""``kg place``: what a place was on a day, what it lay in, what it had been and what took its place."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date

from kg.cli.printing import print_json
from kg.cli.screen import fitted, open_screen, print_lines
from kg.query.place_facts import answer_json
from kg.query.places import PlaceAnswer, PlacedUnit, PlaceHistory, Replacement, find_place
from kg.vocabulary.administrative_units import AdministrativeUnit


def run(arguments: argparse.Namespace) -> int:
    """Print what the lists of administrative units say; no store and no article is needed."""
    name = " ".join(arguments.name)
    answer = find_place(name, on=arguments.on or date.today(), within=arguments.within)
    if arguments.format == "json":
        print_json(answer_json(answer))
    else:
        screen = open_screen(arguments)
        for line in _lines(answer):
            print_lines(screen, fitted(screen, line))
    return 0


def _lines(answer: PlaceAnswer) -> Iterator[str]:
    if answer.place is not None:
        yield from _history(answer.place)
    else:
        count = len(answer.candidates)
        yield f"{count} go by {answer.name!r} on {answer.on}; name what holds the one you mean with --within:"
        yield from (f"  {_placed(place)}" for place in answer.candidates)
    yield from _listed("also of that name", answer.namesakes)
    yield from _listed("at other times", answer.at_other_times, dated=True)


def _history(history: PlaceHistory) -> Iterator[str]:
    unit = history.place.unit
    yield _coded(unit)
    yield f"  level     {unit.level}"
    yield f"  in force  {_validity(unit)}{'' if history.in_force else f', not on {history.on}'}"
    if history.place.within:
        yield f"  within    {', '.join(map(_coded, history.place.within))}"
    yield from _fate(history)
    yield from _listed("before that", history.before, dated=True)


def _fate(history: PlaceHistory) -> Iterator[str]:
    fate = history.fate
    if fate.since is None:
        return
    whole = [place for place in fate.successors if place.unit.tier == history.place.unit.tier]
    if whole or not history.communes:
        yield f"  replaced on {fate.since} by:"
        yield from (f"    {_placed(place)}" for place in fate.successors)
    if history.communes:
        heading = "its communes today" if whole else f"replaced on {fate.since}, commune by commune"
        yield f"  {heading}:"
        width = max(len(_coded(each.replaced.unit)) for each in history.communes)
        for commune in history.communes:
            yield f"    {_coded(commune.replaced.unit):<{width}}  → {_became(commune)}"
        yield from _listed("that is today in", _holders(fate.today))
    elif fate.today != fate.successors:
        yield from _listed("today", fate.today)


def _became(commune: Replacement) -> str:
    today = commune.today or (commune.replaced,)
    return ", ".join(_coded(place.unit) for place in today)


def _holders(places: Iterable[PlacedUnit]) -> tuple[PlacedUnit, ...]:
    return tuple(
        PlacedUnit(unit, ()) for unit in dict.fromkeys(it for place in places for it in place.within)
    )


def _listed(heading: str, places: Iterable[PlacedUnit], *, dated: bool = False) -> Iterator[str]:
    lines = [f"    {_placed(it)}{f' – {_validity(it.unit)}' if dated else ''}" for it in places]
    if lines:
        yield f"  {heading}:"
        yield from lines


def _placed(place: PlacedUnit) -> str:
    return ", ".join([_coded(place.unit), *(unit.full_name for unit in place.within)])


def _coded(unit: AdministrativeUnit) -> str:
    return f"{unit.full_name} ({unit.code})"


def _validity(unit: AdministrativeUnit) -> str:
    since = "" if unit.valid_from is None else f"since {unit.valid_from}"
    until = "" if unit.valid_to is None else f"until {unit.valid_to}"
    return f"{since} {until}".strip() or "on all days of the lists"

"""One thing as a card on the terminal: its facts, and what articles claim of it, by time, in their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from kg.cli.quoting import most_telling, quoted
from kg.cli.screen import hanging
from kg.cli.words import word
from kg.query.records import Claim, Thing, Value
from kg.query.telling.things import Json, timeline_json
from kg.query.views import property_label
from kg.vocabulary.concepts import load_concepts

_MOST_VALUES = 8
_MOST_QUOTES = 2
_MOST_PLACES = 5
_WIDEST_LABEL = 24
_UNSURE = 0.7
_DOUBTED = "disputed"
# Told in the heading or by the claims, or of no use to a reader.
_SILENT = frozenset(
    {
        "articleBody", "mentions", "textHash", "inLanguage", "identifier", "headline", "name", "surface",
        "indicator", "comparator", "wasDerivedFrom", "inCapacity", "standsUnder", "succeededBy",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a card is laid out.

    Attributes:
        base: what the IRIs of things begin with, which is left off.
        language: "vi" or "en".
        limit: how many claims are told.
    """

    console: Console
    base: str
    language: str
    limit: int

    def say(self, key: str, **values: object) -> str:
        """Return our own words for a key."""
        return word(key, self.language, **values)


def card(desk: Desk, thing: Thing, history: dict[str, list[str]]) -> Iterator[Text]:
    """Yield the lines of a card.

    Args:
        desk: where it is laid out.
        thing: what it tells of.
        history: what it was before, what it stands under and what it became, by heading.
    """
    yield from hanging(desk.console, Text(thing.name, "bold"))
    about = [thing.label, thing.id.removeprefix(desk.base)]
    if thing.confidence is not None:
        about.append(f"{desk.say('confidence')} {thing.confidence:g}")
    yield from hanging(desk.console, Text(" · ".join(part for part in about if part), "dim"))
    facts = dict(_facts(desk, thing)) | history
    if facts:
        yield Text()
        yield from _fact_lines(desk, facts)
    if thing.claims:
        yield Text()
        yield from _claims(desk, thing)
    elif thing.evidence:
        yield Text()
        yield Text(desk.say("evidence"), "bold")
        for found in thing.evidence[:_MOST_PLACES]:
            yield from hanging(desk.console, quoted(found), first="  ", rest="  ")


def _facts(desk: Desk, thing: Thing) -> Iterator[tuple[str, list[str]]]:
    for name in ("altLabel", "surface"):
        called = [it.name for it in thing.values.get(name, ()) if it.name != thing.name]
        if called:
            yield desk.say("also" if name == "altLabel" else "surface"), _shortened(desk, called)
    for name, values in thing.values.items():
        told = [_plain(it) for it in values if it.name != thing.name and not _is_nameless(it)]
        if told and name not in _SILENT and name != "altLabel":
            yield property_label(name, desk.language), _shortened(desk, told)


def _is_nameless(value: Value) -> bool:
    """Tell whether a thing is called by its IRI for want of a name, as figures are, which claims tell."""
    return value.is_thing and value.text.endswith(f"/{value.name}")


def _plain(value: Value) -> str:
    return " ".join(value.name.split())


def _shortened(desk: Desk, values: list[str]) -> list[str]:
    left = len(values) - _MOST_VALUES
    return values if left <= 0 else [*values[:_MOST_VALUES], desk.say("more", count=left)]


def _fact_lines(desk: Desk, facts: Mapping[str, list[str]]) -> Iterator[Text]:
    """Yield facts, their values below each other behind their labels."""
    widest = min(max(map(len, facts)), _WIDEST_LABEL, max(desk.console.width // 3, 1))
    for label, values in facts.items():
        heading, behind = f"  {label:<{widest}}  ", " " * (widest + 4)
        if len(label) > widest:
            yield Text(f"  {label}", "cyan")
            heading = behind
        for number, value in enumerate(values):
            first = Text(heading if number == 0 else behind, "cyan")
            lines = hanging(desk.console, Text(value), first=first.plain, rest=behind)
            lines[0].stylize("cyan", 0, len(first))
            yield from lines


def _claims(desk: Desk, thing: Thing) -> Iterator[Text]:
    days = {entry["claim"]: str(entry["date"]) for entry in timeline_json(thing)}
    ordered = sorted(thing.claims, key=lambda claim: (claim.id not in days, days.get(claim.id, ""), claim.id))
    more = "+" if thing.is_cut else ""
    yield Text(f"{desk.say('claims')} ({len(ordered)}{more})", "bold")
    for claim in ordered[: desk.limit]:
        yield from _claim(desk, claim, days.get(claim.id))
    if len(ordered) > desk.limit:
        yield Text(desk.say("more_claims", count=f"{len(ordered) - desk.limit}{more}"), "dim")


def _status(desk: Desk, notation: str) -> str:
    found = (concept for concept in load_concepts("statuses") if concept.notation == notation)
    return next((it.label_vi if desk.language == "vi" else it.label_en for it in found), notation)


def _claim(desk: Desk, claim: Claim, day: str | None) -> Iterator[Text]:
    heading = Text().append(day or desk.say("undated"), "green").append("  ").append(claim.label, "cyan")
    if claim.confidence is not None:
        heading.append(f"  {claim.confidence:.2f}", "red" if claim.confidence < _UNSURE else "dim")
    if claim.status is not None:
        heading.append(f"  {_status(desk, claim.status)}", "bold red" if claim.status == _DOUBTED else "dim")
    yield from hanging(desk.console, heading, first="  ", rest="    ")
    yield from hanging(desk.console, Text(" ".join(claim.name.split())), first="    ", rest="    ")
    for found in most_telling(claim.evidence)[:_MOST_QUOTES]:
        yield from hanging(desk.console, quoted(found), first="      ", rest="      ")


def history_of(desk: Desk, told: Json | None) -> dict[str, list[str]]:
    """Return what the history of a body or a place says, by heading; nothing of other things."""
    if told is None:
        return {}
    if "standsUnder" in told:
        found = {desk.say("above"): [_standing(it) for it in told["standsUnder"]]}
        for key, side in (("before", "originals"), ("after", "results")):
            found[desk.say(key)] = [_change(desk, it, side) for it in told[key]]
    else:
        found = {
            desk.say("within"): [str(it["name"]) for it in told["within"]],
            desk.say("before"): [_unit(it) for it in told["before"]],
            desk.say("after"): [_unit(it) for it in told["replacedBy"]],
        }
    return {heading: _shortened(desk, lines) for heading, lines in found.items() if lines}


def _unit(unit: Json) -> str:
    days = " – ".join(str(unit[it] or "…") for it in ("validFrom", "validThrough"))
    return f"{unit['name']} ({days})"


def _standing(standing: Json) -> str:
    days = " – ".join(str(standing[it]) for it in ("validFrom", "validThrough") if standing[it])
    return f"{standing['name']} ({days})" if days else str(standing["name"])


def _change(desk: Desk, change: Json, side: str) -> str:
    names = ", ".join(str(it["name"]) for it in change[side])
    parts = [
        str(change["since"] or ""),
        str(change["kind"]["name"]),
        desk.say("inferred") * change["inferred"],
    ]
    return f"{names} ({', '.join(part for part in parts if part)})"

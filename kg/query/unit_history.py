"""What a body stood under, what it was before and what took its place, each with its days and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.query.catalog import QUESTIONS
from kg.query.records import Claim, Value
from kg.query.views import View, read_claim, to_value
from kg.store import Term, iri
from kg.vocabulary import namespaces as ns

_LONGEST_CHAIN = 30
"""How many bodies are looked at on the way from one to those of today."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a body stands under from a day to a day; None where nobody knows of a day, or still."""

    upper: Value
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How some bodies became others.

    Attributes:
        kind: merger, split, new name …, a concept.
        day: since when, if that is known.
        claim: what states it; None where it follows from the mergers of places.
    """

    kind: Value
    originals: tuple[Value, ...]
    results: tuple[Value, ...]
    day: str | None
    claim: Claim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHistory:
    """A body in the order of bodies.

    Attributes:
        on: the one day that was asked for; None for all.
        above: what it stands under, oldest first, inferred from its kind and place.
        before: the changes that it came out of; `after`, those that it went into.
        today: what there is at the end of those, where that is further on.
    """

    on: str | None
    above: tuple[Standing, ...]
    before: tuple[Change, ...]
    after: tuple[Change, ...]
    today: tuple[Value, ...]


def read_unit_history(view: View, unit: str, *, on: str | None = None) -> UnitHistory:
    """Return what is known of a body's order.

    A body that no article names has its name, but is no thing of the graph.

    Args:
        view: where to look.
        unit: its IRI.
        on: a day, to tell only what it stood under then.
    """
    changes = _changes(view, unit)
    after = tuple(it for it in changes if unit in {body.text for body in it.originals})
    return UnitHistory(
        on=on,
        above=tuple(_standings(view, unit, on)),
        before=tuple(it for it in changes if unit in {body.text for body in it.results}),
        after=after,
        today=_today(view, unit, after),
    )


def _standings(view: View, unit: str, on: str | None) -> Iterator[Standing]:
    for member in view.names.members(unit):
        for row in QUESTIONS["superiors"].select(view.store, unit=member, on=on).records():
            upper = _body(view, str(row["upper"]), row["name"])
            yield Standing(upper, row["from"], row["through"])


def _changes(view: View, unit: str) -> tuple[Change, ...]:
    """Return the changes that a body is part of; one inferred is left out where articles state it too."""
    found = {
        change: None
        for member in view.names.members(unit)
        for change, way in view.store.statements_to(member)
        if way in (ns.ORG_ORIGINAL_ORGANIZATION, ns.ORG_RESULTING_ORGANIZATION)
    }
    every = [_change(view, each) for each in found]
    inferred = {pair: it.day for it in every if it.claim is None for pair in _pairs(it)}
    stated = [it for it in every if it.claim is not None]
    told = {pair for it in stated for pair in _pairs(it)}
    dated = (
        it if it.day else replace(it, day=next((inferred[p] for p in _pairs(it) if p in inferred), None))
        for it in stated
    )
    rest = (it for it in every if it.claim is None and not told.issuperset(_pairs(it)))
    return tuple(
        sorted((*dated, *rest), key=lambda it: (it.day or "9999", [body.name for body in it.results]))
    )


def _in_time(change: Change) -> tuple[str, list[str]]:
    return change.day or "9999", [body.name for body in change.results]


def _change(view: View, change: str) -> Change:
    said = view.store.statements_about(change)
    bare = {way: term.value for way, term in said}
    return Change(
        kind=to_value(view, iri(bare[ns.CHANGE_KIND])),
        originals=tuple(_ends(view, said, ns.ORG_ORIGINAL_ORGANIZATION, bare.get(ns.FORMER_NAME))),
        results=tuple(_ends(view, said, ns.ORG_RESULTING_ORGANIZATION, bare.get(ns.PRESENT_NAME))),
        day=bare.get(ns.SCHEMA_START_DATE),
        claim=read_claim(view, change) if ns.STATUS in bare else None,
    )


def _ends(view: View, said: Iterable[tuple[str, Term]], way: str, name: str | None) -> Iterator[Value]:
    ends = dict.fromkeys(view.names.stands_for(term.value) for each, term in said if each == way)
    yield from (_body(view, end, name) for end in ends)


def _body(view: View, identifier: str, name: str | None) -> Value:
    known = view.names.stands_for(identifier)
    if known in view.names.labels:
        return Value(known, view.names.labels[known], is_thing=True)
    return Value(known, name or known)


def _pairs(change: Change) -> Iterator[tuple[str, str]]:
    return ((one.text, other.text) for one in change.originals for other in change.results)


def _today(view: View, unit: str, after: tuple[Change, ...]) -> tuple[Value, ...]:
    """Return the bodies at the ends of the chains of changes, if some chain is longer than one step."""
    first = {body.text: body for change in after for body in change.results}
    ends: dict[str, Value] = {}
    onward, seen = dict(first), {unit}
    while onward and len(seen) < _LONGEST_CHAIN:
        text, body = onward.popitem()
        seen.add(text)
        changes = [it for it in _changes(view, text) if text in {one.text for one in it.originals}]
        further = {it.text: it for change in changes for it in change.results if it.text not in seen}
        onward |= further
        if not further:
            ends[text] = body
    return () if ends.keys() == first.keys() else tuple(sorted(ends.values(), key=lambda it: it.name))

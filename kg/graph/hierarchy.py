"""What a body stands under, and from when to when, where the hierarchy makes it plain, whatever is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.graph.identity import unit_iri, without_place
from kg.graph.iris import mint, slug_of
from kg.graph.tenures import Said, seat_in, unit_of
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.concepts import expanded_key
from kg.vocabulary.gazetteer import load_gazetteer
from kg.vocabulary.hierarchy import Rung, find_rung, load_rungs


@dataclass(frozen=True, slots=True)
class Seated:
    """A body of an article in the unit that it is the body of.

    Attributes:
        key: its name in matching form, abbreviations written out, without the place.
    """

    iri: str
    kind: str
    key: str
    unit: AdministrativeUnit

    @property
    def rung(self) -> Rung | None:
        """The office that it is, if its name says that it is one of those that every such unit has."""
        return find_rung(self.kind, self.unit.tier, self.key)


@dataclass(frozen=True, slots=True)
class Superior:
    """What a body stands under from a day to a day; None where the lists of units begin, or still."""

    body: str
    iri: str
    name: str
    since: date | None
    until: date | None


def seated_bodies(said: Said) -> Iterator[Seated]:
    """Yield the bodies of an article whose units are plain."""
    gazetteer = load_gazetteer()
    for body, of in sorted(said.items()):
        kind = next(iter(of.get(ns.ORG_CLASSIFICATION, ())), None)
        unit = None if kind is None else unit_of(said.get(seat_in(said, body) or "", {}))
        if kind is not None and unit is not None:
            outer = [name for holder in gazetteer.ancestors(unit) for name in gazetteer.names_of(holder)]
            own = [*gazetteer.names_of(unit), unit.designation]
            yield Seated(body, kind, without_place(expanded_key(of[ns.RDFS_LABEL][0]), own, outer), unit)


def standing_under(bodies: Iterable[Seated], *, base: str) -> Iterator[Superior]:
    """Yield what each body stands under, as long as its unit and the one above were in force.

    A body counts that is called as its office is called, and a party organisation that is called by the body
    that it is in: "Chi bộ Khoa Nội Trung tâm Y tế huyện …" stands under the Đảng ủy of that centre.

    Args:
        bodies: those of an article, as `seated_bodies` gives them.
        base: what all IRIs of things begin with, ending in a slash.
    """
    rungs = load_rungs()
    for body in bodies:
        if (rung := body.rung) is not None:
            yield from _in_order(body, rung.under, base)
        elif body.kind == rungs[ns.COMMITTEE_OF_BODY].kind:
            yield from _of_party(body, base)


def body_iri(name: str, unit: AdministrativeUnit, *, base: str) -> str:
    """Return the IRI of the body of a unit that goes by a name, which articles give it as well."""
    place, key = unit_iri(unit, base=base), expanded_key(name)
    return mint(base, "organization", f"{key} {slug_of(place)}", key, place)


def _of_party(body: Seated, base: str) -> Iterator[Superior]:
    """Yield what a committee or cell in a body stands under, by the longest office that its name ends in."""
    rungs = load_rungs()
    committee, cell = rungs[ns.COMMITTEE_OF_BODY], rungs[ns.CELL_WITHIN_BODY]
    hosts = [
        (key, rung)
        for rung in rungs.values()
        if rung.tier == body.unit.tier and rung.kind != committee.kind
        for key in rung.keys
        if body.key.endswith(f" {key}")
    ]
    if not hosts:
        return
    key, host = max(hosts, key=lambda pair: len(pair[0]))
    head = body.key.removesuffix(key).rstrip(" ,-–")
    if head in committee.keys:
        yield from _in_order(body, (host.party_under,) if host.party_under else (), base)
    elif any(head.startswith(f"{word} ") for word in cell.keys):
        name = f"{committee.names[0]} {host.name_in(body.unit)}"
        unit = body.unit
        yield Superior(
            body.iri,
            body_iri(name, unit, base=base),
            f"{name} {unit.full_name}",
            unit.valid_from,
            unit.valid_to,
        )


def _in_order(body: Seated, above: Iterable[str], base: str) -> Iterator[Superior]:
    """Yield the bodies on some rungs, each of the narrowest unit that has one: a body's, or one about it."""
    by_tier = {rung.tier: rung for rung in (load_rungs()[iri] for iri in above)}
    found = [
        Superior(
            body.iri,
            body_iri(rung.name_in(unit), unit, base=base),
            rung.full_name_in(unit),
            since,
            until,
        )
        for line, since, until in _lines(body.unit)
        for unit, rung in [_narrowest(line, by_tier)]
        if unit is not None and rung is not None
    ]
    yield from _joined(found)


def _narrowest(
    line: tuple[AdministrativeUnit, ...], by_tier: Mapping[int | None, Rung]
) -> tuple[AdministrativeUnit | None, Rung | None]:
    return next(((unit, by_tier[unit.tier]) for unit in line if unit.tier in by_tier), (None, None))


def _lines(
    unit: AdministrativeUnit,
) -> Iterator[tuple[tuple[AdministrativeUnit, ...], date | None, date | None]]:
    """Yield a unit with what it lay in, nearest first, and from when to when it lay in just these."""
    holders = load_gazetteer().holders(unit)
    if not holders:
        yield (unit,), unit.valid_from, unit.valid_to
    for holder in holders:
        for line, since, until in _lines(holder):
            first = max(since or date.min, unit.valid_from or date.min)
            last = min(until or date.max, unit.valid_to or date.max)
            if first <= last:
                yield (unit, *line), None if first == date.min else first, None if last == date.max else last


def _joined(superiors: Iterable[Superior]) -> Iterator[Superior]:
    """Put together the spans of one superior: a district that was made a town left its province the same."""
    spans: dict[str, Superior] = {}
    for it in superiors:
        before = spans.get(it.iri, it)
        since = (
            None if None in (before.since, it.since) else min(before.since or date.min, it.since or date.min)
        )
        until = (
            None if None in (before.until, it.until) else max(before.until or date.max, it.until or date.max)
        )
        spans[it.iri] = replace(it, since=since, until=until)
    yield from spans.values()

"""What a list shows of each thing on the terminal: a few columns, of what tells most about its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.query.records import Thing, Value

_Read = Callable[[Thing], Iterable[Value]]
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, as a key of our words, and how it is read from a thing."""

    heading: str
    read: _Read

    def cell(self, thing: Thing) -> str:
        """Return what stands in the column; of many values the first."""
        names = list(dict.fromkeys(value.name for value in self.read(thing)))
        return "; ".join([*names[:_SEVERAL], "…"] if len(names) > _SEVERAL else names)


def _said(*properties: str) -> _Read:
    """Read the first property that is said."""

    def read(thing: Thing) -> Iterable[Value]:
        return next((found for name in properties if (found := thing.values.get(name))), ())

    return read


def _in_role(role: str) -> _Read:
    """Read who took part in a meeting in a role."""

    def read(thing: Thing) -> Iterable[Value]:
        for claim in thing.claims:
            given = claim.first("role")
            if claim.kind == "Participation" and given is not None and given.text.endswith(f"#{role}"):
                yield from claim.values.get("participant", ())

    return read


def _period(thing: Thing) -> Iterable[Value]:
    """Read the time that a figure is of, or else the day of its article."""
    days = (Value(it.published, it.published) for it in thing.evidence if it.published is not None)
    return _said("periodEnd", "period")(thing) or tuple(days)[:1]


def _figure(thing: Thing) -> Iterable[Value]:
    """Read a figure, of a range both ends."""
    least, most = thing.first("value"), thing.first("valueMax")
    if least is None or most is None:
        return thing.values.get("value", ())
    return (Value(least.text, f"{least.name}–{most.name}"),)


def _name(thing: Thing) -> Iterable[Value]:
    return (Value(thing.name, thing.name),)


_NAME = Column("name", _name)
_KIND_OF_BODY = Column("kind", _said("classification"))
_PLACE = Column("place", _said("inPlace"))

COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "officials": (_NAME, Column("posts", _said("holds")), Column("units", _said("holdsPostIn"))),
        "units": (_NAME, _KIND_OF_BODY, _PLACE, Column("above", _said("standsUnder", "isPartOf"))),
        "posts": (_NAME, Column("unit", _said("postIn"))),
        "meetings": (
            Column("day", _said("heldOn", "startDate")),
            _NAME,
            Column("chair", _in_role("chair")),
            Column("organiser", _in_role("organiser")),
        ),
        "appointments": (
            Column("day", _said("startDate")),
            Column("official", _said("appointee")),
            Column("action", _said("action")),
            Column("post", _said("title")),
            Column("unit", _said("organization")),
        ),
        "metrics": (
            Column("day", _period),
            Column("indicator", _said("indicatorText")),
            Column("value", _figure),
            Column("measure", _said("unitOfMeasure")),
            Column("target", _said("target")),
            Column("percent", _said("percentOfTarget")),
            Column("about", _said("about")),
        ),
        "places": (
            Column("code", _said("code")),
            _NAME,
            Column("within", _said("isPartOf")),
            Column("from", _said("validFrom")),
            Column("through", _said("validThrough")),
        ),
        "documents": (
            Column("number", _said("legislationIdentifier")),
            _NAME,
            Column("day", _said("legislationDate")),
            Column("issuer", _said("legislationPassedBy")),
        ),
        "awards": (
            Column("award", _said("awardName")),
            Column("recipient", _said("recipient", "recipientGroup")),
            Column("issuer", _said("conferredBy")),
        ),
        "articles": (
            Column("day", _said("datePublished")),
            _NAME,
            Column("source", _said("sourceName", "documentSource")),
        ),
    }
)
"""Of each list."""

NUMBERS = frozenset({"value", "target", "percent"})
"""Headings of columns whose cells are numbers, as the graph writes them."""

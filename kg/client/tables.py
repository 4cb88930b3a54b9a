"""The frames: which columns the lists and the other answers have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kg.client.columns import (
    Column,
    ColumnType,
    category,
    concept,
    day,
    evidence,
    flag,
    number,
    partial_day,
    several,
    text,
    thing,
    things,
    trust,
    values_of,
    whole,
)
from kg.client.evidence import Evidence, make_evidence
from kg.client.source import Json
from kg.graph.iris import slug, slug_of
from kg.query.names import local_name

_CHAIRS = frozenset({"chair", "co-chair"})
_ORGANISERS = frozenset({"organiser", "host"})
_IDENTITY = (*text("id"), *text("name"))
_KIND = (Column("kind", ColumnType.CATEGORY, lambda item: item.get("type")), *category("label"))

_SAYS_LITTLE = frozenset({"Claim", "Unit"})

Columns = tuple[Column, ...]


def kind_of(types: Sequence[str]) -> str | None:
    """Return the most telling of the local names of a thing's classes."""
    return next((kind for kind in types if kind not in _SAYS_LITTLE), next(iter(types), None))


def _of_claims(kind: str, end: str) -> Callable[[Json], Iterable[Json]]:
    """Return what finds the things at an end of an item's claims of a kind."""
    return lambda item: (
        value for claim in item["claims"] if claim["type"] == kind for value in values_of(claim, end)
    )


def _in_role(roles: frozenset[str]) -> Callable[[Json], Iterable[Json]]:
    """Return what finds the participants of a meeting in some roles."""
    return lambda item: (
        value
        for claim in item["claims"]
        if claim["type"] == "Participation" and local_name(claim.get("role", {}).get("id", "")) in roles
        for value in values_of(claim, "participant")
    )


def _latest(item: Json) -> str | None:
    """Return the last day as of which a claim holds."""
    return max((day for claim in item["claims"] for day in values_of(claim, "asOf")), default=None)


def _groups(award: Json) -> Iterator[Json]:
    """Yield the groups that were honoured, each by the words of the article that its IRI is made of."""
    quotes = {slug(each["quote"]): each["quote"] for each in award["evidence"]}
    for group in values_of(award, "recipientGroup"):
        yield {**group, "name": quotes.get(slug_of(group["id"]), group["name"])}


LISTS: Mapping[str, Columns] = MappingProxyType(
    {
        "officials": (
            *_IDENTITY,
            *things("holds", "holds"),
            *things("holdsPostIn", "holdsPostIn"),
            *several("formerlyIn", lambda item: _of_claims("Membership", "organization")(_former(item))),
            Column("asOf", ColumnType.DAY, _latest),
            *number("confidence"),
            *evidence(),
        ),
        "units": (
            *_IDENTITY,
            *_KIND,
            *concept("classification"),
            *thing("inPlace"),
            *thing("isPartOf"),
            *number("confidence"),
            *evidence(),
        ),
        "posts": (*_IDENTITY, *text("title"), *concept("role"), *thing("postIn")),
        "meetings": (
            *_IDENTITY,
            *concept("meetingKind"),
            *partial_day("startDate"),
            *partial_day("endDate"),
            *text("venue"),
            *thing("inPlace"),
            *several("chairs", _in_role(_CHAIRS)),
            *several("organisers", _in_role(_ORGANISERS)),
            *several("participants", _of_claims("Participation", "participant")),
            *trust(),
        ),
        "appointments": (
            *_IDENTITY,
            *concept("action"),
            *thing("appointee"),
            *text("title"),
            *thing("post"),
            *thing("organization"),
            *thing("decidedBy"),
            *thing("byDocument"),
            *partial_day("startDate"),
            *trust(),
        ),
        "metrics": (
            *_IDENTITY,
            *concept("indicator"),
            *text("indicatorText"),
            *number("value"),
            *number("valueMax"),
            *category("unitOfMeasure"),
            *category("comparator"),
            *number("target"),
            *number("percentOfTarget"),
            *category("direction"),
            *number("changePercent"),
            *number("changeAbsolute"),
            *number("sharePercent"),
            *number("total"),
            *number("previousValue"),
            *thing("about"),
            *flag("aboutInferred"),
            *text("period"),
            *day("periodStart"),
            *day("periodEnd"),
            *flag("planned"),
            *concept("check"),
            *text("checkNote"),
            *trust(),
        ),
        "places": (
            *_IDENTITY,
            *text("code"),
            *concept("level"),
            *thing("isPartOf"),
            *day("validFrom"),
            *day("validThrough"),
        ),
        "documents": (
            *_IDENTITY,
            *text("legislationIdentifier"),
            *concept("documentKind"),
            *partial_day("legislationDate"),
            *thing("legislationPassedBy"),
            *evidence(),
        ),
        "awards": (
            *_IDENTITY,
            *text("awardName"),
            *thing("conferredBy"),
            *things("recipient", "recipient"),
            *several("recipientGroup", _groups),
            *flag("proposed"),
            *trust(),
        ),
        "articles": (
            *_IDENTITY,
            *partial_day("datePublished"),
            *text("sourceName"),
            *text("byline"),
            *things("reports", "reports"),
            *things("cites", "cites"),
            *text("documentSource"),
            *text("url"),
        ),
    }
)
"""The columns of every list."""


def _former(item: Json) -> Json:
    return {"claims": [claim for claim in item["claims"] if claim.get("former")]}


CLAIMS: Columns = (
    *text("id"),
    *_KIND,
    *text("name"),
    Column("date", ColumnType.DAY, lambda item: item.get("date")),
    Column("date_text", ColumnType.TEXT, lambda item: item.get("date")),
    *trust(),
)
"""The columns of the claims that touch a thing; `date` is the day that puts a claim in order of time."""


def _evidence_of_claims(spell: Json) -> Evidence:
    return make_evidence(each for claim in spell["claims"] for each in claim["evidence"])


SPELLS: Columns = (
    *thing("official"),
    *thing("post"),
    *text("title"),
    *thing("unit"),
    *category("standing"),
    *day("first"),
    *day("last"),
    Column("evidence", ColumnType.OBJECT, _evidence_of_claims),
)
"""The columns of who held which post when: the first and last day on which articles say so."""

HOLDINGS: Columns = (*SPELLS[:-1], *day("lastStated"), *flag("stated"), SPELLS[-1])
"""Those of who held a post on one day: until when articles say so, and whether they do of that day."""

FOUND: Columns = (
    *_IDENTITY,
    Column("kind", ColumnType.CATEGORY, lambda item: kind_of(item["types"])),
    *category("label"),
    *text("detail"),
    *category("fit"),
    *whole("prominence"),
)
"""The columns of what goes by a name."""

QUESTIONS: Columns = (
    *text("name"),
    *text("title"),
    *text("description"),
    Column(
        "parameters", ColumnType.TEXT, lambda item: ", ".join(map(_parameter, item["parameters"])) or None
    ),
)
"""The columns of the questions that are known by name."""


def _parameter(told: Json) -> str:
    return f"{told['name']}{'' if told['required'] else '?'}: {told['type']}"


PLACE_MEANINGS: Columns = (
    *text("id"),
    *text("name"),
    *text("code"),
    *category("level"),
    Column("within", ColumnType.TEXT, lambda item: ", ".join(it["name"] for it in item["within"]) or None),
    *day("validFrom"),
    *day("validThrough"),
    *category("meaning"),
    Column(
        "today", ColumnType.TEXT, lambda item: "; ".join(it["name"] for it in item.get("today", ())) or None
    ),
)
"""The columns of what the name of a place means."""

CONNECTIONS: Columns = (
    *thing("source"),
    *category("property"),
    *category("label"),
    *thing("target"),
    Column("date", ColumnType.DAY, lambda item: item["date"]),
    *number("confidence"),
    Column("evidence", ColumnType.OBJECT, _evidence_of_claims),
)
"""The columns of what joins things: a row is one kind of connection, in the direction in which it reads."""

PATH_CONNECTIONS: Columns = (*whole("path"), *whole("step"), *CONNECTIONS)
"""Those of several ways: which way, and which step of it, both from 1."""

NEIGHBOURS: Columns = (
    *_IDENTITY,
    Column("kind", ColumnType.CATEGORY, lambda item: kind_of(item["types"])),
    *whole("distance"),
    *whole("edges"),
)
"""The columns of what stands around a thing: how far, and how much each is joined to in the whole graph."""

FACTS: Columns = (
    *category("kind"),
    *text("statement"),
    Column("quote", ColumnType.TEXT, lambda item: " … ".join(item["quotes"])),
    Column("start", ColumnType.WHOLE, lambda item: item["spans"][0][0]),
    Column("end", ColumnType.WHOLE, lambda item: item["spans"][0][1]),
    *number("confidence"),
    *category("rule"),
)
"""The columns of the facts of an article."""

"""Names as people ask for them: with a kind and a place, and which one thing is meant."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFoundError, QueryError
from kg.query.knowledge import Knowledge
from kg.query.names import Match
from kg.query.records import Thing
from kg.query.resource_lists import identify_item
from kg.query.resources import BY_KIND
from kg.query.search_facts import INDICATOR
from kg.query.views import read_thing

SEARCHED_KINDS = (
    "Official", "Unit", "HealthFacility", "PartyBody", "Post", "AdministrativeUnit", "Meeting",
    "LegalDocument", "Article", INDICATOR,
)  # fmt: skip
"""The kinds of things that have names, as they may be asked for."""

MOST_FOUND = 100
LONGEST_NAME = 500
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesRequest:
    """Which names are wanted.

    Attributes:
        typed: a name, part of it, or a short form.
        kind: local name of the class that is wanted.
        place: an IRI, a path or a name of where the thing must lie or belong.
        limit: how many at most.
        unfinished: the last word is still being typed, and may get marks.
    """

    typed: str
    kind: str | None = None
    place: str | None = None
    limit: int = 20
    unfinished: bool = False


def ask_names(knowledge: Knowledge, request: NamesRequest) -> tuple[Match, ...]:
    """Return what goes by a name, best first.

    Raises:
        QueryError: there is no such kind, or a name is too long.
        NotFoundError: there is no such place.
    """
    typed, kind = _short(request.typed), request.kind
    if kind is not None and kind not in SEARCHED_KINDS:
        raise QueryError(f"kind is {kind!r}, but takes one of {', '.join(SEARCHED_KINDS)}")
    inside = None
    if request.place is not None:
        inside = knowledge.identify(_short(request.place), kind="AdministrativeUnit", role="place")
    return knowledge.names.search(
        typed, kind=kind, inside=inside, limit=request.limit, unfinished=request.unfinished
    )


def the_one(knowledge: Knowledge, typed: str, kind: str | None = None) -> str:
    """Return the IRI of the one thing that is meant by an IRI, a path, or a name that is its alone.

    Raises:
        NotFoundError: there is none of that kind, or several go by the name.
    """
    found = _only(knowledge.identify(typed, kind=kind, role="id"), typed)
    if kind is not None and kind not in knowledge.names.kinds.get(found, ()):
        raise NotFoundError(f"{found} is no {kind}")
    return found


def read_one(knowledge: Knowledge, typed: str, kind: str | None = None, *, language: str = "vi") -> Thing:
    """Return the one thing that is meant with everything that is claimed of it; of any kind if none is given.

    Raises:
        NotFoundError: there is none of that kind, or several go by the name.
        QueryError: there is no such kind.
    """
    if kind is not None and kind not in BY_KIND:
        raise QueryError(f"kind is {kind!r}, but takes one of {', '.join(BY_KIND)}")
    if kind is None:
        found = knowledge.identify(typed, role="id")
    else:
        found = identify_item(knowledge, BY_KIND[kind], typed)
    thing = read_thing(knowledge.view(language), _only(found, typed))
    if kind is not None and kind not in thing.kinds:
        raise NotFoundError(f"{found[0]} is no {kind}")
    return thing


def _only(found: tuple[str, ...], typed: str) -> str:
    if len(found) > 1:
        told = ", ".join(found[:_MOST_TOLD])
        raise NotFoundError(f"{len(found)} go by {typed!r}: give one of {told}")
    return found[0]


def _short(typed: str) -> str:
    if len(typed) > LONGEST_NAME:
        raise QueryError(
            f"a name of {len(typed)} characters is too long: at most {LONGEST_NAME} are looked for"
        )
    return typed

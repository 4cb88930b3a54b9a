"""The resources: which things are listed, how each list is filtered and sorted, what its items tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class FilterType(StrEnum):
    """What a filter takes, and how an item answers to it."""

    THING = "thing"  # one of the item's things is meant
    WITHIN = "within"  # one of the item's things is, or lies in, what is meant
    CONCEPT = "concept"  # one of the item's concepts is, or is narrower than, the one meant
    WORDS = "words"  # every word stands in what the item says
    FROM = "from"  # the item is not over before a day
    TO = "to"  # the item has begun by a day
    PERIOD = "period"  # the item falls into a day, month or year
    ON = "on"  # the item is in force on a day
    FLAG = "flag"  # true or false
    CHOICE = "choice"  # one of a few words


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list.

    Attributes:
        name: of the parameter.
        type: what it takes.
        facet: what of the items it looks at.
        of: the class of the thing that is meant (local name), or the scheme of the concept.
        choices: the words of a choice.
    """

    name: str
    type: FilterType
    facet: str
    of: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One kind of thing that is listed.

    Attributes:
        name: of the list, as in its address.
        kind: local name of the class of its items.
        filters: beside ``name``, which every list has.
        sorts: by name of the order, the facet whose first value counts; "articles" counts them.
        order: how the list is sorted unless told otherwise; with "-" the last comes first.
        claims: local names of the classes of claims that an item of the list tells.
        most_claims: how many of them it tells; where a body is, hundreds of articles say.
        placed_by: facets whose things lend the item their places.
        has_names: its items go by names, and not only by what they say.
    """

    name: str
    kind: str
    filters: tuple[Filter, ...]
    sorts: Mapping[str, str]
    order: str = "name"
    claims: frozenset[str] = frozenset()
    most_claims: int = 30
    placed_by: tuple[str, ...] = ()
    has_names: bool = True

    @property
    def question(self) -> str:
        """The name of the question whose rows feed the list."""
        return f"list_{self.name}"


def _unit(facet: str = "unit", name: str = "unit") -> Filter:
    return Filter(name, FilterType.THING, facet, "Unit")


_BY_NAME = MappingProxyType({"name": "name"})
_BY_NAME_AND_ARTICLES = MappingProxyType({"name": "name", "articles": "articles"})
_BY_DATE = MappingProxyType({"date": "date", "name": "name"})
_PLACE = Filter("place", FilterType.WITHIN, "place", "AdministrativeUnit")
_DAYS = (Filter("from", FilterType.FROM, "date"), Filter("to", FilterType.TO, "date"))
_ARTICLE = Filter("article", FilterType.THING, "article", "Article")
_OFFICIAL = Filter("official", FilterType.THING, "official", "Official")
_KIND_OF_BODY = Filter("kind", FilterType.CONCEPT, "kind", "organizations")
_ROLE = Filter("role", FilterType.CONCEPT, "role", "posts")

RESOURCES: tuple[Resource, ...] = (
    Resource(
        name="officials",
        kind="Official",
        filters=(_unit(), _PLACE, _ROLE, _KIND_OF_BODY, *_DAYS, _ARTICLE),
        sorts=_BY_NAME_AND_ARTICLES,
        claims=frozenset({"Membership", "Appointment"}),
        placed_by=("unit",),
    ),
    Resource(
        name="units",
        kind="Unit",
        filters=(
            _KIND_OF_BODY,
            _PLACE,
            Filter("unit", FilterType.WITHIN, "above", "Unit"),
            *_DAYS,
            _ARTICLE,
        ),
        sorts=_BY_NAME_AND_ARTICLES,
        claims=frozenset({"Location", "Affiliation"}),
        most_claims=3,
        placed_by=("above",),
    ),
    Resource(
        name="posts",
        kind="Post",
        filters=(_unit(), _PLACE, _ROLE, _OFFICIAL, *_DAYS),
        sorts=_BY_NAME,
        placed_by=("unit",),
    ),
    Resource(
        name="meetings",
        kind="Meeting",
        filters=(
            Filter("chair", FilterType.THING, "chair", "Official"),
            Filter("official", FilterType.THING, "participant", "Official"),
            _unit("participant"),
            _PLACE,
            Filter("kind", FilterType.CONCEPT, "kind", "events"),
            *_DAYS,
            _ARTICLE,
        ),
        sorts=_BY_DATE,
        order="-date",
        claims=frozenset({"Participation"}),
        placed_by=("organiser",),
    ),
    Resource(
        name="appointments",
        kind="Appointment",
        filters=(
            _OFFICIAL,
            _unit(),
            Filter("post", FilterType.THING, "post", "Post"),
            _unit("by", "by"),
            _PLACE,
            _ROLE,
            Filter("kind", FilterType.CONCEPT, "kind", "actions"),
            *_DAYS,
            _ARTICLE,
        ),
        sorts=_BY_DATE,
        order="-date",
        placed_by=("unit",),
        has_names=False,
    ),
    Resource(
        name="metrics",
        kind="Observation",
        filters=(
            Filter("indicator", FilterType.CONCEPT, "indicator", "indicators"),
            _unit("about"),
            _PLACE,
            Filter("period", FilterType.PERIOD, "date"),
            *_DAYS,
            Filter("target", FilterType.CHOICE, "target", choices=("reached", "missed")),
            Filter("planned", FilterType.FLAG, "planned"),
            Filter("check", FilterType.CONCEPT, "check", "checks"),
            _ARTICLE,
        ),
        sorts=MappingProxyType({"date": "date", "name": "name", "value": "value", "percent": "percent"}),
        order="-date",
        placed_by=("about",),
        has_names=False,
    ),
    Resource(
        name="places",
        kind="AdministrativeUnit",
        filters=(
            Filter("place", FilterType.WITHIN, "self", "AdministrativeUnit"),
            Filter("kind", FilterType.CONCEPT, "kind", "places"),
            Filter("on", FilterType.ON, "from"),
            _ARTICLE,
        ),
        sorts=MappingProxyType({"name": "name", "articles": "articles", "code": "code"}),
    ),
    Resource(
        name="documents",
        kind="LegalDocument",
        filters=(_unit(), Filter("kind", FilterType.CONCEPT, "kind", "documents"), *_DAYS, _ARTICLE),
        sorts=MappingProxyType({"name": "name", "date": "date", "articles": "articles"}),
    ),
    Resource(
        name="awards",
        kind="Award",
        filters=(
            _unit(),
            Filter("recipient", FilterType.THING, "recipient", ""),
            _PLACE,
            Filter("proposed", FilterType.FLAG, "proposed"),
            *_DAYS,
            _ARTICLE,
        ),
        sorts=_BY_DATE,
        order="-date",
        placed_by=("unit", "recipient"),
        has_names=False,
    ),
    Resource(
        name="articles",
        kind="Article",
        filters=(
            Filter("about", FilterType.THING, "mentions", ""),
            _PLACE,
            Filter("source", FilterType.WORDS, "source"),
            *_DAYS,
        ),
        sorts=_BY_DATE,
        order="-date",
        placed_by=("mentions",),
    ),
)  # fmt: skip
"""Every list, in the order in which people are shown them."""

BY_NAME: Mapping[str, Resource] = MappingProxyType({resource.name: resource for resource in RESOURCES})
BY_KIND: Mapping[str, Resource] = MappingProxyType({resource.kind: resource for resource in RESOURCES})

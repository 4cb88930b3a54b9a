"""What is compared: the single statements that the facts of an article make, slot by slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluation.wording import Wording

Facts = Mapping[str, Any]
PARTS = ("chair", "attendee", "speaker", "opened_by", "concluded_by", "directed_by")
_LEVELS = ("value", "pct_of_target", "change_pct", "change_abs")
_DETAILS = ("target", "pct_of_target", "change_pct", "change_abs", "total", "value_max")


@dataclass(frozen=True, slots=True)
class Figure:
    """One reading of a reported figure.

    Attributes:
        level: the number itself; where the text gives none, what it gives first of percent and change.
        details: the other numbers that were stated, by the name of their field.
    """

    level: float | None
    details: Mapping[str, float]
    unit: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of one slot; of an annotated one every reading that counts as right.

    Attributes:
        text: the statement for people.
        names: what it is about, the preferred wording first; of a body the second is its short form.
        notations: kinds or roles.
        titles: wordings of a post.
        bodies: wordings of the body that a post is in.
        open_body: the text leaves that body open.
        days: dates as written in the facts.
        figures: readings of a figure.
        item: the fact that states it.
    """

    text: str
    names: tuple[Wording, ...] = ()
    notations: tuple[str, ...] = ()
    titles: tuple[Wording, ...] = ()
    bodies: tuple[Wording, ...] = ()
    open_body: bool = False
    days: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    item: Facts = field(default_factory=dict, compare=False)

    @property
    def rule(self) -> str:
        """The name of the rule that read the fact; empty for an annotated one."""
        return str(self.item.get("rule") or "")

    @property
    def confidence(self) -> float | None:
        """How far the extraction trusts the fact, if it says so."""
        value = self.item.get("confidence")
        return float(value) if isinstance(value, int | float) else None


def claims(slot: str, facts: Facts) -> tuple[Claim, ...]:
    """Return the statements that facts make in one slot of `SLOTS`."""
    return tuple(_READERS[slot](facts))


def _wordings(*texts: object) -> tuple[Wording, ...]:
    return tuple(Wording.of(text) for text in texts if text)


def _others(item: Facts, key: str) -> tuple[str, ...]:
    """The further right readings under a key; those that are objects belong to other slots."""
    return tuple(text for text in item.get(key) or () if isinstance(text, str))


def _about_article(key: str) -> Callable[[Facts], Iterable[Claim]]:
    def read(facts: Facts) -> Iterable[Claim]:
        article = facts.get("article") or {}
        if text := article.get(key):
            yield Claim(text=text, names=_wordings(text), days=(text[:10],), item=article)

    return read


def _persons(facts: Facts) -> Iterable[Claim]:
    for person in facts.get("persons") or ():
        yield Claim(text=person["name"], names=_wordings(person["name"]), item=person)


def _roles(facts: Facts) -> Iterable[Claim]:
    for person in facts.get("persons") or ():
        for role in person.get("roles") or ():
            if role.get("title"):
                yield Claim(
                    text=f"{person['name']}: {role['title']}, {role.get('org') or '(open)'}",
                    names=_wordings(person["name"]),
                    titles=_wordings(role["title"], *_others(role, "title_alternatives")),
                    bodies=_wordings(role.get("org"), *_others(role, "org_alternatives")),
                    open_body=role.get("org") is None,
                    item=role,
                )


def _organizations(facts: Facts) -> Iterable[Claim]:
    for body in facts.get("organizations") or ():
        others = (*_others(body, "aliases"), *_others(body, "alternatives"))
        kinds = (body.get("kind"), *_others(body, "kind_alternatives"))
        yield Claim(
            text=f"{body['name']} ({body.get('kind')})",
            names=_wordings(body["name"], body.get("surface") or body["name"], *others),
            notations=tuple(kind for kind in kinds if kind),
            item=body,
        )


def _places(facts: Facts) -> Iterable[Claim]:
    for place in facts.get("places") or ():
        yield Claim(text=place["name"], names=_wordings(place["name"]), item=place)


def _events(facts: Facts) -> Iterable[Claim]:
    for event in facts.get("events") or ():
        kinds = (event.get("kind"), *_others(event, "kind_alternatives"))
        days = (event.get("date"), *_others(event, "date_alternatives")) if event.get("date") else ()
        yield Claim(
            text=f"{event.get('kind')} {event.get('date') or '(no date)'}: {event.get('name') or ''}",
            notations=tuple(kind for kind in kinds if kind),
            days=tuple(day for day in days if day),
            item=event,
        )


def _organizers(facts: Facts) -> Iterable[Claim]:
    for event in facts.get("events") or ():
        if event.get("organizer"):
            names = _wordings(event["organizer"], *_others(event, "organizer_alternatives"))
            yield Claim(text=event["organizer"], names=names, item=event)


def _participants(roles: tuple[str, ...]) -> Callable[[Facts], Iterable[Claim]]:
    """Each person once in each role, however many events of the article it is in."""

    def read(facts: Facts) -> Iterable[Claim]:
        found: dict[tuple[str, str], Facts] = {}
        for event in facts.get("events") or ():
            stated = {(item["name"], item["as"]): item for item in event.get("participants") or ()}
            for role in roles:
                for name in event.get(role) or ():
                    found.setdefault((name, role), stated.get((name, role), event))
        for (name, role), item in sorted(found.items(), key=lambda pair: pair[0]):
            yield Claim(text=f"{name}: {role}", names=_wordings(name), notations=(role,), item=item)

    return read


def _metrics(facts: Facts) -> Iterable[Claim]:
    for metric in facts.get("metrics") or ():
        variants = [item for item in metric.get("alternatives") or () if isinstance(item, Mapping)]
        names = (metric.get("indicator"), *_others(metric, "indicator_alternatives"))
        figures = (_figure(metric), *(_figure({"unit": metric.get("unit"), **item}) for item in variants))
        number = "" if (level := figures[0].level) is None else f"{level:.12g} "
        yield Claim(
            text=f"{metric.get('indicator')}: {number}{metric.get('unit') or ''}",
            names=_wordings(*names),
            figures=figures,
            item=metric,
        )


def _figure(item: Facts) -> Figure:
    level = next((item[key] for key in _LEVELS if item.get(key) is not None), None)
    details = {key: float(item[key]) for key in _DETAILS if item.get(key) is not None}
    unit = Wording.of(item["unit"]) if item.get("unit") else None
    return Figure(None if level is None else float(level), details, unit)


def _documents(facts: Facts) -> Iterable[Claim]:
    for document in facts.get("documents") or ():
        stated = [document.get(key) for key in ("number", "type", "name") if document.get(key)]
        # The last wording is the whole; the first is the number, where there is one.
        names = _wordings(document.get("number"), " ".join(stated))
        yield Claim(text=" ".join(stated), names=names, item=document)


def _awards(facts: Facts) -> Iterable[Claim]:
    for award in facts.get("awards") or ():
        if award.get("award"):
            yield Claim(text=award["award"], names=_wordings(award["award"]), item=award)


_READERS: Mapping[str, Callable[[Facts], Iterable[Claim]]] = {
    "title": _about_article("title"),
    "published": _about_article("published"),
    "author": _about_article("author"),
    "person": _persons,
    "role": _roles,
    "role_org": _roles,
    "organization": _organizations,
    "org_kind": _organizations,
    "place": _places,
    "event": _events,
    "organizer": _organizers,
    "part": _participants(PARTS),
    "chair": _participants(("chair",)),
    "metric": _metrics,
    "metric_full": _metrics,
    "document": _documents,
    "award": _awards,
}

SLOTS = tuple(_READERS)
"""What is compared, in the order of the table."""

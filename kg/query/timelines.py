"""Time: who held a post when, which posts somebody had when, and what cannot both be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from kg.query.catalog import QUESTIONS
from kg.query.names import local_name
from kg.query.records import Claim, Value
from kg.query.views import View, read_claim, to_value
from kg.store import iri
from kg.vocabulary import namespaces as ns
from kg.vocabulary.concepts import load_concepts

_STANDINGS = ("entered", "held", "left", "former")
_IN_POST = ("entered", "held")
_NO_DAY = "9999"  # what has no day stands behind all that has


@dataclass(frozen=True, slots=True)
class Spell:
    """One person's standing to one post, over all articles that state it.

    Attributes:
        official: who, under the canonical IRI.
        post: the post; None where the article names a title alone.
        title: as the articles write it.
        body: where the post is, if that is said.
        standing: held, former, entered or left.
        first: the first day on which it is stated, or on which a change took effect; `last` the last one.
        claims: what states it, with the words.
        role: IRI of the kind of post, if it is known.
        days: all days on which it is stated, in order.
    """

    official: Value
    post: Value | None
    title: str
    body: Value | None
    standing: str
    first: str | None
    last: str | None
    claims: tuple[Claim, ...]
    role: str | None = None
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """A post that somebody held on a day.

    Attributes:
        spell: the standing that says so.
        last: the last day up to then on which an article says so.
        is_stated: articles say so of that very day, or of days on both sides of it.
    """

    spell: Spell
    last: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two people whom articles give a post of one holder at one time."""

    post: Value
    spells: tuple[Spell, Spell]


def read_career(view: View, official: str, *, alone: bool = False) -> tuple[Spell, ...]:
    """Return all that articles say of somebody's posts, in order of time.

    Args:
        view: where to look.
        official: an IRI of the person.
        alone: only what is said under that IRI, and not under those that are one with it.
    """
    members = (official,) if alone else view.names.members(view.names.stands_for(official))
    return _spells(view, _sources(view, members, ns.HOLDER))


def read_holders(view: View, post: str) -> tuple[Spell, ...]:
    """Return who holds, held, was given or left a post, in order of time."""
    return _spells(view, _sources(view, view.names.members(view.names.stands_for(post)), ns.ORG_POST))


def read_staff(view: View, unit: str) -> tuple[Spell, ...]:
    """Return who holds, held, was given or left a post of a body, in order of time."""
    return _spells(view, _sources(view, view.names.members(view.names.stands_for(unit)), ns.ORG_ORGANIZATION))


def standing_on(spells: Iterable[Spell], day: str) -> tuple[Holding, ...]:
    """Return who held which post on a day, as far as articles say, by the name of the post.

    A post counts as held from the first day on which an article says so, until one says that it was left or
    is no longer held, or, in a post of one holder, that somebody else has it.
    """
    grouped: defaultdict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        grouped[spell.post.text if spell.post else spell.title].append(spell)
    heads = {concept.iri for concept in load_concepts("posts") if concept.rank == 1}
    found = []
    for told in grouped.values():
        begun = [(it, last) for it in told if it.standing in _IN_POST and (last := _last_day(it, day))]
        newest = max((last for _, last in begun), default="")
        for official in dict.fromkeys(it.official.text for it, _ in begun):
            own = [(it, last) for it, last in begun if it.official.text == official]
            spell, last = max(own, key=lambda pair: pair[1])
            gone = any(
                it.official.text == official
                and it.standing not in _IN_POST
                and last <= (it.first or "") <= day
                for it in told
            )
            if not gone and (last == newest or spell.role not in heads):
                later = any(
                    it.official.text == official and it.standing == "held" and (it.last or "") >= day
                    for it in told
                )
                found.append(Holding(spell, last, is_stated=last == day or later))
    return tuple(
        sorted(found, key=lambda it: (it.spell.title, it.spell.official.name, it.spell.official.text))
    )


def _last_day(spell: Spell, day: str) -> str | None:
    """Return the last day up to a day on which a spell is stated; None where there is none."""
    return max((it for it in spell.days if it <= day), default=None)


def find_contradictions(view: View) -> tuple[Contradiction, ...]:
    """Return the posts of one holder that two people hold at one time, by the name of the post."""
    heads = {concept.iri for concept in load_concepts("posts") if concept.rank == 1}
    rows = QUESTIONS["tenures"].select(view.store).records()
    held: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["role"] in heads:
            held[view.names.stands_for(str(row["post"]))].add(view.names.stands_for(str(row["holder"])))
    found = []
    for post, holders in held.items():
        if len(holders) > 1:
            spells = [spell for spell in read_holders(view, post) if spell.standing == "held"]
            named = to_value(view, iri(post))
            found += [Contradiction(named, pair) for pair in combinations(spells, 2) if _at_one_time(*pair)]
    return tuple(sorted(found, key=lambda it: (it.post.name, it.spells[0].first or "", it.post.text)))


def _sources(view: View, targets: Iterable[str], way: str) -> dict[str, None]:
    return {
        subject: None
        for target in targets
        for subject, link in view.store.statements_to(target)
        if link == way
    }


def _spells(view: View, tenures: Iterable[str]) -> tuple[Spell, ...]:
    """Put together the tenures of one person in one post, whichever IRIs they stand under."""
    grouped: defaultdict[tuple[str, ...], list[dict[str, list[str]]]] = defaultdict(list)
    for tenure in tenures:
        said: defaultdict[str, list[str]] = defaultdict(list)
        for way, term in view.store.statements_about(tenure):
            said[way].append(term.value)
        if ns.HOLDER in said:
            holder = view.names.stands_for(said[ns.HOLDER][0])
            post = view.names.stands_for(said[ns.ORG_POST][0]) if said[ns.ORG_POST] else said[ns.TITLE][0]
            grouped[holder, post, said[ns.STANDING][0]].append(said)
    found = [_spell(view, holder, parts) for (holder, _, _), parts in grouped.items()]
    return tuple(sorted(found, key=_in_time))


def _in_time(spell: Spell) -> tuple[str, str, int, str, str]:
    order = _STANDINGS.index(spell.standing) if spell.standing in _STANDINGS else len(_STANDINGS)
    return spell.first or _NO_DAY, spell.last or "", order, spell.official.name, spell.title


def _spell(view: View, holder: str, parts: list[dict[str, list[str]]]) -> Spell:
    def every(way: str) -> list[str]:
        return sorted({value for part in parts for value in part.get(way, ())})

    def thing(way: str) -> Value | None:
        values = every(way)
        return to_value(view, iri(values[0])) if values else None

    days, titles = every(ns.SEEN_ON), every(ns.TITLE)
    claims = tuple(read_claim(view, claim) for claim in every(ns.STATED_BY))
    return Spell(
        official=to_value(view, iri(holder)),
        post=thing(ns.ORG_POST),
        title=titles[0] if titles else "",
        body=thing(ns.ORG_ORGANIZATION),
        standing=local_name(every(ns.STANDING)[0]),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        claims=claims,
        role=next(iter(every(ns.ORG_ROLE)), None),
        days=tuple(days),
    )


def _at_one_time(one: Spell, other: Spell) -> bool:
    if one.official.text == other.official.text or None in (one.first, one.last, other.first, other.last):
        return False
    return str(one.first) <= str(other.last) and str(other.first) <= str(one.last)

"""Reconciliation: which thing of the graph a name in somebody's table means, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.normalization import bare_key
from kg.query.catalog import QUESTIONS
from kg.query.knowledge import Knowledge
from kg.query.names import Fit, Match, local_name
from kg.query.reconciliation_names import OTHER_NO_MARKS, SAME, score_of, split_name, without_titles
from kg.query.reconciliation_values import KINDS, Agreement, Facts, Given

# How many things of a class that go by a name are weighed at most, and how many that have a value.
_LOOKED_AT = 60
_FROM_VALUES = 300

_WITHOUT_NAME = 70.0
_WEIGHTS = {Agreement.SURE: 1.0, Agreement.LOOSE: 0.95, Agreement.UNKNOWN: 0.9, Agreement.NO: 0.5}
_OTHER_KIND = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for.

    Attributes:
        name: as the table has it, or the id of a thing; empty where only properties are given.
        kinds: local names of classes; none for all that can be reconciled.
        strictness: "any" of the classes, "all" of them, or "should": others count too, but less.
        properties: names of properties, each with the values of which one should be the thing's.
        limit: how many candidates at most.
        behind: what stood behind the name: places, posts, bodies.
    """

    name: str = ""
    kinds: tuple[str, ...] = ()
    strictness: str = "any"
    properties: tuple[tuple[str, tuple[Given, ...]], ...] = ()
    limit: int = 10
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A thing that may be meant.

    Attributes:
        score: from 0 to 100.
        is_match: it is the one: its very name, which nothing else bears that could be meant.
        name_score: how well the name fits, from 0 to 100.
        agreements: of each property that was given.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    score: float
    is_match: bool
    name_score: float
    agreements: tuple[tuple[str, Agreement], ...]


def reconcile(knowledge: Knowledge, facts: Facts, wanted: Wanted) -> tuple[Candidate, ...]:
    """Return the things that may be meant, best first.

    Args:
        knowledge: where to look.
        facts: what is known already, shared by the queries of one batch.
        wanted: what is looked for.
    """
    found = _weighed(knowledge, facts, wanted)
    name, behind = split_name(wanted.name)
    if behind and name and all(each.name_score < OTHER_NO_MARKS for each in found):
        shorter = replace(wanted, name=name, behind=behind)
        found, wanted = _weighed(knowledge, facts, shorter), shorter
    certain = _certain(facts, wanted, found)
    found.sort(key=lambda each: (-each.score, len(each.name), each.name, each.id))
    return tuple(
        Candidate(
            id=each.id, name=each.name, kinds=each.kinds, score=each.score, is_match=each.id == certain,
            name_score=each.name_score, agreements=each.agreements,
        )
        for each in found[: wanted.limit]
    )  # fmt: skip


def identifier_of(knowledge: Knowledge, typed: str) -> str | None:
    """Return the IRI of what goes by an IRI or by a path below the base; None where nothing does."""
    names, base = knowledge.names, knowledge.settings.base_iri
    for each in (typed, base + typed):
        known = names.stands_for(each)
        if known in names.kinds:
            return known
    return None


def _weighed(knowledge: Knowledge, facts: Facts, wanted: Wanted) -> list[Candidate]:
    named = identifier_of(knowledge, wanted.name) if wanted.name else None
    if named is not None:
        return [_weigh(facts, wanted, named, name_score=SAME)]
    if not wanted.name:
        things = _with_values(knowledge, wanted)
        return [_weigh(facts, wanted, each, name_score=_WITHOUT_NAME) for each in things]
    return [
        _weigh(facts, wanted, match.id, name_score=score_of(wanted.name, match))
        for match in _with_name(knowledge, wanted)
    ]


def _weigh(facts: Facts, wanted: Wanted, identifier: str, *, name_score: float) -> Candidate:
    names = facts.view.names
    agreements = tuple((name, facts.agreement(identifier, name, given)) for name, given in wanted.properties)
    if wanted.behind:
        agreements += (("context", facts.context(identifier, wanted.behind)),)
    score = name_score
    for _, agreement in agreements:
        score *= _WEIGHTS[agreement]
    kinds = names.kinds[identifier]
    if wanted.kinds and not set(wanted.kinds) & set(kinds):
        score *= _OTHER_KIND
    return Candidate(
        id=identifier,
        name=names.label(identifier, facts.view.language),
        kinds=kinds,
        score=round(score, 1),
        is_match=False,
        name_score=round(name_score, 1),
        agreements=agreements,
    )


def _certain(facts: Facts, wanted: Wanted, found: list[Candidate]) -> str | None:
    """Return the one that is meant beyond doubt, if there is one.

    It bears the very name, or is given by its id, and all that is said agrees; whatever else bears the name,
    marked or not, is known to differ in something that was said. Without a name nothing is certain.
    """
    if not wanted.name:
        return None
    if len(found) == 1 and identifier_is(found[0].id, wanted.name):
        return found[0].id
    sure = [
        each
        for each in found
        if each.name_score == SAME
        and all(agreement is Agreement.SURE for _, agreement in each.agreements)
        and _is_of(each, wanted)
    ]
    if len(sure) != 1 or not _is_placed(facts, sure[0]):
        return None
    others = [each for each in found if each.id != sure[0].id and each.name_score >= OTHER_NO_MARKS]
    differ = all(any(agreement is Agreement.NO for _, agreement in each.agreements) for each in others)
    return sure[0].id if differ else None


def identifier_is(identifier: str, typed: str) -> bool:
    """Tell whether what was typed is a thing's IRI or the path of it."""
    return identifier == typed or ("/" in typed and identifier.endswith(f"/{typed}"))


def _is_of(candidate: Candidate, wanted: Wanted) -> bool:
    return not wanted.kinds or bool(set(wanted.kinds) & set(candidate.kinds))


def _is_placed(facts: Facts, candidate: Candidate) -> bool:
    """Tell whether a body's place is known; "Sở Y tế" of an article that names no province may be any."""
    return "Unit" not in candidate.kinds or bool(facts.values(candidate.id, "inPlace"))


def _with_name(knowledge: Knowledge, wanted: Wanted) -> Iterator[Match]:
    """Yield what goes by a name in any way, each class by itself so that none crowds out the others."""
    kinds = KINDS if not wanted.kinds or wanted.strictness == "should" else wanted.kinds
    seen: set[str] = set()
    for kind in kinds:
        typed = without_titles(wanted.name) if kind == "Official" else wanted.name
        # With other marks it is another name, but perhaps one that was written wrongly.
        found = knowledge.names.search(typed, kind=kind, limit=_LOOKED_AT) or _with_any_marks(
            knowledge, typed, kind
        )
        for match in found:
            if match.id not in seen and _may_be(match.kinds, wanted):
                seen.add(match.id)
                yield match


def _with_any_marks(knowledge: Knowledge, typed: str, kind: str) -> tuple[Match, ...]:
    found = knowledge.names.search(bare_key(typed), kind=kind, limit=_LOOKED_AT)
    return tuple(replace(match, fit=Fit.WORDS) for match in found)


def _with_values(knowledge: Knowledge, wanted: Wanted) -> Iterator[str]:
    """Yield the things that have one of the values that are given."""
    names, store = knowledge.names, knowledge.store
    seen: set[str] = set()
    for name, given in wanted.properties:
        for each in given:
            if name == "code":
                rows = QUESTIONS["places_by_code"].select(store, code=each.text).rows
                subjects = [row[0].value for row in rows if row[0] is not None]
            else:
                meant = (each.text,) if each.is_thing else names.named(each.text)
                subjects = [
                    subject
                    for value in meant
                    for member in names.members(value)
                    for subject, way in store.statements_to(member)
                    if local_name(way) == name
                ]
            for subject in map(names.stands_for, subjects):
                if subject not in seen and _may_be(names.kinds.get(subject, ()), wanted):
                    seen.add(subject)
                    yield subject
                if len(seen) >= _FROM_VALUES:
                    return


def _may_be(kinds: tuple[str, ...], wanted: Wanted) -> bool:
    """Tell whether something of these classes may be meant."""
    if not set(KINDS) & set(kinds):
        return False
    if not wanted.kinds or wanted.strictness == "should":
        return True
    test = all if wanted.strictness == "all" else any
    return test(kind in kinds for kind in wanted.kinds)

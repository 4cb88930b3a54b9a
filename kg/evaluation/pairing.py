"""Which extracted statement answers which annotated one, and which statements are left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.evaluation.agreement import agree
from kg.evaluation.claims import PARTS, Claim, Facts, claims

_IN_EVENTS = "events."
_IN_ROLES = ("persons.roles", "appointments")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The statements of one article in one slot, sorted by what became of them.

    Attributes:
        right: pairs of an annotated and an extracted statement.
        missed: annotated and not extracted.
        extra: extracted, and neither annotated nor left open.
    """

    right: tuple[tuple[Claim, Claim], ...] = ()
    missed: tuple[Claim, ...] = ()
    extra: tuple[Claim, ...] = ()


def compare(slot: str, gold: Facts, read: Facts) -> Comparison:
    """Compare what was read from an article with its annotation; each statement answers one other at most."""
    wanted, found = claims(slot, gold), claims(slot, read)
    answers = _pair(slot, wanted, found)
    left = [claim for index, claim in enumerate(found) if index not in answers.values()]
    loose = tuple(_other_parts(slot, gold))
    missed = [
        claim
        for index, claim in enumerate(wanted)
        if index not in answers and not _is_answered_otherwise(slot, claim, loose, left)
    ]
    unpunished = (*loose, *_optional(slot, gold))
    return Comparison(
        tuple((wanted[index], found[answer]) for index, answer in sorted(answers.items())),
        tuple(missed),
        tuple(claim for claim in left if not any(agree(slot, other, claim) for other in unpunished)),
    )


def _pair(slot: str, wanted: tuple[Claim, ...], found: tuple[Claim, ...]) -> dict[int, int]:
    """Return which found statement answers each wanted one, the pairs that are most alike first.

    So "Đảng ủy Bệnh viện X" does not answer for "Bệnh viện X" where both stand on both sides, and no more
    pairs are made than a reader would make.
    """
    fitting = sorted(
        (-_likeness(gold, claim), index, answer)
        for index, gold in enumerate(wanted)
        for answer, claim in enumerate(found)
        if agree(slot, gold, claim)
    )
    answers: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, answer in fitting:
        if index not in answers and answer not in taken:
            answers[index] = answer
            taken.add(answer)
    return answers


def _likeness(gold: Claim, read: Claim) -> float:
    return max((name.overlap(other) for name in gold.names for other in read.names[:1]), default=0.0)


def _is_answered_otherwise(slot: str, claim: Claim, loose: tuple[Claim, ...], left: list[Claim]) -> bool:
    """Tell whether the person was found in another role that the annotation also allows."""
    return any(
        other.names[0].is_same(claim.names[0]) and any(agree(slot, other, extra) for extra in left)
        for other in loose
    )


def _other_parts(slot: str, gold: Facts) -> Iterator[Claim]:
    """The roles that people may also be read in: what an event's ``alternatives`` say."""
    if slot in ("part", "chair"):
        for event in gold.get("events") or ():
            for item in event.get("alternatives") or ():
                if isinstance(item, dict) and item.get("person") and item.get("as"):
                    yield from claims("part", {"events": [{item["as"]: [item["person"]]}]})


def _optional(slot: str, gold: Facts) -> Iterator[Claim]:
    """The statements that are right to find and right to leave."""
    for entry in gold.get("optional") or ():
        facts = _as_facts(entry.get("slot") or "", entry.get("item"))
        if entry.get("slot") in _IN_ROLES and slot not in ("role", "role_org"):
            continue
        yield from claims(slot, facts)
    if slot in ("part", "chair"):
        # Whoever leads a delegation takes part in some role; which, the annotation need not say.
        for event in gold.get("events") or ():
            leaders: Iterable[str] = event.get("led_by") or ()
            yield from claims("part", {"events": [{role: list(leaders) for role in PARTS}]})


def _as_facts(section: str, item: Any) -> Facts:
    """Return an optional item as the facts of an article that says nothing else."""
    whole = item if isinstance(item, dict) else {"name": item}
    if section == "article.author":
        return {"article": {"author": whole.get("author") or whole.get("name")}}
    if section.startswith(_IN_EVENTS):
        field = section.removeprefix(_IN_EVENTS)
        value = whole.get(field) or whole.get("name")
        return {"events": [{field: [value] if field in PARTS else value}]} if value else {}
    if section in _IN_ROLES:
        person = whole.get("person") or whole.get("name")
        role = {"title": whole.get("post") or whole.get("title"), "org": whole.get("org")}
        return {"persons": [{"name": person, "roles": [role]}]}
    return {section: [whole]} if section else {}

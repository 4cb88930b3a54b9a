"""``kg identity``: why two are one person or not, what is worth a look, and what people decide."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime

from kg.cli.arguments import UsageError
from kg.cli.timeline import spell_lines
from kg.completion import read_decided, write_decided
from kg.errors import NotFoundError
from kg.model.identity import Judgement
from kg.query.identity import Explanation, explain_pair, marks, open_pairs, reasons
from kg.query.knowledge import Knowledge
from kg.query.timelines import find_contradictions
from kg.settings import Settings
from kg.store import Store, open_store

_COUNTS = {"explain": (2,), "same": (2,), "different": (2,), "split": (1,), "undo": (1, 2)}
_READERS = ("explain", "review", "list", "contradictions")


def run(arguments: argparse.Namespace) -> int:
    """Answer or decide; a decision is applied to the store before the command ends."""
    if len(arguments.things) not in _COUNTS.get(arguments.action, (0,)):
        wanted = " or ".join(map(str, _COUNTS.get(arguments.action, ("no",))))
        raise UsageError(f"kg identity {arguments.action} takes {wanted} names, not {len(arguments.things)}")
    settings = Settings.from_environment()
    reading = arguments.action in _READERS
    with (
        closing(open_store(arguments.store, read_only=reading)) as store,
        closing(Knowledge(store, settings)) as knowledge,
    ):
        things = [_own_iri(knowledge, typed) for typed in arguments.things]
        if reading:
            lines = _ANSWERS[arguments.action](arguments, knowledge, things)
            sys.stdout.writelines(f"{line}\n" for line in lines)
        else:
            sys.stdout.write(_decide(arguments, store, things, settings.base_iri) + "\n")
    return 0


def _own_iri(knowledge: Knowledge, typed: str) -> str:
    """Return the IRI that was typed, even if another stands for it now, or the one that a name means."""
    names, base = knowledge.names, knowledge.settings.base_iri
    for known in (*names.canonical, *names.kinds):
        if known in (typed, base + typed) or known.endswith(f"/{typed}"):
            return known
    found = knowledge.identify(typed, role="NAME")
    if len(found) > 1:
        told = ", ".join(each.removeprefix(base) for each in found[:10])
        raise NotFoundError(f"NAME: {len(found)} go by {typed!r}: give one of {told}")
    return found[0]


def _decide(arguments: argparse.Namespace, store: Store, things: list[str], base: str) -> str:
    """Keep what was decided in place of what was decided on the same before."""
    one, *others = sorted(set(things))
    if len(things) > 1 and not others:
        raise UsageError("both names are of one IRI, on which there is nothing to decide")
    other = others[0] if others else None
    kept = [it for it in read_decided(store, base=base) if (it.one, it.other) != (one, other)]
    if arguments.action == "undo":
        if len(kept) == len(read_decided(store, base=base)):
            raise NotFoundError("nothing was decided on that: see `kg identity list`")
    else:
        made = datetime.now(UTC).replace(microsecond=0).isoformat()
        kept.append(Judgement(one, other, arguments.action == "same", made, arguments.note))
    write_decided(store, kept, base=base)
    return f"{arguments.action}: {' '.join(thing.removeprefix(base) for thing in things)}"


def _explain(_: argparse.Namespace, knowledge: Knowledge, things: list[str]) -> Iterator[str]:
    one, other = things
    yield from _lines(explain_pair(knowledge.view(), one, other, base=knowledge.settings.base_iri), knowledge)


def _review(arguments: argparse.Namespace, knowledge: Knowledge, _: list[str]) -> Iterator[str]:
    view, base = knowledge.view(), knowledge.settings.base_iri
    for explanation in open_pairs(view, base=base, limit=arguments.limit):
        yield from _lines(explanation, knowledge)
        yield ""
    found = find_contradictions(view)
    yield f"{len(found)} posts are held by two at one time (see `kg identity contradictions`)"


def _contradictions(arguments: argparse.Namespace, knowledge: Knowledge, _: list[str]) -> Iterator[str]:
    for found in find_contradictions(knowledge.view())[: arguments.limit]:
        yield f"{found.post.name} ({found.post.text.removeprefix(knowledge.settings.base_iri)})"
        yield from (f"  {line}" for line in spell_lines(found.spells))


def _list(_: argparse.Namespace, knowledge: Knowledge, __: list[str]) -> Iterator[str]:
    base = knowledge.settings.base_iri
    for it in read_decided(knowledge.store, base=base):
        action = "split" if it.other is None else "same" if it.same else "different"
        things = " ".join(thing.removeprefix(base) for thing in (it.one, it.other) if thing)
        yield " ".join(part for part in (it.made, action, things, it.note) if part)


def _lines(explanation: Explanation, knowledge: Knowledge) -> Iterator[str]:
    decision, base = explanation.decision, knowledge.settings.base_iri
    for side, spells in zip((explanation.one, explanation.other), explanation.careers, strict=True):
        yield f"{side.name} ({side.text.removeprefix(base)})"
        yield from (f"  {line}" for line in spell_lines(spells))
    for each in decision.features:
        sum_ = f"{each.value:g} × {each.weight:g}"
        yield f"  {each.points:+6.1f}  {each.name:<14} {sum_:<10} {reasons()[each.name]}"
    same, different = marks()
    whose = "a person decided" if decision.by_person else f"same from {same:g}, different to {different:g}"
    yield f"  {decision.score:+6.1f}  {decision.verdict} ({whose})"
    if explanation.joined and decision.verdict != "same":
        yield "          joined all the same, by way of others"


_ANSWERS: Mapping[str, Callable[[argparse.Namespace, Knowledge, list[str]], Iterator[str]]] = {
    "explain": _explain,
    "review": _review,
    "contradictions": _contradictions,
    "list": _list,
}

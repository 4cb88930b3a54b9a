"""``kg identity``: why two are one person or not, what is worth a look, and what people decide."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kg.cli.arguments import UsageError
from kg.cli.timeline import spell_lines
from kg.completion import import_decided, read_decided, write_decided
from kg.errors import InputError, NotFoundError
from kg.graph import action_of, judgement_of, read_decisions, write_decisions
from kg.model.identity import Judgement
from kg.query.identity import Explanation, explain_pair, marks, names_in, open_pairs, reasons
from kg.query.knowledge import Knowledge
from kg.query.search_index import local_part
from kg.query.timelines import find_contradictions
from kg.settings import Settings
from kg.store import Store, open_store

_COUNTS = {
    "explain": (2,), "same": (2,), "different": (2,), "split": (1,), "undo": (1, 2),
    "export": (1,), "import": (1,),
}  # fmt: skip
_READERS = ("explain", "review", "list", "contradictions", "export")
_FILES = ("export", "import")


def run(arguments: argparse.Namespace) -> int:
    """Answer or decide; a decision is applied to the store before the command ends."""
    if len(arguments.things) not in _COUNTS.get(arguments.action, (0,)):
        wanted = " or ".join(map(str, _COUNTS.get(arguments.action, ("no",))))
        raise UsageError(f"kg identity {arguments.action} takes {wanted} names, not {len(arguments.things)}")
    if arguments.articles and (arguments.action not in ("split", "undo") or len(arguments.things) > 1):
        raise UsageError("--article belongs to `kg identity split NAME` and `kg identity undo NAME`")
    settings = Settings.from_environment()
    reading = arguments.action in _READERS
    with (
        closing(open_store(arguments.store, read_only=reading)) as store,
        closing(Knowledge(store, settings)) as knowledge,
    ):
        if arguments.action in _FILES:
            sys.stdout.write(_carry(arguments, store, settings.base_iri) + "\n")
            return 0
        things = [_own_iri(knowledge, typed) for typed in arguments.things]
        if reading:
            lines = _ANSWERS[arguments.action](arguments, knowledge, things)
            sys.stdout.writelines(f"{line}\n" for line in lines)
        else:
            sys.stdout.write(_decide(arguments, knowledge, things) + "\n")
    return 0


def _carry(arguments: argparse.Namespace, store: Store, base: str) -> str:
    """Write the decisions to a file, or take in those of one."""
    path = Path(arguments.things[0])
    if arguments.action == "import":
        decisions = read_decisions(path)
        return f"import: {import_decided(store, decisions, base=base)} new of {len(decisions)}"
    decided = read_decided(store, base=base)
    try:
        path.write_text(write_decisions(decided), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
    return f"export: {len(decided)}"


def _own_iri(knowledge: Knowledge, typed: str) -> str:
    """Return the IRI that was typed, even if another stands for it now, or the one that a name means."""
    names, base = knowledge.names, knowledge.settings.base_iri
    for whole in (typed, base + typed):
        if whole in names.canonical or whole in names.kinds:
            return whole
    for ending in names.index.ending_in(local_part(typed)):
        if ending.endswith(f"/{typed}"):
            return ending
    found = knowledge.identify(typed, role="NAME")
    if len(found) > 1:
        told = ", ".join(each.removeprefix(base) for each in found[:10])
        raise NotFoundError(f"NAME: {len(found)} go by {typed!r}: give one of {told}")
    return found[0]


def _decide(arguments: argparse.Namespace, knowledge: Knowledge, things: list[str]) -> str:
    """Keep what was decided in place of what was decided on the same before."""
    store, base = knowledge.store, knowledge.settings.base_iri
    if len(things) > 1 and len(set(things)) == 1:
        raise UsageError("both names are of one IRI, on which there is nothing to decide")
    known, articles = read_decided(store, base=base), _articles(arguments, knowledge)
    if arguments.action == "undo":
        undone = {it for it in known if _is_meant(it, things, articles)}
        if not undone:
            raise NotFoundError("nothing was decided on that: see `kg identity list`")
        write_decided(store, set(known) - undone, base=base)
    else:
        said = {"by": who_decides(arguments), "made": this_moment(), "note": arguments.note}
        new = [
            judgement_of(arguments.action, each, within, said=said)
            for each, within in _cut(store, things, articles, known)
        ]
        about = {it.things for it in new}
        write_decided(store, [it for it in known if it.things not in about] + new, base=base)
    return f"{arguments.action}: {' '.join(thing.removeprefix(base) for thing in things)}"


def _articles(arguments: argparse.Namespace, knowledge: Knowledge) -> list[str]:
    """Return the IRIs of the articles that were named, each of which is to be one."""
    found = []
    for typed in arguments.articles:
        meant = knowledge.identify(typed, kind="Article", role="--article")
        if len(meant) > 1:
            told = ", ".join(each.removeprefix(knowledge.settings.base_iri) for each in meant[:10])
            raise NotFoundError(f"--article: {len(meant)} go by {typed!r}: give one of {told}")
        found.append(meant[0])
    return found


def _cut(
    store: Store, things: list[str], articles: list[str], known: Iterable[Judgement]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what is to be judged: the things, or each IRI of the one thing with the articles that have it."""
    if not articles:
        yield things, []
        return
    for article in articles:
        if any(article in it.articles and it.one == things[0] for it in known):
            raise UsageError(f"{article} was set apart before: undo that first")
    named = names_in(store, things[0], articles)
    for article in articles:
        if not any(article in within for within in named.values()):
            raise NotFoundError(f"{article} does not name {things[0]}: see `kg timeline`")
    for thing, within in named.items():
        yield [thing], list(within)


def _is_meant(judgement: Judgement, things: list[str], articles: list[str]) -> bool:
    if articles:
        return judgement.one == things[0] and not set(articles).isdisjoint(judgement.articles)
    return judgement.things == tuple(sorted(set(things)))


def who_decides(arguments: argparse.Namespace) -> str:
    """Return who is said to decide, or else whose session this is."""
    if arguments.by is not None:
        return str(arguments.by)
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user that the system has no name for
        return ""


def this_moment() -> str:
    """Return the moment of a decision, in ISO 8601 with its zone."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


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
        things = it.things[:1] if it.articles else it.things
        told = " ".join(
            [thing.removeprefix(base) for thing in things]
            + [f"--article {article.removeprefix(base)}" for article in it.articles]
        )
        yield " ".join(part for part in (it.made, it.by, action_of(it), told, it.note) if part)


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

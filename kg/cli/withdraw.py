"""``kg withdraw``: articles and people leave the graph for good, here or in a service that runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.cli.arguments import UsageError
from kg.cli.calling import call_service
from kg.cli.identity import this_moment, who_decides
from kg.cli.terminal import say
from kg.errors import InputError, NotFoundError
from kg.graph.withdrawal_file import read_withdrawals, undone, write_withdrawals
from kg.query.knowledge import Knowledge
from kg.query.names import keep_up
from kg.query.telling.withdrawals import withdrawing_json
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.rewriting import rewrite_store
from kg.withdrawal import Reason, carry_out, lift, read_list, take_in, was_withdrawn

_ADDRESS = "/api/admin/withdrawals"
_READING = ("list", "export")
_YES = ("y", "yes")


def run(arguments: argparse.Namespace) -> int:
    """Do what the one action that was asked for does."""
    actions = [name for name in ("list", "export", "import_", "lift", "rewrite") if getattr(arguments, name)]
    if len(actions) + bool(arguments.things) != 1:
        raise UsageError(
            "kg withdraw takes things to withdraw, or one of --list, --export FILE, --import FILE, "
            "--lift ID, --rewrite"
        )
    if (arguments.service is None) == (arguments.store is None):
        raise UsageError("kg withdraw takes --store DIR, or --service URL of a service that runs")
    if arguments.service is not None:
        if actions:
            raise UsageError("--service is for withdrawing alone: the rest is done with the store at rest")
        return _in_service(arguments)
    settings = Settings.from_environment()
    reading = bool(actions) and actions[0] in _READING
    if arguments.rewrite:
        rewrite_store(arguments.store)
        return _renew(arguments.store)
    with closing(open_store(arguments.store, read_only=reading)) as store:
        if actions:
            said, rewrite = _on_list(arguments, store, settings.base_iri)
        else:
            said, rewrite = _in_store(arguments, store, settings), True
    if rewrite and not arguments.keep_files:
        rewrite_store(arguments.store)
    if not reading:
        _renew(arguments.store)
    sys.stdout.writelines(f"{line}\n" for line in said)
    return 0


def _renew(path: Path) -> int:
    """Have search ready for whoever reads the store next."""
    with closing(open_store(path)) as store:
        keep_up(store)
    return 0


def _on_list(arguments: argparse.Namespace, store: Store, base: str) -> tuple[list[str], bool]:
    """Read or change the list; return what to say, and whether the graph may have changed."""
    known = read_withdrawals(store.withdrawals())
    if arguments.list:
        return [" ".join(filter(None, (it.id, it.kind, it.made, it.by, it.note))) for it in known], False
    if arguments.export:
        try:
            arguments.export.touch(mode=0o600)
            arguments.export.write_text(write_withdrawals(undone(known)), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{arguments.export} cannot be written: {error.strerror or error}") from None
        return [f"exported   {len(known)}"], False
    if arguments.import_:
        more = read_list(arguments.import_)
        new = take_in(store, more, base=base)
        return [f"imported   {new} new of {len(more)}"], new > 0
    found = [it for it in known if it.id.startswith(arguments.lift)]
    if len(found) != 1:
        raise NotFoundError(f"{len(found)} withdrawals go by {arguments.lift!r}: see `kg withdraw --list`")
    lift(store, found[0])
    return [f"lifted     {found[0].id}: build its articles again to have it back"], False


def _in_store(arguments: argparse.Namespace, store: Store, settings: Settings) -> list[str]:
    carry_out(store, base=settings.base_iri)  # what an earlier one left half-way
    before = [it for it in arguments.things if was_withdrawn(store, it, base=settings.base_iri)]
    things = [it for it in arguments.things if it not in before]
    with closing(Knowledge(store, settings)) as knowledge:
        reason = Reason(this_moment(), arguments.note, who_decides(arguments))
        plans = [
            withdrawing_json(it, knowledge.names)
            for it in knowledge.withdraw(things, reason=reason, trial=True)
        ]
        if plans:
            _confirm(arguments, plans)
            knowledge.withdraw(things, reason=reason)
    return [*_told(plans), *(f"withdrawn  {it} (before)" for it in before)]


def _in_service(arguments: argparse.Namespace) -> int:
    body = {"things": arguments.things, "note": arguments.note, "by": who_decides(arguments)}
    plans = call_service(arguments.service, _ADDRESS, {**body, "trial": True})["things"]
    _confirm(arguments, plans)
    things = [it["id"] for it in plans]
    done = call_service(arguments.service, _ADDRESS, {**body, "things": things, "trial": False})["things"]
    sys.stdout.writelines(f"{line}\n" for line in _told(done))
    return 0


def _confirm(arguments: argparse.Namespace, plans: Iterable[Mapping[str, Any]]) -> None:
    """Show what would go, and have somebody say yes; nothing is changed before.

    Raises:
        UsageError: nobody does.
    """
    if arguments.yes:
        return
    for plan in plans:
        for line in _shown(plan):
            say(line)
    if not sys.stdin.isatty():
        raise UsageError("nothing was withdrawn: say --yes if all of this is to go for good")
    sys.stderr.write("kg: withdraw all of this for good? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in _YES:
        raise UsageError("nothing was withdrawn")


def _shown(plan: Mapping[str, Any]) -> Iterator[str]:
    yield f"{plan['kind']} {plan['name']} ({plan['id']}), {_in_articles(plan)}"
    for other in plan["namesakes"]:
        yield f"  stays: {other['name']} ({other['id']}), of whom it is not known that it is the same person"
    for article in plan["named_by"]:
        yield f"  the address {article} holds the name: withdraw that article as well"


def _told(plans: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for plan in plans:
        yield f"withdrawn  {plan['kind']} {plan['id']}, {_in_articles(plan)}"


def _in_articles(plan: Mapping[str, Any]) -> str:
    number = len(plan["articles"])
    return f"told of in {number} {'article' if number == 1 else 'articles'}"

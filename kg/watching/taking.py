"""Taking articles into a store and out of it, with the ledger that tells which file gave which graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.completion import complete_articles, read_decided
from kg.errors import ValidationError
from kg.graph import cuts_of
from kg.graph.iris import article_iri
from kg.pipeline import CheckedGraph, StoredArticle, complete_store, store_checked
from kg.store import Store
from kg.watching.events import Event, Kind
from kg.watching.folder import Stamp
from kg.watching.ledger import Entry, Ledger
from kg.withdrawal import carry_out


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is to be taken in, as it was when it was looked at."""

    path: str
    stamp: Stamp
    digest: str


def take_in_articles(
    store: Store,
    ledger: Ledger,
    batch: Sequence[tuple[Arrival, CheckedGraph]],
    gone: Iterable[str],
    *,
    base: str,
) -> tuple[Event, ...]:
    """Store articles, remove those of files that are gone, and save the ledger; return what came of each.

    Graphs are whole at any moment. Ended half-way, the store says what is unfinished and the ledger is what
    it was, so that the next look does the rest.

    Raises:
        StoreError: the store or the ledger cannot be written.
    """
    carry_out(store, base=base)
    started, gone = datetime.now(UTC), tuple(gone)
    paths = {*gone, *(arrival.path for arrival, _ in batch)}
    old = {known.graph for path in paths if (known := ledger.files.get(path)) and known.graph}
    kept = {it.graph for path, it in ledger.files.items() if path not in paths} | ledger.others()
    store.begin(tuple(sorted({*old, *(checked.graph.name for _, checked in batch), *store.unfinished()})))
    built, entries, events = _store_all(store, ledger, batch, base)
    dropped = sorted(old - kept - {it.graph for it in entries.values()})
    for graph in dropped:
        store.remove_graph(graph)
    complete_store(store, built, started=started, base=base)
    complete_articles(store, dropped, base=base)
    store.finish()
    events += [Event(Kind.REMOVED, path, ledger.files[path].article) for path in gone]
    for path in gone:
        del ledger.files[path]
    ledger.files.update(entries)
    ledger.save()
    return tuple(events)


def _store_all(
    store: Store, ledger: Ledger, batch: Sequence[tuple[Arrival, CheckedGraph]], base: str
) -> tuple[list[StoredArticle], dict[str, Entry], list[Event]]:
    cuts = cuts_of(read_decided(store, base=base), base=base)
    built: list[StoredArticle] = []
    entries: dict[str, Entry] = {}
    events: list[Event] = []
    for arrival, checked in batch:
        before = ledger.files.get(arrival.path)
        try:
            stored = store_checked(Path(arrival.path), checked, store, cuts=cuts)
        except ValidationError as error:
            entries[arrival.path] = rejected(arrival, before, str(error))
            events.append(Event(Kind.REJECTED, arrival.path, entries[arrival.path].article, fault=str(error)))
            continue
        built.append(stored)
        graph = None if stored.withdrawn else checked.graph.name
        article = None if stored.withdrawn else article_iri(stored.article, base=base)
        entries[arrival.path] = Entry(arrival.stamp, arrival.digest, graph, article)
        title = stored.article.title.value if stored.article.title else stored.article.source
        kind = _kind(stored, graph, before)
        events.append(Event(kind, arrival.path, article, title, stored.statements))
    return built, entries, events


def rejected(arrival: Arrival, before: Entry | None, fault: str) -> Entry:
    """Return what is set down of a file that cannot be taken in: what it gave before stays."""
    graph, article = (None, None) if before is None else (before.graph, before.article)
    return Entry(arrival.stamp, arrival.digest, graph, article, fault)


def _kind(stored: StoredArticle, graph: str | None, before: Entry | None) -> Kind:
    if stored.withdrawn:
        return Kind.WITHDRAWN
    if before is not None and before.graph is not None and (before.graph != graph or stored.changed):
        return Kind.REPLACED
    return Kind.ADDED if stored.changed else Kind.UNCHANGED

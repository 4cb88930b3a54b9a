"""Strangers' writes: worked out in a process that can be ended, checked, and made as one change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeGuard

from kg.completion import complete_articles, complete_places
from kg.errors import NotFoundError
from kg.graph import things_of
from kg.graph.iris import derived_graph_iri
from kg.graph.withdrawals import ends_of, withhold
from kg.query.guard import check_graph_names, check_update
from kg.query.limits import BusyError
from kg.query.update_process import (
    UpdateProcess,
    WriteRefusedError,
    WriteTimeoutError,
    WriteTooLargeError,
)
from kg.settings import Settings
from kg.store import Change, Dataset, Quad, Store
from kg.store.change_codec import decode_change, encode_quads
from kg.store.changes import content_after, removing, replacing
from kg.vocabulary import namespaces as ns
from kg.withdrawal import Reason, Withdrawing, carry_out, plan_withdrawal, read_withdrawn, withdraw

__all__ = ["Updates", "WriteRefusedError", "WriteTimeoutError", "WriteTooLargeError"]

_SHOWN = 3

Condition = Callable[[bool], None]
"""Is asked, while nobody else writes, with whether the graph is there; raises what is to stop the write."""


class Updates:
    """Writes to one store, one after the other; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._turn = threading.Lock()
        self._process = UpdateProcess("kg.store.update_worker", settings, arguments=("",))
        self._checker = UpdateProcess("kg.query.shape_worker", settings)

    def update(self, text: str, *, dataset: Dataset) -> None:
        """Carry out a SPARQL update, all of it or nothing.

        Args:
            text: the update.
            dataset: the graphs that its patterns are to see, as the protocol's parameters choose them.

        Raises:
            QueryError: it is malformed, refused or reached a limit; nothing was changed.
        """
        check_update(text, max_characters=self._settings.upload_bytes)
        check_graph_names((*(dataset.default_graphs or ()), *(dataset.named_graphs or ())))
        with self.alone():
            self._make(self._worked_out(text, dataset))

    def put(
        self,
        name: str | None,
        data: bytes,
        media_type: str,
        *,
        base: str,
        condition: Condition | None = None,
    ) -> bool:
        """Put what a text says in place of a graph; return whether there was none.

        Raises:
            QueryError: the text cannot be read, is refused or reached a limit; nothing was changed.
        """
        with self.alone():
            self._refuse_graph(name)
            new = not self._is_there(name, condition)
            change = self._read(name, data, media_type, base)
            keep_empty = self._store.default_graph == "own"
            self._make(replacing(name, change, keep_empty=keep_empty))
            return new

    def add(
        self,
        name: str | None,
        parts: Iterable[tuple[bytes, str]],
        *,
        base: str,
        condition: Condition | None = None,
    ) -> bool:
        """Add what texts say, each with its format, to a graph, all or nothing; return whether it is new.

        Raises:
            QueryError: a text cannot be read, is refused or reached a limit; nothing was changed.
        """
        with self.alone():
            self._refuse_graph(name)
            new = not self._is_there(name, condition)
            read = [self._read(name, data, media_type, base).added for data, media_type in parts]
            self._make(Change(added=frozenset().union(*read)))
            return new

    def delete(self, name: str | None, *, condition: Condition | None = None) -> None:
        """Remove a graph; the default graph is emptied.

        Raises:
            NotFoundError: there is none of that name.
            QueryError: it may not be removed.
        """
        with self.alone():
            self._refuse_graph(name)
            if not self._is_there(name, condition):
                raise NotFoundError(f"there is no graph {name}")
            self._make(removing(name))

    def withdraw(self, things: Iterable[str], *, reason: Reason, trial: bool) -> tuple[Withdrawing, ...]:
        """Take things out of the graph for good; return what that means, or would where it is a trial.

        Raises:
            NotFoundError: nothing is known of one of them; nothing was changed.
        """
        base = self._settings.base_iri
        with self.alone():
            plans = tuple(plan_withdrawal(self._store, it, base=base, reason=reason) for it in things)
            if not trial:
                withdraw(self._store, plans, base=base)
            return plans

    def resume(self) -> None:
        """Write what follows from articles, and withdraw, where a process was ended before it could.

        Raises:
            StoreError: the store cannot be written.
        """
        if not self._store.read_only:
            with self._turn:
                carry_out(self._store, base=self._settings.base_iri)

    def close(self) -> None:
        """End the processes; a write that is still being worked out ends with them and changes nothing."""
        self._process.stop()
        self._checker.stop()
        with self._turn:
            self._process.close()
            self._checker.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write meanwhile.

        Raises:
            BusyError: somebody else has been writing for too long.
        """
        if not self._turn.acquire(timeout=self._settings.queue_seconds):
            raise BusyError("the service is busy with another write: try again in a few seconds")
        try:
            yield
        finally:
            self._turn.release()

    def _is_there(self, name: str | None, condition: Condition | None) -> bool:
        there = name is None or self._store.has_graph(name)
        if condition is not None:
            condition(there)
        return there

    def _worked_out(self, text: str, dataset: Dataset) -> Change:
        request = {
            "task": "update",
            "base": self._settings.base_iri,
            "default_graph": self._store.default_graph,
            "using": list(dataset.default_graphs or ()),
            "using_named": list(dataset.named_graphs or ()),
            "max_statements": self._settings.write_statements,
        }
        body = text.encode("utf-8")
        head, data = self._process.ask(request, body)
        if head["status"] == "needs-copy":
            head, data = self._process.ask_with_copy(self._store.snapshot(), request, body)
        return decode_change(head, data)

    def _read(self, name: str | None, data: bytes, media_type: str, base: str) -> Change:
        request = {
            "task": "upload",
            "graph": name,
            "media_type": media_type,
            "base": base,
            "max_statements": self._settings.write_statements,
        }
        return decode_change(*self._process.ask(request, data))

    def _make(self, change: Change) -> None:
        """Check a change and make it, and let what follows from it follow."""
        for name in change.graphs:
            self._refuse_graph(name)
        self._refuse_withdrawn(change)
        articles = tuple(name for name in change.graphs if self._check(name, change))
        articles = tuple(sorted({*articles, *self._store.unfinished()}))
        if articles:
            self._store.begin(articles)
        self._store.apply(change)
        self._complete(articles)

    def _complete(self, articles: tuple[str, ...]) -> None:
        """Write what follows from the graphs of articles, so that search, edges and paths follow them."""
        if articles:
            base = self._settings.base_iri
            complete_articles(self._store, articles, base=base)
            complete_places(self._store, articles, base=base)
            self._store.finish()

    def _refuse_graph(self, name: str | None) -> None:
        if self._store.default_graph == "own":
            return
        if name is None:
            raise WriteRefusedError(
                "the default graph of this store is the union of its named graphs and follows them by "
                "itself: name a graph"
            )
        kept = f"{self._settings.base_iri}graph/"
        if name.startswith(kept) and not name.startswith(f"{kept}article/"):
            raise WriteRefusedError(
                f"the graph {name} is kept by the service itself, which derives it from the articles: "
                "change the articles, or write to a graph of another name"
            )

    def _refuse_withdrawn(self, change: Change) -> None:
        """Refuse to say anything of what was withdrawn, by its IRI or by a name in an article.

        Raises:
            WriteRefusedError: the change would.
        """
        withdrawn = read_withdrawn(self._store)
        if not withdrawn or not change.added:
            return
        named = [name for name in change.graphs if name is not None]
        for end in sorted(ends_of(change.added).union(named)):
            if withdrawn.has(end):
                raise WriteRefusedError(f"nothing was changed: {end} was withdrawn for good")
        for name in named:
            content = content_after(self._store.quads(name), change, name)
            if frozenset(withhold(content, withdrawn)) != content:
                raise WriteRefusedError(
                    f"nothing was changed: the graph {name} would speak of somebody or something that was "
                    "withdrawn for good; leave that out, or have `kg build` or `kg watch` do so"
                )

    def _check(self, name: str | None, change: Change) -> TypeGuard[str]:
        """Check a graph as a change would leave it; tell whether it is an article's, before or then.

        Raises:
            WriteRefusedError: it would not conform to the shapes, or what follows from it cannot be told.
        """
        derives = self._store.default_graph == "union"
        if not derives and not self._settings.validate_writes:
            return False
        present = self._store.default_quads() if name is None else self._store.quads(name)
        content = content_after(present, change, name)
        base = self._settings.base_iri
        article = derives and name is not None and self._is_article(name, content)
        shapes = self._settings.validate_writes and any(_is_ours(quad) for quad in content)
        if article or shapes:
            request = {"graph": name, "base": base, "article": article, "shapes": shapes}
            head, _ = self._checker.ask(request, encode_quads(content))
            if head["count"]:
                raise WriteRefusedError(
                    f"nothing was changed: {name or 'the default graph'} would not conform to the shapes "
                    f"in {head['count']} points; {' '.join(head['faults'][:_SHOWN])}"
                )
        return article

    def _is_article(self, name: str, content: frozenset[Quad]) -> bool:
        if self._store.has_graph(derived_graph_iri(self._settings.base_iri, name)):
            return True
        return bool(things_of(content, ns.RDF_TYPE, ns.ARTICLE))


def _is_ours(quad: Quad) -> bool:
    """Tell whether a statement uses the ontology: a property of it, or a class of it as the type."""
    predicate = quad.predicate.value
    return predicate.startswith(ns.KG) or (
        predicate == ns.RDF_TYPE and str(quad.object).startswith(f"<{ns.KG}")
    )

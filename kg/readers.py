"""Reading documents ahead in processes of their own, while one process stores what they read, in order.

Reading is most of the work of a build and needs nothing but the text. What is stored, in which order and by
whom does not change with the number of processes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kg.errors import KgError
from kg.extraction.extensions import NamedExtension
from kg.graph import ArticleGraph, Report, parse_quads, serialize
from kg.model.article import Article
from kg.pipeline import CheckedGraph, check_document, open_extractors

_MOST = 8
"""More processes than this read faster than one process can store."""

_WORTH_IT = 50
"""A process takes a second to start: with fewer articles than this, it is quicker to begin at once."""

_AHEAD = 4
"""How many articles a process has waiting, so that a long one does not hold up the others."""


class ReaderError(KgError):
    """A process that reads was ended from outside."""

    exit_code = 70


@dataclass(frozen=True, slots=True)
class Packed:
    """A checked graph on its way between processes: as N-Quads, which take a tenth of the time of objects."""

    article: Article
    name: str
    quads: bytes
    report: Report

    def unpacked(self) -> CheckedGraph:
        """Return the graph as it was."""
        graph = ArticleGraph(self.name, tuple(parse_quads(self.quads, "nquads")))
        return CheckedGraph(self.article, graph, self.report)


class Readers:
    """Reads documents and checks their graphs, in this process or in others."""

    def __init__(
        self,
        base: str,
        extensions: Sequence[NamedExtension] = (),
        *,
        workers: int | None = None,
        begin: Callable[[], None] | None = None,
    ) -> None:
        """Prepare to read.

        Args:
            base: what all IRIs of things begin with, ending in a slash.
            extensions: to read with beside the rules.
            workers: how many processes; 1 for this one alone. Without it as many as there are processors, if
                there are enough documents.
            begin: what other processes do first, such as setting up what they log.
        """
        self._base = base
        self._extensions = extensions
        self._workers = workers
        self._begin = begin
        self._reading: dict[Path, Future[Packed]] = {}

    def over(self, files: list[Path]) -> Iterator[Path]:
        """Yield the files in their order, and have those that come next read meanwhile."""
        workers = self._workers or (_processors() if len(files) >= _WORTH_IT else 1)
        if workers == 1:
            yield from files
            return
        ahead = iter(files)
        with _pool(workers, self._begin) as pool, _broken_said():
            for path in files:
                self._submit(pool, islice(ahead, max(0, workers * _AHEAD - len(self._reading))))
                yield path

    def check(self, path: Path) -> CheckedGraph:
        """Return the checked graph of the article in a file, which may have been read already.

        Raises:
            InputError: the file cannot be read.
            ReaderError: a process that reads was ended.
        """
        future = self._reading.pop(path, None)
        if future is None:
            return check_document(path, base=self._base, extensions=self._extensions)
        with _broken_said():
            return future.result().unpacked()

    def _submit(self, pool: ProcessPoolExecutor, files: Iterator[Path]) -> None:
        names = tuple(extension.name for extension in self._extensions)
        for path in files:
            self._reading[path] = pool.submit(_read, path, self._base, names)


def _processors() -> int:
    return min(len(os.sched_getaffinity(0)), _MOST)


def _read(path: Path, base: str, extractors: tuple[str, ...]) -> Packed:
    checked = check_document(path, base=base, extensions=open_extractors(extractors))
    graph = checked.graph
    return Packed(checked.article, graph.name, serialize(graph.quads, "nquads"), checked.report)


@contextmanager
def _pool(workers: int, begin: Callable[[], None] | None) -> Iterator[ProcessPoolExecutor]:
    """Give processes that end when this one does, however it ends.

    Left by an error, they finish what they read just now: ended half-way through an answer, they would leave
    the thread that reads it waiting for the rest, and this process with it.
    """
    context = get_context("spawn")
    ends_with_us, ours = context.Pipe(duplex=False)
    with ours, ends_with_us:
        pool = ProcessPoolExecutor(workers, context, _begin, (ends_with_us, begin))
        with _ignoring_interrupts():
            pool.submit(os.getpid)  # starts all of them
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(ends_with_parent: Connection, begin: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all on a terminal, and is for the parent
    if begin is not None:
        begin()
    threading.Thread(target=_end_with, args=(ends_with_parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    """Wait until nobody holds the other end, which the system closes even for a process that is killed."""
    try:
        parent.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Start processes that leave Ctrl-C, which goes to all on a terminal, to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _broken_said() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise ReaderError(
            "a process that reads articles was ended, perhaps for lack of memory; what was stored so far "
            "stays: run the command again, with --workers 1 if it happens again"
        ) from None

"""Answers kept in memory for whoever asks the same: up to so many bytes, the least asked for go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from kg.query.volatile import is_volatile
from kg.query.workers import QueryResult
from kg.store import Dataset

# What an entry takes beside its text and its answer, roughly.
_OVERHEAD = 1024
# One answer may take this part of the whole, so that a few large ones do not drive out all others.
_LARGEST_PART = 8


@dataclass(frozen=True, slots=True)
class CacheCounts:
    """What the cache has done so far, and what it holds.

    Attributes:
        hits: questions that it answered.
        misses: questions that it might have answered and could not.
        entries: answers that it holds.
        size: bytes that they take.
    """

    hits: int
    misses: int
    entries: int
    size: int


_Key = tuple[str, str, Dataset, str]


class AnswerCache:
    """Answers by query, format, graphs and version of the content; threads share it.

    A write changes the version and so every key: an old answer is never given out, and goes as the new ones
    come. What may come out otherwise each time (NOW, RAND and the like) is not kept.
    """

    def __init__(self, size: int) -> None:
        """Start empty; `size` is in bytes, 0 for a cache that keeps nothing."""
        self._limit = size
        self._answers: OrderedDict[_Key, QueryResult] = OrderedDict()
        self._size = self._hits = self._misses = 0
        self._lock = threading.Lock()

    def get(self, query: str, media_type: str, dataset: Dataset, *, version: str) -> QueryResult | None:
        """Return the answer that this version of the content gave, if it is kept."""
        key = (query, media_type, dataset, version)
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                self._misses += 1
                return None
            self._hits += 1
            self._answers.move_to_end(key)
            return found

    def put(self, query: str, dataset: Dataset, result: QueryResult) -> None:
        """Keep an answer, if it fits and will be the same when the query is asked again."""
        key = (query, result.media_type, dataset, result.version)
        size = _size(key, result)
        if size * _LARGEST_PART > self._limit or is_volatile(query):
            return
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = replace(result, cached=True)
            self._size += size
            while self._size > self._limit:
                oldest, answer = self._answers.popitem(last=False)
                self._size -= _size(oldest, answer)

    def counts(self) -> CacheCounts:
        """Return what was done so far."""
        with self._lock:
            return CacheCounts(self._hits, self._misses, len(self._answers), self._size)


def _size(key: _Key, result: QueryResult) -> int:
    """Return what an entry takes: of the text, up to four bytes a character."""
    graphs = (*(key[2].default_graphs or ()), *(key[2].named_graphs or ()))
    return _OVERHEAD + 4 * (len(key[0]) + sum(map(len, graphs))) + len(result.body)

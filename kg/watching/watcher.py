"""The watcher: it compares a folder with its ledger and brings the store up to the folder."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from kg.errors import InputError, KgError, ValidationError
from kg.pipeline import CheckedGraph
from kg.store import Store
from kg.watching.events import Event, Kind, Looked
from kg.watching.folder import Sight, Stamp, Stillness, look_at
from kg.watching.ledger import NO_STAMP, Entry, Ledger, open_ledger
from kg.watching.taking import Arrival, rejected, take_in_articles

_LOG = logging.getLogger(__name__)
_AT_ONCE = 20
"""How many articles are read before they are stored together: their sums and identities follow once."""

Tell = Callable[[Event], None]


class Reading(Protocol):
    """Reads articles and checks their graphs, perhaps in other processes."""

    def over(self, files: list[Path]) -> Iterator[Path]:
        """Yield the files in their order, and have those that come next read meanwhile."""

    def check(self, path: Path) -> CheckedGraph:
        """Return the checked graph of the article in a file."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched, and for which store.

    Attributes:
        folder: whose articles are taken in.
        store: the directory of the store, which may be open or not.
        base: what all IRIs of things begin with, ending in a slash.
        maker: what articles are read with; where it is not what it was, all are read again.
        settle: seconds for which a file must have been as it is.
        may_empty: whether a folder that has nothing in it any more is believed.
    """

    folder: Path
    store: Path
    base: str
    maker: str
    settle: float
    may_empty: bool = False


class Watcher:
    """Brings a store up to a folder, one look at a time."""

    def __init__(
        self, watched: Watched, reading: Reading, opening: Callable[[], AbstractContextManager[Store]]
    ) -> None:
        """Begin with what the ledger of the folder says.

        Args:
            watched: the folder and the store.
            reading: reads articles.
            opening: gives the store, for writing and to nobody else, as long as it is needed.
        """
        self._watched = watched
        self._reading = reading
        self._opening = opening
        self._still = Stillness(watched.settle)
        self._ledger = self._kept()
        self._warned: set[str] = set()

    def look(self, tell: Tell, *, stopped: Callable[[], bool] = lambda: False) -> Looked:
        """Take one look, and have the store follow.

        Args:
            tell: is told of everything as soon as it is so.
            stopped: whether to end after the article that is being read.

        Raises:
            InputError: the folder cannot be listed.
            StoreError: the store cannot be written.
        """
        events: list[Event] = []

        def note(event: Event) -> None:
            events.append(event)
            tell(event)

        sight = look_at(self._watched.folder)
        self._warn_of(sight)
        if not self._ledger.path.exists():
            self._ledger = self._kept()  # the store may have been replaced by a backup
        ready, waiting = self._ready(sight)
        missing = self._missing(sight)
        arrived = list(self._sorted_out(ready, missing, note))
        gone = [path for path in missing if path in self._ledger.files and self._is_settled(path, None)]
        waiting += sum(path in self._ledger.files for path in missing) - len(gone)
        waiting += self._bring_up(arrived, gone, note, stopped)
        standing = sum(it.graph is not None for it in self._ledger.files.values())
        return Looked(tuple(events), waiting, standing)

    def _kept(self) -> Ledger:
        watched = self._watched
        return open_ledger(watched.store, watched.folder, maker=watched.maker)

    def _is_settled(self, path: str, stamp: Stamp | None) -> bool:
        return self._still.is_settled(path, stamp, now=time.monotonic(), today=time.time())

    def _ready(self, sight: Sight) -> tuple[list[str], int]:
        """Return the files that are new or changed and written to the end, sorted; and how many are not."""
        known = self._ledger.files
        fresh = [
            path
            for path, stamp in sight.files.items()
            if path not in known or known[path].stamp != stamp or not known[path].digest
        ]
        ready = [path for path in fresh if self._is_settled(path, sight.files[path])]
        return sorted(ready), len(fresh) - len(ready)

    def _missing(self, sight: Sight) -> list[str]:
        """Return the files of the ledger that the folder has no more, sorted."""
        missing = sorted(
            path for path in self._ledger.files if path not in sight.files and not sight.may_hold(path)
        )
        if missing and not sight.files and len(missing) > 1 and not self._watched.may_empty:
            self._warn(
                f"{self._watched.folder}: all {len(missing)} articles are gone at once, as if it were not "
                "mounted: they stay in the store until one is seen again, or with --may-empty"
            )
            return []
        return missing

    def _sorted_out(self, ready: Iterable[str], missing: list[str], note: Tell) -> Iterator[Arrival]:
        """Yield what is to be read; what was only touched or moved is set down as that."""
        known, moved = self._ledger.files, {known.digest: path for path, known in self._missing_of(missing)}
        touched = False
        for path in ready:
            try:
                arrival = _arrival(self._watched.folder, path)
            except OSError as error:
                self._reject(Arrival(path, NO_STAMP, ""), f"{path}: cannot be read ({error.strerror})", note)
                continue
            entry, before = known.get(path), moved.get(arrival.digest)
            if entry is not None and entry.digest == arrival.digest:
                known[path] = replace(entry, stamp=arrival.stamp)
                touched = True
            elif entry is None and before is not None and before in known:
                known[path] = replace(known.pop(before), stamp=arrival.stamp)
                note(Event(Kind.RENAMED, path, known[path].article, before=before))
                touched = True
            else:
                yield arrival
        if touched:
            self._ledger.save()

    def _missing_of(self, missing: Iterable[str]) -> Iterator[tuple[str, Entry]]:
        for path in missing:
            if (entry := self._ledger.files[path]).digest and entry.graph:
                yield path, entry

    def _bring_up(
        self, arrived: list[Arrival], gone: list[str], note: Tell, stopped: Callable[[], bool]
    ) -> int:
        """Read what arrived and have the store follow; return how many files have changed meanwhile."""
        folder, late = self._watched.folder, 0
        by_path = {folder / it.path: it for it in arrived}
        batch: list[tuple[Arrival, CheckedGraph]] = []
        for path in self._reading.over(list(by_path)):
            if stopped():
                break
            arrival = by_path[path]
            checked = self._checked(arrival, note)
            if _stamp(path) != arrival.stamp:
                late += 1
            elif checked is not None:
                batch.append((arrival, checked))
            if len(batch) >= _AT_ONCE:
                self._store(batch, (), note)
                batch = []
        if batch or gone:
            self._store(batch, gone, note)
        return late

    def _checked(self, arrival: Arrival, note: Tell) -> CheckedGraph | None:
        try:
            return self._reading.check(self._watched.folder / arrival.path)
        except (InputError, ValidationError) as error:
            fault = str(error)
        except KgError:
            raise  # about the readers as a whole
        except Exception as error:
            fault = f"{arrival.path}: unexpected {type(error).__name__}: {error} - please report it"
        self._reject(arrival, fault, note)
        return None

    def _reject(self, arrival: Arrival, fault: str, note: Tell) -> None:
        """Set down that a file cannot be taken in; it is said once."""
        before = self._ledger.files.get(arrival.path)
        entry = rejected(arrival, before, fault)
        self._ledger.files[arrival.path] = entry
        self._ledger.save()
        if before is None or (before.digest, before.fault) != (entry.digest, fault):
            note(Event(Kind.REJECTED, arrival.path, entry.article, fault=fault))

    def _store(self, batch: list[tuple[Arrival, CheckedGraph]], gone: Iterable[str], note: Tell) -> None:
        with self._opening() as store:
            events = take_in_articles(store, self._ledger, batch, gone, base=self._watched.base)
        for event in events:
            self._still.forget(event.path)
            note(event)

    def _warn_of(self, sight: Sight) -> None:
        for inner, reason in sight.unseen.items():
            self._warn(f"{self._watched.folder / inner}: cannot be listed ({reason}); what it held stays")

    def _warn(self, words: str) -> None:
        if words not in self._warned:
            self._warned.add(words)
            _LOG.warning("%s", words)


def _arrival(folder: Path, path: str) -> Arrival:
    """Return a file as it is.

    Raises:
        OSError: it cannot be read.
    """
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = _stamp(folder / path)
    if found is None:
        raise FileNotFoundError(2, "it went while it was read")
    return Arrival(path, found, digest)


def _stamp(path: Path) -> Stamp | None:
    try:
        return Stamp.of(path.stat())
    except OSError:
        return None

"""The search index: what has a name, in one SQLite file a store, or in memory for a store in memory.

Things are numbered so that those of which most is said come first. SQLite's full-text index gives rows in the
order of their numbers, so that the first few that fit are the best, and no more need be looked at.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.query.ask.forms import phrase_keys
from kg.query.search_reading import Entry
from kg.query.search_words import around_terms, inside_term, kind_term, name_terms

_FORMAT = "2"
_CACHE_KIBIBYTES = 8192
_MOST_PROMINENT = 1 << 20
_SCHEMA = """
CREATE TABLE said (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, last TEXT NOT NULL, label TEXT NOT NULL,
  kinds TEXT NOT NULL, detail TEXT NOT NULL, names TEXT NOT NULL, above TEXT NOT NULL, digest BLOB NOT NULL,
  terms TEXT NOT NULL
);
CREATE TABLE stands (id TEXT PRIMARY KEY, last TEXT NOT NULL, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE phrase (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(
  terms, content = thing, content_rowid = number, detail = none, columnsize = 0, prefix = '2 3 4',
  tokenize = ascii
);
CREATE UNIQUE INDEX thing_id ON thing (id);
CREATE INDEX thing_last ON thing (last);
CREATE INDEX stands_last ON stands (last);
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A thing as it was found.

    Attributes:
        prominence: how many articles and claims speak of it.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    detail: str
    names: tuple[str, ...]
    prominence: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing that a question may name."""

    id: str
    label: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]


class SearchIndex:
    """An open index; threads may share it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._asking = threading.Lock()

    @property
    def version(self) -> str | None:
        """The version of the store that it is of; None while it is being written."""
        found = self._select("SELECT value FROM said WHERE name = 'version'")
        return str(found[0][0]) if found else None

    def __len__(self) -> int:
        return int(self._select("SELECT COUNT(*) FROM thing")[0][0])

    def ids(self) -> Iterator[str]:
        """Yield the IRIs of all things."""
        yield from (str(found) for (found,) in self._select("SELECT id FROM thing"))

    def label(self, identifier: str) -> str | None:
        """Return the label of a thing, None for what has no name."""
        found = self._select("SELECT label FROM thing WHERE id = ?", identifier)
        return str(found[0][0]) if found else None

    def kinds(self, identifier: str) -> tuple[str, ...] | None:
        """Return the local names of the classes of a thing, None for what has no name."""
        found = self._select("SELECT kinds FROM thing WHERE id = ?", identifier)
        return tuple(found[0][0].split()) if found else None

    def names(self, identifier: str) -> tuple[str, ...] | None:
        """Return every form of the name of a thing, None for what has none."""
        found = self._select("SELECT names FROM thing WHERE id = ?", identifier)
        return tuple(json.loads(found[0][0])) if found else None

    def above(self, identifier: str) -> tuple[str, ...]:
        """Return what a thing directly lies in or belongs to."""
        found = self._select("SELECT above FROM thing WHERE id = ?", identifier)
        return tuple(found[0][0].split()) if found else ()

    def below(self, identifier: str) -> tuple[str, ...]:
        """Return the things that lie in another or belong to it, at any depth."""
        found = self._select(
            "SELECT id FROM thing JOIN word ON thing.number = word.rowid WHERE word MATCH ?",
            f'"{inside_term(identifier)}"',
        )
        return tuple(str(each) for (each,) in found)

    def canonical(self) -> dict[str, str]:
        """Return what stands for each IRI that another one stands for."""
        return dict(self._select("SELECT id, canonical FROM stands ORDER BY id"))

    def ending_in(self, last: str) -> tuple[str, ...]:
        """Return the IRIs, canonical or not, whose last part this is."""
        found = self._select(
            "SELECT id FROM thing WHERE last = ? UNION SELECT id FROM stands WHERE last = ?", last, last
        )
        return tuple(str(each) for (each,) in found)

    def rows(self, wanted: str, *, limit: int) -> tuple[Row, ...]:
        """Return the first things, by prominence, whose terms are as an expression of FTS5 wants them."""
        found = self._select(
            "SELECT thing.number, id, label, kinds, detail, names FROM thing JOIN "
            "(SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid LIMIT ?) AS hit "
            "ON thing.number = hit.rowid",
            wanted,
            limit,
        )
        return tuple(
            Row(iri, label, tuple(kinds.split()), detail, tuple(json.loads(names)), _prominence(number))
            for number, iri, label, kinds, detail, names in sorted(found)
        )

    def phrases(self, key: str) -> tuple[Phrase, ...]:
        """Return the things that a question finds by a key, in the order of their IRIs: see `phrase_keys`."""
        found = self._select(
            "SELECT id, label, kinds, names FROM phrase JOIN thing USING (number) WHERE key = ? ORDER BY id",
            _key_number(key),
        )
        return tuple(
            Phrase(iri, label, tuple(kinds.split()), tuple(json.loads(names)))
            for iri, label, kinds, names in found
        )

    def matching(self, wanted: str) -> frozenset[str]:
        """Return the IRIs of all things whose terms are as an expression of FTS5 wants them."""
        found = self._select(
            "SELECT id FROM thing JOIN word ON thing.number = word.rowid WHERE word MATCH ?", wanted
        )
        return frozenset(str(each) for (each,) in found)

    def close(self) -> None:
        """Close the file."""
        with self._asking:
            self._connection.close()

    def update(
        self,
        version: str,
        entries: Iterable[Entry],
        canonical: Mapping[str, str],
        *,
        among: frozenset[str] | None = None,
    ) -> int:
        """Make the index that of a version, in one transaction; return how many things it had to write.

        What has not changed is left as it is.

        Args:
            version: of the store.
            entries: of all things, or of those among which something changed.
            canonical: what stands for each thing that another one stands for.
            among: the things that may have changed; of these, what has no entry is removed. None for all.
        """
        with self._asking, self._connection as base:
            base.execute("BEGIN IMMEDIATE")
            written = _write(base, entries, _known(base, among))
            if among is None:
                base.execute("DELETE FROM stands")
            else:
                base.executemany("DELETE FROM stands WHERE id = ?", ((each,) for each in among))
            standing = (pair for pair in canonical.items() if among is None or pair[0] in among)
            base.executemany(
                "INSERT INTO stands VALUES (?, ?, ?)",
                ((iri, local_part(iri), other) for iri, other in standing),
            )
            base.execute("INSERT OR REPLACE INTO said VALUES ('version', ?)", (version,))
            base.execute("COMMIT")
        return written

    def _select(self, text: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self._asking:
            try:
                return self._connection.execute(text, values).fetchall()
            except UnicodeEncodeError:  # half of a surrogate pair, which no name holds
                return []


def open_index(path: Path | None, *, writable: bool = True) -> SearchIndex:
    """Open the index in a file, begun anew if it is not there or of no use, or an empty one in memory.

    Raises:
        sqlite3.Error: it cannot be read, or written.
        OSError: the directory cannot be made.
    """
    if path is None:
        return SearchIndex(_begin(_connect(":memory:")))
    if not writable:
        return SearchIndex(_checked(_connect(f"{path.absolute().as_uri()}?mode=ro")))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        try:
            return SearchIndex(_checked(_connect(path.absolute().as_uri())))
        except sqlite3.DatabaseError:
            _remove_file(path)
    return SearchIndex(_begin(_connect(path.absolute().as_uri())))


def _connect(name: str) -> sqlite3.Connection:
    # SQLite itself lets threads share a connection; the lock is there for statements that belong together.
    connection = sqlite3.connect(name, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
    return connection


def _begin(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(f"BEGIN; {_SCHEMA}")
    connection.execute("INSERT INTO said VALUES ('format', ?)", (_FORMAT,))
    connection.execute("COMMIT")
    return connection


def _checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return the connection if what it leads to is an index of ours.

    Raises:
        sqlite3.DatabaseError: it is not.
    """
    try:
        found = connection.execute("SELECT value FROM said WHERE name = 'format'").fetchone()
        if found is None or found[0] != _FORMAT:
            raise sqlite3.DatabaseError("the search index has another format")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _remove_file(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-journal")):
        each.unlink(missing_ok=True)


def _known(base: sqlite3.Connection, among: frozenset[str] | None) -> dict[str, tuple[int, bytes]]:
    """Return number and digest of things that are in the index."""
    select = "SELECT id, number, digest FROM thing"
    if among is None:
        rows = base.execute(select).fetchall()
    else:
        rows = [row for each in among for row in base.execute(f"{select} WHERE id = ?", (each,))]
    return {iri: (number, digest) for iri, number, digest in rows}


def _write(base: sqlite3.Connection, entries: Iterable[Entry], known: dict[str, tuple[int, bytes]]) -> int:
    """Write what is new or other than is known, and remove what is known and no more there."""
    written: list[int] = []
    for entry in entries:
        before = known.pop(entry.id, None)
        digest = _digest(entry)
        if before is not None and before[1] == digest:
            continue
        if before is not None:
            _remove(base, before[0])
        number = _number(base, entry)
        _insert(base, number, entry, digest)
        written.append(number)
    for number, _ in known.values():
        _remove(base, number)
    # In their order and by value, or the full-text index writes a piece of its own for each.
    terms = (
        base.execute("SELECT number, terms FROM thing WHERE number = ?", (number,)).fetchone()
        for number in sorted(written)
    )
    base.executemany("INSERT INTO word (rowid, terms) VALUES (?, ?)", terms)
    return len(written) + len(known)


def _insert(base: sqlite3.Connection, number: int, entry: Entry, digest: bytes) -> None:
    terms = {
        *(term for name in entry.names for term in name_terms(name)),
        *(term for name in entry.around for term in around_terms(name)),
        *map(kind_term, entry.kinds),
        *map(inside_term, entry.inside),
    }
    base.execute(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number, entry.id, local_part(entry.id), entry.label, " ".join(entry.kinds), entry.detail,
            json.dumps(entry.names, ensure_ascii=False), " ".join(entry.above), digest,
            " ".join(sorted(terms)),
        ),
    )  # fmt: skip
    keys = map(_key_number, phrase_keys(entry.label, entry.kinds, entry.names))
    base.executemany("INSERT OR IGNORE INTO phrase VALUES (?, ?)", ((key, number) for key in keys))


def _remove(base: sqlite3.Connection, number: int) -> None:
    said = base.execute("SELECT label, kinds, names FROM thing WHERE number = ?", (number,)).fetchone()
    keys = phrase_keys(said[0], said[1].split(), json.loads(said[2]))
    base.executemany(
        "DELETE FROM phrase WHERE key = ? AND number = ?", ((_key_number(key), number) for key in keys)
    )
    base.execute(
        "INSERT INTO word (word, rowid, terms) SELECT 'delete', number, terms FROM thing WHERE number = ?",
        (number,),
    )
    base.execute("DELETE FROM thing WHERE number = ?", (number,))


def _number(base: sqlite3.Connection, entry: Entry) -> int:
    """Return a free number that stands before those of which less is said, the same in every run."""
    tie = int.from_bytes(blake2b(entry.id.encode(), digest_size=4).digest(), "big")
    number = ((_MOST_PROMINENT - min(entry.prominence, _MOST_PROMINENT)) << 32) + tie
    while base.execute("SELECT 1 FROM thing WHERE number = ?", (number,)).fetchone() is not None:
        number += 1
    return number


def _key_number(key: str) -> int:
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _prominence(number: int) -> int:
    return _MOST_PROMINENT - (number >> 32)


def _digest(entry: Entry) -> bytes:
    return blake2b(repr(entry).encode(), digest_size=12).digest()


def local_part(identifier: str) -> str:
    """Return what follows the last stroke, by which the index knows an IRI too."""
    return identifier.rsplit("/", 1)[-1]

"""What type-ahead is measured beside: the same names in other indexes, asked for the same words.

They know no short forms, no surroundings and no placement of tones; marks are dropped throughout.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.query.search_words import bare_words, words_of

Ask = Callable[[str], int]
"""Returns how many names, at most ten, have the words typed, the last as a beginning."""

_FEW = 10


def fts5(names: Sequence[tuple[str, int]], path: Path) -> Ask:
    """Return SQLite's full-text search as it comes, ordered by prominence."""
    base = sqlite3.connect(path)
    base.execute(
        "CREATE VIRTUAL TABLE name USING fts5("
        "label, prominence UNINDEXED, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')"
    )
    base.executemany("INSERT INTO name VALUES (?, ?)", names)
    base.commit()

    def ask(typed: str) -> int:
        words = " ".join(f'"{word}"' for word in bare_words(words_of(typed)))
        wanted = "SELECT label FROM name WHERE name MATCH ? ORDER BY prominence DESC LIMIT ?"
        return len(base.execute(wanted, (f"{words} *", _FEW)).fetchall()) if words else 0

    return ask


def tantivy(names: Iterable[tuple[str, int]], path: Path) -> Ask | None:
    """Return tantivy, ordered by prominence; None where it is not installed."""
    try:
        library: Any = importlib.import_module("tantivy")
    except ModuleNotFoundError:
        return None
    builder = library.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace")
    builder.add_text_field("label", stored=True, tokenizer_name="raw")
    builder.add_integer_field("prominence", fast=True)
    schema = builder.build()
    path.mkdir()
    index = library.Index(schema, path=str(path))
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for label, prominence in names:
        words = " ".join(bare_words(words_of(label)))
        writer.add_document(library.Document(words=words, label=label, prominence=prominence))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, query, occur = index.searcher(), library.Query, library.Occur

    def ask(typed: str) -> int:
        words = bare_words(words_of(typed))
        if not words:
            return 0
        parts = [(occur.Must, query.term_query(schema, "words", word)) for word in words[:-1]]
        parts.append((occur.Must, query.regex_query(schema, "words", f"{words[-1]}.*")))
        hits = searcher.search(query.boolean_query(parts), _FEW, order_by_field="prominence").hits
        return len([searcher.doc(address)["label"] for _, address in hits])

    return ask

"""One trial: articles of a known world, built as ``kg build`` builds them, read back from the store."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kg.cli import main
from kg.store import open_store
from tests.truth.findings import Findings, read_findings
from tests.truth.records import TrueArticle


def save(articles: Iterable[TrueArticle], directory: Path) -> tuple[Path, ...]:
    """Write the articles' files, some of them in NFD."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for article in articles:
        text = unicodedata.normalize("NFD", article.text) if article.decomposed else article.text
        path = directory / article.name
        path.write_text(text, "utf-8")
        paths.append(path)
    return tuple(paths)


def build(paths: Iterable[Path], store: Path) -> int:
    """Build files into a store by the command; return its exit code."""
    return main(["build", *map(str, paths), "--store", str(store)])


def read(store: Path) -> Findings:
    """Return what a store on disk says."""
    with closing(open_store(store, read_only=True)) as opened:
        return read_findings(opened)

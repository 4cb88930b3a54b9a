"""Reading files: which ones, and their characters."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.ingest.encodings import decode
from kg.ingest.html import is_page
from kg.model.article import Document

MAX_DOCUMENT_BYTES = 10_000_000
"""The largest document that is read; an article is a thousandth of it."""

_HTML_SUFFIXES = frozenset({".html", ".htm"})
_ARTICLE_SUFFIXES = frozenset({".txt", *_HTML_SUFFIXES})
_NOT_ARTICLES = ("readme", "manifest", "license")


def find_documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to read: those given, and of a directory all texts and pages in order of name.

    READMEs, manifests and hidden files of a directory are no articles. A file named twice is returned once.

    Raises:
        InputError: a path does not exist, or a directory holds no article.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            articles = _articles_below(path)
            if not articles:
                raise InputError(f"{path}: no articles (*.txt, *.html) in this directory; give another one")
            found.update(dict.fromkeys(articles))
        elif path.exists():
            found[path] = None
        else:
            raise InputError(f"{path}: no such file or directory; check the path")
    return tuple(found)


def read_document(path: Path, *, max_bytes: int = MAX_DOCUMENT_BYTES) -> Document:
    """Return the document in a file.

    Raises:
        InputError: there is no such file, or it is a directory, empty, too large, no text, or not readable;
            one line says what is wrong, where, and what to do.
    """
    # A name that is no UTF-8 is shown with its bytes escaped: it becomes part of the graph.
    source = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return decode_document(_read_bytes(path, max_bytes), source=source, name=str(path))


def decode_document(data: bytes, *, source: str, name: str | None = None) -> Document:
    """Return the document in these bytes.

    Args:
        data: the whole document.
        source: the file's name or the page's address; the document's id is taken from it.
        name: what error messages call it; the source where not given.

    Raises:
        InputError: the bytes are empty, no text, or badly encoded.
    """
    name = name or source
    if not data:
        raise InputError(f"{name}: the file is empty; give a file with an article in it")
    text, encoding = decode(data, name=name)
    if not text.strip():
        raise InputError(f"{name}: nothing but white space; give a file with an article in it")
    is_html = Path(source).suffix.lower() in _HTML_SUFFIXES or is_page(text)
    media_type = "text/html" if is_html else "text/plain"
    return Document(document_id(source), source, text, media_type, encoding)


def is_article_name(name: str) -> bool:
    """Tell whether a file of a directory is an article, by its name alone."""
    return Path(name).suffix.lower() in _ARTICLE_SUFFIXES and not name.lower().startswith(_NOT_ARTICLES)


def document_id(source: str) -> str:
    """Return the file's stem up to the first underscore: "000" of "000_ed1c8c0e.txt"."""
    stem = Path(source).stem
    return stem.split("_", 1)[0] or stem


def _articles_below(directory: Path) -> list[Path]:
    try:
        candidates = sorted(directory.rglob("*"))
    except OSError as error:
        raise InputError(
            f"{directory}: cannot be listed ({error.strerror}); check its permissions"
        ) from error
    return [path for path in candidates if _is_article(path.relative_to(directory)) and path.is_file()]


def _is_article(path: Path) -> bool:
    return is_article_name(path.name) and not any(part.startswith(".") for part in path.parts)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path}: a directory, not a file; give a file in it")
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: not a regular file; give a text file")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except PermissionError as error:
        raise InputError(f"{path}: permission to read it is missing; change its permissions") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the file and its disk") from error
    if len(data) > max_bytes:
        raise InputError(
            f"{path}: larger than {max_bytes / 1_000_000:g} MB, the limit for one document; split it up"
        )
    return data

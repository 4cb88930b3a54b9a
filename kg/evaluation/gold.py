"""Reading articles that were annotated by hand, with their texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.claims import SLOTS, Facts, claims


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article.

    Attributes:
        id: the stem of the annotation's file.
        path: the annotation.
        text_path: the article's text.
        facts: what the annotation says.
    """

    id: str
    path: Path
    text_path: Path
    facts: Facts


def read_gold(directory: Path, texts: Path | None = None) -> tuple[GoldArticle, ...]:
    """Return the annotated articles of a directory (``ID.json``) in order of their names.

    Args:
        directory: holds the annotations.
        texts: where texts are looked for that do not stand beside their annotations. The text of ``ID.json``
            is ``ID.txt``, the file that its ``source_file`` names, or ``ID_….txt``.

    Raises:
        InputError: there is no annotation, one is not in the format, or one has no text.
    """
    if not directory.is_dir():
        raise InputError(f"{directory}: no such directory; give one with annotated articles (ID.json)")
    paths = sorted(path for path in directory.glob("*.json") if not path.name.startswith("."))
    if not paths:
        raise InputError(f"{directory}: no annotated articles (ID.json) in this directory; give another one")
    return tuple(_read(path, texts) for path in paths)


def corpus_hash(articles: Iterable[GoldArticle]) -> str:
    """Return the SHA-256 over annotations and texts, names and bytes, in order of the names."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.id):
        for path in (article.path, article.text_path):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _read(path: Path, texts: Path | None) -> GoldArticle:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except ValueError as error:
        raise InputError(f"{path}: not JSON in UTF-8 ({error}); mend the annotation") from error
    _check_format(path, facts)
    return GoldArticle(path.stem, path, _text_of(path, facts, texts), facts)


def _check_format(path: Path, facts: Facts) -> None:
    """Refuse an annotation whose statements cannot be read, naming the slot."""
    for slot in SLOTS:
        try:
            claims(slot, facts)
        except KeyError as error:
            raise InputError(
                f"{path}: an item has no {error}, which {slot!r} needs; mend the annotation"
            ) from error
        except (AttributeError, TypeError, ValueError) as error:
            raise InputError(
                f"{path}: not in the format of `kg extract` where {slot!r} is read ({error}); mend it"
            ) from error


def _text_of(path: Path, facts: Facts, texts: Path | None) -> Path:
    # Of the name that an annotation gives, only the last part: it must not lead out of the directory.
    names = [f"{path.stem}.txt", *([Path(str(named)).name] if (named := facts.get("source_file")) else [])]
    directories = [path.parent] if texts is None else [texts, path.parent]
    for directory in directories:
        for candidate in (
            *(directory / name for name in names),
            *sorted(directory.glob(f"{path.stem}_*.txt")),
        ):
            if candidate.is_file():
                return candidate
    raise InputError(
        f"{path}: its text {' or '.join(names)} is not in {directories[0]}; say where with --texts DIR"
    )

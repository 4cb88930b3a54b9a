"""The texts of the bench: the articles of our own corpus, and documents of any length made from them."""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from kg.ingest import parse_article, read_document
from kg.model.article import Zone

ROOT = Path(__file__).parents[2]
SEPARATORS = {"paragraphs": "\n", "one line": " "}
"""What stands between the paragraphs of a long document."""


def paths() -> list[Path]:
    """Return the articles that rules may be tuned on."""
    return sorted((ROOT / "tests" / "quality").glob("dev*/*.txt"))


def bodies() -> Iterator[str]:
    """Yield what people wrote in the articles; what stands around it would end the reading of a document."""
    for path in paths():
        article = parse_article(read_document(path))
        for paragraph in article.paragraphs:
            if paragraph.zone is Zone.BODY:
                yield article.surface(paragraph.span)


def document(length: int, shape: str) -> str:
    """Return a text of a length: paragraphs in a random order that is always the same, over and over."""
    written = list(bodies())
    random.Random(length).shuffle(written)  # noqa: S311 (nothing here is a secret)
    return SEPARATORS[shape].join(_numbered(written, length))[:length]


def _numbered(paragraphs: Sequence[str], length: int) -> Iterator[str]:
    """Yield paragraphs until there are enough; each differs, for a repeated one is read once."""
    for number, paragraph in enumerate(cycle(paragraphs), start=1):
        if length < 0:
            return
        yield f"{number}. {paragraph}"
        length -= len(paragraph)

"""Evidence: the very words of articles that support what is told; in a notebook they show as marked text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from kg.client.display.marked_text import evidence_html
from kg.client.source import Json


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article.

    Attributes:
        text: the words.
        article: its title; `article_id` is its IRI.
        start: where they begin in the article's text; `end`, where they end: code points, half-open.
        published: the day of the article, as text, if it has one.
    """

    text: str
    article: str
    article_id: str
    start: int
    end: int
    published: str | None = None

    def __str__(self) -> str:
        words = " ".join(self.text.split())
        return f"“{words}” ({self.article}, {self.start}–{self.end})"

    @property
    def json(self) -> Json:
        """The quotation as the service tells it."""
        return {
            "article": {"id": self.article_id, "name": self.article},
            "published": self.published,
            "quote": self.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Evidence(Sequence[Quote]):
    """Quotations that support one thing that is told.

    Attributes:
        quotes: in the order of the articles and of their texts.
        language: of what stands around them where they are shown.
    """

    quotes: tuple[Quote, ...]
    language: str = field(default="vi", compare=False)

    @overload
    def __getitem__(self, index: int) -> Quote: ...

    @overload
    def __getitem__(self, index: slice) -> Evidence: ...

    def __getitem__(self, index: int | slice) -> Quote | Evidence:
        if isinstance(index, slice):
            return Evidence(self.quotes[index], self.language)
        return self.quotes[index]

    def __len__(self) -> int:
        return len(self.quotes)

    def __iter__(self) -> Iterator[Quote]:
        return iter(self.quotes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.quotes))

    def __repr__(self) -> str:
        return str(self) or "no evidence"

    def _repr_html_(self) -> str:
        return evidence_html([quote.json for quote in self.quotes], language=self.language)


def evidence_of(told: Json, language: str = "vi") -> Evidence:
    """Return the evidence of a thing or claim as the service tells it."""
    return make_evidence(told["evidence"], language)


def make_evidence(told: Iterable[Json], language: str = "vi") -> Evidence:
    """Return quotations as the service tells them."""
    return Evidence(
        tuple(
            Quote(
                text=each["quote"],
                article=each["article"]["name"],
                article_id=each["article"]["id"],
                start=each["start"],
                end=each["end"],
                published=each["published"],
            )
            for each in told
        ),
        language,
    )

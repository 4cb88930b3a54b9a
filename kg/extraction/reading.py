"""What every recognizer and every extractor works on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from kg.model.article import Article
from kg.model.extraction import Relations
from kg.model.mention import Mention
from kg.model.sentence import Sentence
from kg.model.span import Span

M = TypeVar("M", bound=Mention)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article cut into sentences, with the matching key of its whole text.

    Patterns are matched on `key`, which has the length of the text, so that their offsets hold in both.
    """

    article: Article
    key: str
    sentences: tuple[Sentence, ...]

    def text(self, span: Span) -> str:
        """Return exactly the characters of a span."""
        return self.article.text[span.start : span.end]

    def surface(self, span: Span) -> str:
        """Return the characters of a span with white space folded."""
        return self.article.surface(span)


class MentionIndex:
    """Mentions in order of the text, found by kind and place."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.all = tuple(sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)))
        self._starts = [mention.span.start for mention in self.all]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.all)

    def of(self, kind: type[M]) -> tuple[M, ...]:
        """Return the mentions of one kind."""
        return tuple(mention for mention in self.all if isinstance(mention, kind))

    def within(self, span: Span, kind: type[M]) -> tuple[M, ...]:
        """Return the mentions of one kind that lie in a span."""
        found = []
        # By position and not over a slice: a slice would copy the rest of the document for every sentence.
        for position in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)):
            mention = self.all[position]
            if isinstance(mention, kind) and mention.span.end <= span.end:
                found.append(mention)
        return tuple(found)


Recognizer = Callable[[Reading, MentionIndex], Iterable[Mention]]
"""Finds mentions of one kind; sees what the recognizers before it found."""

Extractor = Callable[[Reading, MentionIndex, Relations], Relations]
"""Finds relations of one kind among all mentions; sees what the extractors before it found."""

"""Where in an article a character stands."""

from __future__ import annotations

from bisect import bisect_right

from kg.model.extraction import Extraction


class Layout:
    """The sentences and paragraphs of an article, found by offset."""

    def __init__(self, extraction: Extraction) -> None:
        """Note where each sentence and each paragraph begins."""
        self._sentences = [sentence.span.start for sentence in extraction.sentences]
        self._paragraphs = [paragraph.span.start for paragraph in extraction.article.paragraphs]

    def sentence(self, offset: int) -> int:
        """Return the index of the sentence that holds an offset."""
        return bisect_right(self._sentences, offset) - 1

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that holds an offset."""
        return bisect_right(self._paragraphs, offset) - 1

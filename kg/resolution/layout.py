"""Where in an article a character stands."""

from __future__ import annotations

from bisect import bisect_right

from kg.model.extraction import Extraction

_MARKS = ("*", "•", "►", "■", "▪", "●", "◆")


class Layout:
    """The sentences, paragraphs and briefs of an article, found by offset.

    A brief is one of several reports on a page, each begun by a mark: "* Chiều cùng ngày, …".
    """

    def __init__(self, extraction: Extraction) -> None:
        """Note where each sentence and each paragraph begins."""
        self._sentences = [sentence.span.start for sentence in extraction.sentences]
        self._paragraphs = [paragraph.span.start for paragraph in extraction.article.paragraphs]
        text = extraction.article.text
        self._briefs = [start for start in self._paragraphs if text.startswith(_MARKS, start)]

    def sentence(self, offset: int) -> int:
        """Return the index of the sentence that holds an offset."""
        return bisect_right(self._sentences, offset) - 1

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that holds an offset."""
        return bisect_right(self._paragraphs, offset) - 1

    def brief(self, offset: int) -> int:
        """Return the index of the brief that holds an offset; -1 before the first, and without briefs."""
        return bisect_right(self._briefs, offset) - 1

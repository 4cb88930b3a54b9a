"""The text of an article with every fact that was read in it; in a notebook the facts show as marks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kg.client.columns import make_frame
from kg.client.display.marked_text import article_html
from kg.client.source import Json
from kg.client.tables import FACTS


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's text, and what is read in it.

    Attributes:
        json: as the service explains it.
        language: of what stands around the text.
    """

    json: Json
    language: str

    @property
    def text(self) -> str:
        """The text, into which offsets point."""
        return str(self.json["text"])

    @property
    def facts(self) -> pd.DataFrame:
        """Every fact with its words, its rule and its confidence, in order of the text."""
        told = [fact for paragraph in self.json["paragraphs"] for fact in paragraph["facts"]]
        return make_frame(FACTS, told)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        facts = sum(len(paragraph["facts"]) for paragraph in self.json["paragraphs"])
        return f"{self.json['source']}: {len(self.text)} characters, {facts} facts"

    def _repr_html_(self) -> str:
        return article_html(self.json, language=self.language)

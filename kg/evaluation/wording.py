"""How alike two wordings are, whatever their capitals, marks, abbreviations and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import load_resource
from kg.language.normalization import without_marks

# A percent sign is a unit of measure and a slash joins the parts of a document's number.
_NOT_A_WORD = re.compile(r"[^0-9a-z%/]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and the words it is compared by."""

    text: str
    folded: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: object) -> Wording:
        """Return the wording of a text, or of a number as it is printed."""
        spaced = _NOT_A_WORD.sub(" ", without_marks(str(text)))
        folded = " ".join(_same_words().sub(lambda match: _standard_form(match.group()), spaced).split())
        return cls(str(text), folded, frozenset(folded.split()))

    def overlap(self, other: Wording) -> float:
        """Return the share of all their words that both have."""
        union = self.words | other.words
        return len(self.words & other.words) / len(union) if union else 1.0

    def cover(self, other: Wording) -> float:
        """Return the share of the shorter one's words that the other has too."""
        shorter = min(len(self.words), len(other.words))
        return len(self.words & other.words) / shorter if shorter else 0.0

    def is_same(self, other: Wording) -> bool:
        """Tell whether the two have the same words in the same order."""
        return self.folded == other.folded

    def is_same_place(self, other: Wording) -> bool:
        """Tell whether the two differ in the word for the level at most."""
        return _level().sub("", self.folded, count=1) == _level().sub("", other.folded, count=1)


@cache
def _same_words() -> re.Pattern[str]:
    forms = sorted(load_resource("evaluation")["same_words"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


def _standard_form(form: str) -> str:
    return str(load_resource("evaluation")["same_words"][form])


@cache
def _level() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(load_resource('evaluation')['levels'])}) ")

"""Learning from annotated articles: every name that the annotation has is marked wherever the text has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from kg.extraction.crf.features import features, sequences
from kg.language.lexicon import phrase_pattern
from kg.language.normalization import fold_space, matching_key, normalize
from kg.model.sentence import Token

OUTSIDE = "O"
_PARAMETERS = {"c1": 0.1, "c2": 0.01, "max_iterations": 100, "feature.possible_transitions": True}


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with the names in it, as written there."""

    text: str
    persons: tuple[str, ...]
    organizations: tuple[str, ...]


def train(texts: Iterable[AnnotatedText], target: Path) -> int:
    """Write a model that has learnt from some texts; return from how many names.

    The same texts in the same order give the same model.

    Raises:
        OSError: the file cannot be written.
    """
    target.open("wb").close()  # the library below reports nothing when it cannot write
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    names = 0
    for annotated in texts:
        text = normalize(annotated.text)
        key = matching_key(text)
        marks = dict(_marks(text, key, annotated))
        for tokens in sequences(text, key):
            labels = _labels(tokens, marks)
            names += sum(label.startswith("B") for label in labels)
            trainer.append(features(tokens, key), labels)
    trainer.train(str(target))
    return names


def _marks(text: str, key: str, annotated: AnnotatedText) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield where each name begins, with its kind and its end; of those that overlap the longest counts."""
    kinds = {fold_space(matching_key(normalize(name))): "person" for name in annotated.persons}
    kinds |= {fold_space(matching_key(normalize(name))): "organization" for name in annotated.organizations}
    kinds.pop("", None)
    if not kinds:
        return
    for match in re.finditer(phrase_pattern(kinds), key):
        if text[match.start()].isupper():
            yield match.start(), (kinds[fold_space(match.group())], match.end())


def _labels(tokens: Sequence[Token], marks: dict[int, tuple[str, int]]) -> list[str]:
    labels, kind, end = [], "", 0
    for token in tokens:
        if token.span.start in marks:
            kind, end = marks[token.span.start]
            labels.append(f"B-{kind}")
        else:
            labels.append(f"I-{kind}" if token.span.start < end else OUTSIDE)
    return labels

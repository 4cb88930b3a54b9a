"""The extractor "crf": names of people and bodies, as a model has learnt to find them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from kg.errors import ExtensionError
from kg.extraction.crf.features import features, sequences
from kg.extraction.extensions import Candidate
from kg.language.normalization import matching_key
from kg.settings import Settings

_HEADER = struct.Struct("<4sI")  # what a model begins with: its kind and its size
_MAGIC = b"lCRF"
_LEAST = 0.5  # of two readings of a name the model prefers one by this much


def open_extractor() -> CrfExtractor:
    """Return the extractor with the model that the settings name.

    Raises:
        ExtensionError: they name none, or it cannot be read.
    """
    named = Settings.from_environment().crf_model
    if not named:
        raise ExtensionError("extractor 'crf' needs a model: KG_CRF_MODEL=FILE, as `kg train-crf` writes it")
    return CrfExtractor(Path(named))


class CrfExtractor:
    """Proposes what a model takes for the names of people and bodies."""

    def __init__(self, model: Path) -> None:
        """Open a model that `kg.extraction.crf.training.train` wrote.

        Raises:
            ExtensionError: there is no such file, or it is no model.
        """
        try:
            # The tagger reads these very bytes for as long as it lives, and does not keep them alive itself.
            self._model = model.read_bytes()
        except OSError as error:
            raise ExtensionError(f"extractor 'crf': {model} cannot be read ({error.strerror})") from error
        # It does not look whether they are a whole model either, and ends the process where they are not.
        if len(self._model) < _HEADER.size or _HEADER.unpack_from(self._model) != (_MAGIC, len(self._model)):
            raise ExtensionError(f"extractor 'crf': {model} is no model, or not a whole one; train it again")
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def propose(self, text: str) -> Iterable[Candidate]:
        """Return the names with the model's probability of each."""
        key = matching_key(text)
        for tokens in sequences(text, key):
            self._tagger.set(features(tokens, key))
            labels = self._tagger.tag()
            for first, after in _runs(labels):
                sure = min(self._tagger.marginal(labels[place], place) for place in range(first, after))
                if sure >= _LEAST:
                    start, end = tokens[first].span.start, tokens[after - 1].span.end
                    kind = labels[first].partition("-")[2]
                    yield Candidate(kind=kind, quote=text[start:end], start=start, confidence=sure)


def _runs(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each name begins and ends: a B label and the I labels of its kind behind it."""
    first = None
    for place, label in enumerate([*labels, "O"]):
        if first is not None and label != f"I{labels[first][1:]}":
            yield first, place
            first = None
        if label.startswith("B-"):
            first = place

"""The one gate for what extensions propose: what the text does not say, or rules say better, stays out."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.extensions import Candidate, NamedExtension
from kg.extraction.mentions.candidate_types import RefusedError, Site, as_mention
from kg.extraction.reading import MentionIndex, Reading
from kg.language.normalization import matching_key, normalize
from kg.model.mention import (
    PROPOSED,
    Mention,
    OfficialDocumentMention,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    QuantityMention,
)
from kg.model.sentence import Sentence
from kg.model.span import Span

_CEILING = 0.7  # no proposal alone is surer than the least sure rules
_SHARE = 0.5  # of what a rule leaves in doubt, agreement takes away at most this share

# A number is quoted whole, and so is a word; a number that is glued to a word is not the word's.
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?![.,]\d)"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"

_LOG = logging.getLogger(__name__)


def admit(reading: Reading, mentions: MentionIndex, extension: NamedExtension) -> MentionIndex:
    """Return the mentions with those that an extension adds, surer where it agrees with them.

    A candidate is admitted where its quote stands in a sentence that facts are read from, its type fits, and
    its numbers and days are those that the rules of the language read there. Where it overlaps a mention
    that was there before, that one stays; a body's name may hold a place.
    """
    gate = _Gate(reading, mentions, extension.name)
    for candidate in extension.candidates(reading.article.text, reading.article.source):
        try:
            gate.take(candidate)
        except RefusedError as reason:
            quote = " ".join(candidate.quote.split())
            _LOG.info("%s: %s %r: refused, %s", extension.name, candidate.kind, quote, reason)
    return MentionIndex(gate.all)


class _Gate:
    """The mentions so far, in order of their starts."""

    def __init__(self, reading: Reading, mentions: MentionIndex, name: str) -> None:
        self.all = list(mentions)
        self._reading = reading
        self._name = name
        self._starts = [mention.span.start for mention in self.all]
        self._sentences = [sentence.span.start for sentence in reading.sentences]
        self._longest = max((len(mention.span) for mention in self.all), default=0)
        self._given = frozenset(
            " ".join(matching_key(mention.text).split()[-2:])
            for mention in mentions.of(PersonMention)
            if not mention.partial
        )

    def take(self, candidate: Candidate) -> None:
        """Admit a candidate wherever it stands.

        Raises:
            RefusedError: nowhere; says why not.
        """
        refusal = RefusedError("the text does not have these words")
        taken = False
        for span in self._places(candidate):
            try:
                self._take_at(candidate, span)
                taken = True
            except RefusedError as reason:
                refusal = reason
        if not taken:
            raise refusal

    def _places(self, candidate: Candidate) -> Iterator[Span]:
        words = matching_key(normalize(candidate.quote)).split()
        if not words:
            return
        quoted = r"[^\S\n]+".join(map(re.escape, words))
        before = _NO_DIGIT_BEFORE if words[0][0].isdigit() else _NO_LETTER_BEFORE
        after = _NO_DIGIT_AFTER if words[-1][-1].isdigit() else _NO_LETTER_AFTER
        pattern = re.compile(before + quoted + after)
        if candidate.start is None:
            yield from (Span(*match.span()) for match in pattern.finditer(self._reading.key))
        elif candidate.start >= 0 and (match := pattern.match(self._reading.key, candidate.start)):
            yield Span(*match.span())

    def _take_at(self, candidate: Candidate, span: Span) -> None:
        near = self._overlapping(span)
        held = MentionIndex(self.all[position] for position in near)
        site = Site(self._reading, self._sentence(span), span, held, self._given)
        mention = as_mention(candidate, site, f"{PROPOSED}{self._name}")
        mention = replace(mention, confidence=_bounded(candidate.confidence))
        rivals = [position for position in near if _are_rivals(mention, self.all[position])]
        for position in rivals:
            if _agree(mention, self.all[position]):
                self.all[position] = _surer(self.all[position], mention)
                return
        if rivals:
            other = self.all[rivals[0]]
            raise RefusedError(f"{other.rule} reads {other.text!r} there")
        self._insert(mention)

    def _sentence(self, span: Span) -> Sentence:
        position = bisect_right(self._sentences, span.start) - 1
        if position >= 0 and self._reading.sentences[position].span.contains(span):
            return self._reading.sentences[position]
        raise RefusedError("it stands in no sentence of the title, the body or a caption")

    def _overlapping(self, span: Span) -> list[int]:
        """Return where the mentions are that share a character with a span, in order of the text."""
        # None begins further back than the longest mention is long.
        first = bisect_left(self._starts, span.start - self._longest)
        after = bisect_left(self._starts, span.end)
        return [position for position in range(first, after) if self.all[position].span.overlaps(span)]

    def _insert(self, mention: Mention) -> None:
        position = bisect_right(self._starts, mention.span.start)
        self._starts.insert(position, mention.span.start)
        self.all.insert(position, mention)
        self._longest = max(self._longest, len(mention.span))


def _bounded(confidence: float) -> float:
    # Written so that what is no number at all ends up at the bottom.
    return min(confidence, _CEILING) if confidence > 0 else 0.0


def _are_rivals(proposed: Mention, other: Mention) -> bool:
    """Tell whether only one of two mentions that overlap can stand: a body's name may hold a place."""
    holds = isinstance(proposed, OrganizationMention) and isinstance(other, PlaceMention)
    return not (holds and proposed.span.contains(other.span) and proposed.span != other.span)


def _agree(proposed: Mention, other: Mention) -> bool:
    """Tell whether two mentions that overlap say the same."""
    if type(proposed) is not type(other):
        return False
    match proposed, other:
        case OfficialDocumentMention(number=str() as number), OfficialDocumentMention():
            return number == other.number
        case QuantityMention(), QuantityMention():
            return (proposed.value, proposed.value_max, proposed.over) == (
                other.value,
                other.value_max,
                other.over,
            )
        case _:
            return proposed.span == other.span


def _surer(mention: Mention, witness: Mention) -> Mention:
    """Return a mention with some of the doubt about it taken away by a second witness."""
    doubt = 1 - mention.confidence
    return replace(mention, confidence=round(1 - doubt * (1 - _SHARE * witness.confidence), 4))

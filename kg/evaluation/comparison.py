"""The figures of a whole collection: precision, recall and F1 a slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.evaluation.claims import SLOTS, Claim, Facts
from kg.evaluation.gold import GoldArticle
from kg.evaluation.pairing import Comparison, compare

CORE = ("person", "role_org", "organization", "place", "event", "part", "metric_full", "document")
"""The slots whose mean F1 is the one figure for all."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of statements and what follows from them; None where there is nothing to divide by."""

    right: int
    missed: int
    extra: int

    @property
    def precision(self) -> float | None:
        """The share of what was extracted that is right."""
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float | None:
        """The share of what was annotated that was found."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was annotated or extracted."""
        return _share(2 * self.right, 2 * self.right + self.missed + self.extra)


@dataclass(frozen=True, slots=True)
class Fault:
    """A statement that was missed, or extracted though the text does not make it."""

    article: str
    slot: str
    missed: bool
    claim: Claim


@dataclass(frozen=True, slots=True)
class Verdict:
    """An extracted statement and whether it is right; those left open have no verdict."""

    slot: str
    claim: Claim
    right: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The comparisons of all articles, each slot by slot."""

    articles: tuple[tuple[str, dict[str, Comparison]], ...]

    def figures(self, slot: str) -> Figures:
        """Return the counts of one slot over all articles."""
        found = [comparisons[slot] for _, comparisons in self.articles]
        return Figures(
            sum(len(item.right) for item in found),
            sum(len(item.missed) for item in found),
            sum(len(item.extra) for item in found),
        )

    @property
    def core(self) -> float | None:
        """The mean F1 of the core slots that the collection speaks of."""
        known = [f1 for slot in CORE if (f1 := self.figures(slot).f1) is not None]
        return sum(known) / len(known) if known else None

    def faults(self, slots: Iterable[str]) -> Iterator[Fault]:
        """Yield the misses and the extras of some slots, article by article."""
        wanted = tuple(slots)
        for article, comparisons in self.articles:
            for slot in wanted:
                yield from (Fault(article, slot, True, claim) for claim in comparisons[slot].missed)
                yield from (Fault(article, slot, False, claim) for claim in comparisons[slot].extra)

    def verdicts(self, slots: Iterable[str]) -> Iterator[Verdict]:
        """Yield every extracted statement of some slots with whether it is right."""
        for slot in slots:
            for _, comparisons in self.articles:
                yield from (Verdict(slot, claim, True) for _, claim in comparisons[slot].right)
                yield from (Verdict(slot, claim, False) for claim in comparisons[slot].extra)


def evaluate(articles: Iterable[GoldArticle], extract: Callable[[GoldArticle], Facts]) -> Evaluation:
    """Compare each annotated article with what `extract` returns for it."""
    compared = []
    for article in articles:
        read = extract(article)
        compared.append((article.id, {slot: compare(slot, article.facts, read) for slot in SLOTS}))
    return Evaluation(tuple(compared))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

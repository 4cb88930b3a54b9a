"""How far the stated confidence of facts is to be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.evaluation.comparison import Verdict

CALIBRATED = ("person", "role", "organization", "place", "event", "part", "metric", "document", "award")
"""The slots whose statements have a confidence of their own; each statement counts once."""

SURE = 0.9
TARGET = 0.97
"""The share of the facts above `SURE` that must be right."""

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, SURE, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts whose confidence is above `low` and not above `high`."""

    low: float
    high: float
    right: int
    wrong: int

    @property
    def count(self) -> int:
        """How many facts there are."""
        return self.right + self.wrong

    @property
    def share_right(self) -> float | None:
        """The share that is right; None where there are none."""
        return self.right / self.count if self.count else None

    @property
    def is_sure(self) -> bool:
        """Tell whether an analyst should be able to rely on these facts unchecked."""
        return self.low >= SURE


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """How often one rule was right in one slot where it stated one confidence."""

    slot: str
    rule: str
    right: int
    wrong: int
    stated: float

    @property
    def suggested(self) -> float:
        """The confidence that the counts support, by the rule of succession: few cases promise little."""
        return (self.right + 1) / (self.right + self.wrong + 2)


def calibrate(verdicts: Iterable[Verdict]) -> tuple[Bin, ...]:
    """Count right and wrong facts by stated confidence; the lowest bin is left out where it is empty."""
    counts = {edges: [0, 0] for edges in pairwise(_EDGES)}
    for verdict in verdicts:
        confidence = verdict.claim.confidence
        if confidence is None:
            continue
        edges = next(edges for edges in counts if confidence <= edges[1] or edges[1] == _EDGES[-1])
        counts[edges][not verdict.right] += 1
    bins = [Bin(low, high, right, wrong) for (low, high), (right, wrong) in counts.items()]
    return tuple(bin_ for bin_ in bins if bin_.count or bin_.low > 0)


def rule_records(verdicts: Iterable[Verdict]) -> tuple[RuleRecord, ...]:
    """Count right and wrong facts by slot, rule and stated confidence, those with most wrong ones first."""
    groups: defaultdict[tuple[str, str, float], list[bool]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.claim.confidence is not None:
            stated = round(verdict.claim.confidence, 3)
            groups[verdict.slot, verdict.claim.rule, stated].append(verdict.right)
    records = [
        RuleRecord(slot, rule, sum(right), len(right) - sum(right), stated)
        for (slot, rule, stated), right in groups.items()
    ]
    return tuple(
        sorted(records, key=lambda record: (CALIBRATED.index(record.slot), -record.wrong, record.rule))
    )

"""Figures of a sentence: its quantities with what stands between them, and the roles that they can have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import QuantityMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("metrics")
_REACH = 400  # characters between figures that are looked at; no clause is longer
_LAST_SIGN = re.compile(r"[;:()]|,(?=\s)|\.(?=\s)|\s(?:-|và|nhưng)\s|\n")
_POPULATION: tuple[str, ...] = tuple(_DATA["population"])
_POSSESSING: tuple[str, ...] = tuple(_DATA["possessing"])
_ROUND = frozenset({1e2, 1e3, 1e4, 1e5, 1e6})
_REPEATED = ("lần", "mũi", "liều")
_ENOUGH = re.compile(rf"(?:{phrase_pattern(_DATA['enough'])}|[≥>≤<])\s*$")
_INSIDE_RATE = re.compile(rf"(?:{phrase_pattern(_DATA['inside_rates'])}|/)\s*$")


class Role(Enum):
    """What a figure is in its observation: `TARGET` the percentage of the plan, `GOAL` the plan itself."""

    LEVEL = "level"
    SHARE = "share"
    TARGET = "target"
    GOAL = "goal"
    CHANGE = "change"
    PREVIOUS = "previous"
    TOTAL = "total"
    PER = "per"
    TIMES = "times"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentence that is read, within its article."""

    reading: Reading
    mentions: MentionIndex
    sentence: Sentence

    def key(self, span: Span) -> str:
        """Return the matching form of a span."""
        return self.reading.key[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity between its neighbours.

    Attributes:
        before: what stands between the figure before it, or the sentence's start, and this one.
        after: what follows, up to the next figure or the sentence's end.
        floor: where `before` starts in the text.
    """

    quantity: QuantityMention
    before: str
    after: str
    floor: int

    @property
    def is_percent(self) -> bool:
        """The unit of measure is the percent sign."""
        return self.quantity.unit == "%"

    @property
    def unit(self) -> str:
        """The unit of measure in matching form, or nothing."""
        return (self.quantity.unit or "").lower()

    @property
    def piece(self) -> str:
        """The part of `before` after its last sign of punctuation."""
        return _LAST_SIGN.split(self.before)[-1]

    @property
    def sign(self) -> str:
        """That last sign, or nothing where only words stand before the figure."""
        signs = _LAST_SIGN.findall(self.before)
        return signs[-1] if signs else ""


@dataclass(frozen=True, slots=True)
class Sense:
    """The role of a figure.

    Attributes:
        attached: the words before it lean on the figure before, so both belong to one observation.
        direction: "increase" or "decrease", of a change.
        basis: what it is compared with.
        phrase_start: where in `Figure.before` the words begin that give the role; the indicator ends there.
    """

    role: Role
    attached: bool = False
    direction: str | None = None
    basis: Span | None = None
    phrase_start: int | None = None


def figures_of(scene: Scene, quantities: Sequence[QuantityMention]) -> tuple[Figure, ...]:
    """Return the quantities of a sentence with what stands between them."""
    figures = []
    key, sentence = scene.reading.key, scene.sentence.span
    floor = sentence.start
    counting = [quantity for quantity in quantities if not _is_part_of_name(scene, quantity)]
    for index, quantity in enumerate(counting):
        span = quantity.span
        stop = counting[index + 1].span.start if index + 1 < len(counting) else sentence.end
        floor, stop = max(floor, span.start - _REACH), min(stop, span.end + _REACH)
        figures.append(Figure(quantity, key[floor : span.start], key[span.end : stop], floor))
        floor = span.end
    return tuple(figures)


def _is_part_of_name(scene: Scene, quantity: QuantityMention) -> bool:
    """Tell whether a number belongs to an indicator's name: "tiêm đủ 2 mũi", "bác sĩ trên 1 vạn dân"."""
    unit = quantity.unit or ""
    start = max(scene.sentence.span.start, quantity.span.start - 16)
    before = scene.reading.key[start : quantity.span.start]
    if unit.startswith(_REPEATED) and quantity.value < 10:
        return _ENOUGH.search(before) is not None
    if quantity.value not in _ROUND or not unit.startswith(_POPULATION):
        return False
    inside = _INSIDE_RATE.search(before) is not None
    # "trên" is read as a comparator: "có trên 10.000 dân" counts, "bác sĩ trên 10.000 dân" does not.
    over = quantity.comparator == "trên" and not before.rstrip().endswith(_POSSESSING)
    if "vạn" in quantity.text:
        return inside or over
    return (inside and quantity.value >= 1e3) or (over and unit.startswith("dân"))

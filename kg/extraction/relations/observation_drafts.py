"""Observations on their way: what a figure starts, and what the figures that lean on it add."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extraction.reading import Reading
from kg.extraction.relations.observation_arguments import Indicator
from kg.extraction.relations.observation_figures import Figure, Role, Sense
from kg.language.lexicon import load_resource
from kg.language.numbers import parse_number
from kg.model.article import Zone
from kg.model.mention import QuantityMention
from kg.model.relation import Observation
from kg.model.span import Span

_BODIES = tuple(unit for family in load_resource("units_of_measure")["named_together"] for unit in family)
_PER_NUMBER = re.compile(r"/\s?(\d+(?:[.,]\d+)*)")
_ROUND = frozenset({1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6})
_COMPARED_WITH = re.compile(r"[^,;.()\n]{0,30}?so(?:\svới)?\s(?P<basis>[^,;.()\n]{2,60})")
_BEYOND = re.compile(r"vượt(?:\s(?:chỉ tiêu|kế hoạch)[^,;.:()\n]{0,20})?\s*$")
_COUNTS = re.compile(r"(?:tổng số|tổng lượt|tổng|số|lượt|chỉ tiêu)\s")
_AMONG = re.compile(r"(?<![^\W_])trong\s(?:tổng\ssố\s|tổng\s|số\s)?$")
_THERE_ARE = re.compile(r"(?:[^;.:\n]{0,80}?(?:,\s|\s))?(?:thì\s|đã\s|chỉ\s|mới\s)?có\s*")
_BEFORE_WHOLE = 20
_REACHED = re.compile(r"(?:đạt|bằng|thực hiện)\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An observation on its way, with what later figures may need of it.

    Attributes:
        observation: what is known so far.
        zone: where its sentence stands.
        order: where its figure begins in the text; `sentence` where its sentence does.
        whole: the place, among the drafts, of the whole that it is a part of.
        slash: the number after the slash of its figure, a plan or a total.
    """

    observation: Observation[Span]
    zone: Zone
    order: int
    sentence: int
    whole: int | None = None
    slash: float | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The level that a movement started from: "giảm từ 10,2% …"."""

    value: float
    direction: str | None = None


def with_level(
    seen: Observation[Span],
    quantity: QuantityMention,
    *,
    earlier: Earlier | None = None,
    base: QuantityMention | None = None,
) -> Observation[Span]:
    """Return the observation with its level.

    Args:
        seen: the observation so far.
        quantity: the level.
        earlier: the level before it.
        base: what it is counted against ("cứ 100 bé gái …").
    """
    over, unit = quantity.over or None, seen.unit
    if over == 100 and quantity.value > 100 and unit is None:
        over, unit = None, "/100"
    denominator: float | None = None
    per = _PER_NUMBER.search(unit or "")
    if per is not None and unit is not None:
        denominator = parse_number(per[1])
        # "28 bác sĩ/21 xã": the unit of measure of a count among so many is what is counted.
        unit = unit if denominator in _ROUND else unit[: per.start()].strip() or unit
    if base is not None:
        denominator = base.value
        unit = f"{unit}/{denominator:g} {base.unit}" if unit else None
    # "93,1/95%" sets a percentage against its plan, and nothing is more than its total.
    beyond = over is not None and (quantity.value > over or unit == "%")
    return replace(
        seen,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=unit,
        denominator=denominator,
        previous_value=earlier.value if earlier is not None else None,
        direction=earlier.direction if earlier is not None else None,
        target=over if beyond else None,
        total=None if beyond else over,
    )


def with_change(reading: Reading, seen: Observation[Span], figure: Figure, sense: Sense) -> Observation[Span]:
    """Return the observation with a change: in percent, or in what it is counted in."""
    value = figure.quantity.value
    seen = replace(seen, direction=sense.direction, change_basis=_change_basis(reading, figure, sense))
    return replace(seen, change_pct=value) if figure.is_percent else replace(seen, change_abs=value)


def with_percent_of_target(
    reading: Reading, seen: Observation[Span], figure: Figure, sense: Sense
) -> Observation[Span]:
    """Return the observation with the percentage of its plan; "vượt 12%" is 112."""
    value = figure.quantity.value
    beyond = figure.quantity.comparator in {"vượt", "vượt mức"} or _BEYOND.search(figure.before)
    basis = reading.surface(sense.basis) if sense.basis is not None else None
    return replace(seen, pct_of_target=value + 100 if beyond and value < 60 else value, target_basis=basis)


def attach(reading: Reading, draft: Draft, figure: Figure, sense: Sense, last: Role | None) -> Draft:
    """Return the draft with what a leaning figure adds to it; a slot that is filled stays.

    Args:
        reading: the article.
        draft: the observation that the figure leans on.
        figure: the figure.
        sense: its role.
        last: the role of the figure before it.
    """
    seen = draft.observation
    added = _with_movement(reading, draft, figure, sense) or _with_number(seen, figure, sense, last)
    if added is None:
        return draft
    evidence = replace(seen.evidence, spans=(*seen.evidence.spans, figure.quantity.span))
    return replace(draft, observation=replace(added, evidence=evidence))


def _with_number(
    seen: Observation[Span], figure: Figure, sense: Sense, last: Role | None
) -> Observation[Span] | None:
    """Return the observation with a share, a plan, a total or an earlier level."""
    value = figure.quantity.value
    if sense.role is Role.SHARE:
        # "giảm 18 ca (12,5%)": the bracket says the change again.
        if last is Role.CHANGE and seen.change_pct is None:
            return replace(seen, change_pct=value)
        return replace(seen, share_pct=value) if seen.share_pct is None else None
    if sense.role is Role.GOAL and seen.target is None:
        return replace(seen, target=value)
    if sense.role is Role.TOTAL and seen.total is None and seen.target is None:
        return replace(seen, total=value)
    if sense.role is Role.PREVIOUS and seen.previous_value is None:
        return replace(seen, previous_value=value, direction=seen.direction or sense.direction)
    return None


def _with_movement(reading: Reading, draft: Draft, figure: Figure, sense: Sense) -> Observation[Span] | None:
    """Return the observation with a change or a percentage of its plan."""
    seen = draft.observation
    if sense.role is Role.TARGET and seen.pct_of_target is None:
        added = with_percent_of_target(reading, seen, figure, sense)
        planned = draft.slash is not None and _is_plan(seen, sense)
        return replace(added, target=draft.slash, total=None) if planned else added
    if sense.role is Role.CHANGE and seen.direction is None:
        return with_change(reading, seen, figure, sense)
    if sense.role is Role.TIMES and seen.direction is None:
        return replace(seen, direction=sense.direction)
    return None


def with_whole_before(
    reading: Reading, seen: Observation[Span], figure: Figure, before: Draft
) -> Observation[Span]:
    """Return the observation with its total: "Trong 120 người được khám, có 14 người mắc bệnh".

    Args:
        reading: the article.
        seen: the observation.
        figure: its level.
        before: the observation before it in the sentence.
    """
    whole = before.observation
    if seen.value is None or whole.value is None or seen.total is not None or seen.target is not None:
        return seen
    alike = [(unit or "").split(",")[0].lower() for unit in (seen.unit, whole.unit)]
    if alike[0] != alike[1] or not alike[0] or seen.unit == "%" or seen.value > whole.value:
        return seen
    among = _AMONG.search(reading.key, max(before.sentence, before.order - _BEFORE_WHOLE), before.order)
    if among is None or not _THERE_ARE.fullmatch(figure.before):
        return seen
    return replace(seen, total=whole.value)


def counted_by_percent(figure: Figure, sense: Sense, indicator: Indicator) -> Sense:
    """Return the role of a percentage once its indicator is known.

    A count that "đạt 98%" is 98 % of its plan, not 98 % of something.
    """
    counts = indicator.headed and _COUNTS.match(indicator.text.lower())
    if sense.role is Role.LEVEL and figure.is_percent and counts and _REACHED.search(figure.before):
        return replace(sense, role=Role.TARGET)
    return sense


def _is_plan(seen: Observation[Span], sense: Sense) -> bool:
    """Tell whether the number after the slash is a plan: the text says so, or no bodies are counted."""
    return sense.basis is not None or not (seen.unit or "").lower().startswith(_BODIES)


def _change_basis(reading: Reading, figure: Figure, sense: Sense) -> str | None:
    if sense.basis is not None:
        return reading.surface(sense.basis)
    found = _COMPARED_WITH.match(figure.after)
    if found is None:
        return None
    start, end = found.span("basis")
    return reading.surface(Span(figure.quantity.span.end + start, figure.quantity.span.end + end))

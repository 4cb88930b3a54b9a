"""Extractor of observations: the figures that an article reports."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.observation_arguments import Indicator, find_indicator
from kg.extraction.relations.observation_context import Context, about, enter, is_planned, leave, period_of
from kg.extraction.relations.observation_drafts import (
    Draft,
    Earlier,
    attach,
    counted_by_percent,
    with_change,
    with_level,
    with_percent_of_target,
    with_whole_before,
)
from kg.extraction.relations.observation_figures import Figure, Role, Scene, Sense, figures_of
from kg.extraction.relations.observation_lists import respective_indicators
from kg.extraction.relations.observation_repeats import finish
from kg.extraction.relations.observation_roles import classify
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.extraction import Relations
from kg.model.mention import QuantityMention
from kg.model.relation import Evidence, Observation
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("metrics")
_CURRENCY: str = load_resource("units_of_measure")["currency"]
_PART_CUE = re.compile(phrase_pattern(_DATA["part_cues"]))
_LISTING_CUE = re.compile(rf"(?:^|[,;.:]\s|này\s|đó\s|\s-\s)\s*{phrase_pattern(_DATA['listing_cues'])}")
_FURTHER = re.compile(rf"\W*{phrase_pattern(_DATA['further_levels'])}")
_BODIES: tuple[str, ...] = tuple(
    unit for family in load_resource("units_of_measure")["named_together"] for unit in family
)
_UNCHECKED = 0.9  # a figure that no sum confirms; one that a sum confirms is raised by the arithmetic


@dataclass(slots=True)
class _State:
    """What carries over from figure to figure, and in part from sentence to sentence of a paragraph.

    Attributes:
        drafts: the observations so far; the other places are places among them.
        current: the one that a leaning figure leans on.
        whole: the one that the figures to come are parts of; `listing` to the sentence's end,
            `bracketed` to the end of a bracket.
        level: the last one that may have parts.
        last: the role of the figure before.
        earlier, carried: the start of a movement "từ A lên B", and what moves.
        base: the number of a "cứ 100 bé gái …".
        lead: the words that coordinated figures share.
        listed: names that stand apart from their figures, by the figure's start.
    """

    drafts: list[Draft] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    current: int | None = None
    whole: int | None = None
    listing: bool = False
    bracketed: bool = False
    level: int | None = None
    last: Role | None = None
    earlier: Earlier | None = None
    carried: Indicator | None = None
    base: QuantityMention | None = None
    lead: Span | None = None
    listed: dict[int, Indicator] = field(default_factory=dict)


def extract_observations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return the observations of the sentences, each figure once, with their sums checked."""
    awarded = sorted(span for conferral in relations.conferrals for span in conferral.evidence.spans)
    starts = [span.start for span in awarded]
    state = _State()
    for sentence in reading.sentences:
        quantities = [
            quantity
            for quantity in mentions.within(sentence.span, QuantityMention)
            if not _is_awarded(quantity.span, awarded, starts)
        ]
        scene = Scene(reading, mentions, sentence)
        _enter(state, scene)
        if quantities:
            _read(state, scene, figures_of(scene, quantities))
        state.context = leave(state.context, scene)
    return Relations(observations=tuple(finish(state.drafts)))


def _is_awarded(span: Span, awarded: Sequence[Span], starts: Sequence[int]) -> bool:
    """Tell whether a number counts awards or those who got them."""
    near = bisect_right(starts, span.end)
    return any(other.overlaps(span) for other in awarded[max(0, near - 3) : near])


def _enter(state: _State, scene: Scene) -> None:
    """Forget what a new paragraph or a new sentence cuts off."""
    if scene.sentence.paragraph != state.context.paragraph:
        state.level = None
    state.context = enter(state.context, scene)
    state.whole = state.current = state.last = None
    state.earlier = state.carried = state.base = state.lead = None


def _read(state: _State, scene: Scene, figures: Sequence[Figure]) -> None:
    listed = respective_indicators(scene.reading, figures)
    state.listed = {figures[place].quantity.span.start: indicator for place, indicator in listed.items()}
    explained = -1
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        if index == explained:
            continue
        _enter_parts(state, figure)
        after_change = state.last is Role.CHANGE
        sense = classify(figure, following, has_level=state.current is not None, after_change=after_change)
        sense = _apart(state, figure, sense)
        if following is not None and _explains(state, figure, following, sense):
            explained = index + 1
        else:
            _take(state, scene, figure, sense)
        state.last = sense.role


def _apart(state: _State, figure: Figure, sense: Sense) -> Sense:
    """Return the role of a figure, a second change in a row standing apart: "giảm 4 khoa và 2 phòng"."""
    if state.current is None:
        return sense
    seen = state.drafts[state.current].observation
    if sense.role is Role.CHANGE and sense.attached and seen.direction is not None and not figure.is_percent:
        return replace(sense, attached=False)
    coordinated = sense.role is Role.LEVEL and not figure.is_percent and figure.before.strip() == "và"
    if coordinated and state.last is Role.CHANGE and seen.value is None and seen.direction is not None:
        return replace(sense, role=Role.CHANGE, direction=seen.direction, phrase_start=0)
    return sense


def _take(state: _State, scene: Scene, figure: Figure, sense: Sense) -> None:
    """Let a figure add to the current observation, start its own, or prepare the next."""
    if sense.role is Role.PER:
        state.base = figure.quantity
    elif sense.role is Role.PREVIOUS and not sense.attached:
        state.earlier = Earlier(figure.quantity.value, sense.direction)
        state.carried = find_indicator(scene, figure, sense)
    elif sense.attached and state.current is not None:
        state.current = _bearer(state.drafts, state.current, sense)
        draft = state.drafts[state.current]
        state.drafts[state.current] = attach(scene.reading, draft, figure, sense, state.last)
    else:
        _start(state, scene, figure, sense)


def _bearer(drafts: Sequence[Draft], current: int, sense: Sense) -> int:
    """Return the level that a change belongs to: not a zero ("1.200 ca mắc, 0 ca tử vong, tăng 5%")."""
    none = drafts[current].observation.value == 0 and sense.role is Role.CHANGE
    return current - 1 if none and current > 0 and drafts[current - 1].observation.value else current


def _explains(state: _State, figure: Figure, following: Figure, sense: Sense) -> bool:
    """Let "từ 20% lên 27%" explain a level of 27%, or a change, before it; tell whether it does."""
    if sense.role is not Role.PREVIOUS or sense.attached or state.current is None or figure.sign != ",":
        return False
    draft, value = state.drafts[state.current], following.quantity.value
    seen = draft.observation
    moves = seen.value is None and seen.direction is not None and figure.piece.strip() == "từ"
    if not moves and seen.value != value:
        return False
    seen = replace(seen, value=value, previous_value=figure.quantity.value)
    seen = replace(seen, unit=following.quantity.unit or seen.unit)
    state.drafts[state.current] = replace(draft, observation=seen)
    return True


def _enter_parts(state: _State, figure: Figure) -> None:
    """Open a list of parts at "trong đó" or at a bracket, and close it with the bracket."""
    if state.bracketed and ")" in figure.before and "(" not in figure.before.rpartition(")")[2]:
        state.whole, state.bracketed = None, False
    if state.whole is not None and not state.listing and ";" in figure.before:
        state.whole = None
    counts_in_bracket = figure.sign == "(" and not figure.is_percent and figure.after[:1] != ")"
    cue = _PART_CUE.search(figure.before) or _LISTING_CUE.search(figure.before)
    if state.whole is None and (counts_in_bracket or cue is not None):
        state.whole, state.bracketed = state.level, counts_in_bracket and cue is None
        # "trong đó: A 10; B 20" lists to the end of the sentence, "trong đó A 10; …" to the semicolon.
        state.listing = cue is not None and ":" in figure.before[cue.end() :]


def _start(state: _State, scene: Scene, figure: Figure, sense: Sense) -> None:
    """Start an observation, unless the sentence does not say what its figure is a figure of."""
    indicator = _indicator(state, scene, figure, sense)
    if indicator is None:
        return
    state.lead = indicator.lead
    sense = counted_by_percent(figure, sense, indicator)
    seen = _outline(state, scene, figure, sense, indicator)
    slash: float | None = None
    if sense.role is Role.CHANGE:
        seen = with_change(scene.reading, seen, figure, sense)
    elif sense.role is Role.TARGET:
        seen = with_percent_of_target(scene.reading, seen, figure, sense)
    else:
        seen, slash = (
            with_level(seen, figure.quantity, earlier=state.earlier, base=state.base),
            figure.quantity.over,
        )
        state.earlier = state.base = None
        if state.current is not None and state.drafts[state.current].sentence == scene.sentence.span.start:
            seen = with_whole_before(scene.reading, seen, figure, state.drafts[state.current])
    start = figure.quantity.span.start
    sentence = scene.sentence
    state.drafts.append(Draft(seen, sentence.zone, start, sentence.span.start, state.whole, slash))
    state.current = len(state.drafts) - 1
    if seen.value is not None and state.whole is None:
        state.level = state.current


def _outline(
    state: _State, scene: Scene, figure: Figure, sense: Sense, indicator: Indicator
) -> Observation[Span]:
    """Return an observation with everything but its numbers."""
    quantity = figure.quantity
    named = indicator.headed or len(indicator.text) > 12
    return Observation(
        indicator=indicator.text,
        unit=_unit(state, quantity, indicator, scene.sentence),
        comparator=quantity.comparator,
        planned=is_planned(state.context, scene, quantity.span),
        period=period_of(state.context, scene, quantity.span),
        about=about(scene, quantity.span),
        part_of=_whole_of(state, quantity),
        evidence=Evidence(
            (quantity.span, *indicator.spans),
            f"observations.{sense.role.value}",
            min(_UNCHECKED, round(quantity.confidence * (0.98 if named else 0.9), 3)),
        ),
    )


def _whole_of(state: _State, quantity: QuantityMention) -> str | None:
    """Return the indicator of the whole; money is no part of what is no money."""
    if state.whole is None:
        return None
    whole = state.drafts[state.whole].observation
    money = [(unit or "").lower().startswith(_CURRENCY) for unit in (quantity.unit, whole.unit)]
    return None if money == [True, False] else whole.indicator


def _indicator(state: _State, scene: Scene, figure: Figure, sense: Sense) -> Indicator | None:
    """Return what a figure is a figure of: what an earlier figure has left for it, or what the words say."""
    if state.carried is not None:
        carried, state.carried = state.carried, None
        return carried
    listed = state.listed.get(figure.quantity.span.start)
    if listed is not None:
        return listed
    if (
        state.current is not None
        and figure.is_percent
        and _FURTHER.match(figure.piece)
        and figure.sign in {",", ";"}
    ):
        last = state.drafts[state.current].observation
        if last.unit == "%":
            return Indicator(last.indicator, last.evidence.spans[1:], headed=True)
    lead = None if ";" in figure.before else state.lead
    return find_indicator(scene, figure, sense, lead=lead)


def _unit(state: _State, quantity: QuantityMention, indicator: Indicator, sentence: Sentence) -> str | None:
    """Return the unit of measure: beside the figure, in the name, or that of the whole or the part before."""
    if quantity.unit is not None:
        return quantity.unit
    if indicator.unit is not None:
        return indicator.unit
    lowered = indicator.text.lower().removeprefix("các ")
    names = (unit for unit in _BODIES if lowered.startswith((f"{unit} ", f"{unit},")))
    own: str | None = max(names, key=len, default=None)
    if own is not None:
        return own
    if indicator.headed:
        return None
    if state.whole is not None:
        return state.drafts[state.whole].observation.unit
    last = state.drafts[-1] if state.drafts else None
    sibling = last.observation.unit if last is not None and last.order >= sentence.span.start else None
    return sibling if sibling != "%" else None

"""Extractor of observations: the figures that an article reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.arithmetic import check_observation, check_parts
from kg.extraction.relations.observation_arguments import Indicator, find_indicator
from kg.extraction.relations.observation_lists import respective_indicators
from kg.extraction.relations.observation_roles import Figure, Role, Sense, classify, figures_of
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.numbers import parse_number
from kg.model.article import Zone
from kg.model.extraction import Relations
from kg.model.mention import DateKind, DateMention, OrganizationMention, PlaceMention, QuantityMention
from kg.model.relation import Evidence, Observation
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("metrics")
_PART_CUE = re.compile(phrase_pattern(_DATA["part_cues"]))
_PLANNED = re.compile(phrase_pattern(_DATA["planned_cues"]))
_WHOLES = frozenset(unit for family in load_resource("units_of_measure")["named_together"] for unit in family)
_PER_NUMBER = re.compile(r"/\s?(\d+(?:[.,]\d+)*)")
_COMPARED_WITH = re.compile(r"[^,;.()\n]{0,30}?so(?:\svới)?\s(?P<basis>[^,;.()\n]{2,60})")
_FURTHER = re.compile(rf"\W*{phrase_pattern(_DATA['further_levels'])}")
_ROUND = frozenset({1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6})
_FIGURES = ("value", "pct_of_target", "change_pct", "change_abs")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An observation on its way, with what later figures may need of it."""

    observation: Observation[Span]
    zone: Zone
    order: int
    whole: int | None = None
    slash: float | None = None


@dataclass(slots=True)
class _State:
    """What carries over from figure to figure and from sentence to sentence of a paragraph."""

    drafts: list[_Draft] = field(default_factory=list)
    paragraph: int = -1
    whole: int | None = None
    listing: bool = False
    last_level: int | None = None
    earlier: float | None = None
    direction: str | None = None
    carried: Indicator | None = None
    base: QuantityMention | None = None
    lead: Span | None = None
    listed: dict[int, Indicator] = field(default_factory=dict)


def extract_observations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return the observations of the sentences, each figure once, with their sums checked."""
    awarded = [span for conferral in relations.conferrals for span in conferral.evidence.spans]
    state = _State()
    for sentence in reading.sentences:
        quantities = [
            quantity
            for quantity in mentions.within(sentence.span, QuantityMention)
            if not any(span.overlaps(quantity.span) for span in awarded)
        ]
        _enter(state, reading, sentence)
        if quantities:
            _read_sentence(state, reading, mentions, sentence, figures_of(reading, sentence, quantities))
    return Relations(observations=tuple(_finish(state.drafts)))


def _enter(state: _State, reading: Reading, sentence: Sentence) -> None:
    """Forget what a new paragraph or a new sentence cuts off."""
    if sentence.paragraph != state.paragraph:
        state.paragraph, state.last_level = sentence.paragraph, None
    if not _PART_CUE.match(reading.key, sentence.span.start):
        state.whole = None
    state.earlier = state.carried = state.base = state.lead = None


def _read_sentence(
    state: _State, reading: Reading, mentions: MentionIndex, sentence: Sentence, figures: Sequence[Figure]
) -> None:
    current: int | None = None
    last: Role | None = None
    listed = respective_indicators(reading, figures)
    state.listed = {figures[place].quantity.span.start: indicator for place, indicator in listed.items()}
    skipped = -1
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        if index == skipped:
            continue
        _enter_parts(state, figure)
        sense = classify(figure, following, has_level=current is not None)
        if sense.role is Role.PER:
            state.base = figure.quantity
        elif sense.role is Role.PREVIOUS and not sense.attached and _explains(state, current, figure, following):
            draft = state.drafts[current or 0]
            state.drafts[current or 0] = replace(draft, observation=replace(draft.observation, previous_value=figure.quantity.value))
            skipped = index + 1
        elif sense.role is Role.PREVIOUS and not sense.attached:
            state.earlier, state.direction = figure.quantity.value, sense.direction
            state.carried = find_indicator(reading, mentions, sentence, figure, sense=sense)
        elif sense.attached and current is not None:
            draft = state.drafts[current]
            state.drafts[current] = replace(draft, observation=_attach(reading, draft, figure, sense, last))
        else:
            draft_or_none = _new(state, reading, mentions, sentence, figure, sense)
            if draft_or_none is not None:
                state.drafts.append(draft_or_none)
                current = len(state.drafts) - 1
                if draft_or_none.observation.value is not None and draft_or_none.whole is None:
                    state.last_level = current
        last = sense.role
    state.whole = None


def _explains(state: _State, current: int | None, figure: Figure, following: Figure | None) -> bool:
    """Tell whether "từ 20% lên 27%" only explains a level of 27% that stands before it."""
    if current is None or following is None or figure.sign != ",":
        return False
    return state.drafts[current].observation.value == following.quantity.value


def _enter_parts(state: _State, figure: Figure) -> None:
    """Open a list of parts at "trong đó" or at a bracket, and close it with the bracket."""
    if state.whole is not None and ")" in figure.before and "(" not in figure.before:
        state.whole = None
    if state.whole is not None and not state.listing and ";" in figure.before:
        state.whole = None
    counts_in_bracket = figure.sign == "(" and not figure.is_percent and figure.after[:1] != ")"
    cue = _PART_CUE.search(figure.before)
    if state.whole is None and (counts_in_bracket or cue is not None):
        state.whole = state.last_level
        # "trong đó: A 10; B 20" lists to the end of the sentence, "trong đó A 10; …" to the semicolon.
        state.listing = cue is not None and ":" in figure.before[cue.end() :]


def _attach(
    reading: Reading, draft: _Draft, figure: Figure, sense: Sense, last: Role | None
) -> Observation[Span]:
    """Return the observation with what a leaning figure adds to it; a slot that is filled stays."""
    seen, quantity = draft.observation, figure.quantity
    evidence = replace(seen.evidence, spans=(*seen.evidence.spans, quantity.span))
    if sense.role is Role.SHARE and last is Role.CHANGE and seen.change_pct is None:
        return replace(seen, change_pct=quantity.value, evidence=evidence)
    if sense.role is Role.SHARE and seen.share_pct is None:
        return replace(seen, share_pct=quantity.value, evidence=evidence)
    if sense.role is Role.TARGET and seen.pct_of_target is None:
        target = draft.slash if draft.slash is not None and _is_plan(draft, sense) else seen.target
        total = None if target is not None else seen.total
        return replace(seen, pct_of_target=_reached(figure), target_basis=_basis(reading, sense), target=target, total=total, evidence=evidence)
    if sense.role is Role.TOTAL and seen.total is None and seen.target is None:
        return replace(seen, total=quantity.value, evidence=evidence)
    if sense.role is Role.PREVIOUS and seen.previous_value is None:
        return replace(seen, previous_value=quantity.value, evidence=evidence)
    if sense.role is Role.CHANGE and seen.direction is None:
        return replace(seen, evidence=evidence, **_change(reading, figure, sense))
    if sense.role is Role.TIMES and seen.direction is None:
        return replace(seen, direction=sense.direction, evidence=evidence)
    return seen


def _is_plan(draft: _Draft, sense: Sense) -> bool:
    """Tell whether the number after the slash is a plan: the text says so, or it is no body that is counted."""
    unit = (draft.observation.unit or "").lower()
    return sense.basis is not None or not any(unit.startswith(whole) for whole in _WHOLES)


def _reached(figure: Figure) -> float:
    """Return the percentage of the plan; "vượt 12%" is 112."""
    value = figure.quantity.value
    over = figure.quantity.comparator in {"vượt", "vượt mức"} or re.search(r"vượt\s*$", figure.before)
    return value + 100 if over and value < 60 else value


def _basis(reading: Reading, sense: Sense) -> str | None:
    return reading.surface(sense.basis) if sense.basis is not None else None


def _change(reading: Reading, figure: Figure, sense: Sense) -> dict[str, object]:
    value = figure.quantity.value
    basis = _basis(reading, sense) or _basis_after(reading, figure)
    slot = "change_pct" if figure.is_percent else "change_abs"
    return {slot: value, "direction": sense.direction, "change_basis": basis}


def _basis_after(reading: Reading, figure: Figure) -> str | None:
    found = _COMPARED_WITH.match(figure.after)
    if found is None:
        return None
    start, end = (figure.quantity.span.end + at for at in found.span("basis"))
    return reading.surface(Span(start, end))


def _new(
    state: _State, reading: Reading, mentions: MentionIndex, sentence: Sentence, figure: Figure, sense: Sense
) -> _Draft | None:
    indicator = _named(state, reading, mentions, sentence, figure, sense)
    quantity = figure.quantity
    if indicator is None:
        return None
    state.lead = indicator.lead
    sense = _counted_by_percent(figure, sense, indicator)
    unit = _unit(state, quantity, indicator)
    draft: Observation[Span] = Observation(
        indicator=indicator.text,
        unit=unit,
        comparator=quantity.comparator,
        planned=_PLANNED.search(reading.key, sentence.span.start, quantity.span.start) is not None,
        period=_period(reading, mentions, sentence, quantity),
        about=_about(mentions, sentence, quantity),
        evidence=Evidence((quantity.span, *indicator.spans), f"observations.{sense.role.value}", _confidence(quantity, indicator)),
    )  # fmt: skip
    whole = state.whole
    slash: float | None = None
    if sense.role is Role.CHANGE:
        draft = replace(draft, **_change(reading, figure, sense))
    elif sense.role is Role.TARGET:
        draft = replace(draft, pct_of_target=_reached(figure), target_basis=_basis(reading, sense))
    else:
        draft, slash = _level(state, draft, quantity)
    if whole is not None:
        draft = replace(draft, part_of=state.drafts[whole].observation.indicator)
    return _Draft(draft, sentence.zone, quantity.span.start, whole, slash)


def _named(
    state: _State, reading: Reading, mentions: MentionIndex, sentence: Sentence, figure: Figure, sense: Sense
) -> Indicator | None:
    """Return the indicator of a new observation, from where the figure before has left it or from the words."""
    if state.carried is not None:
        carried, state.carried = state.carried, None
        return carried
    listed = state.listed.get(figure.quantity.span.start)
    if listed is not None:
        return listed
    if state.drafts and figure.is_percent and _FURTHER.match(figure.piece) and figure.sign == ",":
        last = state.drafts[-1].observation
        if last.unit == "%" and state.drafts[-1].order >= sentence.span.start:
            return Indicator(last.indicator, last.evidence.spans[1:], headed=True)
    lead = None if ";" in figure.before else state.lead
    return find_indicator(reading, mentions, sentence, figure, sense=sense, lead=lead)


def _level(
    state: _State, draft: Observation[Span], quantity: QuantityMention
) -> tuple[Observation[Span], float | None]:
    over = quantity.over
    planned_over = over is not None and quantity.value > over
    denominator: float | None = None
    unit = draft.unit
    per = _PER_NUMBER.search(unit or "")
    if per is not None and unit is not None:
        denominator = parse_number(per[1])
        unit = unit if denominator in _ROUND else unit[: per.start()].strip() or unit
    if state.base is not None:
        denominator = state.base.value
        unit = f"{unit}/{denominator:g} {state.base.unit}" if unit else None
        state.base = None
    earlier, state.earlier = state.earlier, None
    direction, state.direction = state.direction, None
    level = replace(
        draft,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=unit,
        denominator=denominator,
        previous_value=earlier,
        direction=direction,
        target=over if planned_over else None,
        total=None if planned_over else over,
    )
    return level, over


def _counted_by_percent(figure: Figure, sense: Sense, indicator: Indicator) -> Sense:
    """A count that "đạt 98%" is 98 % of its plan, not 98 % of something."""
    counts = indicator.headed and re.match(r"(?:tổng số|tổng lượt|tổng|số|lượt|chỉ tiêu)\s", indicator.text.lower())
    if sense.role is Role.LEVEL and figure.is_percent and counts and re.search(r"(?:đạt|bằng|thực hiện)\s*$", figure.before):
        return replace(sense, role=Role.TARGET)
    return sense


def _unit(state: _State, quantity: QuantityMention, indicator: Indicator) -> str | None:
    """Return the unit of measure: beside the figure, in the name, or that of the whole or the part before."""
    if quantity.unit is not None:
        return quantity.unit
    if indicator.unit is not None:
        return indicator.unit
    lowered = indicator.text.lower().removeprefix("các ")
    own = max((unit for unit in _WHOLES if lowered.startswith(f"{unit} ")), key=len, default=None)
    if own is not None:
        return own
    sibling = state.drafts[-1].observation.unit if state.drafts else None
    if state.whole is not None:
        return state.drafts[state.whole].observation.unit
    return sibling if sibling != "%" else None


def _period(reading: Reading, mentions: MentionIndex, sentence: Sentence, quantity: QuantityMention) -> str | None:
    """Return the period that governs a figure: of its sentence, of its paragraph, of the title."""
    paragraph = reading.article.paragraphs[sentence.paragraph].span
    title = reading.article.title.span if reading.article.title else None
    end = quantity.span.end
    for date in mentions.within(Span(end, min(sentence.span.end, end + 40)), DateMention):
        if date.kind is DateKind.PERIOD and re.fullmatch(r"\s*(?:trong|vào|của)?\s*", reading.key[end : date.span.start]):
            return date.text
    for scope in (sentence.span, paragraph, title):
        if scope is None:
            continue
        periods = [date for date in mentions.within(scope, DateMention) if date.kind is DateKind.PERIOD]
        before = [period for period in periods if period.span.start < quantity.span.start and not _compares(reading, period)]
        if before:
            return before[-1].text
        if periods and scope is not paragraph and not _compares(reading, periods[0]):
            return periods[0].text
    return None


def _compares(reading: Reading, period: DateMention) -> bool:
    """Tell whether the period is one that others are compared with."""
    before = reading.key[max(0, period.span.start - 20) : period.span.start]
    return re.search(r"(?:so với|so|cùng kỳ|hơn|\()\s*$", before) is not None or "cùng kỳ" in period.text.lower()


def _about(mentions: MentionIndex, sentence: Sentence, quantity: QuantityMention) -> Span | None:
    scope = Span(sentence.span.start, quantity.span.start)
    for kind in (OrganizationMention, PlaceMention):
        found = mentions.within(scope, kind)
        if found:
            return found[-1].span
    return None


def _confidence(quantity: QuantityMention, indicator: Indicator) -> float:
    return round(quantity.confidence * (0.98 if indicator.headed or len(indicator.text) > 12 else 0.9), 3)


def _finish(drafts: Sequence[_Draft]) -> Iterator[Observation[Span]]:
    """Yield each reported figure once, checked; a headline's figure only where the body does not repeat it."""
    checked = [replace(draft, observation=check_observation(draft.observation)) for draft in drafts]
    for index in {draft.whole for draft in checked if draft.whole is not None}:
        parts = [place for place, draft in enumerate(checked) if draft.whole == index]
        results = check_parts(checked[index].observation, [checked[place].observation for place in parts])
        for place, observation in zip((index, *parts), results, strict=True):
            checked[place] = replace(checked[place], observation=observation)
    kept: list[_Draft] = []
    ordered = sorted(checked, key=lambda draft: (draft.zone is not Zone.BODY, draft.order))
    for draft in ordered:
        if not any(_repeats(draft, other) for other in kept):
            kept.append(draft)
    yield from (draft.observation for draft in sorted(kept, key=lambda draft: draft.order))


def _repeats(draft: _Draft, other: _Draft) -> bool:
    first, second = draft.observation, other.observation
    if _figure(first) != _figure(second):
        return False
    if draft.zone is not Zone.BODY:
        return True
    words, others = set(first.indicator.lower().split()), set(second.indicator.lower().split())
    return len(words & others) >= 0.6 * min(len(words), len(others)) and first.part_of == second.part_of


def _figure(observation: Observation[Span]) -> tuple[str, float] | None:
    values: Iterable[tuple[str, float | None]] = ((slot, getattr(observation, slot)) for slot in _FIGURES)
    return next(((slot, value) for slot, value in values if value is not None), None)

"""Leaving each reported figure once, and checking parts against their wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.relations.arithmetic import check_observation, check_parts
from kg.extraction.relations.observation_drafts import Draft
from kg.language.lexicon import load_resource
from kg.model.article import Zone
from kg.model.relation import Observation
from kg.model.span import Span

_PLAIN = frozenset(load_resource("metrics")["plain_units"])
_FIGURES = ("value", "pct_of_target", "change_pct", "change_abs")
_SAME_WORDS = 0.6
_ROUNDING = 0.1
_COMPARED = 40  # figures of one value that a new one is compared with; more only in made-up texts


def finish(drafts: Sequence[Draft]) -> Iterator[Observation[Span]]:
    """Yield each reported figure once, checked; a headline's figure only where the body lacks it."""
    checked = _check(drafts)
    kept: list[Draft] = []
    same: defaultdict[tuple[str, float] | None, list[Draft]] = defaultdict(list)
    for draft in sorted(checked, key=lambda draft: (draft.zone is not Zone.BODY, draft.order)):
        others = same[_figure(draft.observation)]
        if draft.zone is Zone.TITLE and any(_is_rounded(draft, other) for other in kept[:_COMPARED]):
            continue
        if not any(_repeats(draft, other) for other in others[-_COMPARED:]):
            others.append(draft)
            kept.append(draft)
    yield from (draft.observation for draft in sorted(kept, key=lambda draft: draft.order))


def _check(drafts: Sequence[Draft]) -> list[Draft]:
    checked = [replace(draft, observation=check_observation(draft.observation)) for draft in drafts]
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for place, draft in enumerate(checked):
        if draft.whole is not None and _alike(draft, checked[draft.whole]):
            parts[draft.whole].append(place)
    for whole, places in parts.items():
        results = check_parts(checked[whole].observation, [checked[place].observation for place in places])
        for place, observation in zip((whole, *places), results, strict=True):
            checked[place] = replace(checked[place], observation=observation)
    return checked


def _alike(part: Draft, whole: Draft) -> bool:
    """Tell whether a part is counted in the whole's unit of measure, or has a share of it."""
    unit, own = whole.observation.unit or "", part.observation.unit or ""
    return part.observation.share_pct is not None or bool(
        set(own.lower().split()) & set(unit.lower().split())
    )


def _repeats(draft: Draft, other: Draft) -> bool:
    """Tell whether two drafts with one figure report the same; a sentence does not repeat itself."""
    if draft.sentence == other.sentence:
        return False
    if draft.zone is not Zone.BODY:
        return True
    first, second = draft.observation, other.observation
    units = (first.unit or "").lower(), (second.unit or "").lower()
    if all(units) and not _PLAIN & set(units) and not set(units[0].split()) & set(units[1].split()):
        return False
    words, others = set(first.indicator.lower().split()), set(second.indicator.lower().split())
    enough = len(words & others) >= _SAME_WORDS * min(len(words), len(others))
    return enough and first.part_of == second.part_of


def _is_rounded(title: Draft, body: Draft) -> bool:
    """Tell whether a headline gives a figure of the body in round numbers: "gần 90 nghìn" for 87.096."""
    about, exact = title.observation.value, body.observation.value
    if not about or not exact or title.observation.comparator is None:
        return False
    words = set((title.observation.unit or "").lower().split()) & set(
        (body.observation.unit or "").lower().split()
    )
    return bool(words) and abs(about - exact) <= _ROUNDING * exact


def _figure(observation: Observation[Span]) -> tuple[str, float] | None:
    values: Iterator[tuple[str, float | None]] = ((slot, getattr(observation, slot)) for slot in _FIGURES)
    return next(((slot, value) for slot, value in values if value is not None), None)

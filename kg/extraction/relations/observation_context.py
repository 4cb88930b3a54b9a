"""What governs a figure from outside its own words: the period, the body or place, whether it is a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.relations.observation_figures import Scene
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import DateKind, DateMention, OrganizationMention, PlaceMention
from kg.model.span import Span

_DATA = load_resource("metrics")
_PLANNED = re.compile(phrase_pattern(_DATA["planned_cues"]))
_PLANNED_HEADING = re.compile(
    rf"\W*(?:\d{{1,2}}[.)]\s*)?{phrase_pattern(_DATA['planned_headings'])}[^.;\n]{{0,80}}:"
)
_ITEM = re.compile(r"\s*[-+*•▪–]")
_COMPARED = re.compile(r"(?:so với|so|cùng kỳ|hơn|\()\s*$")
_DIRECTLY = re.compile(r"\s*(?:trong|vào|của)?\s*")
_REACH = 400  # characters looked back for what governs a figure
_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a sentence because of what stands before it.

    Attributes:
        paragraph: the index of its paragraph.
        period: the period that governs it from outside.
        planned: it stands under the heading of a plan.
    """

    paragraph: int = -1
    period: str | None = None
    planned: bool = False


def enter(context: Context, scene: Scene) -> Context:
    """Return the context of a sentence; `context` is that of the sentence before it."""
    sentence, key = scene.sentence, scene.reading.key
    if sentence.paragraph == context.paragraph:
        return context
    title = scene.reading.article.title
    period = _periods(scene, title.span)[:1] if title is not None else []
    # The items under a heading "Mục tiêu năm 2025:" are plans too.
    planned = context.planned and _ITEM.match(key, sentence.span.start) is not None
    planned = planned or _PLANNED_HEADING.match(key, sentence.span.start, sentence.span.end) is not None
    return Context(sentence.paragraph, period[0].text if period else None, planned)


def leave(context: Context, scene: Scene) -> Context:
    """Return the context for what follows a sentence in its paragraph: its last period governs on."""
    periods = _periods(scene, scene.sentence.span)
    return Context(context.paragraph, periods[-1].text if periods else context.period, context.planned)


def period_of(context: Context, scene: Scene, figure: Span) -> str | None:
    """Return the period that governs a figure, as written."""
    stop = scene.sentence.span.end
    ahead = Span(figure.end, min(stop, figure.end + _AHEAD))
    for date in _periods(scene, ahead):
        if _DIRECTLY.fullmatch(scene.reading.key, figure.end, date.span.start):
            return date.text
    before = _periods(scene, _behind(scene, figure))
    if before:
        return before[-1].text
    later = _periods(scene, Span(figure.end, min(stop, figure.end + _REACH)))
    if later and ";" not in scene.reading.key[figure.end : later[0].span.start]:
        return later[0].text
    return context.period


def about(scene: Scene, figure: Span) -> Span | None:
    """Return the body, or else the place, that stands before a figure in its sentence."""
    scope = _behind(scene, figure)
    for kind in (OrganizationMention, PlaceMention):
        found = scene.mentions.within(scope, kind)
        if found:
            return found[-1].span
    return None


def is_planned(context: Context, scene: Scene, figure: Span) -> bool:
    """Tell whether a figure is a plan and not a result."""
    scope = _behind(scene, figure)
    return context.planned or _PLANNED.search(scene.reading.key, scope.start, scope.end) is not None


def _behind(scene: Scene, figure: Span) -> Span:
    return Span(max(scene.sentence.span.start, figure.start - _REACH), figure.start)


def _periods(scene: Scene, scope: Span) -> list[DateMention]:
    """Return the periods in a stretch, without those that others are only compared with."""
    return [
        date
        for date in scene.mentions.within(scope, DateMention)
        if date.kind is DateKind.PERIOD and not _is_compared(scene, date)
    ]


def _is_compared(scene: Scene, period: DateMention) -> bool:
    before = scene.reading.key[max(0, period.span.start - 20) : period.span.start]
    return _COMPARED.search(before) is not None or "cùng kỳ" in period.text.lower()

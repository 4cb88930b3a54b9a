"""What a figure counts or measures, in the words of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.relations.observation_figures import Figure, Scene, Sense
from kg.extraction.relations.observation_words import PLAIN_UNITS, Before, words_after, words_before
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.span import Span

_DATA = load_resource("metrics")
_COUNTING = load_resource("units_of_measure")["counting"]
_PREPOSITIONS = phrase_pattern(_DATA["topic_prepositions"])
_NOUNS = phrase_pattern(_DATA["topic_nouns"])
_TOPIC = re.compile(
    rf"\W*(?:riêng\s)?{_PREPOSITIONS}\s(?:{_NOUNS}\s)?(?P<topic>[^,;:.()\n\d]{{3,70}}?)[,:]\s"
    rf"|\W*(?P<work>{_NOUNS}\s[^,;:.()\n\d]{{3,70}}?)[,:]\s"
)
_WEAK = re.compile(rf"(?:\W|{phrase_pattern(_DATA['weak_verbs'])})*")
_COUNT_HEAD = re.compile(r"(?:tổng\s)?(?:cộng\s)?số\s")
_ANY_UNIT = re.compile(phrase_pattern(unit for row in _COUNTING for unit in row))
_PEOPLE_AND_DEEDS = re.compile(phrase_pattern(unit for row in _COUNTING[:3] for unit in row))
# "28 bác sĩ/21 xã": a count among so many, and no rate per hundred or per ten thousand.
_SHARED_AMONG = re.compile(r"\s?/\s?(?!10+\b|1[.,]?0|1\s)\d")
_COORDINATED = re.compile(rf"(?:,|\svà)\s+(?:(?:cả|{phrase_pattern(_DATA['over_and_about'])})\s)?$")
_FRACTIONS = frozenset({"%", "‰", "%o", "phần nghìn", "phần ngàn", "phần trăm", "phần vạn"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """The name of an indicator.

    Attributes:
        text: the words before the figure and those after it, without the figure.
        spans: where they stand.
        headed: it opens with a noun that only indicators open with ("tỷ lệ", "tổng số").
        unit: the unit of measure that the name itself gives ("số ca …").
        lead: the words before the figure, which the figures that follow may share.
    """

    text: str
    spans: tuple[Span, ...]
    headed: bool = False
    unit: str | None = None
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """The unit of measure with the words that go on from it.

    Attributes:
        rich: they say what is counted, and not only how.
        bare: nothing goes on from the unit.
    """

    span: Span | None
    rich: bool
    bare: bool


def find_indicator(
    scene: Scene, figure: Figure, sense: Sense, *, lead: Span | None = None
) -> Indicator | None:
    """Return what a figure is a figure of, or None where the sentence does not say.

    Args:
        scene: the sentence.
        figure: the figure.
        sense: its role.
        lead: the words that the figure before it in the same enumeration shares with it.
    """
    counted = _counted(scene, figure)
    before = words_before(scene, figure, sense, rich=counted.rich, bare=counted.bare)
    if before is not None and before.headed:
        return _headed(scene, figure, before, counted)
    if before is None and lead is not None and (not counted.rich or _COORDINATED.search(figure.before)):
        before = Before(lead)
    weak = before is None or _WEAK.fullmatch(scene.key(before.span)) is not None
    spans = [] if before is None else [before.span]
    if counted.span is not None and (counted.rich or weak):
        spans.append(counted.span)
    general = not counted.rich or figure.unit.split(" ")[0] in PLAIN_UNITS
    topic = _topic(scene, figure) if general and weak else None
    if topic is not None:
        spans.insert(0, topic)
    spans = [span for span in spans if scene.reading.surface(span)]
    if not spans:
        return None
    text = " ".join(scene.reading.surface(span) for span in spans)
    return Indicator(text, tuple(spans), lead=None if before is None or before.linked else before.span)


def _headed(scene: Scene, figure: Figure, before: Before, counted: _Counted) -> Indicator:
    """Return a name that opens with its own head; a short one takes the words behind the figure along."""
    name = scene.reading.surface(before.span)
    unit = _unit_in(scene, before.span)
    if counted.span is None or not counted.rich:
        return Indicator(name, (before.span,), headed=True, unit=unit)
    listed = figure.before.rstrip().endswith(":") and not counted.bare
    if len(name.split()) > 2 and not listed:
        return Indicator(name, (before.span,), headed=True, unit=unit)
    text = f"{name} {scene.reading.surface(counted.span)}"
    return Indicator(text, (before.span, counted.span), headed=True, unit=unit)


def _unit_in(scene: Scene, name: Span) -> str | None:
    """Return the unit of measure that an indicator's name gives: "số ca mắc mới" counts "ca"."""
    key = scene.reading.key
    head = _COUNT_HEAD.match(key, name.start, name.end)
    if head is None:
        return None
    unit = _ANY_UNIT.match(key, head.end(), name.end)
    unit = unit or _PEOPLE_AND_DEEDS.search(key, head.end(), name.end)
    return scene.reading.surface(Span(*unit.span())) if unit is not None else None


def _topic(scene: Scene, figure: Figure) -> Span | None:
    """Return what the sentence says at its start that it is about: "Về khám, chữa bệnh, …"."""
    match = _TOPIC.match(scene.reading.key, scene.sentence.span.start, figure.quantity.span.start)
    return None if match is None else Span(*match.span("topic" if match["topic"] else "work"))


def _unit_start(scene: Scene, figure: Figure) -> int | None:
    """Return where a quantity's unit of measure begins, where it is written beside the number."""
    unit, span = figure.quantity.unit or "", figure.quantity.span
    last = span.end - len(unit)
    if scene.reading.surface(Span(max(last, 0), span.end)) == unit:
        return last
    found = scene.reading.article.text.find(unit, span.start, span.end)
    return found if found >= 0 else None


def _counted(scene: Scene, figure: Figure) -> _Counted:
    """Return the unit of measure with the words that go on from it."""
    after = words_after(scene, figure)
    unit, end = figure.quantity.unit, figure.quantity.span.end
    start = _unit_start(scene, figure)
    if unit is None or unit.split("/")[0] in _FRACTIONS or start is None:
        return _Counted(after, rich=after is not None, bare=after is None)
    if start + len(unit) < end:
        # "45 lượt khám/90 lượt": the unit stands inside the quantity.
        end, after = start + len(unit), None
    share = _SHARED_AMONG.search(unit)
    if share is not None:
        return _Counted(Span(start, start + share.start()), rich=True, bare=True)
    rich = after is not None or not {figure.unit, figure.unit.split("/")[0]} & PLAIN_UNITS
    return _Counted(Span(start, after.end if after is not None else end), rich, after is None)

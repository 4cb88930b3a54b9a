"""What a figure counts or measures, in the words of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.observation_roles import Figure, Sense
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import DateMention, OrganizationMention, PersonMention, PlaceMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("metrics")
_NAMED_TOGETHER = [unit for family in load_resource("units_of_measure")["named_together"] for unit in family]
_PLAIN_UNITS = frozenset(_DATA["plain_units"])
_HEADS = re.compile(phrase_pattern(_DATA["indicator_heads"]))
_NOT_HEADS = re.compile(phrase_pattern(_DATA["not_heads"]))
_COPULAS = re.compile(rf"[\s,:(-]*{phrase_pattern(_DATA['copulas'])}\W*$")
_OPENINGS = re.compile(rf"\W*{phrase_pattern(_DATA['openings'])}\W*")
_AGENTS = re.compile(rf"\W*{phrase_pattern(_DATA['agents'])}\s(?:đã\s|đang\s|cũng\s)+")
_WEAK = re.compile(rf"(?:\W|{phrase_pattern(_DATA['weak_verbs'])})*")
_TOPIC = re.compile(
    r"\W*(?:riêng\s)?(?:về|đối với|trong|ở|tại|với)\s(?:công tác\s|lĩnh vực\s|khối\s|hoạt động\s|mảng\s)?(?P<topic>[^,;:.()\n\d]{3,70}?)[,:]\s"
    r"|\W*(?P<work>(?:công tác|lĩnh vực|hoạt động)\s[^,;:.()\n\d]{3,70}?)[,:]\s"
)
_FIRST_SIGN = re.compile(r"[,;:(\n…]|\.(?=\s)|\s(?:và|nhưng|còn)\s")
_HARD = re.compile(r"[;(\n…]|\.(?=\s)")
_SOFT = re.compile(r"[:,](?=\s|$)")
_NO_CHANGE = rf"(?!{phrase_pattern(_DATA['not_changes'])})"
_PHRASE_END = re.compile(
    rf"[;:.()\n…\"]|,|\s{_NO_CHANGE}(?:{phrase_pattern(_DATA['figure_verbs'])}(?=(?:\s[^\W\d_]+){{0,3}}\s\d|\sso\s)|(?:{phrase_pattern(_DATA['phrase_ends'])})(?!\slại))|\s(?:và|hoặc)\s(?=(?:{phrase_pattern(['hơn', 'gần', 'trên', 'khoảng'])}\s)?\d)"
)
_PERCENT_PHRASE_END = re.compile(
    rf"[;:()\n…]|\.(?=\s|$)|,(?=\s)|\s{_NO_CHANGE}(?:{phrase_pattern(_DATA['percent_phrase_ends'])})|\s(?:và|hoặc)\s(?=(?:{phrase_pattern(['hơn', 'gần', 'trên', 'khoảng'])}\s)?\d)"
)
_CONTINUES = re.compile(rf",\s(?={phrase_pattern(_NAMED_TOGETHER)})")
_THESE = re.compile(r"\s*trong (?:số|tổng số) (?:này|đó|trên|họ)\s*")
_TRAILING = re.compile(r"(?:\W|(?<!\w)(?:đã|được|có|và|là|của|với|các|cho|về|vào|trong|từ|đến|tại|do|cuối|đầu|thì|mà)(?!\w))+$")
_LEADING = re.compile(r"(?:\W|(?:các|của|những|với|là|và|đã|thì|về|số)\s)+")
_COUNT_HEAD = re.compile(r"(?:tổng\s)?(?:cộng\s)?số\s")
_UNIT_WORDS = re.compile(phrase_pattern(unit for row in load_resource("units_of_measure")["counting"][:3] for unit in row))
# "28 bác sĩ/21 xã": a count among so many, and no rate per hundred or per ten thousand.
_SHARED_AMONG = re.compile(r"\s?/\s?(?!10+\b|1[.,]?0|1\s)\d")
_COORDINATED = re.compile(r"(?:,|\svà)\s+(?:cả\s|hơn\s|gần\s|trên\s)?$")
_FRACTIONS = frozenset({"%", "‰", "%o", "phần nghìn", "phần ngàn", "phần trăm", "phần vạn"})
_WORD = re.compile(r"\S+")
_WORDS_BEFORE = 16
_WORDS_AFTER = 20
_REACH = 240  # characters looked ahead for the words after a figure


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
class _Before:
    """The words before a figure that name what it counts."""

    span: Span
    headed: bool = False
    linked: bool = False


def find_indicator(
    reading: Reading,
    mentions: MentionIndex,
    sentence: Sentence,
    figure: Figure,
    *,
    sense: Sense,
    lead: Span | None = None,
) -> Indicator | None:
    """Return what a figure is a figure of, or None where the sentence does not say.

    Args:
        lead: the words that the figure before it in the same enumeration shares with it.
    """
    counted, rich = _counted(reading, sentence, figure)
    before = _before(reading, mentions, sentence, figure, sense, rich=rich)
    if before is not None and before.headed:
        name = reading.surface(before.span)
        unit = _unit_in(reading, before.span)
        if counted is None or not rich or len(name.split()) > 2:
            return Indicator(name, (before.span,), True, unit)
        return Indicator(f"{name} {reading.surface(counted)}", (before.span, counted), True, unit)
    if before is None and lead is not None and (not rich or _COORDINATED.search(figure.before)):
        before = _Before(lead)
    spans = [] if before is None else [before.span]
    if counted is not None and (rich or before is None or _WEAK.fullmatch(_key(reading, before.span))):
        spans.append(counted)
    if not rich and (before is None or _WEAK.fullmatch(_key(reading, before.span))):
        topic = _topic(reading, sentence, figure)
        spans = spans if topic is None else [topic, *spans]
    if not spans:
        return None
    text = " ".join(reading.surface(span) for span in spans)
    return Indicator(text, tuple(spans), lead=None if before is None or before.linked else before.span)


def _unit_in(reading: Reading, name: Span) -> str | None:
    """Return the unit of measure that an indicator's name gives: "số ca mắc mới" counts "ca"."""
    head = _COUNT_HEAD.match(reading.key, name.start, name.end)
    unit = _UNIT_WORDS.search(reading.key, head.end(), name.end) if head is not None else None
    return reading.surface(Span(*unit.span())) if unit is not None else None


def _key(reading: Reading, span: Span) -> str:
    return reading.key[span.start : span.end]


def _topic(reading: Reading, sentence: Sentence, figure: Figure) -> Span | None:
    """Return what the sentence says at its start that it is about: "Về khám, chữa bệnh, …"."""
    match = _TOPIC.match(reading.key, sentence.span.start, figure.quantity.span.start)
    if match is None:
        return None
    name = "topic" if match["topic"] else "work"
    return Span(match.start(name), match.end(name))


def _counted(reading: Reading, sentence: Sentence, figure: Figure) -> tuple[Span | None, bool]:
    """Return the unit of measure with the words that go on from it, and whether they say what is counted."""
    after = _after(reading, sentence, figure)
    unit = figure.quantity.unit
    if unit is None or unit in _FRACTIONS:
        return after, after is not None
    start = figure.quantity.span.end - len(unit)
    if reading.surface(Span(start, figure.quantity.span.end)) != unit:
        return after, after is not None
    share = _SHARED_AMONG.search(unit)
    if share is not None:
        return Span(start, start + share.start()), True
    rich = after is not None or unit.lower() not in _PLAIN_UNITS
    return Span(start, after.end if after is not None else figure.quantity.span.end), rich


def _before(
    reading: Reading, mentions: MentionIndex, sentence: Sentence, figure: Figure, sense: Sense, *, rich: bool
) -> _Before | None:
    """Return the noun phrase or the verb before a figure."""
    end = figure.floor + (len(figure.before) if sense.phrase_start is None else sense.phrase_start)
    text = _without_date_words(reading, mentions, Span(figure.floor, end))
    start = 0
    if figure.floor > sentence.span.start:
        # The words up to the first sign belong to the figure before.
        sign = _FIRST_SIGN.search(text)
        if sign is None and rich and _head(text, 0, len(text)) is None:
            return None
        start = sign.end() if sign is not None else 0
    hard = [match.end() for match in _HARD.finditer(text, start)]
    low, stop = (hard[-1] if hard else start), len(text)
    if hard and not text[low:].strip():
        # "trạm y tế (244)": the name stands before the bracket.
        low, stop = (hard[-2] if len(hard) > 1 else start), hard[-1] - 1
    stop, linked = _strip_copulas(text, low, stop)
    colon = text.rfind(":", low)
    if colon >= 0 and text[colon:] != reading.key[figure.floor + colon : end]:
        # "Số liệu cho thấy: 6 tháng có …": what stands before the colon only leads in.
        low, colon = colon + 1, -1
        stop = max(stop, low)
    head = _head(text, max(low, colon + 1) if colon < stop else low, stop, linked=linked)
    base = figure.floor
    if head is not None:
        span = _trim(text, head, stop, base, openings=False)
        return None if span is None else _Before(span, headed=True, linked=linked)
    if rich and figure.before.rstrip()[-1:] in {":", ","} and sense.phrase_start is None:
        return None
    span = _trim(text, _clause_start(text, low, stop), stop, base)
    if span is None:
        return None
    if rich or not linked:
        span = _without_subject(reading, mentions, span, drop_whole=rich and linked)
    return None if span is None else _Before(span, linked=linked)


def _without_date_words(reading: Reading, mentions: MentionIndex, span: Span) -> str:
    """Return the matching form of a stretch with its dates and periods as spaces: they name no indicator."""
    text = reading.key[span.start : span.end]
    for date in mentions.within(span, DateMention):
        low, high = date.span.start - span.start, date.span.end - span.start
        text = text[:low] + " " * (high - low) + text[high:]
    return text


def _strip_copulas(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where the text ends without "là", "đạt", … at its end, and whether any stood there."""
    linked = False
    while match := _COPULAS.search(text, start, end):
        end, linked = match.start(), True
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in '%"':
        end -= 1
    return end, linked


def _head(text: str, start: int, end: int, *, linked: bool = True) -> int | None:
    """Return where the indicator's name opens: the last head that begins a clause, or else the first.

    A name that goes on over a comma needs a "là" or "đạt" behind it; without one a new clause has begun.
    """
    vetoes = [match.span() for match in _NOT_HEADS.finditer(text, start, end)]
    heads = [
        match.start()
        for match in _HEADS.finditer(text, start, end)
        if not any(low <= match.start() < high for low, high in vetoes)
    ]
    if not linked:
        heads = [head for head in heads if not _SOFT.search(text, head, end)]
    opening = [head for head in heads if text[start:head].rstrip()[-1:] in {",", ":", ""}]
    return opening[-1] if opening else heads[0] if heads else None


def _clause_start(text: str, start: int, end: int) -> int:
    """Return where the last clause begins that says anything."""
    for sign in reversed([match.end() for match in _SOFT.finditer(text, start, end)]):
        if re.search(r"\w", _openings_off(text[sign:end])):
            return sign
    return start


def _openings_off(text: str) -> str:
    position = 0
    while (match := _OPENINGS.match(text, position)) and match.end() > position:
        position = match.end()
    return text[position:]


def _trim(text: str, start: int, end: int, base: int, *, openings: bool = True) -> Span | None:
    """Take openings off the front, loose words off both ends, and keep the last words of a long stretch."""
    while openings and start < end and (match := _OPENINGS.match(text, start, end)) and match.end() > start:
        start = match.end()
    agent = _AGENTS.match(text, start, end)
    if agent is not None and agent.end() < end:
        start = agent.end()
    trailing = _TRAILING.search(text[start:end])
    if trailing is not None:
        end = start + trailing.start()
    words = [match.start() for match in _WORD.finditer(text, start, max(start, end))]
    if len(words) > _WORDS_BEFORE and openings:
        start = words[-_WORDS_BEFORE]
    while start < end and not text[start].isalnum() and text[start] != '"':
        start += 1
    return Span(base + start, base + end) if end - start > 1 else None


def _without_subject(
    reading: Reading, mentions: MentionIndex, span: Span, *, drop_whole: bool
) -> Span | None:
    """Leave out the body or person that acts, where a verb follows it: "Bệnh viện A tiếp nhận"."""
    named = [
        mention.span.end
        for kind in (OrganizationMention, PersonMention, PlaceMention)
        for mention in mentions.within(span, kind)
    ]
    if not named:
        return span
    rest = _trim(reading.key, max(named), span.end, 0)
    return rest if rest is not None or drop_whole else span


def _after(reading: Reading, sentence: Sentence, figure: Figure) -> Span | None:
    """Return the words that go on from the figure and its unit of measure."""
    key = reading.key
    start = figure.quantity.span.end
    stop = min(sentence.span.end, start + min(_REACH, len(figure.after)))
    percent = figure.is_percent or figure.quantity.unit == "‰"
    end = _phrase_end(reading, start, stop, _PERCENT_PHRASE_END if percent else _PHRASE_END)
    these = _THESE.match(key, start, end)
    if these is not None:
        start = these.end()
    if end <= start or not (key[start].isspace() or these is not None or percent):
        return None
    leading = _LEADING.match(key, start, end)
    start = leading.end() if leading is not None else start
    trailing = _TRAILING.search(key[start:end])
    if trailing is not None:
        end = start + trailing.start()
    words = [match.end() for match in _WORD.finditer(key, start, max(start, end))]
    if len(words) > _WORDS_AFTER:
        end = words[_WORDS_AFTER - 1]
    return Span(start, end) if end - start > 1 else None


def _phrase_end(reading: Reading, start: int, stop: int, ends: re.Pattern[str]) -> int:
    """Return where the words after a figure end; lists of units and of names go over commas."""
    key, text = reading.key, reading.article.text
    position = start
    while match := ends.search(key, position, stop):
        names = match.group() == "," and text[match.end() + 1 : match.end() + 2].isupper()
        if match.group() != "," or not (names or _CONTINUES.match(key, match.start(), stop)):
            return match.start()
        position = match.end()
    return stop

"""The words before and after a figure that name what it counts or measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.relations.observation_figures import Figure, Scene, Sense
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import DateMention, OrganizationMention, PersonMention, PlaceMention
from kg.model.span import Span

_DATA = load_resource("metrics")
_UNITS = load_resource("units_of_measure")


def _any(name: str) -> str:
    return phrase_pattern(_DATA[name])


PLAIN_UNITS = frozenset(_DATA["plain_units"])
_HEADS = re.compile(_any("indicator_heads"))
_NOT_HEADS = re.compile(_any("not_heads"))
_NUMBERED = re.compile(r"số\s\d")
_COPULAS = re.compile(rf"[\s,:(-]*{_any('copulas')}\W*$")
_OPENS_HERE = re.compile(r"(?:^|[,:]|(?<!\w)(?:với|có|quy mô))\s*$")
_AT_LEAST = re.compile(r"(?:trở|tính|kể) (?:lên|xuống)\W*$")
_OPENINGS = re.compile(
    rf"\W*(?:{_any('openings')}|\d{{1,2}}\s(?:tháng|năm|tuần|ngày|quý)(?:\s(?:đầu|cuối|qua))?(?!\w))\W*"
)
_AGENTS = re.compile(rf"\W*{_any('agents')}\s(?:{_any('agent_particles')}\s)+")
_SPOKEN = re.compile(rf"[^,;:]{{3,90}}?\s{_any('speech_verbs')}(?:\srằng)?[\s,:]+(?=\w)")
_HAVING = re.compile(rf"\W*(?:\w+\s)?{_any('having')}\W*$")
# "Khám lưu động tại xã A, B cho 1.200 người": the item's first words say what was done.
_GIVEN_TO = re.compile(rf"\s{_any('giving_to')}\s*$")
_OPENING_WORDS = re.compile(
    rf"[\W_]*(?P<words>[^,;:.()\d\n]{{4,80}}?)(?=\s{_any('ends_of_opening_words')}\s|[,;:.(\d])"
)
_FIRST_SIGN = re.compile(r"[,;:(\n…]|\.(?=\s)|\s(?:và|nhưng|còn)\s")
_HARD = re.compile(r"[;()\n…]|\.(?=\s)")
_SOFT = re.compile(rf"[:,](?!\s{_any('joined_by_comma')})(?=\s|$)")
_NO_CHANGE = rf"(?!{phrase_pattern([*_DATA['not_changes'], *_DATA['not_ends']])})"
_NEXT_COUNT = rf"\s(?:và|hoặc)\s(?=(?:{_any('over_and_about')}\s)?\d)"
_PHRASE_END = re.compile(
    r"[;:.()\n…\",]"
    rf"|\s{_NO_CHANGE}{_any('figure_verbs')}(?=(?:\s[^\W\d_]+){{0,3}}\s\d|\sso\s)"
    rf"|\s{_NO_CHANGE}{_any('phrase_ends')}(?!\slại)|{_NEXT_COUNT}"
)
_PERCENT_PHRASE_END = re.compile(
    rf"[;:()\n…]|\.(?=\s|$)|,(?=\s)|\s{_NO_CHANGE}{_any('percent_phrase_ends')}|{_NEXT_COUNT}"
)
_NAMED_TOGETHER = [unit for family in _UNITS["named_together"] for unit in family]
_CONTINUES = re.compile(rf",\s(?={phrase_pattern([*_NAMED_TOGETHER, *_DATA['joined_by_comma']])})")
_THESE = re.compile(r"\s*trong (?:số|tổng số) (?:này|đó|trên|họ)\s*")
_TRAILING = re.compile(rf"(?:\W|{_any('loose_at_end')})+$")
_PERCENT_ASIDE = re.compile(rf"\s*\((?:{_any('figure_verbs')}\s)?\d+(?:[.,]\d+)?\s?%\)(?=\s\w)")
_LEADING = re.compile(rf"(?:\W|{_any('loose_at_start')}\s)+")
_WORD = re.compile(r"\S+")
_NEXT_FIGURE = 12  # characters of the next figure, with its comparator
_WORDS_BEFORE = 16
_WORDS_AFTER = 20
_REACH = 240  # characters looked ahead for the words after a figure


@dataclass(frozen=True, slots=True)
class Before:
    """The words before a figure that name what it counts.

    Attributes:
        headed: they open with a noun that only indicators open with ("tỷ lệ", "tổng số").
        linked: a "là", "đạt", … stands between them and the figure.
    """

    span: Span
    headed: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class _Window:
    """The text before a figure, dates as spaces, and the part of it that may name the indicator.

    Attributes:
        text: in matching form; `base` is its offset in the article.
        low, stop: where the part starts and where it ends without its copulas.
        linked: copulas stood at the end.
    """

    text: str
    base: int
    low: int
    stop: int
    linked: bool

    @property
    def rest(self) -> str:
        """What stands between the part and the figure."""
        return self.text[self.stop :]


def words_before(scene: Scene, figure: Figure, sense: Sense, *, rich: bool, bare: bool) -> Before | None:
    """Return the noun phrase or the verb before a figure.

    Args:
        scene: the sentence.
        figure: the figure.
        sense: its role; the words that give it are left out.
        rich: the words behind the figure say what it counts.
        bare: only its unit of measure stands behind it.
    """
    window = _window(scene, figure, sense, rich=rich)
    if window is None:
        return None
    text, base = window.text, window.base
    colon = text.rfind(":", window.low, window.stop)
    head = _head(text, max(window.low, colon + 1), window.stop, linked=window.linked)
    if head is not None:
        span = _trim(text, head, window.stop, base, openings=False)
        return None if span is None else Before(span, headed=True, linked=window.linked)
    if rich and sense.phrase_start is None and _only_leads_in(window, figure, bare=bare):
        return None
    clause = _clause_start(text, window.low, window.stop, rich=rich)
    span = None if clause is None else _trim(text, clause, window.stop, base)
    if span is None:
        return None
    if not rich and _GIVEN_TO.search(text) and _is_name(scene, span):
        span = _opening_words(scene, span)
    if rich or not window.linked:
        span = _without_subject(scene, span, drop_whole=rich and window.linked)
    return None if span is None else Before(span, linked=window.linked)


def words_after(scene: Scene, figure: Figure) -> Span | None:
    """Return the words that go on from the figure and its unit of measure."""
    key = scene.reading.key
    stop = scene.sentence.span.end
    start = figure.quantity.span.end
    reach = min(stop, start + min(_REACH, len(figure.after)))
    aside = _PERCENT_ASIDE.match(key, start, stop)
    if aside is not None:
        # "16/18 (88,9%) xã đạt chuẩn": the words go on behind the bracket.
        start, reach = aside.end(), min(stop, aside.end() + _REACH)
    percent = figure.is_percent or figure.quantity.unit == "‰"
    end = _phrase_end(scene, start, reach, _PERCENT_PHRASE_END if percent else _PHRASE_END)
    these = _THESE.match(key, start, end)
    if these is not None:
        start = these.end()
    apart = these is not None or percent or aside is not None
    if end <= start or not (key[start].isspace() or apart):
        return None
    leading = _LEADING.match(key, start, end)
    start = leading.end() if leading is not None else start
    if end == figure.quantity.span.end + len(figure.after) < stop:
        # Nothing parts these words from the next figure: what follows the last "và" leads to that one.
        parted = key.rfind(" và ", start, end)
        end = parted if parted > start else end
    trailing = _TRAILING.search(key[start:end])
    if trailing is not None:
        end = start + trailing.start()
    words = [match.end() for match in _WORD.finditer(key, start, max(start, end))]
    if len(words) > _WORDS_AFTER:
        end = words[_WORDS_AFTER - 1]
    return Span(start, end) if end - start > 1 else None


def _phrase_end(scene: Scene, start: int, stop: int, ends: re.Pattern[str]) -> int:
    """Return where the words after a figure end; lists of units and of names go over commas."""
    key, text = scene.reading.key, scene.reading.article.text
    position = start
    # A verb ends the words only where another figure follows, so that one is looked at too.
    while (match := ends.search(key, position, stop + _NEXT_FIGURE)) and match.start() < stop:
        names = match.group() == "," and text[match.end() + 1 : match.end() + 2].isupper()
        if match.group() != "," or not (names or _CONTINUES.match(key, match.start(), stop)):
            return match.start()
        position = match.end()
    return stop


def _window(scene: Scene, figure: Figure, sense: Sense, *, rich: bool) -> _Window | None:
    base = figure.floor
    end = base + (len(figure.before) if sense.phrase_start is None else sense.phrase_start)
    text = _without_date_words(scene, Span(base, end))
    start = 0
    if base > scene.sentence.span.start:
        # The words up to the first sign belong to the figure before.
        sign = _FIRST_SIGN.search(text)
        if sign is None and rich and _head(text, 0, len(text)) is None:
            return None
        start = sign.end() if sign is not None else 0
    hard = [match.end() for match in _HARD.finditer(text, start)]
    low, stop = (hard[-1] if hard else start), len(text)
    if hard and not text[low:].strip():
        if rich and text[: hard[-1]].rstrip().endswith(";"):
            return None  # a figure that opens its clause is named by what follows, not by the clause before
        # "trạm y tế (244)", "công suất (kế hoạch) 121%": the name stands before the bracket.
        closed = text[hard[-1] - 1] == ")" and len(hard) > 1 and text[hard[-2] - 1] == "("
        outside = closed and re.search(r"\w", text[hard[-3] if len(hard) > 2 else start : hard[-2] - 1])
        back = 2 if outside else 1
        low, stop = (hard[-1 - back] if len(hard) > back else start), hard[-back] - 1
    stop, linked = _strip_copulas(text, low, stop)
    colon = text.rfind(":", low)
    if colon >= 0 and text[colon:] != scene.reading.key[base + colon : end]:
        # "Số liệu cho thấy: 6 tháng có …": what stands before the colon only leads in.
        low = colon + 1
    return _Window(text, base, low, max(stop, low), linked)


def _only_leads_in(window: _Window, figure: Figure, *, bare: bool) -> bool:
    """Tell whether the words before a figure say who or when, as the words behind it say what.

    "Kết quả: 12 xã đạt chuẩn", "Trung tâm có 15 bác sĩ đa khoa", "Trên địa bàn, 12 xã …".
    """
    if "," in window.rest or (figure.before.rstrip()[-1:] == ":" and not bare):
        return True
    general = figure.unit in PLAIN_UNITS
    return window.linked and not bare and not general and _HAVING.search(window.rest) is not None


def _is_name(scene: Scene, span: Span) -> bool:
    """Tell whether a stretch is nothing but the name of a body or a place."""
    return any(
        mention.span == span
        for kind in (OrganizationMention, PlaceMention)
        for mention in scene.mentions.within(span, kind)
    )


def _opening_words(scene: Scene, span: Span) -> Span:
    key, start = scene.reading.key, scene.sentence.span.start
    item = max(start, key.rfind(";", start, span.start) + 1)
    opening = _OPENING_WORDS.match(key, item, span.start)
    return span if opening is None else Span(*opening.span("words"))


def _without_date_words(scene: Scene, span: Span) -> str:
    """Return the matching form of a stretch with its dates and periods as spaces: they name no indicator."""
    text = scene.key(span)
    for date in scene.mentions.within(span, DateMention):
        low, high = date.span.start - span.start, date.span.end - span.start
        text = text[:low] + " " * (high - low) + text[high:]
    return text


def _strip_copulas(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where the text ends without "là", "đạt", … at its end, and whether any stood there."""
    linked = False
    while (match := _COPULAS.search(text, start, end)) and not _AT_LEAST.search(text, start, match.end()):
        end, linked = match.start(), True
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in '%"':
        end -= 1
    return end, linked


def _head(text: str, start: int, end: int, *, linked: bool = True) -> int | None:
    """Return where the indicator's name opens: the last head that begins a clause, or else the first.

    A name that goes on over a comma needs a "là" or "đạt" behind it; without one a new clause has begun.
    """
    vetoes = [match.span() for match in _NOT_HEADS.finditer(text, start, end)]
    opening: list[int] = []
    others: list[int] = []
    for match in _HEADS.finditer(text, start, max(start, end)):
        head, opens = match.start(), _OPENS_HERE.search(text[start : match.start()]) is not None
        around = [span for span in vetoes if span[0] <= head < span[1]]
        # "dân số" opens a name, and is no head within "công tác dân số" or "chính sách dân số".
        if _NUMBERED.match(text, head) or (around and not (opens and match.span() in around)):
            continue
        if linked or not _SOFT.search(text, head, end):
            (opening if opens else others).append(head)
    return opening[-1] if opening else others[0] if others else None


def _clause_start(text: str, start: int, end: int, *, rich: bool) -> int | None:
    """Return where the last clause begins that says anything.

    Where the words behind the figure name what it counts, only the clause next to it may add to them.
    """
    for sign in reversed([match.end() for match in _SOFT.finditer(text, start, max(start, end))]):
        if re.search(r"\w", _openings_off(text[sign:end])):
            return sign
        if rich:
            return None
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
    spoken = _SPOKEN.match(text, start, end) if openings else None
    if spoken is not None:
        start = spoken.end()
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


def _without_subject(scene: Scene, span: Span, *, drop_whole: bool) -> Span | None:
    """Leave out the body or person that acts, where a verb follows it: "Bệnh viện A tiếp nhận"."""
    named = [
        mention.span.end
        for kind in (OrganizationMention, PersonMention, PlaceMention)
        for mention in scene.mentions.within(span, kind)
    ]
    if not named:
        return span
    rest = _trim(scene.reading.key, max(named), span.end, 0)
    return rest if rest is not None or drop_whole else span

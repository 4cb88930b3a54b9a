"""What a quantity says within its sentence: a level, a share, a change, a percentage of the plan, an earlier level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kg.extraction.reading import Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.mention import QuantityMention
from kg.model.sentence import Sentence
from kg.model.span import Span

_DATA = load_resource("metrics")


class Role(Enum):
    """What a figure is within its observation."""

    LEVEL = "level"
    SHARE = "share"
    TARGET = "target"
    CHANGE = "change"
    PREVIOUS = "previous"
    PER = "per"
    TIMES = "times"
    TOTAL = "total"


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


_LAST_SIGN = re.compile(r"[;:(]|,(?=\s)|\.(?=\s)|\s(?:-|và|nhưng)\s|\n")
_UP = phrase_pattern(_DATA["increase"])
_DOWN = phrase_pattern(_DATA["decrease"])
_BASES = phrase_pattern(_DATA["change_bases"])
_NO_CHANGE = rf"(?!{phrase_pattern(_DATA['not_changes'])})"
_CHANGE = re.compile(
    rf"{_NO_CHANGE}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    r"(?:\s(?:thêm|được|khoảng|gần|hơn|trên|nhẹ|mạnh|tới|đến|bình quân|trung bình))*"
    rf"(?P<basis>\s{_BASES}[^,;.:()\n]{{0,60}})?(?:\s(?:là|thì|tới|đến|lên|xuống|khoảng))?\s*$"
)
_COMPARED_FIRST = re.compile(
    rf"(?P<basis>so\s(?:với\s)?[^,;.:()\n]{{2,50}}?)[,\s]+(?:thì\s|đã\s|lại\s)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s*$"
)
_TO_LEVEL = re.compile(r"(?:lên|xuống|còn|lên đến|lên tới|xuống còn|giảm còn)\s*$")
_PULLED = re.compile(r"(?:kéo giảm|kéo|hạ|giảm|bớt)\s(?P<what>[^,;.:()\n]{2,60}?)\s(?:xuống|đi|thêm)\s*$")
_VERB_FIRST = re.compile(
    rf"^\W*(?:đã\s|sẽ\s|và\s|phấn đấu\s|mục tiêu\s|tiếp tục\s)*(?:(?P<up>tăng|nâng)|(?P<down>giảm|hạ|bớt|kéo giảm))\s"
    rf"(?P<what>{phrase_pattern(['tỷ lệ', 'tỉ lệ', 'tỷ suất', 'tỉ suất', 'mức', 'mức sinh', 'số', 'tỷ số', 'tỉ số'])}[^,;.:()\n]{{2,90}}?)\s*$"
)
_TARGETS = phrase_pattern(_DATA["targets"])
_TARGET_AFTER = re.compile(
    rf"\s*(?:(?:so\s(?:với\s)?|của\s|trên\s)(?:tổng\s)?)?(?:các\s)?(?P<basis>{_TARGETS}[^,;.:()\n]{{0,40}})"
)
_TARGET_BEFORE = re.compile(rf"(?:{phrase_pattern(_DATA['target_verbs'])})(?:\s(?:ước|khoảng|hơn|gần|trên|là|được))*\s*$")
_TARGET_NAMED_BEFORE = re.compile(rf"(?:so\s(?:với\s)?)?(?P<basis>{_TARGETS}[^,;.:()\n]{{0,40}}?)\s(?:đạt|là|bằng|được)\s*$")
_OVER = re.compile(r"vượt(?:\smức)?\s*$")
_SHARE = re.compile(rf"(?:{phrase_pattern(_DATA['share_cues'])})(?:\s(?:khoảng|hơn|gần|trên|là))*\s*$")
_PREVIOUS = re.compile(
    rf"(?:^|[(,]|\s)(?:{phrase_pattern(_DATA['previous_cues'])})(?:\s(?:năm|tháng|quý|kỳ)[^,;:()\n]{{0,25}}?)?(?:\s(?:là|đạt|chỉ|có|mức|tỷ lệ này là|con số này là))*[\s:]*$"
)
_PREVIOUS_BRACKET = re.compile(r"\((?:so\s(?:với\s)?)?(?:trong\s)?(?:cùng kỳ|năm|tháng|quý|kỳ|đầu năm|6 tháng|9 tháng|giai đoạn)[^()]{0,40}?(?::|là|đạt|có|chỉ)?\s*$")
_COMPARED_LEVEL_AFTER = re.compile(r"\s*(?:[^,;.()]{0,20}?\s)?(?:của\s|trong\s|vào\s|ở\s)?(?:cùng kỳ|năm trước|năm ngoái|năm \d{4}|tháng trước)")
_FROM = re.compile(r"(?:^|\s)từ(?:\s(?:mức|chỗ|con số))?\s*$")
_CHANGE_FROM = re.compile(rf"{_NO_CHANGE}(?:(?P<up>{_UP}|nâng)|(?P<down>{_DOWN}))\s(?:[^\W\d_]+\s){{0,2}}từ(?:\s(?:mức|chỗ|con số))?\s*$")
_TO_NEXT = re.compile(r"[^,;.:]{0,60}?(?:lên|xuống|còn|tăng lên|giảm còn|giảm xuống|sang)(?:\s(?:còn|tới|đến|thành|mức|chỉ còn|khoảng|gần|hơn|trên))*\s*$")
_CONNECTORS = r"(?:\W|và\s|nhưng\s|đồng thời\s|ước\s|tức\s|cũng\s|đã\s|đều\s|lại\s|hiện\s|trong khi\s|qua đó\s|song\s|chỉ\s|mới\s|là\s|thì\s|nếu\s|bằng\s)*"
_LEANING = re.compile(
    rf"^{_CONNECTORS}(?:{_NO_CHANGE}(?:{_UP}|{_DOWN})|so\s|{phrase_pattern(_DATA['target_verbs'])}|{phrase_pattern(_DATA['leaning_shares'])}"
    rf"|(?:{phrase_pattern(_DATA['share_cues'])})\s*$|vượt|cùng kỳ|trong khi|còn\s|năm\s(?:\d{{4}}|trước|ngoái))"
)
_ONLY_SIGNS = re.compile(r"\W*(?:hay|tức|ước|với)?\s*$")
_CLOSED = re.compile(r"\s*(?:[,;.:)\n]|$)|\s(?:so|kế hoạch|chỉ tiêu|kh|tổng|dân số|trên tổng)(?!\w)")
_NAMED_AFTER = re.compile(rf"\s(?:về\s)?{phrase_pattern(['số', 'tổng số', 'tỷ lệ', 'tỉ lệ', 'tỷ suất', 'tỉ suất', 'mức sinh', 'số lượt', 'số ca', 'số chi', 'số vụ'])}\s")
_CUT_OFF = re.compile(r"[;\n]|\.\s|trong đó|bao gồm")
_PER = re.compile(r"(?:^|\W)(?:cứ|trên|mỗi|tính trên|bình quân cứ|bình quân)\s*$")
_OF_TOTAL = re.compile(r"(?:trên|trong|/|so với|của)\s(?:tổng số|tổng cộng|tổng)\s*$")
_ENOUGH = re.compile(r"(?:đủ|từ|ít nhất|đủ cả|quá|cả)\s*$")
_PER_HEADS = re.compile(r"(?:trên|/|tính trên|mỗi|trong)\s*$")
_POPULATION = ("dân", "người", "trẻ", "phụ nữ", "ca", "bà mẹ")
_TIMES = re.compile(r"(?:gấp|tăng|giảm|hơn)(?:\s(?:gần|hơn|khoảng|tới|đến|đôi))*\s*$")


def figures_of(reading: Reading, sentence: Sentence, quantities: Sequence[QuantityMention]) -> tuple[Figure, ...]:
    """Return the quantities of a sentence with what stands between them."""
    figures = []
    floor = sentence.span.start
    quantities = [quantity for quantity in quantities if not _is_part_of_name(reading, sentence, quantity)]
    for index, quantity in enumerate(quantities):
        stop = quantities[index + 1].span.start if index + 1 < len(quantities) else sentence.span.end
        before = reading.key[floor : quantity.span.start]
        figures.append(Figure(quantity, before, reading.key[quantity.span.end : stop], floor))
        floor = quantity.span.end
    return tuple(figures)


def _is_part_of_name(reading: Reading, sentence: Sentence, quantity: QuantityMention) -> bool:
    """Tell whether a number belongs to the name of an indicator: "tiêm đủ 2 mũi", "bác sĩ trên 1 vạn dân"."""
    unit = quantity.unit or ""
    start = max(sentence.span.start, quantity.span.start - 16)
    before = reading.key[start : quantity.span.start]
    if unit.startswith(("lần", "mũi", "liều")) and quantity.value < 10:
        return _ENOUGH.search(before) is not None
    if quantity.value not in {1e2, 1e3, 1e4, 1e5, 1e6} or not unit.startswith(_POPULATION):
        return False
    per = quantity.comparator == "trên" and not before.rstrip().endswith(("có", "được", "cho", "của", "với"))
    return (per or _PER_HEADS.search(before) is not None) and "vạn" in quantity.text or (
        _PER_HEADS.search(before) is not None and quantity.value >= 1e3
    ) or (per and unit.startswith("dân"))


def classify(figure: Figure, following: Figure | None, *, has_level: bool) -> Sense:
    """Return the role of a figure; `has_level` tells whether a level stands before it to lean on."""
    attached = has_level and _leans(figure)
    unit = figure.quantity.unit or ""
    if _FROM.search(figure.before) and following is not None and _TO_NEXT.fullmatch(figure.after):
        found = _CHANGE_FROM.search(figure.before)
        direction = None if found is None else "increase" if found["up"] else "decrease"
        return Sense(Role.PREVIOUS, direction=direction, phrase_start=found.start() if found else None)
    if unit.startswith("lần") and _TIMES.search(figure.before):
        return Sense(Role.TIMES, attached, "increase")
    if has_level and not figure.is_percent and not figure.sign and _OF_TOTAL.search(figure.before):
        return Sense(Role.TOTAL, attached=True)
    if has_level and (_PREVIOUS_BRACKET.search(figure.before) or _is_earlier(figure)):
        return Sense(Role.PREVIOUS, attached=True)
    change = _change(figure, attached)
    if change is not None:
        return change
    if figure.is_percent:
        return _percent(figure, attached)
    if following is not None and figure.quantity.value in {100, 1000, 10000, 100000} and _PER.search(figure.before):
        return Sense(Role.PER)
    return Sense(Role.LEVEL)


def _leans(figure: Figure) -> bool:
    """Tell whether the words before a figure continue the observation before it."""
    if _CUT_OFF.search(figure.before) and not _LEANING.search(_CUT_OFF.split(figure.before)[-1]):
        return False
    if _NAMED_AFTER.match(figure.after) and _CHANGE.search(figure.before):
        return False
    if figure.is_percent and _ONLY_SIGNS.match(figure.piece):
        return figure.sign == "(" or (figure.sign != " và " and _CLOSED.match(figure.after) is not None)
    if figure.is_percent and not figure.sign:
        return True
    return _LEANING.search(figure.piece) is not None


def _is_earlier(figure: Figure) -> bool:
    """Tell whether a figure is the level of an earlier period that the one before is compared with."""
    found = _PREVIOUS.search(figure.piece)
    if found is None or figure.sign == ";":
        return False
    words = found.group()
    if "năm" in words or "cùng kỳ" in words or "tháng" in words:
        return not _CHANGE.search(figure.before) and not re.search(r"so(?: với)? cùng kỳ\s*$", words) or False
    return "so" in words and _COMPARED_LEVEL_AFTER.match(figure.after) is not None


def _change(figure: Figure, attached: bool) -> Sense | None:
    found = _CHANGE.search(figure.before) or _COMPARED_FIRST.search(figure.before)
    if found is not None:
        compared = "so " in figure.after[:24] or "cùng kỳ" in figure.after[:30] or bool(found["basis"])
        if _TO_LEVEL.search(figure.before) and not compared:
            return None
        direction = "increase" if found["up"] else "decrease"
        basis = _span(figure.floor, found) if (found["basis"] or "").strip() else None
        return Sense(Role.CHANGE, attached, direction, basis, found.start())
    pulled = _PULLED.search(figure.before)
    if pulled is not None:
        return Sense(Role.CHANGE, False, "decrease", None, pulled.end("what"))
    verb = _VERB_FIRST.match(figure.piece)
    if verb is not None:
        offset = len(figure.before) - len(figure.piece)
        return Sense(Role.CHANGE, False, "increase" if verb["up"] else "decrease", None, offset + verb.end("what"))
    return None


def _span(offset: int, match: re.Match[str]) -> Span:
    start, end = match.span("basis")
    return Span(offset + start, offset + end)


def _percent(figure: Figure, attached: bool) -> Sense:
    target = _TARGET_AFTER.match(figure.after)
    if target is not None:
        return Sense(Role.TARGET, attached, basis=_span(figure.quantity.span.end, target))
    named = _TARGET_NAMED_BEFORE.search(figure.before)
    if named is not None and attached:
        return Sense(Role.TARGET, attached, basis=_span(figure.floor, named))
    if attached and _SHARE.search(figure.before):
        return Sense(Role.SHARE, attached)
    if attached and _TARGET_BEFORE.search(figure.before):
        return Sense(Role.TARGET, attached)
    if attached and (figure.sign == "(" or _ONLY_SIGNS.match(figure.piece)):
        return Sense(Role.SHARE, attached)
    return Sense(Role.LEVEL)

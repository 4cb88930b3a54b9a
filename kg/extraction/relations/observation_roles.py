"""What a figure says within its sentence: a level, a share, a change, part of the plan, an earlier level."""

from __future__ import annotations

import re

from kg.extraction.relations.observation_figures import Figure, Role, Sense
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.span import Span

_DATA = load_resource("metrics")


def _any(name: str) -> str:
    return phrase_pattern(_DATA[name])


_UP, _DOWN = _any("increase"), _any("decrease")
_NO_CHANGE = rf"(?!{_any('not_changes')})"
_TARGETS = _any("targets")
_HEDGES = rf"(?:\s{_any('hedges')})*\s*$"

_CHANGE = re.compile(
    rf"{_NO_CHANGE}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s{_any('change_particles')})*"
    rf"(?P<basis>\s{_any('change_bases')}[^,;.:()\n]{{0,60}})?(?:\s(?:là|thì|tới|đến|lên|xuống|khoảng))?\s*$"
)
_COMPARED_FIRST = re.compile(
    r"(?P<basis>so\s(?:với\s)?[^,;.:()\n]{2,50}?)[,\s]+(?:thì\s|đã\s|lại\s)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s*$"
)
_TO_LEVEL = re.compile(rf"{_any('to_level')}\s*$")
_PULLED = re.compile(rf"{_any('pulling_verbs')}\s(?P<what>[^,;.:()\n]{{2,60}}?)\s(?:xuống|đi|thêm)\s*$")
_VERB_FIRST = re.compile(
    rf"\W*(?:{_any('before_opening_verbs')}\s)*"
    rf"(?:(?P<up>{_any('opening_increase')})|(?P<down>{_any('opening_decrease')}))\s"
    rf"(?P<what>{_any('moving_heads')}[^,;.:()\n]{{2,90}}?)\s*$"
)
_TARGET_AFTER = re.compile(
    r"\s*(?:(?:so\s(?:với\s)?|của\s|trên\s)(?:tổng\s)?)?(?:các\s)?"
    rf"(?P<basis>{_TARGETS}[^,;.:()\n]{{0,40}})"
)
_TARGET_VERB = re.compile(rf"{_any('target_verbs')}{_HEDGES}")
_TARGET_BEFORE = re.compile(
    rf"(?:so\s(?:với\s)?)?(?P<basis>{_TARGETS}[^,;.:()\n]{{0,40}}?)\s(?:đạt|là|bằng|được)\s*$"
    rf"|vượt\s{_TARGETS}[^,;.:()\n]{{0,20}}?\s*$"
)
_SHARE = re.compile(rf"{_any('share_cues')}{_HEDGES}")
_PREVIOUS = re.compile(
    rf"(?:^|\s){_any('previous_cues')}(?:\s(?:năm|tháng|quý|kỳ)[^,;:()\n]{{0,25}}?)?"
    rf"(?:\s{_any('linking')})*[\s:]*$"
)
_PREVIOUS_BRACKET = re.compile(
    rf"\((?:so\s(?:với\s)?)?(?:trong\s)?{_any('earlier_times')}[^()]{{0,40}}?(?::|\s{_any('linking')})?\s*$"
)
_GOAL_BRACKET = re.compile(rf"\((?:so\s(?:với\s)?)?{_TARGETS}[^()\d]{{0,30}}$")
_EARLIER_BRACKET = re.compile(rf"{_any('earlier_times')}[^()]{{0,30}}\(\s*$")
_SAME_PERIOD = re.compile(r"so(?: với)? cùng kỳ\s*$")
_TIME = re.compile(rf"(?:{_any('compared_times')}|năm\s\d{{4}})")
_TIMED = re.compile(r"năm|cùng kỳ|tháng")
_RELATIVE_AFTER = re.compile(rf"\s*(?:so\s)?(?:với\s)?(?:mức\s)?{_TIME.pattern}")
_COMPARED_AFTER = re.compile(rf"\s*(?:[^,;.()]{{0,20}}?\s)?(?:của\s|trong\s|vào\s|ở\s)?{_TIME.pattern}")
_FROM = re.compile(rf"(?:^|\s){_any('from_level')}\s*$")
_CHANGE_FROM = re.compile(
    rf"{_NO_CHANGE}(?:(?P<up>{_UP}|nâng)|(?P<down>{_DOWN}))\s(?:[^\W\d_]+\s){{0,2}}{_any('from_level')}\s*$"
)
_TO_NEXT = re.compile(rf"[^,;.:]{{0,60}}?{_any('to_level')}(?:\s{_any('after_to_level')})*\s*$")
_LEANING = re.compile(
    rf"(?:\W|{_any('connectors')}\s)*(?:{_NO_CHANGE}(?:{_UP}|{_DOWN})|so\s|{_any('target_verbs')}"
    rf"|{_any('leaning_shares')}|{_any('share_cues')}\s*$|{_any('leaning_verbs')}|năm\s\d{{4}})"
)
_ONLY_SIGNS = re.compile(r"\W*(?:hay|tức|ước|với)?\s*$")
_CLOSED = re.compile(rf"\s*(?:[,;.:)\n]|$)|\s{_any('after_leaning_percent')}")
_OF_OTHERS = re.compile(rf"\s{_any('percent_of_others')}")
# "vòng tránh thai 49,4%, bao cao su (19,3%)": the bracket has a name of its own.
_OWN_NOUN = re.compile(
    rf"(?:[,;]|\svà)\s(?!\s*(?:{_UP}|{_DOWN}|so\s|bằng|đạt|chiếm))"
    r"[^,;()\d]*[^\W\d_]{2}[^,;()\d]*\(\s*$"
)
_NAMED_AFTER = re.compile(rf"\s(?:về\s)?{_any('moving_heads')}\s")
_CUT_OFF = re.compile(r"[;\n]|\.\s|trong đó|bao gồm")
_PER = re.compile(rf"{_any('per')}\s*$")
_OF_TOTAL = re.compile(rf"(?:{_any('of_total')}|/\stổng số)\s*$")
_TIMES = re.compile(rf"{_any('multiplying')}(?:\s{_any('change_particles')})*\s*$")
_BASES_OF_RATES = frozenset({100.0, 1e3, 1e4, 1e5})


def classify(
    figure: Figure, following: Figure | None, *, has_level: bool, after_change: bool = False
) -> Sense:
    """Return the role of a figure.

    Args:
        figure: the figure in question.
        following: the next figure of the sentence, if any.
        has_level: an observation stands before it to lean on.
        after_change: the figure before it is a change.
    """
    attached = has_level and _leans(figure)
    return (
        _movement(figure, following, has_level=has_level)
        or _multiple(figure, attached=attached)
        or (_beside_level(figure, after_change=after_change) if has_level else None)
        or _change(figure, attached=attached)
        or (_percent(figure, attached=attached) if figure.is_percent else _count(figure, following))
    )


def _leans(figure: Figure) -> bool:
    """Tell whether the words before a figure continue the observation before it."""
    if _CUT_OFF.search(figure.before) and not _LEANING.match(_CUT_OFF.split(figure.before)[-1]):
        return False
    if _NAMED_AFTER.match(figure.after) and _CHANGE.search(figure.before):
        return False
    if figure.is_percent and _ONLY_SIGNS.fullmatch(figure.piece):
        if figure.sign == "(":
            return _OWN_NOUN.search(figure.before) is None
        return not figure.sign or (figure.sign != " và " and _CLOSED.match(figure.after) is not None)
    return (figure.is_percent and not figure.sign) or _LEANING.match(figure.piece) is not None


def _movement(figure: Figure, following: Figure | None, *, has_level: bool) -> Sense | None:
    """Read the start of a movement: "giảm từ 10,2% xuống 8,9%", "tăng từ mức 48%"."""
    moved = _CHANGE_FROM.search(figure.before)
    direction = None if moved is None else "increase" if moved["up"] else "decrease"
    if following is not None and _FROM.search(figure.before) and _TO_NEXT.fullmatch(figure.after):
        start = moved.start() if moved is not None else None
        return Sense(Role.PREVIOUS, direction=direction, phrase_start=start)
    if moved is not None and has_level:
        return Sense(Role.PREVIOUS, attached=True, direction=direction)
    return None


def _multiple(figure: Figure, *, attached: bool) -> Sense | None:
    times = _TIMES.search(figure.before) if figure.unit.startswith("lần") else None
    if times is None:
        return None
    return Sense(Role.TIMES, attached, "increase", phrase_start=times.start())


def _beside_level(figure: Figure, *, after_change: bool) -> Sense | None:
    """Read a total, a plan or an earlier level that stands beside a level."""
    if _GOAL_BRACKET.search(figure.before):
        return Sense(Role.GOAL, attached=True)
    if not figure.is_percent and not figure.sign and _OF_TOTAL.search(figure.before):
        return Sense(Role.TOTAL, attached=True)
    bare_bracket = figure.sign == "(" and not figure.piece.strip()
    if (
        _PREVIOUS_BRACKET.search(figure.before)
        or _is_earlier(figure)
        or (after_change and bare_bracket and _EARLIER_BRACKET.search(figure.before))
    ):
        return Sense(Role.PREVIOUS, attached=True)
    return None


def _is_earlier(figure: Figure) -> bool:
    """Tell whether a figure is the level of an earlier period that the one before is compared with."""
    found = _PREVIOUS.search(figure.piece)
    if found is None or figure.sign == ";":
        return False
    words = found.group()
    if _TIMED.search(words):
        return _CHANGE.search(figure.before) is None and _SAME_PERIOD.search(words) is None
    return "so" in words and _COMPARED_AFTER.match(figure.after) is not None


def _change(figure: Figure, *, attached: bool) -> Sense | None:
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
        return Sense(Role.CHANGE, direction="decrease", phrase_start=pulled.end("what"))
    verb = _VERB_FIRST.match(figure.piece)
    if verb is None or _TO_LEVEL.search(figure.piece):
        return None
    end = len(figure.before) - len(figure.piece) + verb.end("what")
    return Sense(Role.CHANGE, direction="increase" if verb["up"] else "decrease", phrase_start=end)


def _percent(figure: Figure, *, attached: bool) -> Sense:
    target = _TARGET_AFTER.match(figure.after)
    if target is not None:
        return Sense(Role.TARGET, attached, basis=_span(figure.quantity.span.end, target))
    if not attached:
        return Sense(Role.LEVEL)
    named = _TARGET_BEFORE.search(figure.before)
    if named is not None:
        return Sense(Role.TARGET, attached, basis=_span(figure.floor, named) if named["basis"] else None)
    if _SHARE.search(figure.before):
        return Sense(Role.SHARE, attached)
    if _TARGET_VERB.search(figure.before):
        return _reached(figure)
    in_bracket = figure.sign == "(" or _ONLY_SIGNS.fullmatch(figure.piece) is not None
    return Sense(Role.SHARE, attached) if in_bracket else Sense(Role.LEVEL)


def _reached(figure: Figure) -> Sense:
    """Read a percentage behind "đạt" or "bằng": of the plan, unless the text says of what else."""
    if figure.sign == "," and _OF_OTHERS.match(figure.after):
        # "tiêm 1.200 liều, đạt 9% dân số": a percentage of something else stands by itself.
        return Sense(Role.LEVEL)
    relative = _RELATIVE_AFTER.match(figure.after) is not None
    return Sense(Role.RELATIVE if relative else Role.TARGET, attached=True)


def _count(figure: Figure, following: Figure | None) -> Sense:
    base = following is not None and figure.quantity.value in _BASES_OF_RATES and _PER.search(figure.before)
    return Sense(Role.PER if base else Role.LEVEL)


def _span(offset: int, match: re.Match[str]) -> Span:
    start, end = match.span("basis")
    return Span(offset + start, offset + end)

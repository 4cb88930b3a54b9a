"""The words that give somebody a role at an event."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.span import Span

_CUES = load_resource("roles")
SAYING = "saying"
_Atom = tuple[int, int, str, str]  # start, end, phrase, role
_DIRECTING = "directing"
_TAKING_PART = {
    matching_key(phrase): role for role, phrases in _CUES["taking_part"].items() for phrase in phrases
}
_ATOMS = {
    **{matching_key(phrase): SAYING for phrase in _CUES["saying"]},
    **{matching_key(phrase): _DIRECTING for phrase in _CUES["directing"]},
    **{matching_key(phrase): role for role, phrases in _CUES["speaking"].items() for phrase in phrases},
    **_TAKING_PART,
}
_UNDER = {matching_key(phrase): role for phrase, role in _CUES["under"].items()}
_ATOM = re.compile(phrase_pattern([*_ATOMS, *_UNDER]))
# "dự và phát biểu chỉ đạo", "tới dự, chúc mừng và phát biểu": one chain of verbs with one subject.
_LINK = re.compile(
    r"\s*(?:,|và|đồng thời|-)?\s*(?:(?:có|trực tiếp|đã|cùng|đến|tới|về|bài|ý kiến|lời|tham gia|đồng)\s+)*"
)
_EVENT_FOLLOWS = re.compile(r"\s*(?:tại\s+)?" + phrase_pattern(_CUES["events"]))
_PART_OF_NAME = re.compile(phrase_pattern([*_CUES["events"], *_CUES["of_names"]]) + r"\s+$")
_ONLY_BEFORE = {
    matching_key(verb): re.compile(rf"\s*(?:$|[.;:!?\n])|[^.;:\n]{{0,12}}?{phrase_pattern(after)}")
    for verb, after in _CUES["only_before"].items()
}
_NOT_BEFORE = {
    matching_key(verb): re.compile(r"[\s,]*" + phrase_pattern(after))
    for verb, after in _CUES["not_before"].items()
}
_NOT_AFTER = {
    matching_key(verb): re.compile(phrase_pattern(before) + r"\s+$")
    for verb, before in _CUES["not_after"].items()
}
_OBJECTS = frozenset({"opened_by", "concluded_by", "speaker"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A chain of verbs with one subject.

    Attributes:
        start, end: offsets of the chain.
        roles: what its subject is; `SAYING` for a verb of saying alone.
        takes_list: the chain has a verb of taking part, so people may be listed after it.
        last: the last verb of the chain.
        under: a phrase such as "dưới sự chủ trì của", whose people follow directly.
    """

    start: int
    end: int
    roles: tuple[str, ...]
    takes_list: bool
    last: str = ""
    under: bool = False


def find_cues(key: str, start: int, end: int, masked: Sequence[Span] = ()) -> Iterator[Cue]:
    """Yield the chains of a stretch of text in order.

    Words inside the `masked` spans, which are in order, are names and not verbs: "Trưởng Ban Chỉ đạo".
    """
    starts = [span.start for span in masked]
    chain: list[_Atom] = []
    for match in _ATOM.finditer(key, start, end):
        phrase = " ".join(match.group().split())
        inside = bisect_right(starts, match.start()) - 1
        if inside >= 0 and match.end() <= masked[inside].end:
            continue
        if _means_something_else(key, match, phrase, start, end):
            continue
        role = _ATOMS.get(phrase) or _UNDER[phrase]
        if phrase in _UNDER:
            if chain:
                yield from _cue(key, chain)
            chain = []
            yield Cue(match.start(), match.end(), (role,), takes_list=True, under=True)
            continue
        # "… làm trưởng đoàn, cùng đi có …": taking part opens a clause of its own.
        apart = chain and role == "attendee" and chain[-1][3] != "attendee"
        if chain and (apart or not _LINK.fullmatch(key, chain[-1][1], match.start())):
            yield from _cue(key, chain)
            chain = []
        if chain and _is_object(key, chain[-1], match, role):
            continue
        chain.append((match.start(), match.end(), phrase, role))
    if chain:
        yield from _cue(key, chain)


def _is_object(key: str, last: _Atom, match: re.Match[str], role: str) -> bool:
    """Tell whether a verb names what is attended: "Dự khai mạc lớp tập huấn có …"."""
    joined = not key[last[1] : match.start()].strip()
    return joined and last[3] == "attendee" and role in _OBJECTS and not match.group().startswith("phát biểu")


def _means_something_else(key: str, match: re.Match[str], phrase: str, start: int, end: int) -> bool:
    only, never = _ONLY_BEFORE.get(phrase), _NOT_BEFORE.get(phrase)
    after = key[match.end() : min(end, match.end() + 40)]
    if only is not None and not only.match(after):
        return True
    if never is not None and never.match(after):
        return True
    before = key[max(start, match.start() - 20) : match.start()]
    noun = _NOT_AFTER.get(phrase)
    if noun is not None and noun.search(before):
        return True
    return phrase not in _TAKING_PART and _PART_OF_NAME.search(before) is not None


def _cue(key: str, chain: list[_Atom]) -> Iterator[Cue]:
    start, end = chain[0][0], chain[-1][1]
    found = [role for *_, role in chain]
    takes_list = any(phrase in _TAKING_PART for _, _, phrase, _ in chain)
    if _DIRECTING in found:
        found = [_directing(key, end, found) if role == _DIRECTING else role for role in found]
    roles = list(dict.fromkeys(found))
    if len(roles) > 1 and SAYING in roles:
        roles.remove(SAYING)
    if "chair" in roles or "directed_by" in roles:
        roles = [role for role in roles if role != "attendee"]
    if {"directed_by", "opened_by", "concluded_by"} & set(roles) and "speaker" in roles:
        roles.remove("speaker")
    yield Cue(start, end, tuple(roles), takes_list, chain[-1][2])


def _directing(key: str, end: int, found: list[str]) -> str:
    """Return the role of "chỉ đạo": beside taking part or before the event it is directing the event."""
    if {"attendee", "chair", "speaker"} & set(found) or _EVENT_FOLLOWS.match(key, end):
        return "directed_by"
    return SAYING

"""What the words between two bodies say of a change from one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.language.lexicon import load_resource
from kg.model.span import Span

_CUES = load_resource("reorganizations")


def _any(phrases: Iterable[str]) -> str:
    return rf"(?<![^\W_])(?:{'|'.join(sorted(phrases, key=len, reverse=True))})(?![^\W_])"


_ACTS = {kind: re.compile(_any(phrases)) for kind, phrases in _CUES["acts"].items()}
_ACT = _any(phrase for phrases in _CUES["acts"].values() for phrase in phrases)
_ACTS_LISTED = rf"{_ACT}(?:\s*(?:,|và|,\s*và|-)?\s*{_ACT})*"
_COUNTED = rf"(?:\s*(?::|{_any(_CUES['counted'])}))*"
_FORMER = rf"(?:\s*\(?\s*{_any(_CUES['former'])}\s*\)?)?"
_OPENING = r"\s*[,(–-]?\s*"
_AUXILIARIES = rf"(?:{_any(_CUES['auxiliaries'])}\s+)*"
_INTO = re.compile(rf"{_any(_CUES['into'])}{_COUNTED}\s*$")

_RENAMED = re.compile(rf"{_any({*_CUES['renamed']} - {*_CUES['becoming']})}\s*$")

_LIST = re.compile(
    rf"{_FORMER}\s*(?:,|(?:,\s*)?và|{_AUXILIARIES}(?P<acts>{_ACTS_LISTED}\s+)?(?:với|cùng\s+với|cùng))"
    r"\s*(?:(?:các|toàn\s+bộ|một\s+phần|phần\s+còn\s+lại\s+của)\s+)?"
)
_DONE_TO = re.compile(
    rf"{_FORMER}{_OPENING}(?:nay\s+|hiện\s+)?{_AUXILIARIES}(?P<acts>{_ACTS_LISTED})\s+"
    rf"(?:nguyên\s+trạng\s+)?{_any([*_CUES['becoming'], *_CUES['into'], *_CUES['renamed']])}{_COUNTED}\s*"
)
_BECOMING = re.compile(rf"{_FORMER}\s*,?\s*{_any([*_CUES['becoming'], *_CUES['into']])}{_COUNTED}\s*")
_BRACKET = re.compile(r"\s*\(\s*")
_FORMER_CLOSED = re.compile(rf"\s*{_any(_CUES['former'])}\s*\)")
_NOW = re.compile(rf"{_FORMER}{_OPENING}{_any(_CUES['now'])}\s*")
_ONCE = re.compile(rf"{_OPENING}{_any(_CUES['once'])}{_COUNTED}\s*")
_OUT_OF = re.compile(
    rf"{_OPENING}{_AUXILIARIES}(?P<founding>{_any(_CUES['founding'])}\s+)?(?:mới\s+)?(?P<done>{_ACTS_LISTED}\s+)?"
    rf"{_any(_CUES['out_of'])}\s+(?P<acts>{_ACTS_LISTED}\s*)?{_COUNTED}\s*"
)
_ACT_BEFORE = re.compile(rf"(?P<acts>{_ACTS_LISTED}){_COUNTED}\s*$")
_FOUNDING = re.compile(_any(_CUES["founding"]))
_DIVIDED = re.compile(r"(?:\d+|hai|ba|bốn|năm|các)\s+(?:đơn\s+vị|cơ\s+sở|trung\s+tâm)|gồm|:")
_NOT_DONE = re.compile(_any(_CUES["not_done"]))
_CLAUSE_END = re.compile(r"[,;:.\n]")


_LONGEST = 160
"""How many characters may stand between two bodies of a change."""


@dataclass(frozen=True, slots=True)
class Link:
    """How one body is joined to the next.

    Attributes:
        way: a list, or a change whose outcome is the next body or the one before.
        kind: a notation of the scheme of changes.
        rule: the last part of the rule's name.
        takes_list: the bodies listed before have the same outcome.
        divides: the outcome may be several bodies.
        act: of a list, what is done to those in it.
    """

    way: Literal["list", "outcome follows", "outcome before"]
    kind: str = ""
    rule: str = ""
    takes_list: bool = True
    divides: bool = False
    act: str = ""


def link_between(between: str, *, acts_on: str, before: str, after: str = "") -> Link | None:
    """Return how two bodies are joined, from words in matching form.

    Args:
        between: what stands between them.
        acts_on: what stands before the list that the first of them ends.
        before: what stands before the first of them.
        after: what stands behind the second.
    """
    if len(between) > _LONGEST:
        return None
    if (found := _LIST.fullmatch(between)) is not None:
        # "A hợp nhất với B" is a list whose outcome may follow: its act is kept.
        return Link("list", act=found["acts"] or "")
    if _NOW.fullmatch(between):
        return Link("outcome follows", "succession", "now", takes_list="(" not in between)
    if _ONCE.fullmatch(between) or (_BRACKET.fullmatch(between) and _FORMER_CLOSED.match(after)):
        return Link("outcome before", "succession", "once")
    return _outcome_follows(between, acts_on) or _outcome_before(between, before)


def act_length(before: str) -> int:
    """Return how many characters before a list of bodies say what was done to them."""
    found = _ACT_BEFORE.search(before)
    return 0 if found is None else len(before) - found.start()


def was_not_done(key: str, sentence: int, words: Span) -> bool:
    """Tell whether the clause of a change says that it is planned, possible or denied.

    Args:
        key: the text in matching form.
        sentence: where the sentence begins.
        words: from the first body of the change to the last words that say what was done.
    """
    clause = sentence
    for found in _CLAUSE_END.finditer(key, sentence, words.start):
        clause = found.end()
    return _NOT_DONE.search(key, clause, words.end) is not None


def _outcome_follows(between: str, acts_on: str) -> Link | None:
    """Return the link of "A được hợp nhất thành B" or "hợp nhất A thành B".

    Only what is merged goes into another body: to be moved under one is no such change.
    """
    found, rule = _DONE_TO.fullmatch(between), "done-to"
    if found is None and _BECOMING.fullmatch(between):
        found, rule = _ACT_BEFORE.search(acts_on), "act-on"
    if found is None:
        return None
    kind = _kind(found["acts"])
    if (_INTO.search(between) and kind != "merger") or (_RENAMED.search(between) and kind != "rename"):
        return None
    return Link("outcome follows", kind, rule, divides=kind == "split" or bool(_DIVIDED.search(between)))


def _outcome_before(between: str, before: str) -> Link | None:
    """Return the link of "B được thành lập trên cơ sở hợp nhất A"."""
    found = _OUT_OF.fullmatch(between)
    if found is None:
        return None
    acts = " ".join(filter(None, (found["done"], found["acts"])))
    if acts or found["founding"] or _FOUNDING.search(before):
        return Link("outcome before", _kind(acts) or "reorganization", "out-of")
    return None


def _kind(acts: str) -> str:
    return next((kind for kind, act in _ACTS.items() if act.search(acts)), "")

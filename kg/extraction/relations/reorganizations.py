"""Extractor of reorganizations: which body took the place of which, as a text says it.

Bodies follow one another in a sentence, and what stands between two of them says how they are joined: by a
list ("A và B"), by a change whose outcome follows ("sáp nhập thành C", "nay là C"), or by one whose outcome
stands before ("C được thành lập trên cơ sở hợp nhất A và B", "C, trước đây là A").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.extraction.relations.reorganization_words import Link, act_length, link_between, was_not_done
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.extraction import Relations
from kg.model.mention import DateKind, DateMention, OfficialDocumentMention, OrganizationMention, PlaceMention
from kg.model.relation import Evidence, Reorganization
from kg.model.span import Span

_CUES = load_resource("reorganizations")
_FROM = re.compile(phrase_pattern(_CUES["from_day"]) + r"\s*$")
_FROM_WITHIN = re.compile(phrase_pattern(_CUES["from_day"]))
_FAMILY = {kind: number for number, kinds in enumerate(_CUES["families"]) for kind in kinds}
_AND = re.compile(r"(?<![^\W_])(?:và|với|cùng)(?![^\W_])")
_OUTWARDS = re.compile(r"\s*[,(]?\s*")
_CONFIDENCE = 0.88
_LONGEST_CORE = 400  # characters
_LONGEST_LIST = 20  # bodies; a page without sentences would cost the square of theirs
_LOOK_BACK = 120  # characters beside a body in which it is said what is done to it


@dataclass(frozen=True, slots=True)
class _Change:
    """A change in a sentence: the positions of its bodies among those of the sentence."""

    link: Link
    originals: tuple[int, ...]
    results: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its bodies in order.

    Attributes:
        key: the whole text in matching form.
        ends: where each body ends, with the places behind it ("…, tỉnh Sơn La").
    """

    span: Span
    key: str
    bodies: tuple[OrganizationMention, ...]
    ends: tuple[int, ...]

    def between(self, index: int) -> str:
        """Return the words between a body and the next."""
        return self.key[self.ends[index] : self.bodies[index + 1].span.start]

    def before(self, index: int) -> str:
        """Return the last words before a body."""
        start = self.bodies[index].span.start
        return self.key[max(self.span.start, start - _LOOK_BACK) : start]

    def after(self, index: int) -> str:
        """Return the first words behind a body."""
        end = self.ends[index]
        return self.key[end : min(self.span.end, end + _LOOK_BACK)]


def extract_reorganizations(reading: Reading, mentions: MentionIndex, relations: Relations) -> Relations:
    """Return the changes that sentences state as done; what is only planned is left out."""
    del relations
    found = []
    for sentence in reading.sentences:
        bodies = mentions.within(sentence.span, OrganizationMention)
        if len(bodies) > 1:
            ends = _ends(reading, mentions, bodies, sentence.span)
            whole = _Sentence(sentence.span, reading.key, bodies, ends)
            found += [_reorganization(mentions, whole, change) for change in _changes(whole)]
    return Relations(reorganizations=tuple(found))


def _ends(
    reading: Reading, mentions: MentionIndex, bodies: Sequence[OrganizationMention], sentence: Span
) -> tuple[int, ...]:
    """Return where each body ends, with what it lies in."""
    ends = {body.span.end: body.span.end for body in bodies}
    starts = [body.span.start for body in bodies[1:]] + [sentence.end]
    for body, limit in zip(bodies, starts, strict=True):
        for place in mentions.within(Span(body.span.end, max(body.span.end, limit)), PlaceMention):
            if _OUTWARDS.fullmatch(reading.key[ends[body.span.end] : place.span.start]) is None:
                break
            ends[body.span.end] = place.span.end
    return tuple(ends[body.span.end] for body in bodies)


def _changes(sentence: _Sentence) -> Iterator[_Change]:
    bodies = sentence.bodies
    links = [_link(sentence, index) for index in range(len(bodies) - 1)]
    taken = 0
    for index, link in enumerate(links):
        if link is None or link.way == "list":
            continue
        if link.way == "outcome follows":
            originals = _back(bodies, links, index, taken) if _has_list(sentence, link, index) else (index,)
            results = _on(bodies, links, index + 1) if link.divides else (index + 1,)
        else:
            originals, results = _on(bodies, links, index + 1), (index,)
            if _goes_on(links, originals[-1]):
                continue  # "Sở Y tế sau khi sáp nhập A vào B": what follows says what A became
        taken = max(*originals, *results) + 1
        first = bodies[min(*originals, *results)].span
        words = Span(first.start, bodies[index + 1].span.start)
        if not was_not_done(sentence.key, sentence.span.start, words):
            yield _Change(link, originals, results)


def _link(sentence: _Sentence, index: int) -> Link | None:
    """Return how a body is joined to the next; what is done to the list that it ends counts too."""
    start, acts_on = index, ""
    while start > max(0, index - _LONGEST_LIST) and (link := _list_between(sentence, start - 1)):
        start -= 1
        acts_on = acts_on or link.act
    return link_between(
        sentence.between(index),
        acts_on=acts_on or sentence.before(start),
        before=sentence.before(index),
        after=sentence.after(index + 1),
    )


def _list_between(sentence: _Sentence, index: int) -> Link | None:
    link = link_between(sentence.between(index), acts_on="", before="")
    return link if link is not None and link.way == "list" else None


def _has_list(sentence: _Sentence, link: Link, index: int) -> bool:
    """Tell whether a change is one of a list of bodies: "Theo A, B được đổi tên thành C" is of B alone."""
    if not link.takes_list or index == 0:
        return False
    return (
        link.kind == "merger" or link.rule == "act-on" or _AND.search(sentence.between(index - 1)) is not None
    )


def _back(
    bodies: Sequence[OrganizationMention], links: Sequence[Link | None], index: int, taken: int
) -> tuple[int, ...]:
    """Return a body with those before it in its list, as far as they are of one family."""
    start = index
    while start > taken and _listed(links[start - 1]) and _akin(bodies[start - 1], bodies[index]):
        start -= 1
    return tuple(range(start, index + 1))


def _on(bodies: Sequence[OrganizationMention], links: Sequence[Link | None], index: int) -> tuple[int, ...]:
    """Return a body with those behind it in its list, but for one that itself came out of what follows it."""
    end = index
    while (
        end < len(links)
        and _listed(links[end])
        and _akin(bodies[end + 1], bodies[index])
        and (end + 1 == len(links) or _ends_list(links[end + 1]))
    ):
        end += 1
    return tuple(range(index, end + 1))


def _goes_on(links: Sequence[Link | None], index: int) -> bool:
    link = links[index] if index < len(links) else None
    return link is not None and link.way == "outcome follows"


def _listed(link: Link | None) -> bool:
    return link is not None and link.way == "list"


def _ends_list(link: Link | None) -> bool:
    """Tell whether what a link joins may still be of the list before it."""
    return link is None or link.way == "list"


def _akin(one: OrganizationMention, other: OrganizationMention) -> bool:
    return one.kind == other.kind or (one.kind in _FAMILY and _FAMILY[one.kind] == _FAMILY.get(other.kind))


def _reorganization(mentions: MentionIndex, sentence: _Sentence, change: _Change) -> Reorganization[Span]:
    originals = tuple(sentence.bodies[index].span for index in change.originals)
    results = tuple(sentence.bodies[index].span for index in change.results)
    day = _start(mentions, sentence)
    core = _core(sentence, change, None if day is None else day.span)
    papers = {
        it.number for it in mentions.within(sentence.span, OfficialDocumentMention) if it.number is not None
    }
    return Reorganization(
        kind=change.link.kind,
        originals=originals,
        results=results,
        start=None if day is None else day.start,
        document=papers.pop() if len(papers) == 1 else None,
        evidence=Evidence((core,), f"reorganizations.{change.link.rule}", _CONFIDENCE),
    )


def _core(sentence: _Sentence, change: _Change, day: Span | None) -> Span:
    """Return the words of a change: its bodies, what was done to them, and from when if that is near."""
    involved = (*change.originals, *change.results)
    first = min(involved)
    start = sentence.bodies[first].span.start
    if change.link.rule == "act-on":
        start -= act_length(sentence.before(first))
    end = sentence.bodies[max(involved)].span.end
    if day is not None and max(end, day.end) - min(start, day.start) <= _LONGEST_CORE:
        return Span(min(start, day.start), max(end, day.end))
    return Span(start, end)


def _start(mentions: MentionIndex, sentence: _Sentence) -> DateMention | None:
    """Return the one day of a sentence from which something holds."""
    days = [
        day
        for day in mentions.within(sentence.span, DateMention)
        if day.kind is DateKind.DAY
        and day.start is not None
        and (
            _FROM.search(sentence.key[max(0, day.span.start - 24) : day.span.start])
            or _FROM_WITHIN.match(sentence.key, day.span.start)
        )
    ]
    return days[0] if len({day.start for day in days}) == 1 else None

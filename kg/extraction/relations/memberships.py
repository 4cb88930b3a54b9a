"""Who holds which post: names and posts that stand side by side.

"N, T1 ORG, T2", "N – T1", "T1, T2 ORG N", "T ORG, ông N": a chain of names and posts with nothing but signs,
honorifics and degrees between them. Which way a chain reads follows from how it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.model.extraction import Relations
from kg.model.mention import PersonMention, PostMention
from kg.model.relation import Evidence, Membership
from kg.model.sentence import Sentence
from kg.model.span import Span

_PEOPLE = load_resource("people")
_POSTS = load_resource("posts")
_CUES = phrase_pattern([*_PEOPLE["honorifics"], *_PEOPLE["degrees"]])
_LINKS = phrase_pattern(
    [*_POSTS["former"], *_POSTS["acting"], "đồng thời là", "đồng thời", "cũ", "hiện nay là"]
)
_AND = r"(?<![^\W_])(?:và|cùng)(?![^\W_])"
_GAP = re.compile(rf"(?:[\s,:.()/\-]|{_CUES}|{_LINKS}|{_AND})*")
_DIRECT = re.compile(rf"(?:[\s.:]|{_CUES})*")  # a post, and the name right after it without a comma
_JUST_AND = re.compile(rf"\s*{_AND}(?:[\s.:]|{_CUES})*")
_LISTED = re.compile(rf"(?:[\s,.:]|{_CUES})*")
_OF_ANOTHER = re.compile(
    phrase_pattern(
        [
            "của",
            "theo",
            "từ",
            "cho",
            "với",
            "giữ chức",
            "giữ chức vụ",
            "chức vụ",
            "chức danh",
            "làm",
            "tái cử",
        ]
    )
    + r"\s+$"
)
_CERTAIN = 0.7  # a post below is one of many: "các Phó Giám đốc: A, B"
_FORMER_AFTER = re.compile(r"\s*,?\s*cũ(?![^\W_])")
_MOST = 80  # characters between two links of a chain, degrees and honours included


@dataclass(frozen=True, slots=True)
class _Link:
    """A name or a post with its body, in a chain."""

    span: Span
    mention: PersonMention | PostMention

    @property
    def is_person(self) -> bool:
        return isinstance(self.mention, PersonMention)


def extract_memberships(reading: Reading, mentions: MentionIndex, _: Relations) -> Relations:
    """Link every post to the name it stands beside."""
    found: list[Membership[Span]] = []
    for sentence in reading.sentences:
        chains = list(_chains(reading, sentence, mentions))
        for chain in chains:
            found.extend(_read_chain(reading, chain))
        found.extend(_past_posts(reading, chains))
    return Relations(memberships=tuple(found))


def _chains(reading: Reading, sentence: Sentence, mentions: MentionIndex) -> Iterator[list[_Link]]:
    chain: list[_Link] = []
    for link in _links(sentence, mentions):
        if chain and not _linked(reading, chain[-1], link):
            yield chain
            chain = []
        chain.append(link)
    if chain:
        yield chain


def _links(sentence: Sentence, mentions: MentionIndex) -> Iterable[_Link]:
    links = [_Link(person.span, person) for person in mentions.within(sentence.span, PersonMention)]
    for post in mentions.within(sentence.span, PostMention):
        links.append(_Link(post.span.cover(post.organ) if post.organ else post.span, post))
    return sorted(links, key=lambda link: link.span.start)


def _linked(reading: Reading, left: _Link, right: _Link) -> bool:
    gap = reading.key[left.span.end : right.span.start]
    if len(gap) > _MOST or "\n" in gap or ". " in gap.replace(". -", ""):
        return _GAP.fullmatch(gap) is not None and len(gap) <= _MOST and right.is_person and "\n" not in gap
    return _GAP.fullmatch(gap) is not None


def _read_chain(reading: Reading, chain: list[_Link]) -> Iterator[Membership[Span]]:
    forward = _reads_forward(reading, chain)
    holders: dict[int, list[int]] = {}
    current: int | None = None
    waiting: list[int] = []
    for position, link in enumerate(chain):
        if not link.is_person:
            if current is not None and not forward:
                holders.setdefault(current, []).append(position)
            waiting.append(position)
            continue
        if waiting and (current is None or forward):
            leaning = _is_direct(reading, chain[position - 1], link) or not _belongs_elsewhere(
                reading, chain[waiting[0]]
            )
            holders.setdefault(position, []).extend(waiting if leaning else ())
        elif waiting and _is_direct(reading, chain[position - 1], link):
            # "A, Giám đốc Sở, Phó Giám đốc B": the last post leans on the name after it.
            holders[current or 0].remove(position - 1)
            holders.setdefault(position, []).append(position - 1)
        elif (
            current == position - 1
            and current in holders
            and _shares(reading, chain, position, forward=forward)
        ):
            holders.setdefault(position, []).extend(holders[current])
        current, waiting = position, []
    if forward and waiting and current is not None:
        holders.setdefault(current, []).extend(waiting)
    for holder, posts in sorted(holders.items()):
        for post in posts:
            yield _membership(reading, chain[holder], chain[post])


def _past_posts(reading: Reading, chains: list[list[_Link]]) -> Iterator[Membership[Span]]:
    """A former post that stands apart from the one name of its sentence: "Ông N sinh năm 1971, nguyên T"."""
    people = [link for chain in chains for link in chain if link.is_person]
    if len(people) != 1:
        return
    for chain in chains:
        if any(link.is_person for link in chain) or chain[0].span.start < people[0].span.start:
            continue
        yield from (_membership(reading, people[0], link) for link in chain if _is_former(link))


def _is_former(link: _Link) -> bool:
    return isinstance(link.mention, PostMention) and link.mention.former


def _reads_forward(reading: Reading, chain: list[_Link]) -> bool:
    """Tell whether posts come before their names: the first name stands right behind a post."""
    first = next((position for position, link in enumerate(chain) if link.is_person), 0)
    return first > 0 and _is_direct(reading, chain[first - 1], chain[first])


def _is_direct(reading: Reading, post: _Link, person: _Link) -> bool:
    return _DIRECT.fullmatch(reading.key, post.span.end, person.span.start) is not None


def _shares(reading: Reading, chain: list[_Link], position: int, *, forward: bool) -> bool:
    """Tell whether a second name shares the posts of the first: "Phó Giám đốc Sở Y tế A và B"."""
    start, end = chain[position - 1].span.end, chain[position].span.start
    many = any(not link.is_person and link.mention.confidence < _CERTAIN for link in chain[:position])
    gap = _JUST_AND.fullmatch(reading.key, start, end) or (
        many and _LISTED.fullmatch(reading.key, start, end)
    )
    followed = position + 1 < len(chain) and not chain[position + 1].is_person
    return forward and bool(gap) and not followed


def _belongs_elsewhere(reading: Reading, post: _Link) -> bool:
    """Tell whether a post is another's: "thừa ủy quyền của Chủ tịch nước, đồng chí N"."""
    return _OF_ANOTHER.search(reading.key, max(0, post.span.start - 16), post.span.start) is not None


def _membership(reading: Reading, person: _Link, post: _Link) -> Membership[Span]:
    mention = post.mention
    assert isinstance(mention, PostMention)  # noqa: S101 (the chain knows its links)
    former = mention.former or _FORMER_AFTER.match(reading.key, post.span.end) is not None
    order = "name-post" if person.span.start < post.span.start else "post-name"
    return Membership(
        person=person.span,
        title=mention.title,
        organization=mention.organ,
        organization_surface=reading.surface(mention.organ) if mention.organ else None,
        former=former,
        evidence=Evidence(
            spans=(person.span.cover(post.span),),
            rule=f"memberships.{order}",
            confidence=round(min(mention.confidence, person.mention.confidence), 2),
        ),
    )

"""The people of a sentence, each with the posts that stand beside the name, and posts without a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extraction.reading import MentionIndex, Reading
from kg.language.lexicon import load_resource, phrase_pattern
from kg.language.normalization import matching_key
from kg.model.mention import Mention, OrganizationMention, PersonMention, PlaceMention, PostMention
from kg.model.span import Span

_CUES = load_resource("roles")
# Honorifics and degrees before a name; atomic, since they can be cut up in many ways.
INTRODUCTIONS = rf"(?>(?:\d+\s+)?{phrase_pattern(_CUES['introductions'])}[\s.:,/\-]*)*+"
_INTRODUCTION = re.compile(rf"(?={phrase_pattern(_CUES['introductions'])}){INTRODUCTIONS}$")
# Between a name and its post, or one post and the next.
_TO_POST = re.compile(rf"[\s,\-:(/)]*(?>{phrase_pattern(_CUES['before_posts'])}\s+)*+")
_TO_NAME = re.compile(r"[\s:,\-–]*$")
# "Phó Giám đốc Sở Y tế, ông N": the post before a comma is his where it opens the clause.
_CLAUSE_START = re.compile(r"(?:^|[.;:,\"(\n\-])\s*(?:theo\s+)?$")
_OPENS_BRACKET = re.compile(r"\s*[(\-]\s*")
_SEPARATES = re.compile(r"[,;]|và")
_GENERAL = frozenset(matching_key(title) for title in _CUES["general_posts"])
_ADDRESS = re.compile(phrase_pattern(_CUES["address"]))
_PLURAL = re.compile(r"các\s|hai\s|\d\s*đồng chí")
_LONGEST_LINK = 30
_LONGEST_STRETCH = 6000
_WINDOW = 60
_POSTS_OF_ONE = 8


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody that a sentence names, or introduces by post alone.

    Attributes:
        span: the name, or the post where there is no name.
        extent: from the honorific to the end of the last post and body beside it.
        person: the name; None for a post alone.
        posts: the posts beside the name, or the post alone, in order of the text.
        plural: introduced by "các đồng chí", "các ông".
    """

    span: Span
    extent: Span
    person: PersonMention | None
    posts: tuple[PostMention, ...] = ()
    plural: bool = False

    @property
    def is_introduced(self) -> bool:
        """Tell whether an honorific announces the participant."""
        return self.extent.start < self.span.start


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What the people of a stretch of text are read from.

    Attributes:
        parts: its posts, bodies and places in order; `starts` their offsets.
        taken: the parts that belong to somebody already; grows while people are read.
    """

    reading: Reading
    within: Span
    parts: Sequence[Mention]
    starts: Sequence[int]
    taken: set[Span]

    def parts_from(self, start: int) -> Sequence[Mention]:
        """Return the next few parts that begin at or after an offset."""
        low = bisect_left(self.starts, start)
        return self.parts[low : low + 4 * _POSTS_OF_ONE]


def stretches(reading: Reading, span: Span) -> Iterator[Span]:
    """Yield a sentence whole, or in pieces where it is longer than any sentence that people write.

    Work on the people of a sentence grows with the square of their number; a page without a full stop must
    not be able to use that.
    """
    start = span.start
    while span.end - start > _LONGEST_STRETCH:
        cut = reading.key.rfind(" ", start + 1, start + _LONGEST_STRETCH)
        end = cut if cut > start else start + _LONGEST_STRETCH
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def find_participants(reading: Reading, mentions: MentionIndex, within: Span) -> tuple[Participant, ...]:
    """Return the people and the posts without people of a stretch of text, in order."""
    people = mentions.within(within, PersonMention)
    parts: list[Mention] = [
        *(post for post in mentions.within(within, PostMention) if not is_part_of_body(reading, post)),
        *mentions.within(within, OrganizationMention),
        *mentions.within(within, PlaceMention),
    ]
    parts.sort(key=lambda part: (part.span.start, -part.span.end))
    stretch = _Stretch(reading, within, parts, [part.span.start for part in parts], set())
    found = []
    for index, person in enumerate(people):
        following = people[index + 1] if index + 1 < len(people) else None
        found.append(_named(stretch, person, following))
    found = [_with_posts_before(stretch, participant) for participant in found]
    found.extend(_posts_alone(stretch))
    return tuple(sorted(found, key=lambda participant: participant.span.start))


def is_general(post: PostMention) -> bool:
    """Tell whether a title is that of many: "cán bộ Trung tâm"."""
    return matching_key(post.title) in _GENERAL


def is_part_of_body(reading: Reading, post: PostMention) -> bool:
    """Tell whether a title is part of a body's name: "Đoàn Chủ tịch"."""
    return reading.key[max(0, post.span.start - 5) : post.span.start] == "đoàn "


def _named(stretch: _Stretch, person: PersonMention, following: PersonMention | None) -> Participant:
    limit = following.span.start if following is not None else stretch.within.end
    end, parts = _chain(stretch, person.span.end, limit)
    if following is not None and parts:
        end, parts = _without_posts_of(stretch, following, person.span.end, parts)
    stretch.taken.update(part.span for part in parts)
    start, plural = _introduced(stretch, _degree_start(stretch, person))
    return Participant(person.span, Span(start, end), person, _only_posts(parts), plural)


def _degree_start(stretch: _Stretch, person: PersonMention) -> int:
    if person.degree is None:
        return person.span.start
    low = max(stretch.within.start, person.span.start - _WINDOW)
    found = stretch.reading.key.rfind(matching_key(person.degree), low, person.span.start)
    return found if found >= 0 else person.span.start


def _only_posts(parts: Iterable[Mention]) -> tuple[PostMention, ...]:
    return tuple(part for part in parts if isinstance(part, PostMention))


def _chain(stretch: _Stretch, start: int, limit: int) -> tuple[int, list[Mention]]:
    """Follow posts, bodies and places from a name for as long as they follow one another."""
    end = start
    found: list[Mention] = []
    for part in stretch.parts_from(start):
        if part.span.start < end:
            if part.span.end > end and found and part.span.end <= limit:
                end = part.span.end
            continue
        if part.span.end > limit:
            break
        between = stretch.reading.key[end : part.span.start]
        if len(between) > _LONGEST_LINK or _TO_POST.fullmatch(between) is None:
            break
        # A body or a place belongs to a post, or to a bare name in brackets; a list of bodies does not.
        is_post = isinstance(part, PostMention)
        if not is_post and ("," in between or not (found or _OPENS_BRACKET.fullmatch(between))):
            break
        found.append(part)
        end = part.span.end
    return end, found


def _without_posts_of(
    stretch: _Stretch, following: PersonMention, start: int, parts: list[Mention]
) -> tuple[int, list[Mention]]:
    """Give back the posts that lead straight into the next name: "A, Giám đốc và Phó Giám đốc B"."""
    key = stretch.reading.key
    end = parts[-1].span.end
    introduced, _ = _introduced(stretch, following.span.start)
    if key[end:introduced].strip() or re.search(r"[,;]", key[end : following.span.start]):
        return end, parts
    for index in range(len(parts) - 1, 0, -1):
        between = key[parts[index - 1].span.end : parts[index].span.start]
        if isinstance(parts[index], PostMention) and _SEPARATES.search(between):
            return parts[index - 1].span.end, parts[:index]
    return end, parts


def _introduced(stretch: _Stretch, start: int) -> tuple[int, bool]:
    """Return where the honorifics before a name begin, and whether they announce several people."""
    low = max(stretch.within.start, start - _WINDOW)
    match = _INTRODUCTION.search(stretch.reading.key, low, start)
    if match is None:
        return start, False
    return match.start(), _PLURAL.search(match.group()) is not None


def _with_posts_before(stretch: _Stretch, participant: Participant) -> Participant:
    """Add the posts that stand before the name: "Phó Chủ tịch UBND tỉnh N"."""
    key, within = stretch.reading.key, stretch.within
    start = participant.extent.start
    low = max(within.start, start - 4 * _WINDOW)
    before = [part for part in stretch.parts_from(low) if part.span.end <= start]
    posts: list[PostMention] = []
    for part in sorted(before, key=lambda part: (part.span.end, part.span.start), reverse=True):
        if part.span in stretch.taken or part.span.end > start:
            continue
        between = key[part.span.end : start]
        to_name = _TO_NAME.fullmatch(between) is not None and len(between) <= 6
        to_post = bool(posts) and _TO_POST.fullmatch(between) is not None and len(between) <= 20
        if not to_name and not to_post:
            break
        if isinstance(part, PostMention):
            posts.insert(0, part)
        start = min(start, part.span.start)
    lead = key[max(within.start, start - _WINDOW) : start]
    apart = posts and "," in key[posts[-1].span.end : participant.extent.start]
    if not posts or (apart and not _CLAUSE_START.search(lead)):
        return participant
    stretch.taken.update(part.span for part in before if part.span.start >= start)
    begin, plural = _introduced(stretch, start)
    extent = Span(min(begin, start), participant.extent.end)
    posts.extend(participant.posts)
    return replace(participant, extent=extent, posts=tuple(posts), plural=plural or participant.plural)


def _posts_alone(stretch: _Stretch) -> list[Participant]:
    found = []
    reach = stretch.within.start
    for part in stretch.parts:
        if not isinstance(part, PostMention) or part.span in stretch.taken or part.span.start < reach:
            continue
        if is_general(part):
            continue
        reach, _ = _chain(stretch, part.span.end, stretch.within.end)
        if part.organ is not None:
            reach = max(reach, part.organ.end)
        start, plural = _introduced(stretch, part.span.start)
        # "y, bác sĩ, nhân viên": a profession before a post announces nobody.
        if _ADDRESS.search(stretch.reading.key, start, part.span.start) is None:
            start = part.span.start
        found.append(Participant(part.span, Span(start, reach), None, (part,), plural))
    return found
